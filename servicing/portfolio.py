"""The book on a day: statements over closed forms, and the engine for what SQL cannot say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from engine.values.money import Money
from servicing.actor import Actor
from servicing.house import House, one_view
from servicing.loan_list import NOW_AND_LATER, loan_rows, title_of_product
from servicing.permissions import require
from servicing.projected_rows import projected_rows
from servicing.views import MonthRow, PortfolioSummary, StageRow
from servicing.views.portfolio import ProductSums
from store import book

ATTENTION = 8
"""How many loans the summary names as longest past due."""
MONTHS = 12
_SHARE = Decimal("0.0001")


@dataclass(slots=True)
class Sums:
    """What loans come to together, minor units."""

    loans: int = 0
    active: int = 0
    principal: int = 0
    interest: int = 0
    fees: int = 0
    past_due_loans: int = 0
    amount_past_due: int = 0
    late_30: int = 0
    stages: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    products: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def add(self, row: book.Totals) -> None:
        """Add loans of one product, status and stage."""
        self.loans += row.loans
        self.principal += row.principal
        self.interest += row.interest
        self.fees += row.fees
        self.past_due_loans += row.past_due_loans
        self.amount_past_due += row.amount_past_due
        self.late_30 += row.late_30
        if row.status != "active":
            return
        self.active += row.loans
        for sums, key in ((self.stages, row.stage), (self.products, row.product)):
            sums[key][0] += row.loans
            sums[key][1] += row.principal


async def portfolio(
    house: House,
    actor: Actor,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> PortfolioSummary:
    """The book on a day, as known at a moment: real time, no snapshot."""
    require(actor, "portfolio:read")
    async with one_view(house) as seen:
        return await _summary(seen, actor, as_of, as_known_at)


async def _summary(
    house: House, actor: Actor, as_of: date | None, as_known_at: datetime | None
) -> PortfolioSummary:
    today = house.clock.business_date()
    day, moment = as_of or today, as_known_at or NOW_AND_LATER
    rows = await book.totals(house.pool, day, moment)
    found = await book.beyond(house.pool, day, moment)
    ahead = await projected_rows(house, found, day, as_known_at)
    rows += [_totals(row) for row in ahead]
    sums = Sums()
    for row in rows:
        sums.add(row)
    currency = rows[0].currency if rows else "USD"
    since = (day.replace(day=1) - timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    recorded = await book.longest_past_due(house.pool, day, moment, ATTENTION)
    late = _longest([*map(dict, recorded), *ahead])
    return PortfolioSummary(
        as_of=day,
        as_known_at=as_known_at,
        currency=currency,
        loans=sums.loans,
        active_loans=sums.active,
        principal=Money(sums.principal).text(currency),
        accrued_interest=Money(sums.interest).text(currency),
        fees=Money(sums.fees).text(currency),
        past_due_loans=sums.past_due_loans,
        amount_past_due=Money(sums.amount_past_due).text(currency),
        past_due_30_share=_share(sums.late_30, sums.principal),
        stages=tuple(_stages(house, sums, currency)),
        products=tuple(
            ProductSums(
                product=product,
                title=title_of_product(house, product),
                loans=loans,
                principal=Money(principal).text(currency),
            )
            for product, (loans, principal) in sorted(sums.products.items())
        ),
        months=tuple(
            MonthRow(
                month=month,
                disbursed=Money(disbursed).text(currency),
                collected=Money(collected).text(currency),
            )
            for month, disbursed, collected in await book.cash_by_month(
                house.pool, day, moment, since
            )
        ),
        projected_loans=len(ahead),
        needs_attention=tuple(await loan_rows(house, actor, late)),
        is_projection=day > today,
    )


def _totals(row: dict[str, Any]) -> book.Totals:
    """One projected loan in the shape the statement gives."""
    return book.Totals(
        product=row["product"],
        currency=row["currency"],
        status=row["status"],
        stage=row["stage"],
        loans=1,
        principal=row["principal"],
        interest=row["interest"],
        fees=row["fees_owed"],
        past_due_loans=int(row["days_past_due"] > 0),
        amount_past_due=row["amount_past_due"],
        late_30=row["principal"] if row["days_past_due"] >= 30 else 0,
    )


def _longest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Active loans past due, the longest first."""
    late = [row for row in rows if row["status"] == "active" and row["days_past_due"] > 0]
    return sorted(late, key=lambda row: (-row["days_past_due"], row["loan_id"]))[:ATTENTION]


def _stages(house: House, sums: Sums, currency: str) -> Iterable[StageRow]:
    """Stages in order of lateness, current first."""
    first_day = {"current": 0}
    for versions in house.catalog.products.values():
        for declared in versions[-1].delinquency.stages:
            first_day.setdefault(declared.name, declared.days_past_due)
    for stage, (loans, principal) in sorted(
        sums.stages.items(), key=lambda item: first_day.get(item[0], 10_000)
    ):
        yield StageRow(
            stage=stage,
            loans=loans,
            principal=Money(principal).text(currency),
            share=_share(principal, sums.principal),
        )


def _share(part: int, whole: int) -> str:
    if whole == 0:
        return "0.0000"
    return str((Decimal(part) / Decimal(whole)).quantize(_SHARE, ROUND_HALF_UP))
