"""What expressions come to: exact, in the units of their type, never guessing."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from engine.expressions.expression import compile_expression, inner_value
from engine.expressions.faults import ExpressionFault, FactUnknown
from engine.expressions.tree import Value
from engine.expressions.vocabulary import FACTS, Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.values.calendar import BusinessCalendar
from engine.values.money import Money
from engine.values.rate import Rate

FACTS_OF_A_LOAN = Facts.of(
    state="CA",
    loan_amount=Money(250000),
    note_rate=Rate.parse("0.36"),
    contract_date=date(2026, 1, 31),
    event_date=date(2026, 3, 2),
    days_past_due=11,
    installment_unpaid=Money(10033),
    covered_borrower=True,
    mla_exempt=False,
    late_fees_last_12_months=3,
)


def value(text: str, type: str = "flag", facts: Facts = FACTS_OF_A_LOAN) -> Value:
    return compile_expression(text, FactType(type)).evaluate(facts)


@pytest.mark.parametrize(
    "text",
    [
        "note_rate <= 0.36",
        "note_rate == percent(36)",
        "covered_borrower and not mla_exempt",
        'state in ["NY", "CA"]',
        'state not in ["TX"]',
        "0.3 < note_rate <= 0.36",
        "days_past_due > 10 and days_past_due > days(10)",
        'loan_amount >= money("2500.00")',
        'contract_date < date("2026-02-01")',
        "contract_date + days(30) == event_date",
        "contract_date + 30 == event_date",
        "event_date - contract_date == 30",
        "late_fees_last_12_months * 2 == 6",
        'true or state == "TX"',
        '("a" if covered_borrower else "b") == "a"',
        "mla_exempt == false",
        "known(state) and not known(apr)",
        "note_rate == (0.36 if mla_exempt == covered_borrower else 0.35) + 0.01",
        "not known(apr) or apr > 0.36",
    ],
)
def test_conditions_that_hold(text: str) -> None:
    assert value(text) is True
    assert value(f"not ({text})") is False


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ('min(money("15.00"), 0.05 * installment_unpaid)', "10033/20"),
        ('max(money("5.00"), percent(6) * installment_unpaid)', "30099/50"),
        ("installment_unpaid * note_rate", "90297/25"),
        ('divide(money("100.00"), 3, 2)', "3333"),
        ('divide(money("100.00"), 3, 0)', "3300"),
        ('divide(money("0.05"), 2, 2)', "3"),
        ('floor_to(installment_unpaid, money("1.00"))', "10000"),
        ('ceil_to(installment_unpaid, money("1.00"))', "10100"),
        ('-money("15.00")', "-1500"),
        ('lookup(state, "CA", money("10.00"), "NY", money("5.00"), money("1.00"))', "1000"),
        ('money("10.00") if days_past_due > 10 else money("0.00")', "1000"),
    ],
)
def test_amounts_are_exact_minor_units(text: str, minor: str) -> None:
    assert compile_expression(text, FactType.money).amount(FACTS_OF_A_LOAN) == Fraction(minor)


def test_a_rate_is_exact() -> None:
    checked = compile_expression("note_rate * 2 + 0.1", FactType.rate)
    assert checked.rate(FACTS_OF_A_LOAN) == Rate.parse("0.82")


def test_what_is_known_decides_before_what_is_not() -> None:
    assert value("covered_borrower or in_bankruptcy") is True
    assert value('installment_amount > money("1.00") if mla_exempt else covered_borrower') is True


@pytest.mark.parametrize(
    ("text", "fact", "column"),
    [
        ("covered_borrower and in_bankruptcy", "in_bankruptcy", 22),
        ("apr <= 0.36", "apr", 1),
        ('money("1.00") < fee_amount', "fee_amount", 17),
        ("days_since_due > 10", "days_since_due", 1),
        ("received_on < event_date", "received_on", 1),
        ('return_code == "R01"', "return_code", 1),
    ],
)
def test_an_unknown_fact_is_named_where_it_stands(text: str, fact: str, column: int) -> None:
    with pytest.raises(FactUnknown) as unknown:
        value(text)
    assert (unknown.value.name, unknown.value.problem.column) == (fact, column)


@pytest.mark.parametrize(
    ("text", "words", "column"),
    [
        ("divide(1, late_fees_last_12_months - 3, 2) > 1", "division by zero", 1),
        ('floor_to(loan_amount, money("0.00")) > loan_amount', "step must be above zero", 1),
        ("contract_date + days(999999999999999) > contract_date", "beyond the calendar", 1),
        ("add_months(contract_date, 999999) > contract_date", "at most 12000", 1),
    ],
)
def test_a_fault_is_placed(text: str, words: str, column: int) -> None:
    with pytest.raises(ExpressionFault, match=words) as fault:
        value(text)
    assert fault.value.problem.column == column


def test_business_days_are_those_of_the_place() -> None:
    text = "is_business_day(event_date)"
    assert value(text) is True
    holiday = BusinessCalendar(holidays=frozenset({date(2026, 3, 2)}))
    closed = Facts(loan=FACTS_OF_A_LOAN.loan, standing=FACTS_OF_A_LOAN.standing, calendar=holiday)
    assert value(text, facts=closed) is False


def test_money_is_of_the_currency_of_its_document() -> None:
    yen = Vocabulary(facts=VOCABULARY, currency="JPY")
    assert compile_expression('money("15")', FactType.money, yen).amount(Facts()) == 15
    assert compile_expression('money("15")', FactType.money, FACTS).amount(Facts()) == 1500


def test_named_values_are_given_in_order() -> None:
    values = {"cap": FactType.money, "share": FactType.rate}
    vocabulary = Vocabulary(facts=VOCABULARY, values=values)
    checked = compile_expression("min(cap, share * loan_amount)", FactType.money, vocabulary)
    given = (inner_value(Money(10000)), inner_value(Rate.parse("0.01")))
    assert checked.amount(FACTS_OF_A_LOAN, given) == 2500


def test_it_says_which_facts_it_needs() -> None:
    checked = compile_expression(
        'loan_amount > money("1.00") and note_rate < 1 and note_rate > 0', FactType.flag
    )
    assert checked.names == ("loan_amount", "note_rate")
