"""A server killed after the payment was written and before it answered; asked again, it answers.

The server is a real one in a process of its own. Its wire to PostgreSQL is cut in the one gap that
matters: the commit has happened, the server has not heard of it. There it is killed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from tests.api.door import new_key
from tests.stories.lender import Lender
from tests.stories.withholding import wire_to

CHECKOUT = Path(__file__).resolve().parents[2]
SERVE = (
    "from app.serve import serve; from app.settings import read_settings; "
    "serve(read_settings(), with_admin=False, with_daily_run=False)"
)
KEY = "pay-once"
RECEIVED_ON = "2025-02-10"


@asynccontextmanager
async def server_on(database_url: str, home: Path) -> AsyncIterator[tuple[str, Any]]:
    """A server process on the database: its address and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {
        **kept,
        "LOANWRIGHT_HOME": str(home),
        "LOANWRIGHT_DATABASE_URL": database_url,
        "PORT": str(port),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", SERVE, cwd=CHECKOUT, env=environment
    )
    address = f"http://127.0.0.1:{port}"
    try:
        await until_ready(address, process)
        yield address, process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await asyncio.wait_for(process.wait(), 20)


async def until_ready(address: str, process: Any) -> None:
    async with httpx.AsyncClient(base_url=address) as client:
        for _ in range(300):
            assert process.returncode is None, "the server ended by itself"
            try:
                if (await client.get("/api/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    pytest.fail("the server did not become ready")


async def receive(address: str, loan: str, key: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        return await client.post(
            f"/api/v1/loans/{loan}/payments",
            json={"amount": "460.00", "received_on": RECEIVED_ON},
            headers={"Authorization": f"Bearer {key}", "Idempotency-Key": KEY},
        )


@pytest.mark.parametrize("lender", [False], indirect=True)
async def test_a_payment_written_but_not_answered_is_answered_when_asked_again(
    lender: Lender, fresh_database: str, tmp_path: Path
) -> None:
    loan = await lender.auto_loan()
    key = await new_key(lender.door.house, "*")
    watching = await asyncpg.connect(fresh_database)

    async def committed() -> bool:
        return await watching.fetchval("SELECT count(*) > 0 FROM receipt WHERE key = $1", KEY)

    async with wire_to(fresh_database) as wire, server_on(wire.url, tmp_path) as (address, process):
        wire.committed = committed
        asking = asyncio.create_task(receive(address, loan, key))
        await asyncio.wait_for(wire.withheld.wait(), 20)
        assert not asking.done()
        process.kill()
        await process.wait()
        with pytest.raises(httpx.TransportError):
            await asking
    await watching.close()

    async with server_on(fresh_database, tmp_path) as (address, _):
        again = await receive(address, loan, key)
        once_more = await receive(address, loan, key)

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert once_more.json() == again.json()
    history = await lender.shown(f"/loans/{loan}/history", as_of=RECEIVED_ON)
    received = [item for item in history["items"] if item["event"] == "payment_received"]
    assert [item["payment_id"] for item in received] == [again.json()["payment_id"]]
