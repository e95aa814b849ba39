"""Where the embedded PostgreSQL lives, for root and for an ordinary user."""

from __future__ import annotations

import os
import pwd
import stat
from pathlib import Path

import pytest

from store.embedded import room as rooms
from store.embedded.room import SOCKET_NAME, Room, clear, furnish, room_of, run_in
from store.embedded.trouble import EmbeddedPostgresError

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's rooms stand in /var/lib")


@as_root
def test_roots_room_stands_in_var_lib_and_belongs_to_an_unprivileged_user(tmp_path: Path) -> None:
    room = room_of(tmp_path)
    furnish(room)
    try:
        assert room.folder.parent == Path("/var/lib/loanwright")
        assert room.owner in {"postgres", "nobody"}
        assert pwd.getpwuid(room.folder.stat().st_uid).pw_name == room.owner
        assert stat.S_IMODE(room.folder.stat().st_mode) == 0o700
        assert room.pointer.read_text().strip() == str(room.folder)
        assert run_in(room, "id", "-un").stdout.strip() == room.owner
        assert run_in(room, "id", "-Gn").stdout.split() == [
            run_in(room, "id", "-gn").stdout.strip()
        ]
    finally:
        clear(room)


@as_root
def test_furnishing_opens_no_folder_of_anyone_else(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    room = room_of(private / "home")
    furnish(room)
    clear(room)
    assert stat.S_IMODE(private.stat().st_mode) == 0o700


@as_root
def test_a_moved_home_keeps_its_room_and_a_copied_one_gets_its_own(tmp_path: Path) -> None:
    before = room_of(tmp_path / "before")
    furnish(before)
    (before.folder / "mine").touch()
    (tmp_path / "copy" / "postgres").mkdir(parents=True)
    copied = room_of(tmp_path / "copy")
    copied.pointer.write_text(before.pointer.read_text())
    furnish(copied)
    assert not (copied.folder / "mine").exists()
    (tmp_path / "before").rename(tmp_path / "after")
    after = room_of(tmp_path / "after")
    furnish(after)
    try:
        assert (after.folder / "mine").exists()
        assert not before.folder.exists()
    finally:
        clear(after)
        clear(copied)


def ordinary_room(monkeypatch: pytest.MonkeyPatch, home: Path, uid: int) -> Room:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    return room_of(home)


def nobody() -> int:
    return pwd.getpwnam("nobody").pw_uid


def test_an_ordinary_user_keeps_everything_at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    room = ordinary_room(monkeypatch, Path("/home/ada/.loanwright"), nobody())
    assert not room.lent
    assert room.cluster == Path("/home/ada/.loanwright/postgres/cluster")
    assert room.sockets == Path("/home/ada/.loanwright/postgres/socket")


@pytest.mark.parametrize("home", ["/home/" + "long" * 30, "/home/ada, and bob/it's ours"])
def test_the_socket_path_is_short_and_plain(monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    room = ordinary_room(monkeypatch, Path(home), nobody())
    assert room.sockets.parent == Path("/tmp")
    assert len(str(room.sockets / SOCKET_NAME)) < 100


def test_a_user_id_without_a_name_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(EmbeddedPostgresError, match="no entry in /etc/passwd"):
        ordinary_room(monkeypatch, Path("/tmp/home"), 54321)


def test_a_home_of_somebody_else_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "postgres").mkdir()
    room = ordinary_room(monkeypatch, tmp_path, nobody() if os.geteuid() == 0 else 0)
    monkeypatch.setattr(rooms.os, "access", lambda *_: False)
    with pytest.raises(EmbeddedPostgresError, match="LOANWRIGHT_HOME"):
        furnish(room)


def test_a_socket_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    room = room_of(tmp_path / "home")
    (tmp_path / "elsewhere").mkdir()
    trap = Room(
        home=room.home,
        folder=room.folder,
        sockets=tmp_path / "link",
        caller=room.caller,
        owner=room.owner,
        owner_uid=room.owner_uid,
        owner_gid=room.owner_gid,
    )
    trap.sockets.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(EmbeddedPostgresError, match="belongs to another user"):
        furnish(trap)
    clear(room)
