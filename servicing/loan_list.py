"""Lists of loans for people: searched, filtered, paged, with names masked as the actor may see."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import msgspec

from engine.values.money import Money
from servicing import borrowers
from servicing.actor import Actor
from servicing.errors import NO_CURSOR, invalid_query
from servicing.house import House, one_view
from servicing.permissions import require
from servicing.projected_rows import in_order, passing, projected_rows
from servicing.views import LoanRow, Page
from store.book import NOW_AND_LATER
from store.loan_list import SORTS, LoanFilter, loan_count, loan_list, loans_beyond

__all__ = ["NOW_AND_LATER", "loan_rows", "loans", "title_of_product"]


async def loans(
    house: House,
    actor: Actor,
    *,
    search: str = "",
    status: str | None = None,
    product: str | None = None,
    stage: str | None = None,
    late_days: int | None = None,
    begun: str = "",
    cursor: str | None = None,
    limit: int = 50,
    sort: str = "-days_past_due",
    as_of: date | None = None,
    as_known_at: datetime | None = None,
    counted: bool = True,
) -> Page:
    """A page of loans; ``search`` finds loan ids, external ids and beginnings of names.

    ``begun`` is the month of the contract, "2026-05". The first page says how many there are in
    all, unless it is not to be ``counted``.
    """
    require(actor, "loans:read")
    if sort not in SORTS:
        raise invalid_query(
            "/sort", f"There is no order {sort!r}; ask for one of {', '.join(SORTS)}."
        )
    after = _after(cursor, sort)
    wanted = LoanFilter(
        statuses=(status,) if status else None,
        product=product or None,
        stage=stage or None,
        late_days=late_days,
        contract_month=_month(begun),
        search=search.strip() or None,
        search_keys=tuple(house.cipher.search_key(word[:10]) for word in search.split()),
    )
    async with one_view(house) as seen:
        page = await _page(
            seen, actor, wanted, sort, after, limit, as_of, as_known_at, counted=counted
        )
    return page


async def _page(
    house: House,
    actor: Actor,
    wanted: LoanFilter,
    sort: str,
    after: tuple[Any, str] | None,
    limit: int,
    as_of: date | None,
    as_known_at: datetime | None,
    *,
    counted: bool,
) -> Page:
    day, moment = as_of or house.clock.business_date(), as_known_at or NOW_AND_LATER
    rows: list[Any] = await loan_list(
        house.pool, day, moment, wanted, sort=sort, after=after, limit=limit + 1
    )
    found = await loans_beyond(house.pool, day, moment, wanted)
    projected = await projected_rows(house, found, day, as_known_at)
    ahead = passing(projected, wanted.statuses, wanted.stage, wanted.late_days)
    if ahead:
        column, direction, _ = SORTS[sort]
        rows = in_order([*map(dict, rows), *ahead], column, direction, after)
    total = None
    if after is None and counted:
        number = await loan_count(house.pool, day, moment, wanted)
        total = None if number is None else number + len(ahead)
    more = len(rows) > limit
    shown = rows[:limit]
    return Page(
        items=tuple(await loan_rows(house, actor, shown)),
        has_more=more,
        next_cursor=_cursor(shown[-1]) if more else None,
        total=total,
    )


async def loan_rows(house: House, actor: Actor, rows: Iterable[Any]) -> list[LoanRow]:
    """Rows of the book as people read them; names in one look-up."""
    rows = list(rows)
    names = await borrowers.names(house, actor, [row["borrower_id"] for row in rows])
    return [
        LoanRow(
            loan_id=row["loan_id"],
            borrower_name=names[row["borrower_id"]],
            product=row["product"],
            product_title=title_of_product(house, row["product"]),
            status=row["status"],
            principal=Money(row["principal"]).text(row["currency"]),
            total_owed=Money(_owed(row)).text(row["currency"]),
            amount_past_due=Money(row["amount_past_due"]).text(row["currency"]),
            days_past_due=row["days_past_due"],
            delinquency_stage=row["stage"],
            next_due_date=row["next_due_date"],
            governing_state=row["governing_state"],
        )
        for row in rows
    ]


def title_of_product(house: House, product: str) -> str:
    """What people call a product: the title of its newest version."""
    versions = house.catalog.products.get(product)
    return versions[-1].title if versions else product


def _owed(row: Any) -> int:
    if row["status"] == "charged_off":
        return int(row["recovery_balance"])
    return int(row["principal"] + row["interest"] + row["fees_owed"])


def _month(text: str) -> date | None:
    """The first day of a month written "2026-05"."""
    if not text:
        return None
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        message = "A month is written year-month, like 2026-05."
        raise invalid_query("/begun", message, "invalid_date") from None


def _cursor(row: Any) -> str:
    value = row["sort_value"]
    text = value.isoformat() if isinstance(value, date) else value
    return base64.urlsafe_b64encode(msgspec.json.encode([text, row["loan_id"]])).decode()


def _after(cursor: str | None, sort: str) -> tuple[Any, str] | None:
    """The value and loan a page ended with."""
    if cursor is None:
        return None
    try:
        value, loan_id = msgspec.json.decode(
            base64.urlsafe_b64decode(cursor.encode()), type=tuple[str | int, str]
        )
        kind = SORTS[sort][2]
        if kind == "date":
            return date.fromisoformat(str(value)), loan_id
        return (int(value) if kind == "bigint" else str(value)), loan_id
    except (ValueError, binascii.Error, msgspec.MsgspecError):
        raise invalid_query("/cursor", NO_CURSOR) from None
