"""pgbench doing the statements of real payments: what PostgreSQL alone can do here.

Payments are carried out once while their statements are written down; pgbench then sends the same
two statements with the same parameters to a copy of the book. It decides nothing, so it is the
ceiling of a servicer that does one payment at a time.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import asyncpg

from store.embedded.binaries import installed_programs

TABLE: Final = "bench_payment"
_TPS: Final = re.compile(r"^tps = ([0-9.]+) \(without initial connection time\)", re.MULTILINE)
_PARAMETER: Final = re.compile(r"\$(\d+)")

Sent = tuple[str, tuple[Any, ...]]
"""A statement and its parameters."""


class WrittenDown:
    """A pool that keeps every statement with its parameters."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self.reads: list[Sent] = []
        self.writes: list[Sent] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)

    async def fetchrow(self, statement: str, *parameters: Any) -> Any:
        self.reads.append((statement, parameters))
        return await self._pool.fetchrow(statement, *parameters)

    async def fetchval(self, statement: str, *parameters: Any) -> Any:
        self.writes.append((statement, parameters))
        return await self._pool.fetchval(statement, *parameters)


class Script:
    """The two statements of a payment, and their parameters as rows of a table."""

    def __init__(self, reads: Sequence[Sent], writes: Sequence[Sent]) -> None:
        (self.read,) = {statement for statement, _ in reads}
        (self.write,) = {statement for statement, _ in writes}
        self.rows = [(read, write) for (_, read), (_, write) in zip(reads, writes, strict=True)]

    async def prepare(self, pool: asyncpg.Pool) -> None:
        """Put the parameters where pgbench finds them: it has no other way to be given bytes."""
        async with pool.acquire() as connection:
            await connection.execute("RESET ROLE")
            types = [
                [parameter.name for parameter in (await connection.prepare(text)).get_parameters()]
                for text in (self.read, self.write)
            ]  # fmt: skip
            columns = [f"r{n} {kind}" for n, kind in enumerate(types[0], 1)]
            columns += [f"w{n} {kind}" for n, kind in enumerate(types[1], 1)]
            await connection.execute(
                f"CREATE TABLE {TABLE} (n int PRIMARY KEY, {', '.join(columns)})"
            )
            places = ", ".join(f"${n}" for n in range(1, len(columns) + 2))
            insert = f"INSERT INTO {TABLE} VALUES ({places})"
            for number, (read, write) in enumerate(self.rows):
                await connection.execute(insert, number, *read, *write)
            await connection.execute(f"ANALYZE {TABLE}")

    def text(self) -> str:
        """The script: one read that also brings the parameters, one write with them."""
        empty = {
            place
            for place in range(1, len(self.rows[0][1]) + 1)
            if all(write[place - 1] is None for _, write in self.rows)
        }
        brought = [f"b.w{n} AS w{n}" for n in range(1, len(self.rows[0][1]) + 1) if n not in empty]
        read = _PARAMETER.sub(lambda found: f"b.r{found[1]}", self.read)
        read = read.replace("SELECT ", f"SELECT {', '.join(brought)}, ", 1)
        read = read.replace("FROM (SELECT 1) AS one", f"FROM {TABLE} AS b", 1)
        write = _PARAMETER.sub(
            lambda found: "NULL" if int(found[1]) in empty else f":w{found[1]}", self.write
        )
        return (
            "\\set row :first + :client_id + :clients * :turn\n\\set turn :turn + 1\n"
            f"{_line(read)} WHERE b.n = :row \\gset\n{_line(write)};\n"
        )


def payments_a_second(url: str, script: Script, first: int, count: int, clients: int) -> float:
    """pgbench sends the payments from one on; how many a second."""
    where = urlsplit(url)
    asked = parse_qs(where.query)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "payment.sql"
        file.write_text(script.text(), encoding="utf-8")
        found = subprocess.run(
            [
                installed_programs() / "pgbench", "--no-vacuum", "--protocol=prepared",
                f"--file={file}",
                f"--client={clients}", f"--jobs={min(clients, 2)}",
                f"--transactions={count // clients}",
                f"--define=first={first}", f"--define=clients={clients}", "--define=turn=0",
                f"--host={asked['host'][0]}", f"--port={asked['port'][0]}",
                f"--username={where.username}", where.path.strip("/"),
            ],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    tps = _TPS.search(found.stdout)
    assert found.returncode == 0 and tps is not None, found.stderr or found.stdout
    return float(tps[1])


def _line(statement: str) -> str:
    return " ".join(statement.split())
