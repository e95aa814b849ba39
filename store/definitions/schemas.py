"""Write ``schemas/*.schema.json`` from the engine's types, or tell which are out of date.

``python -m store.definitions.schemas [--check]``; ``loanwright schemas`` calls the same.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

from store.definitions.kinds import CONTRACT, KINDS, Kind, schema_of

SCHEMAS: Final = Path(__file__).resolve().parents[2] / "schemas"
"""Where a checkout keeps them."""


def schema_text(kind: Kind) -> str:
    """The schema of a kind as its file holds it."""
    return json.dumps(schema_of(kind), indent=2, ensure_ascii=False) + "\n"


def stale_schemas(folder: Path = SCHEMAS) -> list[Path]:
    """Schema files that are missing or differ from the types."""
    return [path for path, text in _wanted(folder) if not _holds(path, text)]


def write_schemas(folder: Path = SCHEMAS) -> list[Path]:
    """Write every schema file that differs; those written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for path, text in _wanted(folder):
        if not _holds(path, text):
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return written


def _wanted(folder: Path) -> list[tuple[Path, str]]:
    return [(folder / kind.schema_file, schema_text(kind)) for kind in (*KINDS, CONTRACT)]


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def main(arguments: list[str]) -> int:
    """Write the schemas, or with ``--check`` only tell what is out of date."""
    if arguments == ["--check"]:
        stale = stale_schemas()
        for path in stale:
            print(f"{path.name} differs from the types; run: loanwright schemas")
        return 1 if stale else 0
    if arguments:
        print("usage: python -m store.definitions.schemas [--check]")
        return 2
    for path in write_schemas():
        print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
