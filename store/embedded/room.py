"""Where the embedded PostgreSQL of one LOANWRIGHT_HOME lives, and as whom it runs.

PostgreSQL refuses to run as root, and an unprivileged user cannot read a home or a checkout under
a 0700 parent. So an ordinary user keeps everything under LOANWRIGHT_HOME, while root keeps
binaries, cluster and socket in /var/lib/loanwright/<8 hex of the home's path>/, owned by
``postgres`` or else ``nobody``; the home then holds a pointer to it. A room whose home was deleted
is set aside when a new home is made at its place, never taken for the new one's. No user is ever
created and no folder of anyone else is ever opened up.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import pwd
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.embedded.trouble import ELSEWHERE, EmbeddedPostgresError, trouble

ROOT_ROOMS = Path("/var/lib/loanwright")
UNPRIVILEGED = ("postgres", "nobody")
SOCKET_NAME = ".s.PGSQL.5432"
LONGEST_SOCKET_PATH = 100
"""Bytes; the kernel's own limit is 107 on Linux and 103 on macOS."""


class Room(msgspec.Struct, frozen=True, kw_only=True):
    """The folders of one embedded PostgreSQL and the users concerned."""

    home: Path
    """LOANWRIGHT_HOME, absolute."""
    folder: Path
    """What PostgreSQL's own user owns: cluster, log and, for root, binaries and socket."""
    sockets: Path
    caller: str
    """System user of this program, which the server recognizes by its socket (peer)."""
    owner: str
    """System user PostgreSQL runs as."""
    owner_uid: int
    owner_gid: int

    @property
    def cluster(self) -> Path:
        """PostgreSQL's data directory."""
        return self.folder / "cluster"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def desk(self) -> Path:
        """Locks and the pointer, always under the home and owned by the caller."""
        return self.home / "postgres"

    @property
    def pointer(self) -> Path:
        return self.desk / "room"

    @property
    def lent(self) -> bool:
        """Whether PostgreSQL runs as somebody else than the caller, who is then root."""
        return self.owner_uid != os.geteuid()


def room_of(home: Path) -> Room:
    """The room for a home, by path and caller alone; nothing is written."""
    home = Path(os.path.abspath(home))
    uid = os.geteuid()
    try:
        caller = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedPostgresError(
            f"User id {uid} has no entry in /etc/passwd, and PostgreSQL does not run without one. "
            f"Add one, or run as a named user. {ELSEWHERE}"
        ) from None
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:8]
    owner, folder, sockets = caller, home / "postgres", _short_sockets(home, uid, mark)
    if uid == 0:
        owner, folder = _unprivileged(), ROOT_ROOMS / mark
        sockets = folder / "socket"
    return Room(
        home=home,
        folder=folder,
        sockets=sockets,
        caller=caller.pw_name,
        owner=owner.pw_name,
        owner_uid=owner.pw_uid,
        owner_gid=owner.pw_gid,
    )


def _unprivileged() -> pwd.struct_passwd:
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedPostgresError(
        "PostgreSQL refuses to run as root, and there is neither a user 'postgres' nor 'nobody' "
        f"to run it as. {ELSEWHERE}"
    )


def _short_sockets(home: Path, uid: int, mark: str) -> Path:
    """A folder whose socket path is short and plain enough for the kernel and for PostgreSQL."""
    beside = home / "postgres" / "socket"
    plain = re.fullmatch(r"[\w/.+@-]+", str(beside), re.ASCII)
    if plain and len(str(beside / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
        return beside
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    parent = Path(runtime) if len(runtime) in range(1, 60) and os.access(runtime, os.W_OK) else None
    return (parent or Path("/tmp")) / f"loanwright-{uid}-{mark}"


def open_desk(room: Room) -> None:
    """Make the desk, where programs that use one home take turns."""
    with _mending(room):
        room.desk.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(room.desk, os.W_OK) or room.desk.stat().st_uid != os.geteuid():
            raise PermissionError(13, "belongs to another user", str(room.desk))


def furnish(room: Room) -> None:
    """Make the room's folders, taking over the room of a home that was moved since."""
    open_desk(room)
    with _mending(room):
        if room.lent:
            ROOT_ROOMS.mkdir(mode=0o755, parents=True, exist_ok=True)
            _follow_moved_home(room)
        _private_folder(room.folder, room)
        _private_folder(room.sockets, room)
        if room.lent:
            (room.folder / "home").write_text(f"{room.home}\n")
        room.pointer.write_text(f"{room.folder}\n")


@contextlib.contextmanager
def _mending(room: Room) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{room.caller} may not use {error.filename}: {error.strerror}. "
            f"Set LOANWRIGHT_HOME to a folder of your own. {ELSEWHERE}"
        ) from error
    except OSError as error:
        raise trouble("Making room for PostgreSQL", str(error), room.folder) from error


def is_orphaned(room: Room) -> bool:
    """Whether the room was left by a home that stood at the same path and was deleted."""
    return room.lent and room.cluster.exists() and not room.pointer.exists()


def set_aside(room: Room) -> Path:
    """Rename an orphaned room, whose server is stopped, so that nothing in it is lost."""
    kept = next(path for path in _places_aside(room) if not path.exists())
    return room.folder.rename(kept)


def _places_aside(room: Room) -> Iterator[Path]:
    return (room.folder.with_name(f"{room.folder.name}-{number}") for number in itertools.count(1))


def _follow_moved_home(room: Room) -> None:
    """Rename the room of a home that stood elsewhere before; a copied home starts its own."""
    if room.folder.exists() or not room.pointer.exists():
        return
    former = Path(room.pointer.read_text().strip())
    if former.parent != ROOT_ROOMS or not (former / "home").exists():
        return
    if not Path((former / "home").read_text().strip()).exists():
        former.rename(room.folder)


def _private_folder(folder: Path, room: Room) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode) or found.st_uid not in {room.owner_uid, os.geteuid()}:
        raise PermissionError(13, "belongs to another user", str(folder))
    if room.lent:
        os.chown(folder, room.owner_uid, room.owner_gid)
    folder.chmod(0o700)


def clear(room: Room) -> None:
    """Delete cluster, binaries, socket, pointer and rooms set aside; the rest of the home stays."""
    aside = itertools.takewhile(Path.exists, _places_aside(room)) if room.lent else ()
    for folder in {room.folder, room.sockets, room.desk, *aside}:
        shutil.rmtree(folder, ignore_errors=True)
    if left := [str(folder) for folder in (room.folder, room.desk) if folder.exists()]:
        raise EmbeddedPostgresError(f"Could not delete {', '.join(left)}.")


def run_in(room: Room, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run one of PostgreSQL's programs as the room's owner, out of reach of the terminal's keys."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    if "LD_LIBRARY_PATH" in os.environ:
        environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    try:
        return subprocess.run(
            [str(part) for part in command],
            env=environment,
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            start_new_session=True,
            user=room.owner_uid if room.lent else None,
            group=room.owner_gid if room.lent else None,
            extra_groups=[] if room.lent else None,
        )
    except PermissionError as error:
        raise EmbeddedPostgresError(
            f"{room.caller} may not run {command[0]} as {room.owner}: {error}. {ELSEWHERE}"
        ) from error
    except OSError as error:
        raise trouble(f"Running {command[0]}", str(error), room.folder) from error
