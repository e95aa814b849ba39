"""A served house opens its doors on one port, and closes all of them however it is ended."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.embedded import EmbeddedPostgres
from tests.app.programs import Program, start

ONLY_THE_API = ("serve", "--no-admin")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    home = tmp_path_factory.mktemp("served")
    yield home
    EmbeddedPostgres(home).forget()


@pytest.fixture
def served(home: Path) -> Iterator[Program]:
    program = start(home, *ONLY_THE_API)
    program.wait_until_ready()
    yield program
    if program.process.poll() is None:
        program.end(signal.SIGTERM)


def test_one_port_and_a_key_needed(served: Program) -> None:
    assert served.get("/api/health/ready").status_code == 200
    assert served.get("/api/v1/loans").status_code == 401
    assert served.get("/").headers["location"] == "/api/docs"
    assert served.get("/nothing/here").status_code == 404


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ending_it_ends_the_database_too(served: Program, number: signal.Signals) -> None:
    assert served.database_runs() is not None
    ended = served.end(number)
    assert ended in {0, 130, 128 + number}
    assert served.database_runs() is None


def test_the_next_start_takes_under_5_seconds(served: Program, home: Path) -> None:
    served.end(signal.SIGINT)
    again = start(home, *ONLY_THE_API)
    assert again.wait_until_ready() < 5
    again.end(signal.SIGINT)


def test_killed_it_leaves_the_database_to_the_next_start(served: Program, home: Path) -> None:
    served.process.kill()
    served.process.wait()
    left = served.database_runs()
    assert left is not None
    again = start(home, *ONLY_THE_API)
    again.wait_until_ready()
    assert again.database_runs() == left
    again.end(signal.SIGINT)
    assert again.database_runs() is None


def test_a_taken_port_is_said_before_anything_slow_begins(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        program = start(tmp_path, *ONLY_THE_API, port=taken.getsockname()[1])
        _, said = program.process.communicate(timeout=30)
    assert program.process.returncode == 1
    assert "Set PORT to a free port." in said
    assert not (tmp_path / "postgres").exists()


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    program = start(tmp_path, *ONLY_THE_API, LOANWRIGHT_DATABASE_URL="mysql://db/book")
    _, said = program.process.communicate(timeout=30)
    assert said.startswith("LOANWRIGHT_DATABASE_URL must look like postgresql://")
    assert program.process.returncode == 1
