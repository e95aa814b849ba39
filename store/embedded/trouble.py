"""What may go wrong with the database of a laptop, said so that its owner knows what to do."""

from __future__ import annotations

import re
from pathlib import Path


class EmbeddedPostgresError(RuntimeError):
    """The embedded PostgreSQL cannot do what was asked; the message says what would help."""


REMEDIES: tuple[tuple[str, str], ...] = (
    (
        r"error while loading shared libraries: libz",
        "PostgreSQL needs the zlib library: install it (Debian: apt-get install zlib1g).",
    ),
    (
        r"GLIBC_[\d.]+' not found",
        "This system's C library is too old for the PostgreSQL wheel (it needs glibc 2.28).",
    ),
    (
        r"No space left on device",
        "The disk is full: PostgreSQL needs about 150 MB free to start.",
    ),
    (
        r"could not look up effective user ID|user does not exist",
        "PostgreSQL cannot run under a user id without an entry in /etc/passwd.",
    ),
    (
        r"database files are incompatible with server|initialized by PostgreSQL version",
        "The database was made by another PostgreSQL version: dump it with that version first.",
    ),
    (
        r"could not (?:create|resize) shared memory",
        "The system gives PostgreSQL too little shared memory (in a container: --shm-size=256m).",
    ),
    (
        r"Permission denied|could not access directory",
        "The user PostgreSQL runs as may not read or write there.",
    ),
)
"""Pattern in what PostgreSQL printed → what its owner can do about it; the first match is said."""

ELSEWHERE = "Or use a server of your own: set LOANWRIGHT_DATABASE_URL (PostgreSQL 15 or later)."


def trouble(doing: str, printed: str, where: Path) -> EmbeddedPostgresError:
    """The error for a step of PostgreSQL's that failed, with the remedy if it is a known one."""
    remedies = [remedy for pattern, remedy in REMEDIES if re.search(pattern, printed)]
    last_lines = "\n".join(f"  {line}" for line in printed.strip().splitlines()[-6:])
    said = [f"{doing} failed in {where}.", *remedies[:1], ELSEWHERE]
    return EmbeddedPostgresError("\n".join([*said, *([last_lines] if last_lines else [])]))
