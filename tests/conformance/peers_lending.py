"""Figures from the tests of Frappe Lending: payments, interest, schedules, due dates.

Interest is by actual days over 365, to two decimals, halves to even; a payment is rounded up to
whole units. Only facts are taken: inputs and expected numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from engine.amortization.installment import Schedule
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.amortization.schedule import schedule
from engine.interest.accrual import BalanceChange, RateChange, interest_earned, per_diem
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount, ReferencePeriods, days
from engine.values.due_dates import due_date, due_dates
from engine.values.frequency import (
    Biweekly,
    Frequency,
    Monthly,
    Quarterly,
    Weekly,
    periods_per_year,
)
from engine.values.money import Money, minor_digits
from engine.values.rate import Rate
from engine.values.rounding import Rounding, round_decimal, round_exact
from tests.conformance.peers_lives import days_past_due, forgiven
from tests.conformance.peers_payments import (
    paid_of,
    partial_charges,
    percent_of_outstanding,
    principal_reduction,
)
from tests.conformance.verdict import Differs, Unsupported

_BY_DAYS = SimpleInterest(
    day_count=DayCount.actual_365, rounding=Rounding.half_even, remainders=Remainders.dropped
)
MONTHLY = Monthly()
_FREQUENCIES: dict[str, Frequency] = {
    "Monthly": MONTHLY,
    "Quarterly": Quarterly(),
    "Bi-Weekly": Biweekly(),
    "Weekly": Weekly(),
}
_ONE_DAY = timedelta(days=1)
_SOME_DAY = date(2025, 1, 1)


def check(case: dict[str, Any]) -> None:
    """Compare every figure the case expects."""
    category = case["category"]
    asked = _ASKED.get(category)
    if asked is None:
        raise Unsupported(_MISSING.get(category.partition(".")[0], category))
    figures = asked({**case["inputs"], "note": case.get("note", "")}, case["expected"])
    for name, expected in case["expected"].items():
        if name not in figures:
            raise Unsupported(f"figure {name} of {category}")
        if figures[name] != expected:
            raise Differs(f"{name} {figures[name]}, expected {expected}")


def _rate(inputs: dict[str, Any]) -> Rate:
    return Rate(Fraction(str(inputs["annual_rate_pct"])) / 100)


def _money(amount: Any, currency: str = "USD") -> Money:
    return Money(int(Fraction(str(amount)) * 10 ** minor_digits(currency)))


def _number(amount: Money) -> float:
    return amount.minor / 100


def _whole(amount: Money) -> int:
    """Rounded to no decimals, as the tests there compare."""
    return int(round_decimal(Fraction(amount.minor, 100), 0, Rounding.half_even))


def _rounded_up(currency: str = "USD") -> LevelPayment:
    return LevelPayment(
        residual=Residual.formula,
        basis=PaymentBasis.equal_periods,
        payment_rounding=Rounding.up,
        payment_multiple_of=_money(1, currency),
    )


def _schedule(
    inputs: dict[str, Any],
    *,
    interest: SimpleInterest = _BY_DAYS,
    currency: str = "USD",
    count: int | None = None,
    payment: Money | None = None,
    frequency: Frequency = MONTHLY,
) -> Schedule:
    first = date.fromisoformat(inputs.get("first_due", "2025-02-01"))
    start = date.fromisoformat(inputs.get("disbursed_on", "2025-01-01"))
    due = due_dates(first, frequency, count or inputs["periods"])
    return schedule(
        _money(inputs["principal"], currency),
        _rate(inputs),
        start,
        due,
        interest=interest,
        amortization=_rounded_up(currency),
        payment=payment,
        periods=ReferencePeriods(
            dates=(due_date(first, frequency, 0), *due), per_year=periods_per_year(frequency)
        ),
    )


def _by_periods(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    made = _schedule(inputs)
    rows = {
        at: {
            name: _whole(getattr(made.installments[int(at)], name))
            for name in ("principal", "interest", "balance")
        }
        for at in expected["row_index_0based"]
    }
    return {**_totals(made), "rows": len(made.installments), "row_index_0based": rows}


def _totals(made: Schedule) -> dict[str, Any]:
    return {
        "installment": _whole(made.regular_payment),
        "total_interest": _whole(made.total_interest),
        "total_payment": _whole(made.total_of_payments),
    }


def _fixed(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    made = _schedule(inputs, count=120, payment=_money(inputs["installment"]))
    return {**_totals(made), "rows": len(made.installments)}


def _whole_units(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """A currency without decimals, a twelfth of the rate each month."""
    monthly = SimpleInterest(day_count=DayCount.periods, remainders=Remainders.dropped)
    made = _schedule(inputs, interest=monthly, currency="JPY")
    return {
        "installment": made.regular_payment.minor,
        "total_interest": made.total_interest.minor,
        "total_payment": made.total_of_payments.minor,
    }


def _installment(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    frequency = _FREQUENCIES.get(inputs["frequency"])
    if frequency is None:
        raise Unsupported(f"payments {inputs['frequency']}")
    made = _schedule(inputs, frequency=frequency)
    return {"installment": _whole(made.regular_payment)}


def _accrual(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    start, last = (date.fromisoformat(inputs[name]) for name in ("from", "to_inclusive"))
    balance, rate = _money(inputs["balance"]), _rate(inputs)
    earned = _earned(balance, rate, start, last + _ONE_DAY)
    by_day = round_exact(per_diem(balance, rate, DayCount.actual_365, start), Rounding.half_even)
    count = days(DayCount.actual_365, start, last + _ONE_DAY)
    assert count == inputs["days"]
    daily = "each rounded" in inputs["note"]
    return {"interest": _number(by_day * count if daily else earned)}


def _earned(balance: Money, rate: Rate, start: date, end: date) -> Money:
    earned = interest_earned(
        (BalanceChange(start, balance),), (RateChange(start, rate),), (), DayCount.actual_365, end
    )
    return round_exact(earned, Rounding.half_even)


def _odd_days_first(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The odd days' interest alone on the regular date before the first installment."""
    first = date.fromisoformat(inputs["first_due"])
    due = due_dates(due_date(first, Monthly(), 0), Monthly(), inputs["periods"] + 1)
    made = schedule(
        _money(inputs["principal"]),
        _rate(inputs),
        date.fromisoformat(inputs["disbursed_on"]),
        due,
        interest=_BY_DAYS,
        amortization=InterestOnly(installments=1, then=_rounded_up()),
        periods=ReferencePeriods(dates=(due_date(first, Monthly(), -1), *due)),
    )
    row = made.installments[0]
    return {"row0_interest": _number(row.interest), "row0_principal": _whole(row.principal)}


