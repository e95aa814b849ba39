"""Who did what: entries of the audit log, commands on loans, drafts and overrides, in one order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

import asyncpg
import msgspec

from engine.loan.events.facts import FACT_TYPES

_FACTS: Final = [str(kind.__struct_config__.tag) for kind in FACT_TYPES]
"""Events that a person or a system asked for; the rest follow from them."""


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries are looked for; what is empty lets every one pass."""

    since: datetime
    until: datetime
    """Both included."""
    actor: str = ""
    subject: str = ""
    areas: tuple[str, ...] = ()
    after: tuple[datetime, str, str, int] | None = None
    """The entry a page ended with: moment, area, subject, number."""


async def add_entry(
    connection: Any, at: datetime, actor: str, action: str, subject: str, detail: dict[str, Any]
) -> None:
    """Write down what somebody did, in the transaction that does it."""
    await connection.execute(
        "INSERT INTO audit_log (recorded_at, actor, action, subject, detail) "
        "VALUES ($1, $2, $3, $4, $5)",
        at, actor, action, subject, detail,
    )  # fmt: skip


_ORDER: Final = "recorded_at DESC, area DESC, subject DESC, number DESC"
_LOANS: Final = f"""
SELECT e.recorded_at, e.actor, 'loan' AS area, e.kind AS action, e.loan_id AS subject,
       e.seq::bigint AS number, jsonb_build_object('currency', l.currency) AS detail, e.body
FROM event AS e JOIN loan AS l USING (loan_id)
WHERE e.actor NOT LIKE 'automation:%'
  AND (e.kind = ANY(ARRAY{_FACTS!r})
       OR e.kind = 'fee_assessed' AND position('by_person'::bytea IN e.body) > 0)
  AND e.recorded_at >= $1 AND e.recorded_at <= $2
  AND ($3 = '' OR e.actor = $3) AND ($4 = '' OR e.loan_id = $4)
"""
_OFFICE: Final = """
SELECT a.recorded_at, a.actor, 'office', a.action, a.subject, a.entry, a.detail, NULL::bytea
FROM audit_log AS a
WHERE a.recorded_at >= $1 AND a.recorded_at <= $2
  AND ($3 = '' OR a.actor = $3) AND ($4 = '' OR a.subject = $4)
"""
_DRAFTS: Final = """
SELECT d.recorded_at, d.actor, 'definition', d.action, d.draft_id, d.revision::bigint,
       jsonb_build_object('name', r.name, 'kind', r.kind, 'comment', d.comment), NULL::bytea
FROM draft_entry AS d JOIN draft AS r USING (draft_id)
WHERE d.recorded_at >= $1 AND d.recorded_at <= $2
  AND ($3 = '' OR d.actor = $3) AND $4 IN ('', d.draft_id, r.name)
"""
_ASKED: Final = """
SELECT o.recorded_at, o.requested_by, 'override', 'override_requested', o.override_id, 1::bigint,
       jsonb_build_object('loan_id', o.loan_id, 'comment', o.reason), NULL::bytea
FROM override AS o
WHERE o.recorded_at >= $1 AND o.recorded_at <= $2
  AND ($3 = '' OR o.requested_by = $3) AND $4 IN ('', o.override_id, o.loan_id)
"""
_DECIDED: Final = """
SELECT o.decided_at, o.decided_by, 'override',
       CASE WHEN o.state = 'declined' THEN 'override_declined' ELSE 'override_approved' END,
       o.override_id, 2::bigint,
       jsonb_build_object('loan_id', o.loan_id, 'comment', o.note), NULL::bytea
FROM override AS o
WHERE o.decided_at >= $1 AND o.decided_at <= $2
  AND ($3 = '' OR o.decided_by = $3) AND $4 IN ('', o.override_id, o.loan_id)
"""
_NAMES: Final = """
SELECT user_id AS actor, name FROM staff_user WHERE user_id = ANY($1)
UNION ALL SELECT key_id, name FROM api_key WHERE key_id = ANY($1)
"""


async def trail(pool: asyncpg.Pool, wanted: Trail, limit: int) -> list[Any]:
    """Entries newest first, up to ``limit``; each source is asked for no more than these."""
    after = wanted.after
    upto = wanted.until if after is None else min(wanted.until, after[0])
    parameters: list[Any] = [wanted.since, upto, wanted.actor, wanted.subject, limit]
    keyset = ""
    if after is not None:
        keyset = (
            "WHERE (recorded_at, area, subject, number) "
            "< ($6::timestamptz, $7::text, $8::text, $9::bigint)"
        )
        parameters += after
    sources = {
        "loan": (_LOANS,), "office": (_OFFICE,), "definition": (_DRAFTS,),
        "override": (_ASKED, _DECIDED),
    }  # fmt: skip
    parts = [
        f"(SELECT * FROM ({part}) AS part (recorded_at, actor, area, action, subject, number, "
        f"detail, body) {keyset} ORDER BY {_ORDER} LIMIT $5)"
        for area, statements in sources.items()
        if not wanted.areas or area in wanted.areas
        for part in statements
    ]
    rows: list[Any] = await pool.fetch(
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS trail ORDER BY {_ORDER} LIMIT $5",
        *parameters,
    )
    return rows


async def names_of(pool: asyncpg.Pool, actors: Sequence[str]) -> dict[str, str]:
    """Actor → name, of people and keys; automations have none."""
    return {row["actor"]: row["name"] for row in await pool.fetch(_NAMES, list(actors))}


async def entries_of(pool: asyncpg.Pool, loan_id: str) -> int:
    """How many journal entries a loan has."""
    found: int = await pool.fetchval(
        "SELECT count(*) FROM journal_entry WHERE loan_id = $1", loan_id
    )
    return found


async def sealed_through(pool: asyncpg.Pool) -> date | None:
    """The last business date that has a root over its events."""
    found: date | None = await pool.fetchval("SELECT max(posted_on) FROM day_root")
    return found
