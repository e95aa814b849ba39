"""What anyone may ask of a loan: as of any day, as known at any moment; nothing is written."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from engine.catalog.chart_of_accounts import AccountRole
from engine.errors import Refused
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.closing import owed_at_payoff, payoff_interest
from engine.loan.explain import explain as explain_loan
from engine.payments.payoff import payoff_total
from engine.values.money import Money
from servicing import borrowers
from servicing.actor import Actor
from servicing.errors import NO_CURSOR, CommandRefused, invalid_query
from servicing.explaining import explanation_view
from servicing.house import House
from servicing.loan_list import loans
from servicing.loan_view import loan_view, schedule_rows
from servicing.permissions import require
from servicing.portfolio import portfolio
from servicing.standing import standing
from servicing.telling import chart_of, exact_text, history_item, posting_view, undone_numbers
from servicing.term_places import term_places
from servicing.views import (
    Explanation,
    JournalEntryView,
    LoanView,
    Page,
    PayoffQuote,
    ScheduleRow,
)
from store.journal_rows import journal_rows
from store.loan_list import loan_labels

__all__ = [
    "explain", "history", "journal", "loan", "loans", "payoff_quote", "portfolio", "schedule",
]  # fmt: skip

PAYOFF_DAYS = 10
"""How long a payoff quote holds when no day is asked for."""
_LONGEST_PAYOFF = 90


async def loan(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> LoanView:
    """A loan on a day."""
    require(actor, "loans:read")
    at = await standing(house, loan_id, as_of, as_known_at)
    names = await borrowers.names(house, actor, [at.loan.borrower_id])
    external_id, metadata = await loan_labels(house.pool, loan_id)
    return loan_view(
        at, names[at.loan.borrower_id], as_known_at, external_id=external_id, metadata=metadata
    )


async def schedule(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> tuple[ScheduleRow, ...]:
    """Every installment: those billed as they stand, those to come projected."""
    require(actor, "loans:read")
    return tuple(schedule_rows(await standing(house, loan_id, as_of, as_known_at)))


async def history(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
    *,
    cursor: str | None = None,
    limit: int = 100,
) -> Page:
    """Events in recording order, those that count by the day; pages follow the event number."""
    require(actor, "loans:read")
    at = await standing(house, loan_id, as_of, as_known_at, with_history=True)
    undone = undone_numbers(at.numbered)
    after = _event_number(cursor)
    counting = [stored for stored in at.events if stored.recorded.event.effective_on <= at.day]
    found = [stored for stored in counting if stored.recorded.seq > after]
    items = tuple(
        history_item(
            loan_id, stored.recorded.seq, stored.recorded.event, currency=at.loan.currency,
            posted_on=stored.recorded.posted_on, recorded_at=stored.recorded.recorded_at,
            actor=stored.recorded.actor, undone=stored.recorded.seq in undone, hash=stored.hash,
        )
        for stored in found[:limit]
    )  # fmt: skip
    more = len(found) > limit
    return Page(
        items=items,
        has_more=more,
        next_cursor=str(items[-1].seq) if more else None,
        total=len(counting),
    )


async def journal(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> tuple[JournalEntryView, ...]:
    """Journal entries of a loan, in order."""
    require(actor, "journal:read")
    at = await standing(house, loan_id, as_of, as_known_at)
    chart = chart_of(at.terms)
    rows = await journal_rows(house.pool, loan_id, as_known_at)
    entries = []
    for number, lines in groupby(rows, key=lambda row: row["entry"]):
        postings = list(lines)
        first = postings[0]
        if first["effective_on"] > at.day:
            continue
        entries.append(
            JournalEntryView(
                entry_id=f"{loan_id}/{number}",
                loan_id=loan_id,
                posted_on=first["posted_on"],
                effective_on=first["effective_on"],
                event_seq=first["event_seq"],
                title=first["title"],
                postings=tuple(
                    posting_view(
                        AccountRole(row["role"]), Money(row["amount"]), chart, at.loan.currency
                    )
                    for row in postings
                ),
            )
        )
    return tuple(entries)


async def explain(
    house: House,
    actor: Actor,
    loan_id: str,
    subject: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> Explanation:
    """Why a number of the loan is what it is; CommandRefused for a subject it does not have."""
    require(actor, "loans:read")
    at = await standing(house, loan_id, as_of, as_known_at, with_history=True)
    kind, _, ident = subject.partition(":")
    if kind == "payment":  # the public id ends in the event's number
        subject = f"payment:{ident.rpartition('_')[2]}"
    try:
        known = [*at.numbered, *at.ahead]
        found = explain_loan(loan_id, known, subject, at.day, at.terms)
    except Refused as refused:
        raise CommandRefused(refused.refusals) from None
    return explanation_view(found, at, await term_places(house, at.terms.product))


async def payoff_quote(
    house: House,
    actor: Actor,
    loan_id: str,
    as_of: date | None = None,
    good_through_date: date | None = None,
    as_known_at: datetime | None = None,
) -> PayoffQuote:
    """What closes the loan on a day, and on each day the quote holds, as known at a moment."""
    require(actor, "loans:read")
    at = await standing(house, loan_id, as_of, as_known_at)
    day, currency, rounding = at.day, at.loan.currency, at.terms.product.rounding
    through = good_through_date or day + timedelta(days=PAYOFF_DAYS)
    if not day <= through <= day + timedelta(days=_LONGEST_PAYOFF):
        message = f"{through} is not within {_LONGEST_PAYOFF} days from {day}."
        raise invalid_query("/good_through_date", message, "invalid_date")
    by_day = []
    for ahead in range((through - day).days + 1):
        later = day + timedelta(days=ahead)
        then = advance(at.loan, later, at.terms).loan
        total = payoff_total(owed_at_payoff(then, later, rounding), then.unapplied_funds)
        by_day.append((later, total.text(currency)))
    return PayoffQuote(
        loan_id=loan_id,
        as_of=day,
        good_through_date=through,
        principal=at.loan.principal_balance.text(currency),
        interest=payoff_interest(at.loan, day, rounding).text(currency),
        fees=observe.fees_owed(at.loan).text(currency),
        unapplied_funds=at.loan.unapplied_funds.text(currency),
        total=by_day[0][1],
        per_diem=exact_text(observe.per_diem(at.loan, day), currency),
        by_day=tuple(by_day),
    )


def _event_number(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdecimal()):
        raise invalid_query("/cursor", NO_CURSOR, "invalid_cursor")
    return int(cursor)
