"""The demo on a laptop: made once, started again in seconds, killed without loss, forgotten."""

from __future__ import annotations

import os
import re
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from store.embedded import EmbeddedPostgres
from tests.app.programs import Program, start

LOANS = 400


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a demo that was made and ended."""
    home = tmp_path_factory.mktemp("demo") / "home"
    program = start(home, "demo")
    program.wait_until_ready()
    assert program.get("/").status_code in {200, 303, 307}
    program.end(signal.SIGINT)
    assert program.database_runs() is None
    yield home
    EmbeddedPostgres(home).forget()


def loans_of(program: Program) -> int:
    key = re.search(r"api_key (\S+)", (program.home / "demo-credentials").read_text())
    assert key is not None
    answer = httpx.get(
        f"{program.address}/api/v1/portfolio",
        headers={"Authorization": f"Bearer {key.group(1)}"},
        timeout=20,
    )
    assert answer.status_code == 200, answer.text
    return int(answer.json()["loans"])


def test_its_sign_ins_are_for_its_owner_alone(home: Path) -> None:
    assert stat.S_IMODE((home / "demo-credentials").stat().st_mode) == 0o600


def test_the_next_start_takes_under_5_seconds_and_seeds_nothing(home: Path) -> None:
    before = (home / "demo-credentials").read_text()
    again = start(home, "demo")
    assert again.wait_until_ready() < 5
    assert loans_of(again) == LOANS
    assert (home / "demo-credentials").read_text() == before
    again.end(signal.SIGINT)


@pytest.mark.parametrize("victim", ["loanwright", "postgresql"])
def test_killed_it_loses_nothing(home: Path, victim: str) -> None:
    program = start(home, "demo")
    program.wait_until_ready()
    database = program.database_runs()
    assert database is not None
    os.kill(program.process.pid if victim == "loanwright" else database, signal.SIGKILL)
    if victim == "postgresql":
        program.process.kill()
    program.process.wait()
    again = start(home, "demo")
    again.wait_until_ready()
    assert loans_of(again) == LOANS
    again.end(signal.SIGINT)
    assert again.database_runs() is None


def test_its_book_has_nothing_wrong(home: Path) -> None:
    verified = start(home, "verify")
    said, wrong = verified.process.communicate(timeout=120)
    assert verified.process.returncode == 0, said + wrong
    assert said.startswith(f"{LOANS} loans")
    assert "nothing wrong" in said


def test_forgetting_it_leaves_nothing_of_it(home: Path) -> None:
    room = EmbeddedPostgres(home).room
    forgotten = start(home, "demo", "--forget")
    forgotten.process.communicate(timeout=60)
    assert forgotten.process.returncode == 0
    assert not room.folder.exists()
    assert not (home / "demo-credentials").exists()
