"""Products in plain sentences."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.delinquency.stages import Delinquency
from engine.fees.amount import (
    Bracket,
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    LesserOf,
    Percent,
    Stated,
)
from engine.fees.late_fee import Grace, LateFee
from engine.payments.terms import AfterPrepayment, InterestDue, PaymentTerms
from engine.payments.waterfall import Order, Style
from engine.product.amortization_in_words import amortization_in_words
from engine.product.disbursement import SeveralDisbursements, SingleDisbursement
from engine.product.disbursement_in_words import disbursement_in_words
from engine.product.down_payment import (
    Collection,
    FixedDownPayment,
    NoDownPayment,
    ShareOfPrice,
)
from engine.product.down_payment_in_words import down_payment_in_words
from engine.product.fee_in_words import amount_in_words, fee_in_words
from engine.product.frequency_in_words import frequency_in_words
from engine.product.in_words import product_in_words
from engine.product.waterfall_choice import OwnWaterfall
from engine.values.frequency import (
    Annual,
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
from store.definitions.load import load_catalog
from tests.engine.loan.life import a_product

CHECKOUT = Path(__file__).parents[3]


def test_the_personal_loan_reads_like_this() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    terms = catalog.terms_in_force("personal_installment", 1)
    said = {clause.path: clause.text for clause in product_in_words(terms.product, terms.waterfall)}
    assert said["/limits"] == (
        "1000.00 to 35000.00 USD, from 5.99% to 35.99% a year, in 6 to 60 payments."
    )
    assert said["/fees/0"] == (
        "3% of the loan amount, charged when the loan is paid out and kept from the money paid "
        "out. It is a finance charge."
    )
    assert said["/fees/1"] == (
        "5% of what is unpaid of the installment, at least 15.00, at most 30.00, once for an "
        "installment still unpaid after 10 days of grace."
    )
    assert said["/waterfall"].startswith("As consumer_standard@1 says. In this order: interest")
    assert said["/delinquency"].endswith(
        "Charge-off is proposed at 120 days past due; a person decides."
    )


def test_every_product_says_every_part_once() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    for product in catalog.live_products(date(2026, 3, 1)):
        clauses = product_in_words(product, catalog.waterfall_of(product))
        paths = [clause.path for clause in clauses]
        down = not isinstance(product.down_payment, NoDownPayment)
        assert len(paths) == len(set(paths)) == 9 + down + len(product.fees)
        assert all(clause.text.endswith(".") for clause in clauses)


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        (EveryDays(), "every day"),
        (EveryDays(days=10), "every 10 days"),
        (Weekly(), "every week"),
        (EveryWeeks(weeks=3), "every 3 weeks"),
        (Semimonthly(days=(15, 31)), "twice a month, on day 15 and on the last day"),
        (Monthly(), "every month"),
        (Monthly(day=31), "every month, on the last day"),
        (Monthly(skip_months=(7, 8)), "every month, but for 2 months a year"),
        (EveryMonths(months=2, day=5), "every 2 months, on day 5"),
        (Quarterly(), "every three months"),
        (Semiannual(), "every six months"),
        (Annual(), "every year"),
        (Single(), "once"),
        (ExplicitDates(dates=(date(2026, 1, 1),)), "on 1 dates the contract lists"),
    ],
)
def test_frequencies(frequency: Frequency, words: str) -> None:
    assert frequency_in_words(frequency) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Flat(amount=Money(1500)), "15.00"),
        (
            GreaterOf(
                amounts=(Flat(amount=Money(500)), Percent(of="loan_amount", rate=Rate.parse("0.1")))
            ),
            "the greatest of 5.00 and 10% of the loan amount",
        ),
        (
            LesserOf(
                amounts=(
                    Flat(amount=Money(700)),
                    Percent(of="accrued_interest", rate=Rate.parse("0.25"), minimum=Money(100)),
                )
            ),
            "the least of 7.00 and 25% of accrued interest, at least 1.00",
        ),
        (Formula(expression='money("5.00")'), 'the amount of money("5.00")'),
    ],
)
def test_amounts_of_fees(amount: FeeAmount, words: str) -> None:
    assert amount_in_words(amount, "USD") == words


def test_a_table_and_a_stated_amount_in_words() -> None:
    table = Brackets(
        of="loan_amount",
        brackets=(Bracket(up_to=Money(100_000), amount=Flat(amount=Money(2_500))),),
        above=Percent(of="loan_amount", rate=Rate.parse("0.02")),
    )
    assert amount_in_words(table, "USD") == (
        "by the loan amount: 25.00 up to 1000.00, 2% of the loan amount above"
    )
    assert amount_in_words(Stated(maximum=Money(30_000)), "USD") == (
        "an amount stated when it is charged, at most 300.00"
    )


def test_orders_of_states_are_told_beside_the_usual_one() -> None:
    late = Order(style=Style.by_component, order=("past_due.principal",))
    product = a_product(
        waterfall=OwnWaterfall(
            style=Style.by_installment, order=("due.interest",), by_kind={"payoff": late},
            by_state={"stage:late_60": late, "borrower:bankruptcy": late},
        )
    )  # fmt: skip
    said = {clause.path: clause.text for clause in product_in_words(product, None)}["/waterfall"]
    assert "For a payoff: In this order: principal past due." in said
    assert "While the loan is late 60: In this order" in said
    assert "While there is bankruptcy: In this order" in said


def test_a_late_fee_with_business_days_and_a_yearly_limit() -> None:
    fee = LateFee(
        name="late_fee",
        title="Late fee",
        amount=Flat(amount=Money(700)),
        grace_days=3,
        grace=Grace.business,
        maximum_per_12_months=2,
    )
    assert fee_in_words(fee, "USD") == (
        "7.00, once for an installment still unpaid after 3 business days of grace. At most 2 in "
        "twelve months."
    )
    bearing = replace(fee, interest_bearing=True)
    assert fee_in_words(bearing, "USD").endswith("months. It earns interest while unpaid.")


@pytest.mark.parametrize(
    ("amortization", "words"),
    [
        (EqualPrincipal(), "Equal parts of the principal"),
        (InterestOnly(installments=6), "Interest alone for 6 installments. Then: Equal payments"),
        (
            InterestDeferred(installments=3),
            "differs least. The first 3 ask for principal alone; their interest waits, and falls "
            "due with the next one.",
        ),
        (
            InterestDeferred(installments=2, interest=InterestFallsDue.capitalized),
            "their interest waits, and is added to the principal at the end.",
        ),
        (
            Deferred(installments=3),
            "Nothing due for 3 installments; their interest waits and earns nothing. Then: Equal",
        ),
        (
            Deferred(
                installments=3, interest=DeferredInterest.capitalized_at_end, then=EqualPrincipal()
            ),
            "waits and is added to the principal at the end. Then: Equal parts of the principal",
        ),
        (
            Stepped(
                steps=(PaymentStep(from_installment=1, payment=Money(100)),),
                negative_amortization=True,
                negative_amortization_limit=Rate.parse("1.15"),
            ),
            "is added to the principal, up to 115% of what was lent; level payments follow then.",
        ),
        (Balloon(share=Rate.parse("0.3")), "at the end 30% of the principal"),
        (Balloon(amount=Money(100000)), "at the end 1000.00"),
        (Balloon(amortization_installments=360), "what a loan of 360 installments would still owe"),
        (Bullet(), "the principal once, at maturity"),
        (Bullet(interest=BulletInterest.at_maturity), "Principal and interest once, at maturity"),
        (
            Stepped(steps=(PaymentStep(from_installment=2, change=Rate.parse("0.1")),)),
            "Payments in 1 steps",
        ),
        (ExplicitPayments(payments=(Money(1), Money(2))), "2 payments as listed"),
        (
            PercentOfBalance(share=Rate.parse("0.02"), floor=Money(2500), plus_interest=True),
            "2% of the balance each period, at least 25.00, and the interest of the period",
        ),
    ],
)
def test_amortizations(amortization: Amortization, words: str) -> None:
    assert words in amortization_in_words(amortization, "USD")


def test_early_money_and_prepayments_are_said() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    product = catalog.terms_in_force("personal_installment", 1).product
    payments = PaymentTerms(
        early_window_days=None,
        interest_due=InterestDue.by_installment,
        after_prepayment=AfterPrepayment.lower_payment,
    )
    said = product_in_words(replace(product, payments=payments))
    assert next(clause.text for clause in said if clause.path == "/payments") == (
        "A partial payment is applied at once. Money satisfies every installment to come, however "
        "early. Principal paid ahead lowers the installments to come. Each installment asks for "
        "the interest of its own period."
    )


def test_money_out_in_words() -> None:
    assert disbursement_in_words(SingleDisbursement()) == "Paid out at once."
    several = SeveralDisbursements(maximum_count=5, within_days=180)
    assert disbursement_in_words(several) == (
        "Paid out in up to 5 parts, within 180 days of the contract. Installments are due on what "
        "is paid out; with each the installments still to come are set anew from all that is owed."
    )


def test_a_down_payment_in_words() -> None:
    assert down_payment_in_words(NoDownPayment(), "USD") == ""
    assert down_payment_in_words(ShareOfPrice(share=Rate.parse("0.25")), "USD") == (
        "Of it at least 25% of the amount asked for is a down payment, taken with the "
        "disbursement; it comes before the payments agreed and is no part of the amount financed."
    )
    awaited = FixedDownPayment(amount=Money(50_000), collected=Collection.awaited)
    assert "at least 500.00" in down_payment_in_words(awaited, "USD")
    assert "due on the day of disbursement" in down_payment_in_words(awaited, "USD")


def test_what_time_proposes_in_words() -> None:
    late = Delinquency(non_accrual_proposed_after_days=90, charge_off_proposed_after_days=120)
    said = str(product_in_words(a_product(delinquency=late)))
    assert "Non-accrual is proposed at 90 days past due; a person decides. Charge-off is" in said
