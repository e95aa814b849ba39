"""Suite ``escrow``: escrow account analysis of Regulation X, Appendix E and 1024.17."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.escrow.analysis import (
    EscrowDisbursement,
    EscrowMonth,
    collected_monthly,
    escrow_analysis,
    running_balance,
)
from engine.escrow.shortage import Remedy, escrow_position, spread_evenly
from engine.values.money import ZERO, Money
from tests.conformance.verdict import Case, Differs, Unsupported

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SPREAD = re.compile(r"(surplus|shortage|deficiency)_spread_(\d+)")
_WORDS = {
    Remedy.nothing: ("nothing",),
    Remedy.pay_within_30_days: ("repay", "30 days"),
    Remedy.spread_12_months: ("equal monthly", "12 months"),
    Remedy.spread_2_months: ("2 or more",),
    Remedy.refund_within_30_days: ("must refund", "30 days"),
    Remedy.refund_or_credit: ("refund", "credit"),
    Remedy.retain: ("retain",),
}
"""Words by which a case's sentence is known for the remedy it means."""


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of an escrow file."""
    if not isinstance(document, dict) or "threshold_vectors" not in document:
        return
    for example in document.get("official_examples", ()):
        tag = "aggregate" if example["method"] == "aggregate" else "single-item"
        check = _check_aggregate if tag == "aggregate" else _check_single
        yield Case(example["id"], (tag,), lambda check=check, example=example: check(example))
    for example in document["threshold_vectors"]:
        yield Case(example["id"], ("threshold",), lambda example=example: _check_position(example))
    longer = document.get("three_year_item_vector")
    if longer:
        yield Case("three-year-item", ("threshold",), lambda: _check_three_years(longer))


def _cents(amount: Any) -> Money:
    return Money(int(Fraction(str(amount)) * 100))


def _expect(name: str, figure: Money, expected: Any) -> None:
    if figure != _cents(expected):
        raise Differs(f"{name} {figure.text()}, expected {expected}")


def _compare(step: str, months: tuple[EscrowMonth, ...], rows: list[dict[str, Any]]) -> None:
    for month, row in zip(months, rows, strict=True):
        if _MONTHS[month.month.month - 1] != row["month"]:
            raise Differs(f"{step}: {month.month:%b}, expected {row['month']}")
        _expect(f"{step} {row['month']} payment", month.payment, row["pmt"])
        _expect(f"{step} {row['month']} disbursed", month.disbursed, row["disb"])
        _expect(f"{step} {row['month']} balance", month.balance, row["bal"])


def _check_aggregate(example: dict[str, Any]) -> None:
    facts = example["assumptions"]
    first = _in_year(facts["first_payment"], facts["settlement"])
    expected = [
        EscrowDisbursement(
            on=_in_year(day, facts["first_payment"]), item=item, amount=_cents(amount)
        )
        for day, item, amount in facts["disbursements"]
    ]
    analysis = escrow_analysis(expected, first)
    _expect("monthly payment", analysis.monthly_payment, example["monthly_payment"])
    _expect("year", analysis.annual_disbursements, example["annual_disbursements"])
    _expect("cushion", analysis.cushion, example["cushion"])
    _expect(
        "initial deposit", analysis.starting_balance, example["initial_deposit_at_settlement_max"]
    )
    if f"{analysis.low_point:%b}" != example["low_point_month"]:
        raise Differs(f"low point {analysis.low_point:%b}, expected {example['low_point_month']}")
    _expect("low point", analysis.cushion, example["low_point_target"])
    for step, start in (
        ("step1", ZERO),
        ("step2", analysis.starting_balance - analysis.cushion),
        ("step3", analysis.starting_balance),
    ):
        _compare(
            step, running_balance(expected, first, analysis.monthly_payment, start), example[step]
        )


def _in_year(month_and_day: str, after: str) -> date:
    """A day of the year that begins with another."""
    year = 2024 if month_and_day >= after else 2025
    return date.fromisoformat(f"{year}-{month_and_day}")


def _check_single(example: dict[str, Any]) -> None:
    """Each item on its own is the aggregate of one item."""
    deposit = ZERO
    for item in example["steps"]["step3"][0]:
        if item == "month":
            continue
        steps = {
            step: [{"month": row["month"], **row[item]} for row in rows]
            for step, rows in example["steps"].items()
        }
        expected, first = _disbursed(steps["step1"], item)
        analysis = escrow_analysis(expected, first)
        _compare("step3", analysis.months, steps["step3"])
        start = analysis.starting_balance - analysis.cushion
        for step, opening in (("step1", ZERO), ("step2", start)):
            months = running_balance(expected, first, analysis.monthly_payment, opening)
            _compare(step, months, steps[step])
        deposit = deposit + analysis.starting_balance
    _expect("initial deposit", deposit, example["initial_deposit"])


def _disbursed(rows: list[dict[str, Any]], item: str) -> tuple[list[EscrowDisbursement], date]:
    begins = _MONTHS.index(rows[1]["month"])
    found = []
    for offset, row in enumerate(rows[1:]):
        year, month = divmod(begins + offset, 12)
        if row["disb"]:
            day = date(2024 + year, month + 1, 15)
            found.append(EscrowDisbursement(on=day, item=item, amount=_cents(row["disb"])))
    return found, date(2024, begins + 1, 1)


def _check_position(example: dict[str, Any]) -> None:
    facts = example["facts"]
    found = escrow_position(
        _cents(facts["actual_balance"]),
        _cents(facts["target_balance"]),
        _cents(facts["monthly_escrow_payment"]),
        borrower_is_current=facts["borrower_current_within_30_days"],
    )
    amounts = {
        "surplus": found.surplus,
        "shortage": found.shortage,
        "deficiency": found.deficiency,
    }
    choices = {
        "action": found.surplus_remedies,
        "shortage_options": found.shortage_remedies,
        "deficiency_options": found.deficiency_remedies,
    }
    expected = example["expected"]
    for name in ("surplus", "shortage", "deficiency"):
        _expect(name, amounts[name], expected.get(name, 0))
    for name, stated in expected.items():
        if name in choices:
            sentences = [stated] if isinstance(stated, str) else stated
            if len(sentences) != len(choices[name]) or not all(
                word in sentence
                for sentence, remedy in zip(sentences, choices[name], strict=True)
                for word in _WORDS[remedy]
            ):
                raise Differs(f"{name} {choices[name]}, expected {stated}")
        elif name in amounts:
            _expect(name, amounts[name], stated)
        elif spread := _SPREAD.fullmatch(name):
            _expect(name, spread_evenly(amounts[spread[1]], int(spread[2])), stated)
        else:
            raise Unsupported(f"figure {name}")


def _check_three_years(example: dict[str, Any]) -> None:
    premium = _cents(example["facts"]["flood_premium_every_3_years"])
    _expect("collection", collected_monthly(premium, 3), example["expected"]["monthly_collection"])
