"""Suite ``fineract``: schedules that Apache Fineract's end-to-end scenarios expect.

So far the contractual schedule, before any payment. Fineract's words become product choices here;
what it means by them is in the README beside its cases. Derived data of Apache Fineract, Apache
License 2.0, The Apache Software Foundation.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.amortization.amortization import Amortization
from engine.amortization.disbursements import Disbursement, disbursed_schedule
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.installment import Installment
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.schedule import schedule
from engine.interest.interest_method import SchedulableInterest
from engine.interest.precomputed_interest import ChargeParts, PrecomputedInterest
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_date
from engine.values.frequency import EveryDays, EveryMonths, EveryWeeks, Frequency, periods_per_year
from engine.values.money import Money
from engine.values.months import is_leap
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.conformance.verdict import Case, Differs, Unsupported

_OPENING = {"approve", "disburse", "rejected_attempt"}
_FREQUENCIES = {
    "DAYS": lambda every: EveryDays(days=every),
    "WEEKS": lambda every: EveryWeeks(weeks=every),
    "MONTHS": lambda every: EveryMonths(months=every),
    "YEARS": lambda every: EveryMonths(months=12 * every),
}


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The checkpoints of a tier file."""
    if not isinstance(document, list):
        return
    for case in document:
        if not isinstance(case, dict) or "actions" not in case or "terms" not in case:
            continue
        checkpoints = case.get("checkpoints") or [case["expect"]]
        for number, checkpoint in enumerate(checkpoints):
            identity = case["id"] if len(checkpoints) == 1 else f"{case['id']}/{number}"
            actions = _actions_before(case, checkpoint)
            tags = (*case["tags"], f"tier{case.get('tier', 1)}", _stage(actions))
            yield Case(
                identity,
                tags,
                lambda case=case, checkpoint=checkpoint: _check(case, checkpoint),
            )


def _actions_before(case: dict[str, Any], checkpoint: dict[str, Any]) -> list[dict[str, Any]]:
    last = checkpoint.get("after_action")
    return [action for action in case["actions"] if last is None or action["seq"] <= last]


def _stage(actions: list[dict[str, Any]]) -> str:
    kinds = {action["type"] for action in actions}
    return "before-payment" if kinds <= _OPENING else "after-payment"


def _check(case: dict[str, Any], checkpoint: dict[str, Any]) -> None:
    if "schedule" not in checkpoint:
        raise Unsupported("a checkpoint without a schedule")
    actions = _actions_before(case, checkpoint)
    later = {action["type"] for action in actions} - _OPENING
    if later:
        raise Unsupported(f"replay of {min(later)}")
    installments = _contract_schedule(case, actions)
    _compare(installments, checkpoint["schedule"])


def _compare(installments: tuple[Installment, ...], expected: list[dict[str, Any]]) -> None:
    rows = [row for row in expected if row["kind"] == "installment"]
    while len(rows) > len(installments) and rows[-1]["due"] == "0.00":
        rows.pop()  # nothing is due after the balance is gone: no installment
    if len(rows) != len(installments):
        raise Differs(f"{len(installments)} installments, expected {len(rows)}")
    for ours, theirs in zip(installments, rows, strict=True):
        figures = {
            "due_date": ours.due_date.isoformat(),
            "principal": ours.principal.text(),
            "interest": ours.interest.text(),
            "due": ours.payment.text(),
        }
        for name, figure in figures.items():
            if figure != theirs[name]:
                raise Differs(f"{theirs['due_date']} {name} {figure}, expected {theirs[name]}")


def _contract_schedule(
    case: dict[str, Any], actions: list[dict[str, Any]]
) -> tuple[Installment, ...]:
    product, terms = case["product"], case["terms"]
    _refuse_what_is_missing(product, terms)
    start, first_amount, further = _disbursements(terms, actions)
    if terms["interest_method"] == "FLAT" and product["schedule_type"] == "CUMULATIVE":
        first_amount, further = first_amount + sum(cents for _, cents in further), []
    frequency = _FREQUENCIES[terms["repayment_frequency"]](terms["repayment_every"])
    seed = start
    if terms["repayment_start_date_type"] == "SUBMITTED_ON_DATE":
        seed = date.fromisoformat(terms["submitted_on"])
    count = terms["number_of_repayments"]
    first = due_date(seed, frequency, 2)
    if seed.day > 28 and isinstance(frequency, EveryMonths):
        frequency = EveryMonths(months=frequency.months, day=seed.day)
    due = [due_date(first, frequency, number) for number in range(1, count + 1)]
    periods = ReferencePeriods(dates=(seed, *due), per_year=periods_per_year(frequency))
    rate = Rate(Fraction(terms["annual_interest_rate_pct"]) / 100)
    interest = _interest(product, terms, frequency, start)
    amortization = _amortization(product, terms)
    if further and product["multi_disburse"]["full_term_for_tranche"]:
        raise Unsupported("further disbursements that each run the full term")
    if isinstance(interest, PrecomputedInterest):
        if further:
            raise Unsupported("further disbursements of a loan with precomputed interest")
        return schedule(
            Money(first_amount),
            rate,
            start,
            due,
            interest=interest,
            amortization=amortization,
            periods=periods,
        ).installments
    lent = [Disbursement(start, Money(first_amount))]
    lent += [Disbursement(day, Money(amount)) for day, amount in further]
    return disbursed_schedule(
        lent, rate, due, interest=interest, amortization=amortization, periods=periods
    ).installments


