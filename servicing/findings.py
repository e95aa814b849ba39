"""The findings log over the whole book: read newest first, narrowed, and as a file."""

from __future__ import annotations

import base64
import binascii
from collections.abc import AsyncIterator
from datetime import date
from typing import Any, Final

import msgspec

from servicing.actor import Actor
from servicing.csv_file import lines_of
from servicing.errors import NO_CURSOR, invalid_query
from servicing.house import House
from servicing.permissions import require
from servicing.views import Page
from servicing.views.findings import FindingEntry
from store import finding_rows
from store.audit_rows import names_of

SEE: Final = "portfolio:read"
OUTCOMES: Final = ("refused", "set_aside", "adjusted", "warned")
CSV_COLUMNS: Final = (
    "posted_on", "effective_on", "recorded_at", "outcome", "rule", "rule_title", "citation",
    "message", "loan_id", "seq", "command", "actor", "actor_name", "override_id",
)  # fmt: skip
AT_ONCE: Final = 500


async def findings(
    house: House,
    actor: Actor,
    *,
    rule: str = "",
    outcome: str = "",
    loan_id: str = "",
    since: date | None = None,
    until: date | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """What rules said, newest business date first; ``since`` and ``until`` are both included."""
    require(actor, SEE)
    if outcome and outcome not in OUTCOMES:
        message = f"There is no outcome {outcome!r}: it is one of {', '.join(OUTCOMES)}."
        raise invalid_query("/outcome", message)
    wanted = finding_rows.Wanted(
        rule=rule.strip(), outcome=outcome, loan_id=loan_id.strip(), since=since, until=until,
        after=_after(cursor),
    )  # fmt: skip
    rows = await finding_rows.findings(house.pool, wanted, limit + 1)
    shown, more = rows[:limit], len(rows) > limit
    names = await names_of(house.pool, sorted({row["actor"] for row in shown}))
    return Page(
        items=tuple(_entry(house, row, names) for row in shown),
        has_more=more,
        next_cursor=_cursor(shown[-1]) if more else None,
    )


async def rules_found(house: House, actor: Actor) -> dict[str, str]:
    """Rules that have any finding, each with its title, by title."""
    require(actor, SEE)
    found = {name: _title(house, name) for name in await finding_rows.rules_found(house.pool)}
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


async def csv_lines(house: House, actor: Actor, **narrowed: Any) -> AsyncIterator[str]:
    """The findings as a CSV file, a page at a time; raises before anything is written."""
    page = await findings(house, actor, limit=AT_ONCE, **narrowed)
    yield lines_of([CSV_COLUMNS])
    while True:
        yield lines_of([getattr(entry, name) for name in CSV_COLUMNS] for entry in page.items)
        if not page.has_more:
            return
        page = await findings(house, actor, limit=AT_ONCE, cursor=page.next_cursor, **narrowed)


def _entry(house: House, row: Any, names: dict[str, str]) -> FindingEntry:
    title, detail = _title(house, row["rule"]), row["detail"]
    book = house.catalog.rules
    known = book.rules.get(row["rule"]) if book else None
    return FindingEntry(
        finding=row["finding"],
        posted_on=row["posted_on"],
        effective_on=row["effective_on"],
        recorded_at=row["recorded_at"],
        rule=row["rule"],
        rule_title=title,
        outcome=row["outcome"],
        message=row["message"] or f"{title}.",
        citation=row["citation"],
        href=known.rule.citation.href if known else "",
        figures=detail.get("figures", {}),
        row=detail.get("row", ""),
        loan_id=row["loan_id"],
        seq=row["seq"],
        command=row["command"],
        actor=row["actor"],
        actor_name=names.get(row["actor"]) or _automation(row["actor"]),
        override_id=detail.get("override_id", ""),
    )


def _title(house: House, rule: str) -> str:
    book = house.catalog.rules
    known = book.rules.get(rule) if book else None
    return known.rule.title if known else rule.replace("_", " ").capitalize()


def _automation(actor: str) -> str:
    """What is no person and no key by its name: "automation:daily_run" is "Daily run"."""
    return actor.removeprefix("automation:").replace("_", " ").capitalize()


def _cursor(row: Any) -> str:
    key = [row["posted_on"].isoformat(), row["finding"]]
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode()


def _after(cursor: str | None) -> tuple[date, int] | None:
    if cursor is None:
        return None
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor.encode()), type=tuple[date, int])
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise invalid_query("/cursor", NO_CURSOR, "invalid_cursor") from None
