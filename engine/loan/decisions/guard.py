"""The one guard: rules of law and policy asked at the points a command comes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

import msgspec

from engine.compliance.finding import Finding, refusals
from engine.compliance.limits import narrow
from engine.compliance.requirements import check
from engine.compliance.rule import Point
from engine.compliance.set_aside import SetAside, names, used
from engine.errors import Refusal, Refused
from engine.facts.fact import FactValue
from engine.facts.facts import Facts
from engine.loan.commands import ReceivePayment
from engine.loan.events.event import DatedEvent
from engine.loan.facts_on import facts_on
from engine.loan.outcomes.draft import Draft
from engine.loan.status import LoanStatus, PaymentKind
from engine.values.money import Money
from engine.values.rate import Rate

F = TypeVar("F", bound=DatedEvent)


def guard(
    draft: Draft, point: Point, day: date, approved: Sequence[SetAside], **known: FactValue
) -> None:
    """Ask the rules of a point; refuse with every rule that forbids and was not set aside.

    ``known`` are facts of the command itself, by their flat names.
    """
    if draft.loan.status is LoanStatus.cancelled:
        return
    facts = facts_on(draft.loan, day, draft.terms).given(**known)
    findings = check(draft.terms.rules, point, facts, day)
    draft.findings.extend(findings)
    if against := refusals(findings, names(approved)):
        raise Refused(*against)


def guard_payment(
    draft: Draft, command: ReceivePayment, amount: Money, approved: Sequence[SetAside]
) -> None:
    """Ask what holds of a payment, and of one that pays off what holds of that too."""
    points = [Point.post_payment]
    if command.kind is PaymentKind.payoff:
        points.append(Point.payoff)
    for point in points:
        guard(
            draft, point, command.received_on, approved, payment_amount=amount,
            payment_method=command.method, payment_kind=command.kind.value,
            received_on=command.received_on,
        )  # fmt: skip


def guard_boarding(draft: Draft, day: date, approved: Sequence[SetAside]) -> None:
    """Ask what booking the loan and charging its open fees would have been asked.

    Another system tells less of a loan than a contract made here does. What cannot be told for
    want of a fact is a warning, what can be told binds as everywhere.
    """
    loan, rules = draft.loan, draft.terms.rules
    facts = facts_on(loan, day, draft.terms)
    findings = list(check(rules, Point.originate, facts, day))
    findings += _over_the_limit(
        draft, Point.originate, "note_rate", loan.agreed.note_rate, facts, day
    )
    late = sum(1 for fee in loan.fees if fee.kind == "late_fee")
    before = loan.late_fees_before_boarding - late
    for fee in loan.fees:
        if fee.kind != "boarded":
            asked = facts.given(
                fee_kind=fee.kind, fee_name=fee.name, fee_amount=fee.amount,
                late_fees_last_12_months=max(before, 0), event_date=fee.assessed_on,
            )  # fmt: skip
            findings += check(rules, Point.assess_fee, asked, fee.assessed_on)
            before += fee.kind == "late_fee"
    findings = [_warning(finding) if finding.undecided else finding for finding in findings]
    draft.findings.extend(findings)
    if against := refusals(findings, names(approved)):
        raise Refused(*against)


def _over_the_limit(
    draft: Draft, point: Point, subject: str, amount: Money | Rate, facts: Facts, day: date
) -> list[Finding]:
    """A finding where a limit would narrow what the loan already has."""
    try:
        lawful = narrow(draft.terms.rules, point, subject, amount, facts, day)
    except Refused as undecided:
        return [_undecided(refusal) for refusal in undecided.refusals]
    if lawful.bound_by is None:
        return []
    return [
        Finding(
            rule=lawful.bound_by,
            outcome="refuse",
            message=f"The {subject.replace('_', ' ')} is not what is lawful. {lawful.message}",
            citation=lawful.citation,
            values=lawful.values,
            row=lawful.row,
        )
    ]


def _undecided(refusal: Refusal) -> Finding:
    return Finding(
        rule=refusal.rule, outcome="warn", message=refusal.message, citation=refusal.citation
    )


def _warning(finding: Finding) -> Finding:
    return msgspec.structs.replace(finding, outcome="warn")


def on_record(fact: F, findings: Sequence[Finding], approved: Sequence[SetAside]) -> F:
    """The fact with every rule that forbade it and was set aside, and by whom."""
    aside = used(approved, findings)
    return msgspec.structs.replace(fact, set_aside=aside) if aside else fact
