"""Only an answered connection counts as alive."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.embedded import EmbeddedPostgres
from store.embedded.binaries import installed_programs, programs_for
from store.embedded.liveness import (
    Condition,
    condition_of,
    remove_stale_notes,
    running_server,
)
from store.embedded.room import SOCKET_NAME


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedPostgres]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("liveness"))
    server.start()
    yield server
    server.forget()


def test_a_server_that_answers_is_live(server: EmbeddedPostgres) -> None:
    assert condition_of(server.room, programs_for(server.room)) is Condition.LIVE
    assert running_server(server.room) is not None


def test_notes_of_a_running_server_are_left_alone(server: EmbeddedPostgres) -> None:
    remove_stale_notes(server.room)
    assert (server.room.cluster / "postmaster.pid").exists()
    assert (server.room.sockets / SOCKET_NAME).exists()


def test_nobody_at_the_socket_is_down(tmp_path: Path) -> None:
    room = EmbeddedPostgres(tmp_path / "nobody").room
    assert condition_of(room, installed_programs()) is Condition.DOWN


@pytest.mark.parametrize(
    "noted", [pytest.param(str(os.getpid()), id="other"), "", "-3", "postgres", "1"]
)
def test_a_pid_that_is_not_a_server_of_this_cluster_counts_for_nothing(
    tmp_path: Path, noted: str
) -> None:
    room = EmbeddedPostgres(tmp_path / "stale").room
    try:
        room.cluster.mkdir(parents=True)
        (room.cluster / "postmaster.pid").write_text(f"{noted}\n/elsewhere\n")
        assert running_server(room) is None
        remove_stale_notes(room)
        assert not (room.cluster / "postmaster.pid").exists()
    finally:
        (room.cluster / "postmaster.pid").unlink(missing_ok=True)
        room.cluster.rmdir()
        room.folder.rmdir()
