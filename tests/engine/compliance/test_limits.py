"""What limits leave of an amount."""

from __future__ import annotations

from datetime import date

import pytest

from engine.compliance.limits import narrow
from engine.compliance.rule import Point
from engine.compliance.rule_book import RuleBook
from engine.errors import Refused
from engine.facts.facts import Facts
from engine.trace import recording
from engine.values.money import Money
from engine.values.rate import Rate
from tests.engine.compliance.laws import LATE_FEE, law

DAY = date(2026, 3, 1)
LATE = Facts.of(
    country="US",
    state="NY",
    fee_kind="late_fee",
    dwelling_secured=True,
    days_since_due=16,
    installment_unpaid=Money(100050),
)


def lawful(fee: int, facts: Facts = LATE, book: RuleBook | None = None, day: date = DAY) -> Money:
    rules = book or RuleBook.of([law(LATE_FEE)])
    found = narrow(rules, Point.assess_fee, "fee_amount", Money(fee), facts, day).amount
    assert isinstance(found, Money)
    return found


def test_a_fee_above_the_limit_is_narrowed_and_the_rule_is_named() -> None:
    rules = RuleBook.of([law(LATE_FEE)])
    found = narrow(rules, Point.assess_fee, "fee_amount", Money(5000), LATE, DAY)
    assert found.amount == Money(2001)
    assert found.bound_by == "us.states.new_york.real_property.late_charge"
    assert found.citation is not None and found.citation.cite == "N.Y. Real Prop. Law 254-b"
    assert found.values == {"share": "0.02", "grace": "15"}
    assert found.message == "New York allows 2%."


def test_a_fee_within_the_limit_stays_and_names_no_rule() -> None:
    rules = RuleBook.of([law(LATE_FEE)])
    found = narrow(rules, Point.assess_fee, "fee_amount", Money(2001), LATE, DAY)
    assert (found.amount, found.bound_by, found.values) == (Money(2001), None, {})


def test_part_of_a_cent_goes_to_the_borrower() -> None:
    assert lawful(5000, LATE.given(installment_unpaid=Money(100099))) == Money(2001)


def test_a_limit_is_never_below_zero() -> None:
    assert lawful(5000, LATE.given(installment_unpaid=Money(-100))) == Money(0)


def test_within_the_grace_days_nothing_is_lawful() -> None:
    assert lawful(5000, LATE.given(days_since_due=15)) == Money(0)


@pytest.mark.parametrize(
    ("elsewhere", "value"),
    [("state", "CA"), ("state", None), ("country", "GB"), ("fee_kind", "returned_payment_fee")],
)
def test_a_loan_the_rule_does_not_speak_of_is_left_alone(elsewhere: str, value: str) -> None:
    assert lawful(5000, LATE.given(**{elsewhere: value})) == Money(5000)


def test_the_figures_are_those_of_the_day() -> None:
    assert lawful(5000, day=date(2019, 12, 31)) == Money(4002)
    assert lawful(5000, day=date(2020, 1, 1)) == Money(2001)
    assert lawful(5000, day=date(1980, 12, 31)) == Money(5000)


def test_the_contract_date_selects_the_figures_where_the_rule_says_so() -> None:
    book = RuleBook.of([law(LATE_FEE, value_on="contract_date")])
    assert lawful(5000, LATE.given(contract_date=date(2019, 1, 1)), book) == Money(4002)


def test_the_tightest_limit_binds_in_whatever_order_they_stand() -> None:
    tight = law(
        LATE_FEE,
        rule="policy.late_fees.most",
        maximum="most",
        message="",
        values={"most": {"2000-01-01": "10.00"}},
    )
    for rules in ([law(LATE_FEE), tight], [tight, law(LATE_FEE)]):
        found = narrow(RuleBook.of(rules), Point.assess_fee, "fee_amount", Money(5000), LATE, DAY)
        assert (found.amount, found.bound_by) == (Money(1000), "policy.late_fees.most")


def test_other_points_and_subjects_are_not_asked() -> None:
    rules = RuleBook.of([law(LATE_FEE)])
    assert narrow(rules, Point.quote, "fee_amount", Money(5000), LATE, DAY).bound_by is None
    rate = Rate.parse("0.99")
    assert narrow(rules, Point.assess_fee, "note_rate", rate, LATE, DAY).amount == rate


def test_rates_counts_and_dates_are_narrowed_too() -> None:
    def bound(narrows: str, amount: Rate | int | date, **said: str) -> Rate | int | date | Money:
        rule = law(LATE_FEE, narrows=narrows, applies_when="true", values={}, message="", **said)
        return narrow(RuleBook.of([rule]), Point.assess_fee, narrows, amount, LATE, DAY).amount

    assert bound("note_rate", Rate.parse("0.12"), maximum="0.06") == Rate.parse("0.06")
    assert bound("number_of_payments", 60, maximum="48") == 48
    earliest = 'date("2026-04-01")'
    assert bound("received_on", DAY, maximum="", minimum=earliest) == date(2026, 4, 1)
    assert bound("number_of_payments", 3, maximum="", minimum="divide(21, 2, 1)") == 11


def test_a_limit_that_cannot_be_worked_out_stops_the_command() -> None:
    with pytest.raises(Refused) as refused:
        lawful(5000, LATE.given(installment_unpaid=None))
    (refusal,) = refused.value.refusals
    assert refusal.code == "rule_undecided" and "installment_unpaid" in refusal.message
    assert refusal.rule == "us.states.new_york.real_property.late_charge"


def test_the_explanation_ends_in_the_law() -> None:
    with recording() as recorder:
        lawful(5000)
    (step,) = recorder.root.children
    assert step.sources == [
        "us.states.new_york.real_property.late_charge (N.Y. Real Prop. Law 254-b)"
    ]


def test_without_rules_everything_is_lawful() -> None:
    assert lawful(5000, book=RuleBook({})) == Money(5000)
    assert narrow(None, Point.quote, "fee_amount", Money(1), LATE, DAY).amount == Money(1)