def _due_dates(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    first = date.fromisoformat(inputs["repayment_start"])
    if inputs["repayment_date_on"] == "Start of the next month":
        first = due_date(first, Monthly(day=1), 2)
    due = due_dates(first, Monthly(), inputs["periods"])
    return {name: due[at].isoformat() for name, at in (("first", 0), ("second", 1), ("last", -1))}


def _allocation(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    end = _SOME_DAY + timedelta(days=inputs["period_days"])
    principal = _money(inputs["principal"])
    interest = _earned(principal, _rate(inputs), _SOME_DAY, end)
    paid, _ = paid_of(_money(inputs["payment"]), ("interest", interest), ("principal", principal))
    return {"interest": _number(paid[0]), "principal": _number(paid[1])}


def _early(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """A payment before the due date, and the interest of the days after it."""
    drawn, due = date.fromisoformat(inputs["drawn"]), date.fromisoformat(inputs["due"])
    paid_on, amount = date.fromisoformat(inputs["prepayment"][0]), inputs["prepayment"][1]
    balance, rate = _money(inputs["drawdown"]), _rate(inputs)
    interest = _earned(balance, rate, drawn, paid_on)
    principal = _money(amount) - interest
    left = _earned(balance - principal, rate, paid_on, due)
    return {
        "interest_paid": _number(interest),
        "principal_paid": _number(principal),
        "remaining_interest_3_days": _number(left),
    }


def _principal_grace(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    count = inputs["moratorium_months"]
    due = due_dates(date(2025, 2, 1), Monthly(), inputs["periods"] + count)
    made = schedule(
        _money(inputs["principal"]),
        _rate(inputs),
        _SOME_DAY,
        due,
        interest=_BY_DAYS,
        amortization=InterestOnly(installments=count, then=_rounded_up()),
        periods=ReferencePeriods(dates=(_SOME_DAY, *due)),
    )
    return {"rows": len(made.installments)}


def _first_days(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    start, first = (date.fromisoformat(inputs[name]) for name in ("restructure_on", "first_due"))
    return {"first_row_days": days(DayCount.actual_365, start, first)}


_ASKED: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "schedule.annuity_by_periods": _by_periods,
    "schedule.fixed_installment": _fixed,
    "schedule.application_quote_30_360_whole_units": _whole_units,
    "installment.ceil_pmt": _installment,
    "accrual.simple_interest": _accrual,
    "broken_period_interest.upfront_row": _odd_days_first,
    "schedule.due_dates": _due_dates,
    "allocation.interest_then_principal": _allocation,
    "prepayment.loc_interest_recalc": _early,
    "charges.percent_of_outstanding": percent_of_outstanding,
    "charges.partial_payment": partial_charges,
    "prepayment.principal_reduction": principal_reduction,
    "moratorium.row_count": _principal_grace,
    "dpd.timeline": days_past_due,
    "dpd.timeline_recomputed_after_backdated_payments": days_past_due,
    "closure.writeoff_tolerance": forgiven,
    "restructure.first_period_days": _first_days,
}
_MISSING = {
    "accrual": "accruals posted by day: interest is a closed form of the date here",
    "broken_period_interest": "the odd days' interest spread over the term",
    "closure": "deposits, tolerances and settlements that close a loan",
    "collateral": "collateral",
    "gl": "entries of another system's books",
    "loc": "credit lines",
    "metamorphic": "behavior told without figures",
    "migration": "behavior told without figures",
    "npa": "classes of a borrower over all loans",
    "penalty": "penalty interest on past-due installments",
    "prepayment": "prepayments in the middle of a history",
}
