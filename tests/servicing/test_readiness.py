"""A house that can work says so, and one whose database is away says that."""

from __future__ import annotations

from servicing.readiness import OK, readiness
from tests.servicing.lending import Lender


async def test_a_house_is_ready_while_its_database_answers(lender: Lender) -> None:
    assert await readiness(lender.house) == {"database": OK, "definitions": OK}
    await lender.house.pool.close()
    assert (await readiness(lender.house))["database"] == "cannot be reached"
