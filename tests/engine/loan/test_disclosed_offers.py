"""What is disclosed is what is scheduled, and its rate makes the payments worth the money lent."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import chain, repeat
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.compliance.rule import Point
from engine.disclosure.apr import DatedAmount
from engine.disclosure.unit_period import (
    frequency_unit_period,
    series_day,
    unit_period,
    unit_periods_between,
    unit_periods_per_year,
)
from engine.fees.amount import Percent
from engine.fees.origination_fee import OriginationFee
from engine.loan.commands import RequestedDisbursement, RequestedTerms
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.serviceable import not_serviceable
from engine.product.disbursement import (
    FurtherInstallments,
    SeveralDisbursements,
    SingleDisbursement,
)
from engine.product.down_payment import NoDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.money import total
from engine.values.rate import Rate
from tests.engine.loan.life import a_product, in_force
from tests.engine.loan.test_whole_lives import INTEREST, RHYTHMS, WAYS_DOWN

ON = date(2026, 1, 31)
REGULAR = [name for name in RHYTHMS if name not in {"single", "explicit_dates"}]


def fee(name: str, collected: Any, *, finance_charge: bool) -> OriginationFee:
    return OriginationFee(
        name=name,
        title=name,
        amount=Percent(of="loan_amount", rate=Rate.parse("0.02")),
        collected=collected,
        finance_charge=finance_charge,
    )


FEES = [
    fee("kept", "from_proceeds", finance_charge=True),
    fee("added", "financed", finance_charge=True),
    fee("recording", "from_proceeds", finance_charge=False),
    fee("report", "financed", finance_charge=False),
]


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    """Offers of every kind: ways down, rhythms, parts, down payments, in advance, fees."""
    interest = draw(st.sampled_from(sorted(INTEREST)))
    rhythm = draw(st.sampled_from(REGULAR))
    in_parts = draw(st.booleans())
    effect = draw(st.sampled_from(FurtherInstallments))
    several = SeveralDisbursements(maximum_count=3, within_days=90, installments=effect)
    down = draw(st.sampled_from([NoDownPayment(), ShareOfPrice(share=Rate.parse("0.2"))]))
    product = a_product(
        interest=INTEREST[interest],
        amortization=WAYS_DOWN[draw(st.sampled_from(sorted(WAYS_DOWN)))],
        disbursement=several if in_parts else SingleDisbursement(),
        down_payment=NoDownPayment() if in_parts else down,
        fees=tuple(draw(st.lists(st.sampled_from(FEES), unique=True))),
        due_dates=DueDates(
            frequencies=(RHYTHMS[rhythm],),
            first_payment=FirstPayment(minimum_days=1, maximum_days=400),
            in_advance=not in_parts and draw(st.booleans()),
            calendar="us_federal@1",
        ),
    )
    if not_serviceable(product) or (in_parts and rhythm == "daily"):
        product = a_product(fees=())
        in_parts = False
    parts = (("6000.01", ON), ("4000.00", ON + timedelta(days=draw(st.integers(0, 20)))))
    requested = RequestedTerms(
        amount="10000.01",
        note_rate="0" if interest == "none" else draw(st.sampled_from(["0.0599", "0.2999"])),
        number_of_payments=draw(st.integers(6, 30)),
        contract_date=ON,
        disbursements=tuple(RequestedDisbursement(on=on, amount=cash) for cash, on in parts)
        if in_parts
        else (),
    )
    return make_offer(requested, in_force(product), Point.quote)


@given(offers())
def test_the_figures_are_those_of_the_schedule(offer: Offer) -> None:
    told, terms = offer.truth_in_lending, offer.terms
    rows = [row for row in offer.schedule.installments if not _is_down_payment(offer, row.number)]
    assert told.total_of_payments == total(row.payment for row in rows)
    assert told.finance_charge == told.total_of_payments - told.amount_financed
    prepaid = offer.itemization.prepaid_finance_charge
    assert offer.itemization.amount_financed == told.amount_financed
    assert told.amount_financed == terms.financed - prepaid
    assert total(row.principal for row in offer.schedule.installments) == terms.loan_amount
    assert offer.disbursed_amount == terms.loan_amount - offer.origination_fee
    runs = [repeat(run.amount, run.count) for run in told.payment_schedule]
    assert list(chain.from_iterable(runs)) == [row.payment for row in rows]


@given(offers())
def test_the_rate_makes_the_payments_worth_what_was_lent(offer: Offer) -> None:
    told, terms = offer.truth_in_lending, offer.terms
    prepaid = terms.financed - told.amount_financed
    parts = [DatedAmount(part.on, part.amount) for part in terms.planned_disbursements]
    parts = parts or [DatedAmount(terms.contract_date, terms.financed)]
    parts[0] = DatedAmount(parts[0].on, parts[0].amount - prepaid)
    paid = [
        DatedAmount(row.due_date, row.payment)
        for row in offer.schedule.installments
        if row.payment and not _is_down_payment(offer, row.number)
    ]
    worth = _worth(offer, parts, told.apr) - _worth(offer, paid, told.apr, parts)
    assert abs(worth) < Decimal(told.amount_financed.minor) * Decimal("1e-6")
    assert offer.military_apr >= told.apr


def _worth(
    offer: Offer, flows: list[DatedAmount], apr: Rate, lent: list[DatedAmount] | None = None
) -> Decimal:
    """What flows are worth on the first day, by (b)(8) of Appendix J, in decimals of our own."""
    advances = lent or flows
    unit = frequency_unit_period(offer.terms.frequency)
    unit = unit or unit_period(
        [advance.on for advance in advances],
        [row.due_date for row in offer.schedule.installments if row.payment]
        [1 if offer.terms.down_payment else 0 :],
    )  # fmt: skip
    series = series_day([flow.on for flow in flows])
    rate = apr.exact / unit_periods_per_year(unit)
    with localcontext() as context:
        context.prec = 50
        periodic = Decimal(rate.numerator) / Decimal(rate.denominator)
        worth = Decimal(0)
        for flow in flows:
            full, odd = unit_periods_between(unit, advances[0].on, flow.on, series)
            share = Decimal(odd.numerator) / Decimal(odd.denominator)
            worth += Decimal(flow.amount.minor) / ((1 + share * periodic) * (1 + periodic) ** full)
        return worth


def _is_down_payment(offer: Offer, number: int) -> bool:
    return bool(offer.terms.down_payment) and number == 1
