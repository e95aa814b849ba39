"""The cluster's settings are written anew before each start."""

from __future__ import annotations

from pathlib import Path

from store.embedded.cluster import write_settings
from store.embedded.room import Room, room_of


def room_with_cluster(home: Path) -> Room:
    here = room_of(home)
    room = Room(
        home=home,
        folder=home,
        sockets=home / "socket",
        caller="ada",
        owner="postgres",
        owner_uid=here.owner_uid,
        owner_gid=here.owner_gid,
    )
    room.cluster.mkdir()
    return room


def test_settings_given_win_over_the_houses_own(tmp_path: Path) -> None:
    room = room_with_cluster(tmp_path)
    write_settings(room, {"fsync": "off", "wal_compression": "off"})
    written = (room.cluster / "postgresql.conf").read_text().splitlines()
    assert "wal_compression = 'off'" in written
    assert "fsync = 'off'" in written
    assert "listen_addresses = ''" in written


def test_a_quote_in_a_setting_is_doubled(tmp_path: Path) -> None:
    room = room_with_cluster(tmp_path)
    write_settings(room, {"cluster_name": "ada's"})
    assert "cluster_name = 'ada''s'" in (room.cluster / "postgresql.conf").read_text()


def test_only_the_caller_and_the_servers_own_user_may_connect(tmp_path: Path) -> None:
    room = room_with_cluster(tmp_path)
    write_settings(room, {})
    assert (room.cluster / "pg_hba.conf").read_text() == "local all all peer map=lw\n"
    assert (room.cluster / "pg_ident.conf").read_text().splitlines() == [
        'lw "ada" loanwright',
        'lw "ada" postgres',
        'lw "postgres" loanwright',
        'lw "postgres" postgres',
    ]
