"""Suite ``rule_of_78``: rebates and payoffs of precomputed loans by the sum of the digits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.amortization.interest_periods import InterestPeriods
from engine.amortization.roll import RollTerms, by_payment
from engine.interest.rule_of_78 import rule_of_78_part, rule_of_78_rebate
from engine.values.money import Money
from engine.values.rounding import Rounding, round_decimal, round_exact
from tests.conformance.verdict import Case, Differs, Unsupported

_FINE = 10**10


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of a rule-of-78 file; what the statute forbids belongs to the suite ``rules``."""
    if not isinstance(document, dict) or "derived_rule78_vs_actuarial" not in document:
        return
    for example in document.get("published_examples", ()):
        yield Case(example["id"], ("published",), lambda example=example: _check(example))
    for name, table in document.get("derived_tables", {}).items():
        for row in table:
            yield Case(
                f"{name}/{row['paid']}",
                ("table",),
                lambda name=name, row=row: _check_row(name, row),
            )
    compared = document["derived_rule78_vs_actuarial"]
    for row in compared["rows"]:
        yield Case(
            f"payoff/{row['paid']}", ("payoff",), lambda row=row: _check_payoff(compared, row)
        )


def _cents(amount: Any) -> Money:
    return Money(int(Fraction(str(amount)) * 100))


def _to_cent(minor: Fraction) -> Fraction:
    return Fraction(round_exact(minor, Rounding.half_up).minor, 100)


def _expect(name: str, figure: Fraction, expected: Any) -> None:
    if figure != Fraction(str(expected)):
        raise Differs(f"{name} {float(figure)}, expected {expected}")


def _check(example: dict[str, Any]) -> None:
    facts = example["inputs"]
    charge, count = _cents(facts["finance_charge"]), facts["n_months"]
    rebate = rule_of_78_rebate(charge, count, facts["months_remaining"])
    for name, expected in example["expected"].items():
        decimals = len(str(expected).partition(".")[2])
        match name:
            case "rebate" | "unearned" | "refund":
                figure = rebate / 100
            case "earned" | "earned_interest" | "interest_earned":
                figure = (charge.minor - rebate) / 100
            case "payoff" | "balance_due" | "balance" | "amount_due":
                payment = facts.get("payment", facts.get("monthly_payment"))
                if payment is None:
                    raise Unsupported(f"{name} without a payment")
                left = _cents(payment) * facts["months_remaining"]
                figure = (left.minor - rebate) / 100
            case _:
                raise Unsupported(f"figure {name}")
        _expect(name, round_decimal(figure, decimals, Rounding.half_up), expected)


def _check_row(name: str, row: dict[str, Any]) -> None:
    count, charge = (part.lstrip("nFC") for part in name.split("_"))
    _check_part(int(count), _cents(charge), row)


def _check_part(count: int, lent: Money, row: dict[str, Any]) -> None:
    paid = row["paid"]
    rebate = round_exact(rule_of_78_rebate(lent, count, count - paid), Rounding.half_up)
    _expect("rebate", Fraction(rebate.minor, 100), row["rebate"])
    if paid:
        part = round_exact(rule_of_78_part(lent, count, paid), Rounding.half_up)
        _expect("interest", Fraction(part.minor, 100), row["interest_this_month"])


def _check_payoff(loan: dict[str, Any], row: dict[str, Any]) -> None:
    count, paid = loan["n"], row["paid"]
    principal, payment = _cents(loan["principal"]), _cents(loan["payment"])
    periods = InterestPeriods(
        date(2024, 1, 1), (date(2024, 2, 1),) * count, (loan["rate"],) * count, 1200
    )
    columns = by_payment(  # the published table carries fractions of a cent
        principal.minor * _FINE,
        periods,
        [payment.minor * _FINE] * count,
        RollTerms(carried=False),
    )
    actuarial = Fraction(columns.balance[paid - 1], _FINE)
    rebate = rule_of_78_rebate(_cents(loan["finance_charge"]), count, count - paid)
    digits = payment.minor * (count - paid) - rebate
    _expect("actuarial payoff", _to_cent(actuarial), row["actuarial_payoff"])
    _expect("rule-of-78 payoff", _to_cent(digits), row["rule78_payoff"])
    _expect("penalty", _to_cent(digits - actuarial), row["penalty"])
