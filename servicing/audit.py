"""The audit trail: who did what, when, with every figure before and after; and is it all true.

It is told from where each thing is kept: events of loans, drafts, overrides, and the log of the
office. Automations are not among it: what time brings stands in the history of each loan.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import msgspec

from engine.codec.loan_text import decode_event
from servicing.actor import Actor
from servicing.errors import NO_CURSOR, LoanNotFound, NotFound, invalid_query
from servicing.house import House
from servicing.loan_view import loan_view
from servicing.permissions import require
from servicing.standing import standing
from servicing.telling import history_item, title_of
from servicing.verification import check_loans
from servicing.views import Page
from servicing.views.office import AuditEntry, ChainCheck, FieldChange
from store import audit_rows
from store.loan_rows import history

SEE: Final = "admin:audit"
CHECK: Final = "verify:run"
AREAS: Final = ("loan", "definition", "override", "office")
DAYS: Final = 30
"""So many days back are looked at where none is named."""
_NOT_FIGURES: Final = {
    "as_known_at",
    "as_of",
    "loan_id",
    "borrower_name",
    "metadata",
    "currency",
    "seq",
}
_TICK: Final = timedelta(microseconds=1)


async def entries(
    house: House,
    actor: Actor,
    *,
    since: date | None = None,
    until: date | None = None,
    who: str = "",
    subject: str = "",
    area: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """What people and systems did from a day to a day in UTC, newest first.

    ``who`` is the id of a user or key, ``subject`` that of a loan, user, key, draft or override.
    """
    require(actor, SEE)
    if area and area not in AREAS:
        message = f"There is no area {area!r}: it is one of {', '.join(AREAS)}."
        raise invalid_query("/area", message)
    last = until or house.clock.now().date() + timedelta(days=1)
    first = since or last - timedelta(days=DAYS)
    wanted = audit_rows.Trail(
        since=datetime.combine(first, datetime.min.time(), UTC),
        until=datetime.combine(last, datetime.max.time(), UTC),
        actor=who.strip(), subject=subject.strip(), areas=(area,) if area else (),
        after=_after(cursor),
    )  # fmt: skip
    rows = await audit_rows.trail(house.pool, wanted, limit + 1)
    shown, more = rows[:limit], len(rows) > limit
    names = await audit_rows.names_of(house.pool, [*{row["actor"] for row in shown}])
    return Page(
        items=tuple(_entry(row, names) for row in shown),
        has_more=more,
        next_cursor=_cursor(shown[-1]) if more else None,
    )


async def loan_changes(
    house: House, actor: Actor, loan_id: str, number: int
) -> tuple[FieldChange, ...]:
    """Every figure of a loan that a command moved: as known before it, and after it.

    ``number`` is that of any event of the command. Raises NotFound where there is none.
    """
    require(actor, SEE)
    past = await history(house.pool, loan_id)
    if not 1 <= number <= len(past):
        raise NotFound("event of the loan", str(number))
    recorded = past[number - 1].recorded
    at, day = recorded.recorded_at, recorded.posted_on
    after = await _figures(house, loan_id, day, at)
    try:
        before = await _figures(house, loan_id, day, at - _TICK)
    except LoanNotFound:
        before = {}
    return tuple(
        FieldChange(field=name, before=before.get(name, ""), after=after.get(name, ""))
        for name in {**after, **before}
        if before.get(name, "") != after.get(name, "")
    )


async def check_loan(house: House, actor: Actor, loan_id: str) -> ChainCheck:
    """Work one loan out again from its events, and follow the chain of its seals."""
    require(actor, CHECK)
    past = await history(house.pool, loan_id)
    if not past:
        raise LoanNotFound(loan_id)
    problems: list[str] = []
    async for _, found in check_loans(house, [loan_id]):
        problems += [wrong.removeprefix(f"{loan_id}: ") for wrong in found]
    return ChainCheck(
        loan_id=loan_id,
        events=len(past),
        last_hash=past[-1].hash.hex(),
        first_recorded_at=past[0].recorded.recorded_at,
        last_recorded_at=past[-1].recorded.recorded_at,
        entries=await audit_rows.entries_of(house.pool, loan_id),
        sealed_through=await audit_rows.sealed_through(house.pool),
        problems=tuple(problems),
    )


async def _figures(house: House, loan_id: str, day: date, known_at: datetime) -> dict[str, str]:
    at = await standing(house, loan_id, day, known_at)
    view = msgspec.to_builtins(loan_view(at, "", known_at))
    return dict(_flat({name: view[name] for name in view if name not in _NOT_FIGURES}))


def _flat(value: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Fields by name; those of a part by themselves, a list as the texts of its members."""
    for name, inner in value.items():
        if isinstance(inner, dict):
            yield from _flat(inner)
        elif name == "unpaid_fees":
            yield (
                "unpaid_fees",
                ", ".join(f"{str(fee['name']).replace('_', ' ')} {fee['owed']}" for fee in inner),
            )
        elif isinstance(inner, list | tuple):
            yield name, ", ".join(str(each) for each in inner)
        else:
            yield name, "" if inner is None else str(inner)


def _entry(row: Any, names: dict[str, str]) -> AuditEntry:
    detail: dict[str, Any] = dict(row["detail"])
    title = str(row["action"]).replace("_", " ").capitalize()
    if row["body"] is not None:
        event = decode_event(row["body"])
        title = title_of(event)
        detail = history_item(
            row["subject"], row["number"], event, currency=detail["currency"],
            posted_on=event.effective_on, recorded_at=row["recorded_at"], actor=row["actor"],
        ).detail  # fmt: skip
    changes = detail.pop("changes", {}) if row["area"] == "office" else {}
    return AuditEntry(
        recorded_at=row["recorded_at"],
        actor=row["actor"],
        actor_name=names.get(row["actor"], row["actor"]),
        area=row["area"],
        action=row["action"],
        subject=row["subject"],
        number=row["number"],
        title=title,
        detail=detail,
        changes={name: (old, new) for name, (old, new) in changes.items()},
    )


def _cursor(row: Any) -> str:
    key = [row["recorded_at"].isoformat(), row["area"], row["subject"], row["number"]]
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()


def _after(cursor: str | None) -> tuple[datetime, str, str, int] | None:
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(
            base64.urlsafe_b64decode(cursor.encode()), type=tuple[datetime, str, str, int]
        )
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise invalid_query("/cursor", NO_CURSOR) from None
