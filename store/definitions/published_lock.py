"""The published lock: the hash of every published version, so that a sealed file cannot change.

``products/published.lock`` is in the form of ``sha256sum``: ``sha256sum -c published.lock`` in
that folder checks it without us.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Final

from engine.errors import DefinitionError, Problem

LOCK: Final = "published.lock"
_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")


def content_hash(content: bytes) -> str:
    """SHA-256 of a file as it stands, byte for byte."""
    return hashlib.sha256(content).hexdigest()


def published(products: Path) -> dict[str, str]:
    """File under the products → hash it was published with; empty without a lock.

    Raises DefinitionError when a line of the lock cannot be read.
    """
    path = products / LOCK
    if not path.is_file():
        return {}
    sealed: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        found = _LINE.fullmatch(line)
        if found:
            sealed[found[2]] = found[1]
        elif line.strip():
            problems.append(
                Problem(
                    message="not a line of a lock",
                    file=str(path),
                    line=number,
                    column=1,
                    mend='a line is "<sha-256>  <file>"; restore it from version control',
                    code="lock",
                )
            )
    if problems:
        raise DefinitionError(tuple(problems))
    return sealed


def changed_since_published(products: Path) -> list[Problem]:
    """Every published file that differs from its hash or is gone."""
    problems = []
    for name, sealed in published(products).items():
        path = products / name
        if not path.is_file():
            message, mend = f"published with {sealed}, and it is gone", "restore the file"
        else:
            now = content_hash(path.read_bytes())
            if now == sealed:
                continue
            message = f"published with {sealed}, it now has {now}"
            mend = "a published version never changes: restore it and write a new version"
        problems.append(
            Problem(message=message, file=str(path), line=1, column=1, mend=mend, code="sealed")
        )
    return problems


def seal(products: Path) -> list[str]:
    """Add every version not sealed yet to the lock; the files added.

    Raises DefinitionError when a sealed file was changed.
    """
    changed = changed_since_published(products)
    if changed:
        raise DefinitionError(tuple(changed))
    sealed = published(products)
    versions = (path for path in products.rglob("v*.yaml") if path.is_file())
    names = [str(path.relative_to(products)) for path in sorted(versions)]
    added = [name for name in names if name not in sealed]
    for name in added:
        sealed[name] = content_hash((products / name).read_bytes())
    lines = [f"{sealed[name]}  {name}\n" for name in sorted(sealed)]
    (products / LOCK).write_text("".join(lines), encoding="utf-8")
    return added
