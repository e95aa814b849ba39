"""Plans to move loans: each plan with its loans, guarded by the state it was read in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import asyncpg
import msgspec


class PlanRow(msgspec.Struct, frozen=True, kw_only=True):
    """A plan as it stands."""

    plan_id: str
    product: str
    to_version: int
    moved_on: date
    condition: str
    reason: str
    state: str
    """planned, approved, carried_out, undone."""
    author: str
    approved_by: str
    recorded_at: datetime
    changed_at: datetime


class PlanLoan(msgspec.Struct, frozen=True, kw_only=True):
    """A loan of a plan."""

    loan_id: str
    from_version: int
    state: str
    """planned, consent_needed, refused; then moved or undone."""
    why: str
    consent: str
    owed_before: int
    owed_after: int


_PLAN = ", ".join(PlanRow.__struct_fields__)
_LOAN = ", ".join(PlanLoan.__struct_fields__)


async def add_plan(pool: asyncpg.Pool, plan: PlanRow, loans: Sequence[PlanLoan]) -> None:
    """Keep a plan with all its loans."""
    places = ", ".join(f"${place}" for place in range(1, len(PlanRow.__struct_fields__) + 1))
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            f"INSERT INTO move_plan ({_PLAN}) VALUES ({places})", *msgspec.structs.astuple(plan)
        )
        await connection.execute(
            f"INSERT INTO move_plan_loan (plan_id, {_LOAN}) SELECT $1, * FROM unnest($2::text[], "
            "$3::int[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[])",
            plan.plan_id,
            *([getattr(loan, name) for loan in loans] for name in PlanLoan.__struct_fields__),
        )


async def plan(pool: asyncpg.Pool, plan_id: str) -> PlanRow | None:
    """One plan."""
    row = await pool.fetchrow(f"SELECT {_PLAN} FROM move_plan WHERE plan_id = $1", plan_id)
    return PlanRow(**dict(row)) if row else None


async def plans(pool: asyncpg.Pool) -> list[PlanRow]:
    """Every plan, the one changed last first."""
    rows = await pool.fetch(f"SELECT {_PLAN} FROM move_plan ORDER BY changed_at DESC, plan_id")
    return [PlanRow(**dict(row)) for row in rows]


async def plan_loans(pool: asyncpg.Pool, plan_id: str) -> list[PlanLoan]:
    """The loans of a plan by id."""
    rows = await pool.fetch(
        f"SELECT {_LOAN} FROM move_plan_loan WHERE plan_id = $1 ORDER BY loan_id", plan_id
    )
    return [PlanLoan(**dict(row)) for row in rows]


async def set_plan(
    pool: asyncpg.Pool, plan_id: str, before: str, state: str, approved_by: str, at: datetime
) -> bool:
    """Put a plan in another state; False when it is in another than thought."""
    done: Any = await pool.fetchval(
        "UPDATE move_plan SET state = $3, approved_by = $4, changed_at = $5 "
        "WHERE plan_id = $1 AND state = $2 RETURNING plan_id",
        plan_id, before, state, approved_by, at,
    )  # fmt: skip
    return done is not None


async def set_loan(
    pool: asyncpg.Pool, plan_id: str, loan_id: str, state: str, why: str, consent: str
) -> bool:
    """Say what came of a loan of a plan; False when the plan has no such loan."""
    done: Any = await pool.fetchval(
        "UPDATE move_plan_loan SET state = $3, why = $4, consent = $5 "
        "WHERE plan_id = $1 AND loan_id = $2 RETURNING loan_id",
        plan_id, loan_id, state, why, consent,
    )  # fmt: skip
    return done is not None
