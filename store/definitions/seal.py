"""Seal published versions: ``python -m store.definitions.seal products``."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.errors import DefinitionError
from store.definitions.published_lock import seal


def main(arguments: list[str]) -> int:
    """Seal the versions of a products folder that are not sealed yet."""
    if len(arguments) != 1:
        print("usage: python -m store.definitions.seal products")
        return 2
    try:
        for name in seal(Path(arguments[0])):
            print(f"sealed {name}")
    except DefinitionError as wrong:
        print(wrong)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
