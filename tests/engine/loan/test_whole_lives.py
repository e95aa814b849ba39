"""Lives from quote to payoff: every way down, interest method and rhythm, to the cent.

What was quoted is what is billed; paying every bill on its day leaves nothing; and how time was
moved between makes no difference to any bill.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_installments import EqualInstallments, Remainder
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, Residual
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.rule import Point
from engine.interest.capitalization import EveryDueDate, GivenMonths
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.loan import observe
from engine.loan.commands import BookLoan, DisburseLoan, RequestedTerms
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.events import InstallmentBilled
from engine.loan.serviceable import not_serviceable
from engine.product.due_dates import DueDates, FirstPayment
from engine.values.day_count import DayCount
from engine.values.frequency import (
    Annual,
    Biweekly,
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Quarterly,
    Semiannual,
    Semimonthly,
    Single,
    Weekly,
)
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import Life, a_product, in_force

ON = date(2026, 1, 31)
LISTED = ExplicitDates(
    dates=tuple(ON + timedelta(days=days) for days in (20, 61, 62, 150, 213, 214, 300, 400))
)
WAYS_DOWN = {
    "level": LevelPayment(),
    "level_formula": LevelPayment(residual=Residual.formula),
    "level_to_the_dollar": LevelPayment(payment_multiple_of=Money(100)),
    "equal_principal": EqualPrincipal(),
    "equal_installments": EqualInstallments(remainder=Remainder.first),
    "interest_only": InterestOnly(installments=3),
    "interest_only_equal": InterestOnly(installments=3, then=EqualPrincipal()),
    "deferred": Deferred(installments=2),
    "interest_deferred": InterestDeferred(installments=3),
    "interest_deferred_equal": InterestDeferred(installments=2, principal=EqualPrincipal()),
    "interest_deferred_both": InterestDeferred(
        installments=3, principal=InterestOnly(installments=2)
    ),
    "interest_deferred_spread": InterestDeferred(installments=2, interest=InterestFallsDue.spread),
    "interest_deferred_grows": InterestDeferred(
        installments=2, interest=InterestFallsDue.capitalized
    ),
    "balloon_amount": Balloon(amount=Money(300_000)),
    "balloon_share": Balloon(share=Rate.parse("0.4")),
    "balloon_longer": Balloon(amortization_installments=20),
    "bullet": Bullet(),
    "bullet_at_maturity": Bullet(interest=BulletInterest.at_maturity),
    "stepped": Stepped(steps=(PaymentStep(from_installment=4, change=Rate.parse("0.25")),)),
    "stepped_payment": Stepped(
        steps=(
            PaymentStep(from_installment=1, payment=Money(90_000)),
            PaymentStep(from_installment=5, payment=Money(140_000)),
        )
    ),
    "deferred_grows": Deferred(installments=2, interest=DeferredInterest.capitalized),
    "deferred_grows_at_end": Deferred(
        installments=3, interest=DeferredInterest.capitalized_at_end, then=EqualPrincipal()
    ),
    "stepped_grows": Stepped(
        steps=(
            PaymentStep(from_installment=1, payment=Money(1_000)),
            PaymentStep(from_installment=5, payment=Money(290_000)),
        ),
        negative_amortization=True,
        negative_amortization_limit=Rate.parse("1.02"),
    ),
    "minimum": PercentOfBalance(share=Rate.parse("0.1"), floor=Money(30_000)),
    "minimum_and_interest": PercentOfBalance(share=Rate.parse("0.15"), plus_interest=True),
    "explicit": ExplicitPayments(payments=(Money(100_000), Money(0), Money(250_050))),
}
GROWING = {
    "every_due_date": EveryDueDate(limit=Rate.parse("1.012")),
    "given_months": GivenMonths(months=(4, 9)),
}
UNPAID = ("bullet_at_maturity", "deferred", "stepped_payment", "explicit", "level")
INTEREST = {
    "actual_365": SimpleInterest(),
    "30_360_dropped": SimpleInterest(day_count=DayCount.thirty_360, remainders=Remainders.dropped),
    "periods": SimpleInterest(day_count=DayCount.periods),
    "half_yearly": SimpleInterest(compounded_per_year=2),
    "none": NoInterest(),
}
RHYTHMS: dict[str, Frequency] = {
    "daily": EveryDays(),
    "every_10_days": EveryDays(days=10),
    "weekly": Weekly(),
    "biweekly": Biweekly(),
    "every_4_weeks": EveryWeeks(weeks=4),
    "semimonthly": Semimonthly(days=(10, 31)),
    "monthly": Monthly(),
    "month_end": Monthly(day=31),
    "no_summer": Monthly(skip_months=(6, 7, 8)),
    "every_5_months": EveryMonths(months=5),
    "quarterly": Quarterly(),
    "semiannual": Semiannual(),
    "annual": Annual(),
    "explicit_dates": LISTED,
    "single": Single(),
}
EVERY_WAY = ("monthly", "biweekly", "semimonthly", "explicit_dates")


def a_kind(way: str, interest: str, rhythm: str, **changes: Any) -> TermsInForce:
    chosen: dict[str, Any] = {
        "interest": INTEREST[interest],
        "amortization": WAYS_DOWN[way],
        "fees": (),
        "due_dates": DueDates(
            frequencies=(RHYTHMS[rhythm],),
            first_payment=FirstPayment(minimum_days=1, maximum_days=400),
            calendar="us_federal@1",
        ),
    }
    product = a_product(**(chosen | changes))
    assert not_serviceable(product) == ()
    return in_force(product)


def asked(terms: TermsInForce, rhythm: str) -> RequestedTerms:
    free = isinstance(terms.product.interest, NoInterest)
    single = rhythm == "single"
    return RequestedTerms(
        amount="10000.01",
        note_rate="0" if free else "0.1299",
        number_of_payments=1 if single else 8,
        contract_date=ON,
        first_payment_date=ON + timedelta(days=90) if single else None,
    )


def begun(terms: TermsInForce, requested: RequestedTerms) -> tuple[Life, Offer]:
    offer = make_offer(requested, terms, Point.quote)
    life = Life(terms)
    life.live(BookLoan(borrower_id="brw_test", terms=requested))
    life.live(DisburseLoan(disbursed_on=ON))
    return life, offer


def lives_to_payoff(terms: TermsInForce, requested: RequestedTerms) -> None:
    life, offer = begun(terms, requested)
    rows = offer.schedule.installments
    for row in rows:
        life.until(row.due_date)
        due = observe.installments_due(life.at(row.due_date), row.due_date, terms.product.rounding)
        assert sum(bill.remaining.minor for bill in due) == row.payment.minor
        if row.payment:
            life.pays(row.payment.text(), row.due_date)
    loan = life.loan
    assert loan is not None and loan.paid_off_on == rows[-1].due_date
    assert observe.total_owed(loan, rows[-1].due_date, terms.product.rounding) == Money(0)
    assert loan.cash_received == offer.truth_in_lending.total_of_payments


def bills(life: Life) -> list[InstallmentBilled]:
    return life.events(InstallmentBilled)


def lives_in_any_steps(terms: TermsInForce, requested: RequestedTerms) -> None:
    at_once, offer = begun(terms, requested)
    stepped, _ = begun(terms, requested)
    end = offer.schedule.maturity_date + timedelta(days=3)
    day = ON
    while day < end:
        day = min(day + timedelta(days=13), end)
        stepped.until(day)
    at_once.until(end)
    assert bills(at_once) == bills(stepped) and len(bills(at_once)) == len(
        offer.schedule.installments
    )


@pytest.mark.parametrize("rhythm", EVERY_WAY)
@pytest.mark.parametrize("interest", INTEREST)
@pytest.mark.parametrize("way", WAYS_DOWN)
def test_every_way_down_is_billed_as_quoted_and_paid_off(
    way: str, interest: str, rhythm: str
) -> None:
    terms = a_kind(way, interest, rhythm)
    lives_to_payoff(terms, asked(terms, rhythm))
    lives_in_any_steps(terms, asked(terms, rhythm))


@pytest.mark.parametrize("rhythm", EVERY_WAY)
@pytest.mark.parametrize("interest", ("actual_365", "30_360_dropped", "periods"))
@pytest.mark.parametrize("way", UNPAID)
@pytest.mark.parametrize("growing", GROWING)
def test_interest_added_to_the_principal_is_billed_as_quoted(
    growing: str, way: str, interest: str, rhythm: str
) -> None:
    method = INTEREST[interest]
    assert isinstance(method, SimpleInterest)
    plain = a_kind(way, interest, rhythm).product
    growing_interest = replace(method, capitalization=GROWING[growing])
    terms = in_force(replace(plain, interest=growing_interest))
    lives_to_payoff(terms, asked(terms, rhythm))
    lives_in_any_steps(terms, asked(terms, rhythm))


@pytest.mark.parametrize("rhythm", RHYTHMS)
@pytest.mark.parametrize("interest", INTEREST)
def test_every_rhythm_is_billed_as_quoted_and_paid_off(interest: str, rhythm: str) -> None:
    terms = a_kind("level", interest, rhythm)
    lives_to_payoff(terms, asked(terms, rhythm))
    lives_in_any_steps(terms, asked(terms, rhythm))
