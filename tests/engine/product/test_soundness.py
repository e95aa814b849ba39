"""What a product must mean: each fault is found by itself, broken sections beside it or not."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.level_payment import LevelPayment, PaymentBasis
from engine.errors import Problem
from engine.fees.amount import Flat, Formula, GreaterOf, Percent
from engine.fees.late_fee import LateFee
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.payments.terms import AfterPrepayment, PaymentTerms
from engine.payments.waterfall import LeftOver, Order, Style, Waterfall
from engine.product.down_payment import FixedDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.product.example import (
    Example,
    ExampleLoan,
    Expected,
    FeeHappens,
    PaymentHappens,
    ReversalHappens,
)
from engine.product.example_soundness import example_problems
from engine.product.fee_soundness import amount_problems
from engine.product.frequency_soundness import frequency_problems
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.product.meaning import wrong
from engine.product.soundness import Known, soundness_problems
from engine.product.waterfall_choice import SharedWaterfall
from engine.values.calendar import AccrualPeriod, BusinessDayAdjustment
from engine.values.frequency import (
    EveryDays,
    EveryMonths,
    EveryWeeks,
    ExplicitDates,
    Frequency,
    Monthly,
    Semimonthly,
    Single,
)
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.loan.life import a_product

LIMITS = Limits(
    amount=AmountRange(minimum=Money(100), maximum=Money(1000)),
    note_rate=RateRange(minimum=Rate.parse("0"), maximum=Rate.parse("0.30")),
    number_of_payments=CountRange(minimum=1, maximum=12),
)
FEE = LateFee(name="late_fee", title="Late fee", amount=Flat(amount=Money(1)), grace_days=1)
SHARED = SharedWaterfall(waterfall="standard@1")


def waterfall(*order: str, by_kind: dict[str, Order] | None = None) -> Known:
    one = Waterfall(
        style=Style.by_component, order=order, left_over=LeftOver.principal, by_kind=by_kind or {}
    )
    return Known(waterfalls={"standard@1": one})


def messages(problems: list[Problem]) -> list[str]:
    return [f"{problem.path} {problem.message}" for problem in problems]


def test_a_fault_of_meaning_says_where_what_and_how_to_mend_it() -> None:
    problem = wrong("/fees/0", "a fee of nothing is no fee", "raise it")
    assert problem.code == "meaning"
    assert str(problem) == "/fees/0: a fee of nothing is no fee (raise it)"


def test_only_sections_that_can_be_read_are_judged() -> None:
    assert soundness_problems({"interest": NoInterest()}, Known()) == []
    found = soundness_problems({"interest": NoInterest(), "limits": LIMITS}, Known())
    assert messages(found) == [
        "/limits/note_rate/maximum a product without interest cannot offer a note rate above 0"
    ]


def test_a_loan_of_nothing_is_no_loan() -> None:
    nothing = Limits(
        amount=AmountRange(minimum=Money(0), maximum=Money(1000)),
        note_rate=LIMITS.note_rate,
        number_of_payments=LIMITS.number_of_payments,
    )
    found = soundness_problems({"limits": nothing}, Known())
    assert messages(found) == ["/limits/amount/minimum an amount of nothing cannot be lent"]


def test_what_no_bucket_pays_is_named() -> None:
    sections = {"waterfall": SHARED, "fees": (FEE,), "interest": SimpleInterest()}
    known = waterfall("past_due.interest", "past_due.principal", "due.principal", "due.fee")
    assert messages(soundness_problems(sections, known)) == [
        "/waterfall nothing pays the fee late_fee when past_due",
        "/waterfall nothing pays due.interest",
    ]


def test_a_fee_is_paid_by_its_own_name_too() -> None:
    sections = {"waterfall": SHARED, "fees": (FEE,), "interest": NoInterest()}
    known = waterfall(
        "past_due.principal", "due.principal", "past_due.fee:late_fee", "due.fee:late_fee"
    )
    assert soundness_problems(sections, known) == []


def test_an_order_for_one_kind_of_payment_must_be_whole_as_well() -> None:
    sections = {"waterfall": SHARED, "fees": (), "interest": NoInterest()}
    payoff = Order(style=Style.by_component, order=("due.principal", "due.principal"))
    known = waterfall("past_due.principal", "due.principal", by_kind={"payoff": payoff})
    assert messages(soundness_problems(sections, known)) == [
        "/waterfall/by_kind/payoff nothing pays past_due.principal",
        "/waterfall/by_kind/payoff due.principal stands twice in the order",
    ]


def test_an_order_of_a_state_is_whole_and_of_a_stage_the_product_has() -> None:
    late = Order(style=Style.by_component, order=("due.principal",))
    usual = waterfall("past_due.principal", "due.principal").waterfalls
    (reference,) = usual
    states = {"stage:late_30": late, "stage:doubtful": late, "borrower:deceased": late}
    known = Known(waterfalls={reference: replace(usual[reference], by_state=states)})
    sections = {"waterfall": SHARED, "fees": (), "interest": NoInterest()}
    forgotten = messages(soundness_problems(sections, known))
    assert forgotten == [
        f"/waterfall/by_state/{state} nothing pays past_due.principal" for state in states
    ]
    sections = {"waterfall": SHARED, "delinquency": a_product().delinquency}
    assert messages(soundness_problems(sections, known)) == [
        "/waterfall/by_state/stage:doubtful the product has no stage doubtful"
    ]


def test_two_fees_of_one_name() -> None:
    found = soundness_problems({"fees": (FEE, FEE), "currency": "USD"}, Known())
    assert messages(found) == ["/fees/1/name two fees are named late_fee"]


def test_faults_inside_the_parts_of_an_amount_have_their_own_place() -> None:
    amount = GreaterOf(
        amounts=(
            Flat(amount=Money(-1)),
            Percent(of="loan_amont", rate=Rate.parse("-0.1")),
            Formula(expression="loan_amount +"),
        )
    )
    found = list(amount_problems(amount, "/fees/0/amount", "USD"))
    assert [problem.path for problem in found] == [
        "/fees/0/amount/amounts/0/amount",
        "/fees/0/amount/amounts/1/of",
        "/fees/0/amount/amounts/1/rate",
        "/fees/0/amount/amounts/2/expression",
    ]
    assert found[1].mend == "did you mean loan_amount?"


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        (EveryDays(days=0), "/f/days found 0; 1 to 3660 is wanted"),
        (EveryWeeks(weeks=-1), "/f/weeks found -1; 1 to 522 is wanted"),
        (EveryMonths(months=1, day=32), "/f/day no month has a day 32"),
        (Monthly(skip_months=(13,)), "/f/skip_months/0 there is no month 13"),
        (Monthly(skip_months=tuple(range(1, 13))), "/f/skip_months no month of the year is left"),
        (Semimonthly(days=(15, 15)), "/f/days the two days are one"),
        (
            ExplicitDates(dates=(date(2026, 1, 2), date(2026, 1, 1))),
            "/f/dates/1 2026-01-01 does not come after 2026-01-02",
        ),
    ],
)
def test_frequencies_that_make_no_dates(frequency: Frequency, words: str) -> None:
    assert messages(list(frequency_problems(frequency, "/f"))) == [words]


EXAMPLE_LOAN = ExampleLoan(
    amount=Money(100),
    note_rate=Rate.parse("0"),
    number_of_payments=1,
    contract_date=date(2026, 1, 1),
)


def test_an_example_names_only_what_is_there() -> None:
    day = date(2026, 2, 1)
    happenings = (ReversalHappens(on=day), FeeHappens(on=day, fee="copy_fee"))
    expect = Expected(refusal="outside_product_limits")
    example = Example(name="One", loan=EXAMPLE_LOAN, happenings=happenings, expect=expect)
    assert messages(list(example_problems((example, example), (FEE,))))[:4] == [
        "/examples/0/happenings/0 no payment was made before it",
        "/examples/0/happenings/1/fee the product has no fee copy_fee",
        "/examples/0/happenings a loan that is refused has no happenings",
        "/examples/1/name two examples have this name",
    ]


def test_happenings_of_one_day_come_in_the_order_written() -> None:
    day = date(2026, 2, 1)
    paid, back = PaymentHappens(on=day, amount=Money(100)), ReversalHappens(on=day)
    for happenings, found in (
        ((paid, back), []),
        ((back, paid), ["/examples/0/happenings/0 no payment was made before it"]),
    ):
        example = Example(name="One", loan=EXAMPLE_LOAN, happenings=happenings, expect=Expected())
        assert messages(list(example_problems((example,), (FEE,)))) == found


def test_listed_payments_are_not_lowered_by_a_prepayment() -> None:
    listed = ExplicitPayments(payments=(Money(100), Money(100)))
    lowers = PaymentTerms(after_prepayment=AfterPrepayment.lower_payment)
    found = soundness_problems({"payments": lowers, "amortization": listed}, Known())
    assert messages(found) == [
        "/payments/after_prepayment payments listed in the contract cannot be set anew"
    ]
    assert soundness_problems({"payments": PaymentTerms(), "amortization": listed}, Known()) == []


def test_a_down_payment_leaves_something_to_lend_and_something_to_pay() -> None:
    for down, path in (
        (ShareOfPrice(share=Rate.parse("0")), "/down_payment/share"),
        (ShareOfPrice(share=Rate.parse("1")), "/down_payment/share"),
        (FixedDownPayment(amount=Money(100)), "/down_payment/amount"),
    ):
        problems = soundness_problems({"down_payment": down, "limits": LIMITS}, Known())
        assert [problem.path for problem in problems] == [path]
    fine = ShareOfPrice(share=Rate.parse("0.25"))
    assert soundness_problems({"down_payment": fine, "limits": LIMITS}, Known()) == []


@pytest.mark.parametrize(
    ("amortization", "frequency", "path"),
    [
        (LevelPayment(basis=PaymentBasis.equal_periods), Monthly(), "/amortization/basis"),
        (
            Balloon(amortization_installments=36),
            Monthly(),
            "/amortization/amortization_installments",
        ),
        (LevelPayment(), Single(), "/due_dates/frequencies/0"),
    ],
)
def test_payments_in_advance_need_a_rhythm_and_dated_periods(
    amortization: Amortization, frequency: Frequency, path: str
) -> None:
    due_dates = DueDates(
        frequencies=(frequency,),
        first_payment=FirstPayment(minimum_days=0, maximum_days=31),
        in_advance=True,
        calendar="us@1",
    )
    sections = {"amortization": amortization, "due_dates": due_dates}
    problems = soundness_problems(sections, Known(calendars={"us@1"}))
    assert [problem.path for problem in problems] == [path]


def test_a_due_date_moves_alone_only_where_one_moves() -> None:
    stays = DueDates(
        frequencies=(Monthly(),),
        first_payment=FirstPayment(minimum_days=5, maximum_days=31),
        accrual_period=AccrualPeriod.unadjusted,
        calendar="us@1",
    )
    moves = replace(stays, business_days=BusinessDayAdjustment.following)
    paths = [
        [p.path for p in soundness_problems({"due_dates": due}, Known(calendars={"us@1"}))]
        for due in (stays, moves)
    ]
    assert paths == [["/due_dates/accrual_period"], []]
