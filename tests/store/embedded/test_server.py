"""The embedded PostgreSQL starts, is shared, survives crashes and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from store.embedded import EmbeddedPostgres, EmbeddedPostgresError
from store.embedded.liveness import running_server

USER_OF_THE_SERVER = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests may run where it is ignored
from store.embedded import EmbeddedPostgres
print(EmbeddedPostgres(sys.argv[1]).start(), flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("home")
    yield home
    EmbeddedPostgres(home).forget()


async def answer(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def another_user(home: Path) -> subprocess.Popen[str]:
    """Another program that uses the same server, once it does."""
    program = subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert program.stdout is not None
    assert program.stdout.readline().startswith("postgresql://")
    return program


async def test_asyncpg_and_sqlalchemy_take_the_same_url(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        assert await answer(server.url, "SELECT session_user::text") == "loanwright"
        engine = create_async_engine(make_url(server.url).set(drivername="postgresql+asyncpg"))
        async with engine.connect() as connection:
            assert (await connection.execute(text("SHOW timezone"))).scalar() == "UTC"
        await engine.dispose()


async def test_owner_may_make_the_role_it_steps_down_to_and_is_no_superuser(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        connection = await asyncpg.connect(server.url)
        try:
            await connection.execute("CREATE ROLE clerk; GRANT clerk TO CURRENT_USER")
            await connection.execute("SET ROLE clerk")
            assert await connection.fetchval("SELECT current_user::text") == "clerk"
            await connection.execute("RESET ROLE; DROP ROLE clerk")
            assert await connection.fetchval("SHOW is_superuser") == "off"
        finally:
            await connection.close()


async def test_listens_on_no_network_port_and_compresses_its_log(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        assert await answer(server.url, "SHOW listen_addresses") == ""
        assert await answer(server.url, "SHOW wal_compression") == "pglz"
        assert await answer(server.url, "SHOW fsync") == "on"
        assert (server.room.sockets.stat().st_mode & 0o777) == 0o700


def test_last_user_stops_it(home: Path) -> None:
    server = EmbeddedPostgres(home)
    server.start()
    other = another_user(home)
    server.stop()
    assert running_server(server.room) is not None
    other.communicate("")
    assert running_server(server.room) is None


def test_sigterm_stops_it(home: Path) -> None:
    other = another_user(home)
    other.send_signal(signal.SIGTERM)
    assert other.wait(20) == 128 + signal.SIGTERM
    assert running_server(EmbeddedPostgres(home).room) is None


@pytest.mark.parametrize("seconds", [0.05, 0.3, 0.6, 0.9])
def test_ctrl_c_at_any_moment_of_a_start_leaves_no_server(home: Path, seconds: float) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", USER_OF_THE_SERVER, str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    time.sleep(seconds)
    program.send_signal(signal.SIGINT)
    program.wait(20)
    assert running_server(EmbeddedPostgres(home).room) is None


def test_a_server_left_by_a_killed_program_is_taken_up_and_later_stopped(home: Path) -> None:
    other = another_user(home)
    left = running_server(EmbeddedPostgres(home).room)
    other.kill()
    other.wait()
    with EmbeddedPostgres(home) as server:
        assert running_server(server.room) == left
    assert running_server(server.room) is None


async def test_killing_postgresql_loses_nothing_committed(home: Path) -> None:
    server = EmbeddedPostgres(home)
    url = server.start()
    await execute(url, "CREATE TABLE kept AS SELECT 1 AS penny")
    pid = running_server(server.room)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    again = EmbeddedPostgres(home)
    assert await answer(again.start(), "SELECT penny FROM kept") == 1
    assert running_server(again.room) != pid
    again.stop()
    server.stop()


@pytest.mark.parametrize(
    "left",
    ["", "999999999\n", "1\n/elsewhere\n", pytest.param(f"{os.getpid()}\n", id="other"), "ÿ"],
)
async def test_a_stale_or_broken_pid_file_is_no_obstacle(home: Path, left: str) -> None:
    with EmbeddedPostgres(home) as server:
        note = server.room.cluster / "postmaster.pid"
    note.write_text(left)
    with EmbeddedPostgres(home) as server:
        assert await answer(server.url, "SELECT 1") == 1


async def test_a_running_server_whose_socket_was_swept_away_is_restarted(home: Path) -> None:
    with EmbeddedPostgres(home) as server:
        for entry in server.room.sockets.iterdir():
            entry.unlink()
        with EmbeddedPostgres(home) as again:
            assert await answer(again.url, "SELECT 1") == 1


async def test_an_interrupted_first_start_is_begun_again(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    with pytest.raises(EmbeddedPostgresError), EmbeddedPostgres(tmp_path / "home", {"port": "x"}):
        pass
    (server.room.folder / "cluster.part").mkdir()
    try:
        assert await answer(server.start(), "SELECT 1") == 1
    finally:
        server.forget()


def test_forget_is_refused_while_others_use_it_and_then_leaves_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    other = another_user(home)
    with pytest.raises(EmbeddedPostgresError, match="in use"):
        EmbeddedPostgres(home).forget()
    other.communicate("")
    server = EmbeddedPostgres(home)
    server.forget()
    assert not server.room.folder.exists()
    assert not server.room.desk.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's rooms stand outside the home")
async def test_a_home_made_anew_where_one_was_deleted_begins_with_an_empty_database(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    with EmbeddedPostgres(home) as earlier:
        await execute(earlier.url, "CREATE TABLE kept AS SELECT 1 AS penny")
    killed = another_user(home)  # its server goes on
    killed.kill()
    killed.wait()
    shutil.rmtree(home)
    anew = EmbeddedPostgres(home)
    try:
        assert await answer(anew.start(), "SELECT to_regclass('kept')::text") is None
        kept = anew.room.folder.with_name(f"{anew.room.folder.name}-1")
        assert (kept / "cluster" / "PG_VERSION").exists()
        assert str(kept) in caplog.text
        assert "--forget" in caplog.text
    finally:
        anew.forget()
    assert not kept.exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's rooms stand outside the home")
def test_a_program_whose_home_is_deleted_still_stops_its_server(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "home")
    server.start()
    shutil.rmtree(tmp_path / "home")
    server.stop()
    assert running_server(server.room) is None
    server.forget()
    assert not server.room.folder.exists()


def test_second_start_is_quick(home: Path) -> None:
    with EmbeddedPostgres(home):
        pass
    began = time.monotonic()
    with EmbeddedPostgres(home):
        assert time.monotonic() - began < 3
