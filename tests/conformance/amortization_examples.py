"""Worked examples of regulators: payments, balloons, adjustable rates, a lease."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

from engine.amortization.balloon import Balloon
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.installment import Schedule
from engine.amortization.interest_only import InterestOnly
from engine.amortization.schedule import schedule
from engine.amortization.stepped import PaymentStep, Stepped
from engine.values.day_count import ReferencePeriods
from engine.values.due_dates import due_dates
from engine.values.frequency import Monthly
from engine.values.money import Money
from engine.values.rate import Rate
from tests.conformance.amortization_loan import LEVEL, PERIODIC, PublishedLoan
from tests.conformance.verdict import Differs, Unsupported

Inputs = dict[str, Any]
Figures = dict[str, Money | int]
_FINE = 10**10  # the examples round only what they print


def check(example: dict[str, Any]) -> None:
    """Every expected figure of one example, within the tolerance it states."""
    compute = _KINDS.get(example["kind"])
    if compute is None:
        raise Unsupported(f"examples of {example['kind']}")
    figures = compute(example["inputs"])
    tolerance = Fraction(str(example["tolerance"]))
    for name, stated in example["expected"].items():
        if name not in figures:
            raise Unsupported(f"figure {name} of {example['kind']}")
        figure = figures[name]
        ours = Fraction(figure.minor, _FINE) if isinstance(figure, Money) else Fraction(figure)
        if abs(ours - Fraction(str(stated))) > tolerance:
            raise Differs(f"{name} {float(ours)}, expected {stated}")


def _cents(amount: Any) -> Money:
    return Money(int(Fraction(str(amount)) * _FINE))


def _percent(rate: Any) -> Fraction:
    return round(Fraction(str(rate)), 9)


def _plan(principal: Money, percent: Any, months: int, **choices: Any) -> Schedule:
    return PublishedLoan(
        principal=principal, rate_percent=_percent(percent), months=months, **choices
    ).schedule()


def _payment(principal: Money, percent: Any, months: int) -> Money:
    return _plan(principal, percent, months).regular_payment


def _level(facts: Inputs) -> Figures:
    plan = _plan(_cents(facts["principal"]), facts["rate"], facts["n"])
    first = plan.installments[0]
    return {
        "payment": first.payment,
        "interest1": first.interest,
        "principal1": first.principal,
        "balance1": first.balance,
        "total_interest": plan.total_interest,
    }


def _balloon(facts: Inputs) -> Figures:
    terms = Balloon(amortization_installments=facts["amortization_n"])
    plan = _plan(_cents(facts["principal"]), facts["rate"], facts["term_n"], amortization=terms)
    return {
        "payment": plan.regular_payment,
        "balloon_including_last_payment": plan.installments[-1].payment,
    }


def _interest_only(facts: Inputs) -> Figures:
    terms = InterestOnly(installments=facts["io_months"], then=LEVEL)
    plan = _plan(_cents(facts["principal"]), facts["rate"], facts["n"], amortization=terms)
    return {
        "interest_payment": plan.installments[0].payment,
        "recast_payment": plan.installments[facts["io_months"]].payment,
    }


def _steps(facts: Inputs) -> Figures:
    principal, steps = _cents(facts["principal"]), facts["steps"]
    begins = [1 + sum(count for count, _ in steps[:at]) for at in range(len(steps))]
    months = sum(count for count, _ in steps)
    rates = tuple(
        (begin, _percent(rate)) for begin, (_, rate) in zip(begins[1:], steps[1:], strict=True)
    )
    rows = _plan(principal, steps[0][1], months, rates=rates).installments
    figures: Figures = {f"p{at}": rows[begin - 1].payment for at, begin in enumerate(begins, 1)}
    figures |= {f"balance_after_{row.number}": row.balance for row in rows}
    figures["qm_alt"] = _payment(principal, max(rate for _, rate in steps), months)
    return figures


def _adjustable(facts: Inputs) -> Figures:
    """Thirty years; which rates count afterwards, the example's facts tell."""
    principal, start = _cents(facts["principal"]), facts["start_rate"]
    figures: Figures = {"scheduled_payment": _payment(principal, start, 360)}
    highest, changes = None, ()
    if "annual_cap" in facts:
        highest = facts["life_cap_rate"]
        changes = ((37, _percent(start + facts["annual_cap"])),)
    elif "max_rate" in facts:
        highest = facts["max_rate"]
    indexed = facts.get("fully_indexed", facts.get("index", 0) + facts.get("margin", 0))
    rows = _plan(principal, start, 360, rates=changes).installments
    figures |= {f"balance_after_{row.number}": row.balance for row in rows[:120]}
    figures["underwriting_payment"] = _payment(principal, highest or indexed, 360)
    if "fully_indexed" in facts:
        figures["payment"] = _payment(rows[23].balance, indexed, 336)
    if highest is not None:
        reached = 48 if changes else 60
        figures["uw_remaining"] = _payment(rows[reached - 1].balance, highest, 360 - reached)
        figures["uw_full"] = _payment(principal, highest, 360)
    return figures


def _negative(facts: Inputs) -> Figures:
    """A payment-option loan: 1.5 percent for a month, then 10.5; each minimum payment a year."""
    principal = _cents(facts["principal"])
    terms = Stepped(
        steps=tuple(
            PaymentStep(from_installment=1 + 12 * at, payment=_cents(amount))
            for at, amount in enumerate(facts["min_payments"])
        ),
        negative_amortization=True,
        negative_amortization_limit=Rate(
            Fraction(str(facts["cap_balance"])) / Fraction(str(facts["principal"]))
        ),
    )
    rates = ((2, Fraction(21, 2)),)
    plan = _plan(principal, "1.5", 360, amortization=terms, rates=rates, recast=False)
    smallest = _cents(max(facts["min_payments"]))
    last = max(row.number for row in plan.installments[:-1] if row.payment <= smallest)
    balance = plan.installments[last - 1].balance
    return {
        "recast_payment_no": last,
        "max_balance": balance,
        "fully_amortizing": _payment(balance, 8, 360 - last),
    }


def _lease(facts: Inputs) -> Figures:
    """Payments in advance: the first on the first day, the residual at the end."""
    start, count = date(2001, 1, 1), facts["n"]
    due = due_dates(start, Monthly(), count + 1)
    lent, payment = _cents(facts["cap_cost"]), _cents(facts["payment"])
    plan = schedule(
        lent,
        Rate(_percent(facts["rate"]) / 100),
        start,
        due,
        interest=PERIODIC,
        amortization=ExplicitPayments(payments=(payment,)),
        periods=ReferencePeriods(dates=(date(2000, 12, 1), *due)),
    )
    second, total = plan.installments[1], payment * count
    return {
        "rent1": second.interest,
        "dep1": second.principal,
        "bal1": lent - second.principal,
        "total_payments": total,
        "full_term_rent": total - (lent - _cents(facts["residual"])),
    }


_KINDS: dict[str, Callable[[Inputs], Figures]] = {
    "payment": _level,
    "balloon": _balloon,
    "interest_only": _interest_only,
    "step": _steps,
    "arm": _adjustable,
    "negative_amortization": _negative,
    "lease": _lease,
}
