"""The cluster: its files, its settings, the role and the database it starts with."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from store.embedded.room import Room, run_in
from store.embedded.trouble import trouble

OWNER_ROLE = "loanwright"
"""Owns the database and migrates it; may make roles and databases, is no superuser."""
SUPERUSER = "postgres"
DATABASE = "loanwright"

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %d ",
    "lc_messages": "C",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "effective_cache_size": "2GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "wal_compression": "pglz",
    "random_page_cost": "1.1",
    "jit": "off",
    "max_parallel_workers_per_gather": "1",
}
"""For two cores and an SSD. A day's work on a book touches most pages at random, and then full
page images are most of the log: wal_compression pays."""

ROLE_AND_DATABASE = f"""\\set ON_ERROR_STOP on
SELECT 'CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB CREATEROLE'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER_ROLE}') \\gexec
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""


def make_cluster(room: Room, programs: Path) -> None:
    """Run initdb, aside and renamed at the end, so that an interrupted first start leaves none."""
    partial = room.folder / "cluster.part"
    shutil.rmtree(partial, ignore_errors=True)
    made = run_in(
        room,
        programs / "initdb",
        f"--pgdata={partial}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth=peer",
        "--set=timezone=UTC",
        "--no-instructions",
    )
    if made.returncode:
        raise trouble("Making the database cluster", made.stdout + made.stderr, room.folder)
    partial.rename(room.cluster)


def write_settings(room: Room, settings: Mapping[str, str]) -> None:
    """Write the server's settings and who may connect, anew before each start."""
    placed = {**SETTINGS, **settings, "unix_socket_directories": f'"{room.sockets}"'}
    quoted = {name: setting.replace("'", "''") for name, setting in placed.items()}
    lines = [f"{name} = '{setting}'" for name, setting in quoted.items()]
    _write(room, "postgresql.conf", lines)
    _write(room, "pg_hba.conf", ["local all all peer map=lw"])
    known = sorted({room.caller, room.owner})
    mapped = [f'lw "{user}" {role}' for user in known for role in (OWNER_ROLE, SUPERUSER)]
    _write(room, "pg_ident.conf", mapped)


def _write(room: Room, name: str, lines: list[str]) -> None:
    written = room.cluster / f"{name}.part"
    written.write_text("".join(f"{line}\n" for line in lines))
    if room.lent:
        os.chown(written, room.owner_uid, room.owner_gid)
    written.chmod(0o600)
    written.rename(room.cluster / name)


def make_role_and_database(room: Room, programs: Path) -> None:
    """Make the owner role and the database where they are missing."""
    script = room.folder / "role_and_database.sql"
    script.write_text(ROLE_AND_DATABASE)
    if room.lent:
        os.chown(script, room.owner_uid, room.owner_gid)
    made = run_in(
        room,
        programs / "psql",
        "--no-psqlrc",
        "--quiet",
        f"--host={room.sockets}",
        "--port=5432",
        f"--username={SUPERUSER}",
        "--dbname=postgres",
        f"--file={script}",
    )
    if made.returncode:
        raise trouble("Making the database", made.stderr, room.folder)
