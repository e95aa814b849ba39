"""Whether the room's PostgreSQL is alive: asked of the server itself, by a real connection.

The file postmaster.pid proves nothing: after a container restart its number names some other
program, a full disk truncates it, and a killed server may stay a zombie for seconds.
"""

from __future__ import annotations

import enum
import os
from pathlib import Path

from store.embedded.cluster import SUPERUSER
from store.embedded.room import SOCKET_NAME, Room, run_in

NOT_YET = ("starting up", "shutting down", "in recovery mode", "not yet accepting connections")


class Condition(enum.Enum):
    """What a connection attempt met."""

    LIVE = "live"
    NOT_YET = "not_yet"
    DOWN = "down"


def condition_of(room: Room, programs: Path) -> Condition:
    """Connect and ask for a row."""
    if not (room.sockets / SOCKET_NAME).exists():
        return Condition.DOWN
    asked = run_in(
        room,
        programs / "psql",
        "--no-psqlrc",
        f"--host={room.sockets}",
        "--port=5432",
        f"--username={SUPERUSER}",
        "--dbname=postgres",
        "--command=SELECT 1",
    )
    if asked.returncode == 0 or "too many clients" in asked.stderr:
        return Condition.LIVE
    if any(words in asked.stderr for words in NOT_YET):
        return Condition.NOT_YET
    return Condition.DOWN


def running_server(room: Room) -> int | None:
    """Process id of a server that runs on the room's cluster, whatever the pid files say.

    A server's current folder is its cluster. Where the system has no /proc, PostgreSQL's own
    check of its pid file has to do.
    """
    pid = _noted_pid(room.cluster / "postmaster.pid")
    if pid is None:
        return None
    if not Path("/proc/self").exists():
        return pid
    try:
        if os.readlink(f"/proc/{pid}/cwd") != str(room.cluster.resolve()):
            return None
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return None
    return None if state in {"Z", "X"} else pid


def remove_stale_notes(room: Room) -> None:
    """Remove pid and socket lock files left by a server that is no longer there.

    Safe beside orphaned server processes: those hold shared memory keyed by the cluster's folder,
    on which a new server refuses to start.
    """
    if running_server(room) is None and Path("/proc/self").exists():
        (room.cluster / "postmaster.pid").unlink(missing_ok=True)
        (room.sockets / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
        (room.sockets / SOCKET_NAME).unlink(missing_ok=True)


def _noted_pid(note: Path) -> int | None:
    try:
        first_line = note.read_text().partition("\n")[0].strip()
    except OSError:
        return None
    return int(first_line) if first_line.isdecimal() and int(first_line) > 1 else None
