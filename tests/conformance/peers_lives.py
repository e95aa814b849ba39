"""Loans of Frappe Lending's tests that are lived through: lateness day by day, residues forgiven.

Days past due are counted there with the due date as the first day, and only a whole installment
ends them: what is unpaid on a due date's end is one day late. Here the day after is the first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from engine.amortization.amortization import Amortization
from engine.amortization.bullet import Bullet, BulletInterest
from engine.amortization.equal_installments import EqualInstallments
from engine.catalog.terms_in_force import TermsInForce
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.commands import BoardLoan, BookLoan, DisburseLoan, RequestedTerms
from engine.loan.events import BalanceForgiven
from engine.loan.evolve import fold
from engine.loan.reapply import live
from engine.loan.status import PaymentKind
from engine.payments.terms import PaymentTerms
from engine.payments.waterfall import LeftOver, Style
from engine.product.waterfall_choice import OwnWaterfall
from engine.values.frequency import ExplicitDates, Frequency, Monthly
from engine.values.money import ZERO, Money
from tests.conformance.case_terms import HALF_EVEN, case_terms
from tests.conformance.fineract_replay import Replay
from tests.conformance.peers_payments import amount_of, number_of
from tests.conformance.verdict import Unsupported

_ORDER = OwnWaterfall(
    style=Style.by_installment,
    order=(
        "past_due.interest", "past_due.principal", "due.interest", "due.principal",
        "in_advance.interest", "in_advance.principal",
    ),
    left_over=LeftOver.hold_unapplied,
)  # fmt: skip
_BEFORE, _LATER = timedelta(days=30), timedelta(days=31)


def days_past_due(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """Days past due at each day's end, payments recorded as they come or all of them later."""
    dues = tuple(date.fromisoformat(due) for due in inputs["dues"])
    replay = Replay(_terms(NoInterest(), EqualInstallments(), ExplicitDates(dates=dues)))
    begun, whole = dues[0] - _BEFORE, amount_of(inputs["installment"]) * len(dues)
    replay.put(
        BookLoan(
            borrower_id="case",
            terms=RequestedTerms(
                amount=whole.text(), note_rate="0", number_of_payments=len(dues),
                contract_date=begun, first_payment_date=dues[0],
            ),
        )
    )  # fmt: skip
    replay.put(DisburseLoan(disbursed_on=begun))
    days = {day: date.fromisoformat(day) for day in expected["dpd_at_day_end"]}
    if inputs.get("classification_run_before_payments"):
        replay.until(max(days.values()))
        for paid_on, amount in inputs["payments"]:
            replay.pay(date.fromisoformat(paid_on), str(amount), PaymentKind.regular)
        timeline = {day: _late(replay, on, known=True) for day, on in days.items()}
        return {"dpd_at_day_end": timeline, "dpd_on_loan": max(_ends(timeline))}
    timeline, waiting = {}, list(inputs["payments"])
    for day, on in sorted(days.items()):
        while waiting and date.fromisoformat(waiting[0][0]) <= on:
            paid_on, amount = waiting.pop(0)
            replay.pay(date.fromisoformat(paid_on), str(amount), PaymentKind.regular)
        timeline[day] = _late(replay, on)
    return {"dpd_at_day_end": timeline}


def _ends(timeline: dict[str, int]) -> list[int]:
    return [timeline[max(timeline)]]


def _late(replay: Replay, day: date, *, known: bool = False) -> int:
    """Days since the oldest unpaid due date, that day counted."""
    assert replay.loan is not None
    loan = replay.loan
    if known:  # as it stood at the end of the day, by all that is known since
        standing = live((item.seq, item.event) for item in replay.history)
        loan = fold("case", [item for item in standing if item[1].effective_on <= day])
    oldest = observe.oldest_due_date(advance(loan, day, replay.terms).loan, day, HALF_EVEN)
    return (day - oldest).days + 1 if oldest is not None and oldest <= day else 0


def forgiven(inputs: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """A payment that falls short within the tolerance, and what is forgiven so the loan closes."""
    asked = re.fullmatch(r"principal \+ interest - ([0-9.]+)", str(inputs["payment"]))
    if asked is None:
        raise Unsupported(f"a payment of {inputs['payment']}")
    day, principal = date(2024, 5, 5), amount_of(inputs["principal"])
    interest = amount_of(inputs["interest_due"])
    terms = _terms(
        SimpleInterest(rounding=HALF_EVEN),
        Bullet(interest=BulletInterest.at_maturity),
        Monthly(),
        tolerance=amount_of(inputs["tolerance"]),
    )
    replay = Replay(terms)
    replay.put(
        BoardLoan(
            borrower_id="case", boarded_on=day, original_amount=principal.text(),
            note_rate="0.135", contract_date=day - _LATER, number_of_payments=1,
            remaining_payments=1, next_due_date=day + _LATER, principal_balance=principal.text(),
            installment_amount=principal.text(), accrued_interest=interest.text(),
        )
    )  # fmt: skip
    short = amount_of(asked[1])
    replay.pay(day, (principal + interest - short).text(), PaymentKind.payoff)
    events = [item.event for item in replay.history if isinstance(item.event, BalanceForgiven)]
    given = sum((event.principal + event.interest for event in events), ZERO)
    return {"excess_amount": number_of(-given), "waiver_debit": number_of(given)}


def _terms(
    interest: InterestMethod,
    amortization: Amortization,
    frequency: Frequency,
    tolerance: Money = ZERO,
) -> TermsInForce:
    return case_terms(
        interest=interest,
        amortization=amortization,
        frequency=frequency,
        waterfall=_ORDER,
        payments=PaymentTerms(early_window_days=0, payoff_tolerance=tolerance),
    )