def _refuse_what_is_missing(product: dict[str, Any], terms: dict[str, Any]) -> None:
    if terms["charges"]:
        raise Unsupported("fees in the schedule")
    if terms["down_payment"]["enabled"]:
        raise Unsupported("down payment")
    if terms["fixed_length"] or terms["fixed_emi"]:
        raise Unsupported("fixed length or payment")
    if any(terms[f"grace_on_{what}"] for what in (
        "principal_payment", "interest_payment", "interest_charged"
    )):  # fmt: skip
        raise Unsupported("grace on principal or interest")
    if product["equal_amortization"]:
        raise Unsupported("equal amortization")
    if product["schedule_type"] == "CUMULATIVE" and product["currency_in_multiples_of"] not in (
        None, 0, 1,
    ):  # fmt: skip
        raise Unsupported("amounts in multiples of the currency")


def _disbursements(
    terms: dict[str, Any], actions: list[dict[str, Any]]
) -> tuple[date, int, list[tuple[date, int]]]:
    """The first day and amount, and what is disbursed on later days."""
    paid_out = [
        (date.fromisoformat(action["date"]), _cents(action["amount"]))
        for action in actions
        if action["type"] == "disburse"
    ]
    tranches = [
        (date.fromisoformat(tranche["expected_date"]), _cents(tranche["amount"]))
        for tranche in terms["expected_tranches"]
    ]
    if not paid_out and tranches:
        paid_out = tranches
    elif paid_out and len(tranches) > len(paid_out):
        paid_out += [tranche for tranche in tranches if tranche[0] > paid_out[-1][0]]
    if not paid_out:
        day, amount = terms["expected_disbursement_date"], terms["principal"]
        for action in actions:
            if action["type"] == "approve":
                day = action.get("expected_disbursement_date", day)
                amount = action["amount"]
        paid_out = [(date.fromisoformat(day), _cents(amount))]
    start = paid_out[0][0]
    amount = sum(cents for day, cents in paid_out if day == start)
    return start, amount, [(day, cents) for day, cents in paid_out if day != start]


def _cents(text: str) -> int:
    return Money.parse(text, "USD").minor


def _interest(
    product: dict[str, Any], terms: dict[str, Any], frequency: Frequency, start: date
) -> SchedulableInterest:
    progressive = product["schedule_type"] == "PROGRESSIVE"
    day_count = _day_count(product, terms, frequency)
    if day_count is DayCount.actual_actual_isda and not progressive:
        if is_leap(start.year):
            raise Unsupported("a year of 366 days for the whole life of a loan")
        day_count = DayCount.actual_365  # the year of the disbursement counts for all
    if terms["interest_method"] == "FLAT":
        return PrecomputedInterest(
            day_count=day_count,
            rounding=Rounding.half_even,
            parts=ChargeParts.by_period if progressive else ChargeParts.equal,
        )
    return SimpleInterest(
        day_count=day_count,
        rounding=Rounding.half_even,
        remainders=Remainders.dropped,
        period_rate_decimals=19,
        day_one_accrues=bool(product["interest_recognition_on_disbursement_date"]),
    )


def _day_count(product: dict[str, Any], terms: dict[str, Any], frequency: Frequency) -> DayCount:
    if terms["interest_calculation_period"] == "SAME_AS_REPAYMENT_PERIOD":
        return DayCount.periods
    if product["days_in_year_custom_strategy"] == "FEB_29_PERIOD_ONLY":
        return DayCount.actual_365_actual
    match product["days_in_year"], product["days_in_month"]:
        case "DAYS_360", "DAYS_30":
            months = isinstance(frequency, EveryMonths)
            return DayCount.periods if months else DayCount.actual_360
        case "DAYS_360", "ACTUAL":
            return DayCount.actual_360
        case "DAYS_365", "ACTUAL":
            return DayCount.actual_365
        case "DAYS_364", "ACTUAL":
            return DayCount.actual_364
        case "ACTUAL", "ACTUAL":
            return DayCount.actual_actual_isda
        case year, month:
            raise Unsupported(f"days in year {year} with days in month {month}")


def _amortization(product: dict[str, Any], terms: dict[str, Any]) -> Amortization:
    multiple = product["installment_amount_in_multiples_of"]
    unit = Money(100 * multiple) if multiple else None
    progressive = product["schedule_type"] == "PROGRESSIVE"
    flat = terms["interest_method"] == "FLAT"
    if terms["amortization"] == "EQUAL_PRINCIPAL" or (flat and not progressive):
        return EqualPrincipal(principal_rounding=Rounding.half_even, principal_multiple_of=unit)
    return LevelPayment(
        residual=Residual.spread if progressive else Residual.formula,
        basis=PaymentBasis.dated if progressive else PaymentBasis.equal_periods,
        payment_rounding=Rounding.half_even,
        payment_multiple_of=unit,
    )
