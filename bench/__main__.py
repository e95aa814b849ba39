"""``python -m bench``: print the ratios; ``--only NAME`` for one folder of them, ``--json``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator

import msgspec
from rich.console import Console

from bench import batch, effect, effect_over, expressions, large, payment, reading, schedules
from bench.harness import Comparison, Figure, measure, show

ALL: dict[str, Callable[[], Iterator[Comparison]]] = {
    "reading": reading.comparisons,
    "schedules": schedules.comparisons,
    "batch": batch.comparisons,
    "expressions": expressions.comparisons,
    "payment": payment.comparisons,
    "effect": effect.comparisons,
    "effect_over": effect_over.comparisons,
    "large": large.comparisons,
}


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(ALL), help="measure these alone")
    parser.add_argument("--json", action="store_true", help="figures as JSON, one array")
    asked = parser.parse_args()
    console, figures = Console(file=sys.stderr if asked.json else sys.stdout), list[Figure]()
    for name in (asked.only,) if asked.only else ALL:
        for comparison in ALL[name]():
            found = measure(comparison)
            figures += found
            show(comparison, found, console)
    if asked.json:
        print(msgspec.json.format(msgspec.json.encode(figures)).decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
