"""How the book moved by a day: the delinquency roll, vintages, and what falls due next."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Final

from engine.loan import observe
from engine.loan.status import LoanStatus
from engine.values.money import Money
from servicing.actor import Actor
from servicing.house import House, one_view
from servicing.loan_list import NOW_AND_LATER
from servicing.permissions import require
from servicing.standing import Standing, standings
from servicing.views.portfolio import DueWeek, Movement, RollCell, VintageRow
from store import book, book_movement
from store.book_movement import Vintage

DAYS: Final = 30
"""The roll looks so many days back."""
WEEKS: Final = 6
"""So many weeks ahead is told what falls due."""
VINTAGES: Final = 12
"""So many months of contracts are told, the latest."""
NEW: Final = "new"


async def movement(
    house: House,
    actor: Actor,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> Movement:
    """The roll of 30 days, the vintages of a year and six weeks of what falls due, by a day."""
    require(actor, "portfolio:read")
    async with one_view(house) as seen:
        day = as_of or house.clock.business_date()
        before, through = day - timedelta(days=DAYS), day + timedelta(days=7 * WEEKS - 1)
        known = as_known_at or NOW_AND_LATER
        pool = seen.pool
        then = {row["loan_id"] for row in await book.beyond(pool, before, known)}
        beyond = sorted(then | {row["loan_id"] for row in await book.beyond(pool, day, known)})
        now = await standings(seen, beyond, day, as_known_at)
        rolled = await book_movement.roll(pool, before, day, known, beyond)
        there = await book_movement.there_on(pool, beyond, before, known)
        were = {
            at.loan.loan_id: _standing(at)
            for at in await standings(seen, there, before, as_known_at)
        }
        rolled += [
            (were.get(at.loan.loan_id, NEW), _standing(at), 1, at.loan.principal_balance.minor)
            for at in now
        ]
        months = await book_movement.contract_months(pool, beyond)
        vintages = await book_movement.vintages(pool, day, known, beyond)
        vintages += [_vintage(at, months[at.loan.loan_id]) for at in now]
        falling_due = await book_movement.due(pool, day, through, known, beyond)
        falling_due += [one for at in now for one in _due(at, through)]
    currency = _currency(house)
    return Movement(
        as_of=day,
        since=before,
        currency=currency,
        roll=_roll(rolled, currency),
        vintages=_vintages(vintages, currency),
        due=_weeks(falling_due, day, currency),
    )


def _currency(house: House) -> str:
    versions = next(iter(house.catalog.products.values()), None)
    return versions[-1].currency if versions else "USD"


def _standing(at: Standing) -> str:
    active = at.loan.status is LoanStatus.active
    return observe.delinquency_stage(at.loan) if active else at.loan.status.value


def _vintage(at: Standing, month: date) -> Vintage:
    status = at.loan.status
    late = observe.days_past_due(at.loan, at.day, at.terms.product.rounding)
    return Vintage(
        month=month,
        loans=1,
        active=int(status is LoanStatus.active),
        paid_off=int(status is LoanStatus.paid_off),
        charged_off=int(status is LoanStatus.charged_off),
        late_30=int(status is LoanStatus.active and late >= 30),
        principal=at.loan.principal_balance.minor,
    )


def _due(at: Standing, through: date) -> list[tuple[date, int, int]]:
    on = observe.next_due_date(at.loan, at.day)
    if at.loan.status is not LoanStatus.active or on is None or not at.day <= on <= through:
        return []
    amount = observe.next_due_amount(at.loan, at.day, at.terms.product.rounding)
    return [(on, 1, amount.minor)]


def _roll(rows: list[tuple[str, str, int, int]], currency: str) -> tuple[RollCell, ...]:
    sums: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for was, now, loans, principal in rows:
        sums[was, now][0] += loans
        sums[was, now][1] += principal
    return tuple(
        RollCell(was=was, now=now, loans=loans, principal=Money(principal).text(currency))
        for (was, now), (loans, principal) in sorted(sums.items())
    )


def _vintages(rows: list[Vintage], currency: str) -> tuple[VintageRow, ...]:
    sums: defaultdict[date, list[int]] = defaultdict(lambda: [0] * 6)
    for row in rows:
        parts = (
            row.loans, row.active, row.paid_off, row.charged_off, row.late_30, row.principal
        )  # fmt: skip
        sums[row.month] = [a + b for a, b in zip(sums[row.month], parts, strict=True)]
    return tuple(
        VintageRow(
            month=month, loans=loans, active=active, paid_off=paid, charged_off=charged,
            late_30=late, principal=Money(principal).text(currency),
        )
        for month, (loans, active, paid, charged, late, principal) in sorted(sums.items())
    )[-VINTAGES:]  # fmt: skip


def _weeks(rows: list[tuple[date, int, int]], day: date, currency: str) -> tuple[DueWeek, ...]:
    sums = [[0, 0] for _ in range(WEEKS)]
    for due_date, loans, amount in rows:
        week = sums[(due_date - day).days // 7]
        week[0] += loans
        week[1] += amount
    return tuple(
        DueWeek(
            first_day=day + timedelta(days=7 * number),
            loans=loans,
            amount=Money(amount).text(currency),
        )
        for number, (loans, amount) in enumerate(sums)
    )
