"""``python -m tests.conformance SUITE PATH [--json] [--only TAG]``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.conformance.runner import SUITES, CannotRun, run
from tests.conformance.verdict import Tally

_SHOWN = 20


def main(arguments: list[str] | None = None) -> int:
    """Run a suite and print the result; 1 when a case fails, 2 when it cannot be run."""
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=main.__doc__)
    parser.add_argument("suite", help=" ".join(SUITES))
    parser.add_argument("path", type=Path, help="a file or a folder of files of that suite")
    parser.add_argument("--json", action="store_true", help="last line: the result as one object")
    parser.add_argument("--only", metavar="TAG", help="only cases with this tag")
    chosen = parser.parse_args(arguments)
    try:
        tally = run(chosen.suite, chosen.path, chosen.only)
    except CannotRun as reason:
        print(reason, file=sys.stderr)
        return 2
    _print(tally)
    if chosen.json:
        print(json.dumps(tally.as_json()))
    return 1 if tally.failed else 0


def _print(tally: Tally) -> None:
    for reason, count in tally.reasons.most_common():
        print(f"unsupported ×{count}: {reason}")
    for failure in tally.failures[:_SHOWN]:
        print(f"failed {failure['id']}: {failure['why']}")
    if len(tally.failures) > _SHOWN:
        print(f"… and {len(tally.failures) - _SHOWN} more")
    print(
        f"{tally.suite}: passed {tally.passed} failed {tally.failed} "
        f"unsupported {tally.unsupported} total {tally.total} (deviations {tally.deviations})"
    )


if __name__ == "__main__":
    sys.exit(main())
