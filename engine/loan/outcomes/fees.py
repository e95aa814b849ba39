"""Fees the engine charges of itself: late fees on their day, fees for payments that came back.

The fee says what the note allows; compliance says what law leaves of it. A fee that law or policy
forbids is recorded as forgone, so that it is neither forgotten nor judged twice.
"""

from __future__ import annotations

from datetime import date

import msgspec

from engine.compliance.finding import Finding, refusals
from engine.compliance.limits import narrow
from engine.compliance.requirements import check
from engine.compliance.rule import Point
from engine.facts.facts import Facts
from engine.fees.assessment import fee_charge, within_count
from engine.fees.fee import Fee
from engine.fees.late_fee import LateFee
from engine.fees.returned_payment_fee import ReturnedPaymentFee
from engine.loan import counters, observe
from engine.loan.events import Because, FeeAssessed, FeeForgone
from engine.loan.facts_on import facts_on
from engine.loan.loan import BilledInstallment, Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.rules_used import limit_used, requirements_used
from engine.loan.versions import terms_on
from engine.trace import explained, note_source
from engine.values.money import ZERO, Money, total


class FeeJudgment(msgspec.Struct, frozen=True, kw_only=True):
    """What a fee comes to once the note and the law have spoken."""

    allowed_by_note: Money
    amount: Money
    """What is charged; zero when forgone."""
    findings: tuple[Finding, ...]
    because: Because


def fee_id(fee: Fee, subject: int) -> str:
    """Stable id of a fee inside its loan: "late_fee/3" for installment 3.

    ``subject`` is the number of the installment or payment, of the event for a fee by hand.
    """
    return f"{fee.name}/{subject}"


def fee_facts(loan: Loan, day: date, draft: Draft, fee: Fee) -> Facts:
    """Facts for a fee on a day, before an installment or a payment is named."""
    coming = observe.unbilled(loan)
    regular = loan.billed[-1].amount if loan.billed else ZERO
    if coming:
        regular = observe.amount_to_come(loan, coming[0], draft.terms.product.rounding)
    return facts_on(loan, day, draft.terms).given(
        fee_kind=fee_kind(fee),
        fee_name=fee.name,
        installment_amount=regular,
        late_fees_last_12_months=counters.late_fees_in_year(loan, day),
        returns_last_12_months=counters.returns_in_year(loan, day),
    )


def fee_kind(fee: Fee) -> str:
    """The kind of a fee as rules know it: late_fee, returned_payment_fee …"""
    return str(type(fee).__struct_config__.tag)


def installment_facts(loan: Loan, day: date, facts: Facts, row: BilledInstallment) -> Facts:
    """Facts of the installment a late fee is for."""
    charged = [fee for fee in loan.fees if fee.installment == row.number]
    owed = loan.principal_balance + (facts.standing.accrued_interest or ZERO)
    return facts.given(
        installment_amount=row.amount,
        installment_unpaid=min(observe.remaining_of(loan, row.number, row.amount), owed),
        installment_due_date=row.due_date,
        days_since_due=(day - row.due_date).days,
        late_fees_on_installment=sum(1 for fee in charged if fee.kind == "late_fee"),
        late_fees_paid_since_due=late_fees_paid_for(loan, row),
    )


def late_fees_paid_for(loan: Loan, row: BilledInstallment) -> Money:
    """Money that came for an installment and went to earlier late fees (16 CFR 444.4).

    Payments after the previous due date are made for this installment.
    """
    before = [other.due_date for other in loan.billed if other.due_date < row.due_date]
    since = max(before) if before else loan.agreed.contract_date
    late = {fee.fee_id for fee in loan.fees if fee.kind == "late_fee"}
    return total(
        amount for day, paid_id, amount in loan.fee_payments if paid_id in late and day > since
    )


@explained
def judge_fee(
    fee: Fee, facts: Facts, draft: Draft, day: date, approved: frozenset[str] = frozenset()
) -> FeeJudgment:
    """What the note allows for a fee and what law leaves of it.

    ``approved`` names rules that a second person let be set aside; limits bind all the same.
    """
    product = draft.terms.product
    term = f"/fees/{list(product.fees).index(fee)}"
    note_source(f"{product.reference} {term}")
    allowed = fee_charge(fee, facts, product.rounding, draft.loan.currency)
    known = facts.given(fee_amount=allowed)
    lawful = narrow(draft.terms.rules, Point.assess_fee, "fee_amount", allowed, known, day)
    findings = check(
        draft.terms.rules, Point.assess_fee, known.given(fee_amount=lawful.amount), day
    )
    uses = (*requirements_used(findings), *limit_used(lawful))
    for use in uses:
        note_source(use.source)
    refused = bool(refusals(findings, approved))
    amount = lawful.amount
    assert isinstance(amount, Money)
    because = draft.because(term, allowed_by_note=allowed.text(draft.loan.currency))
    return FeeJudgment(
        allowed_by_note=allowed,
        amount=ZERO if refused else amount,
        findings=findings,
        because=msgspec.structs.replace(because, rules=uses),
    )


def counted(judgment: FeeJudgment, fee: LateFee | ReturnedPaymentFee, charged: int) -> FeeJudgment:
    """The judgment, or nothing to charge when the fee was charged as often as it may be a year."""
    most = fee.maximum_per_12_months
    if within_count(charged, most):
        return judgment
    figures = {**judgment.because.figures, "maximum_per_12_months": str(most)}
    because = msgspec.structs.replace(judgment.because, figures=figures)
    return msgspec.structs.replace(judgment, amount=ZERO, because=because)


def charge(
    draft: Draft,
    fee: Fee,
    judgment: FeeJudgment,
    day: date,
    *,
    subject: int,
    installment: int = 0,
    payment: int = 0,
) -> None:
    """Record the fee as assessed, or as forgone when nothing may be charged."""
    draft.findings.extend(judgment.findings)
    if judgment.amount <= ZERO:
        draft.record(
            FeeForgone(
                effective_on=day,
                fee_id=fee_id(fee, subject),
                name=fee.name,
                amount=judgment.allowed_by_note,
                installment=installment,
                because=judgment.because,
            )
        )
        return
    draft.record(
        FeeAssessed(
            effective_on=day,
            fee_id=fee_id(fee, subject),
            name=fee.name,
            kind=fee_kind(fee),
            amount=judgment.amount,
            installment=installment,
            payment=payment,
            counts_towards_past_due=fee.counts_towards_past_due,
            interest_bearing=fee.interest_bearing,
            because=judgment.because,
        )
    )


def assess_late_fee(draft: Draft, day: date, fee: LateFee, row: BilledInstallment) -> None:
    """Judge the late fee of one unpaid installment on its day.

    Its fee is that of the version it fell due under, wherever the loan was moved since.
    """
    now, draft.terms = draft.terms, terms_on(draft.loan, row.due_date, draft.terms)
    facts = installment_facts(draft.loan, day, fee_facts(draft.loan, day, draft, fee), row)
    judgment = judge_fee(fee, facts, draft, day)
    judgment = counted(judgment, fee, counters.late_fees_in_year(draft.loan, day))
    charge(draft, fee, judgment, day, subject=row.number, installment=row.number)
    draft.terms = now
