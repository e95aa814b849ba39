"""A PostgreSQL that comes with Loanwright: started on first use, stopped by its last user."""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Self
from urllib.parse import quote

from store.embedded.binaries import programs_for
from store.embedded.cluster import (
    DATABASE,
    OWNER_ROLE,
    make_cluster,
    make_role_and_database,
    write_settings,
)
from store.embedded.liveness import Condition, condition_of, remove_stale_notes, running_server
from store.embedded.room import (
    Room,
    clear,
    furnish,
    is_orphaned,
    open_desk,
    room_of,
    run_in,
    set_aside,
)
from store.embedded.trouble import EmbeddedPostgresError, trouble

LOG = logging.getLogger("loanwright")
PATIENCE_SECONDS = 300
"""For crash recovery of a large book; a usual start takes 0.1 s."""
LONGEST_LOG_BYTES = 10_000_000
SECONDS_UNDISTURBED = 5
"""How long a signal may have to wait while the server is started."""
RETRIED = ("lock file", "still in use", "Is another postmaster", "did not start in time")


class EmbeddedPostgres:
    """The PostgreSQL of one LOANWRIGHT_HOME.

    Several programs may use it at once: each start attaches, the last stop stops the server. A
    server left by a killed program is attached to again. Its cluster is reached only over a Unix
    socket, and only by the system user who started it.
    """

    def __init__(self, home: Path | str, settings: Mapping[str, str] | None = None) -> None:
        self.room: Room = room_of(Path(home))
        self._settings = settings or {}
        self._programs: Path | None = None
        self._use: IO[bytes] | None = None
        self._user_pid: int | None = None

    @property
    def url(self) -> str:
        """Where to connect as the owner role: understood by asyncpg, libpq and SQLAlchemy."""
        return (
            f"postgresql://{OWNER_ROLE}@/{DATABASE}"
            f"?host={quote(str(self.room.sockets), safe='')}&port=5432"
        )

    def start(self) -> str:
        """Start the server, or attach to the one that runs; returns its url."""
        if self._use is not None:
            return self.url
        open_desk(self.room)
        _end_politely_on_signals()
        with self._turn():
            self._leave_the_orphan_alone()
            furnish(self.room)
            use = (self.room.desk / "users").open("ab")
            try:
                fcntl.flock(use, fcntl.LOCK_SH)
                self._programs = programs_for(self.room)
                if not self.room.cluster.exists():
                    make_cluster(self.room, self._programs)
                self._wake(self._programs)
                make_role_and_database(self.room, self._programs)
            except BaseException:
                use.close()
                if self._programs is not None:
                    self._stop_if_unused()
                raise
        self._use, self._user_pid = use, os.getpid()
        atexit.register(self.stop)
        return self.url

    def stop(self) -> None:
        """Let go of the server, and stop it when nobody else uses it."""
        use, self._use = self._use, None
        if use is None or self._user_pid != os.getpid():
            return
        atexit.unregister(self.stop)
        if not self.room.desk.exists():  # the home was deleted: there is nobody to take turns with
            use.close()
            if self._programs is not None and running_server(self.room) is not None:
                self._stop_server(self._programs)
            return
        with _undisturbed(), self._turn():  # an impatient second Ctrl-C changes nothing
            use.close()
            self._stop_if_unused()

    def forget(self) -> None:
        """Stop the server and delete its cluster for good; refused while others use it."""
        self.stop()
        if not self.room.desk.exists() and not self.room.folder.exists():
            return
        open_desk(self.room)
        with self._turn():
            if not self._stop_if_unused():
                raise EmbeddedPostgresError("The database is in use by another Loanwright.")
            clear(self.room)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.stop()

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """One program at a time starts or stops; the kernel frees the turn of a killed one."""
        with (self.room.desk / "turn").open("ab") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            yield

    def _leave_the_orphan_alone(self) -> None:
        """A new home at the place of a deleted one begins anew; the old database is kept."""
        if not is_orphaned(self.room):
            return
        if running_server(self.room) is not None:
            self._stop_server(programs_for(self.room))
        LOG.warning(
            "The database of an earlier %s is kept in %s; `loanwright demo --forget` deletes it.",
            self.room.home,
            set_aside(self.room),
        )

    def _stop_if_unused(self) -> bool:
        with (self.room.desk / "users").open("ab") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            if running_server(self.room) is not None:
                self._stop_server(self._programs or programs_for(self.room))
            return True

    def _stop_server(self, programs: Path) -> None:
        waited = f"--timeout={PATIENCE_SECONDS}"
        cluster = f"--pgdata={self.room.cluster}"
        stopped = run_in(
            self.room, programs / "pg_ctl", "stop", "--mode=fast", "--wait", waited, cluster
        )
        if stopped.returncode and running_server(self.room) is not None:
            raise trouble("Stopping PostgreSQL", stopped.stderr, self.room.folder)

    def _wake(self, programs: Path) -> None:
        """Bring the server to where it answers, over whatever a crash has left."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        condition = condition_of(self.room, programs)
        while condition is not Condition.LIVE:
            printed = "" if condition is Condition.NOT_YET else self._start_server(programs)
            if printed and not any(words in printed for words in RETRIED):
                raise trouble("Starting PostgreSQL", printed, self.room.folder)
            if time.monotonic() > deadline:
                raise trouble("Waiting for PostgreSQL", printed, self.room.folder)
            if printed or condition is Condition.NOT_YET:
                time.sleep(0.1)
            condition = condition_of(self.room, programs)

    def _start_server(self, programs: Path) -> str:
        """Start the server and wait for it; returns what it printed when it would not start."""
        if running_server(self.room) is not None:
            self._stop_server(programs)  # it runs, yet its socket is gone
        remove_stale_notes(self.room)
        write_settings(self.room, self._settings)
        log = self.room.log
        if log.exists() and log.stat().st_size > LONGEST_LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        logged_before = log.stat().st_size if log.exists() else 0
        with _undisturbed() as came:
            started = run_in(
                self.room,
                programs / "pg_ctl",
                "start",
                "--wait",
                f"--timeout={SECONDS_UNDISTURBED}",
                f"--pgdata={self.room.cluster}",
                f"--log={log}",
            )
        for number in came:
            signal.raise_signal(number)
        if started.returncode == 0:
            return ""
        logged = log.read_bytes()[logged_before:].decode(errors="replace") if log.exists() else ""
        return f"{started.stderr}{logged}" or "pg_ctl gave no reason"


def _end_politely_on_signals() -> None:
    """Let SIGTERM and a closed terminal end the program in the ordinary way, so atexit runs."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


@contextlib.contextmanager
def _undisturbed() -> Iterator[list[int]]:
    """Put off signals that would end the program; yields those that came."""
    came: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield came
        return
    before = {
        number: signal.signal(number, lambda number, _: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    try:
        yield came
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
