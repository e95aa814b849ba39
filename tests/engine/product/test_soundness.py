"""What a product must mean: each fault is found by itself, broken sections beside it or not."""

from __future__ import annotations

from engine.errors import Problem
from engine.fees.amount import Flat, Formula, GreaterOf, Percent
from engine.fees.late_fee import LateFee
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.payments.waterfall import LeftOver, Order, Style, Waterfall
from engine.product.fee_soundness import amount_problems
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.product.soundness import Known, soundness_problems
from engine.product.waterfall_choice import SharedWaterfall
from engine.values.money import Money
from engine.values.rate import Rate

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
