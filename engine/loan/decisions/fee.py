"""Fees by hand: charging one the product knows, forgiving one that is owed."""

from __future__ import annotations

import msgspec

from engine.compliance.finding import refusals
from engine.compliance.set_aside import SetAside, names
from engine.errors import Citation, Refusal, Refused, refuse
from engine.expressions.faults import FactUnknown
from engine.fees.amount import Stated
from engine.fees.fee import Fee
from engine.fees.manual_fee import ManualFee
from engine.loan import observe
from engine.loan.commands import AssessFee, WaiveFee
from engine.loan.decisions.amounts import positive_money
from engine.loan.events import FeeAssessed, FeeWaived
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.fees import (
    FeeJudgment,
    fee_facts,
    fee_id,
    fee_kind,
    installment_facts,
    judge_fee,
)
from engine.loan.status import LoanStatus
from engine.values.money import Money


def assess(draft: Draft, command: AssessFee, approved: tuple[SetAside, ...]) -> FeeAssessed:
    """The fee a person charges: what the product says, within what law leaves of it."""
    loan = draft.loan
    if loan.status is not LoanStatus.active:
        raise refuse("not_active", f"The loan is {loan.status.value}; no fee can be charged.")
    fee = _fee_named(draft, command.fee)
    facts = fee_facts(loan, command.assessed_on, draft, fee)
    if loan.billed:
        facts = installment_facts(loan, command.assessed_on, facts, loan.billed[-1])
    facts = facts.given(fee_amount=_stated(fee, command, loan.currency))
    try:
        judgment = judge_fee(fee, facts, draft, command.assessed_on, names(approved))
    except FactUnknown as unknown:
        raise refuse(
            "cannot_be_worked_out",
            f"{fee.title} cannot be charged by hand here: {unknown.name} is not known.",
            path="/fee",
        ) from None
    draft.findings.extend(judgment.findings)
    if against := refusals(judgment.findings, names(approved)):
        raise Refused(*against)
    amount = judgment.amount
    if not amount:
        raise _no_fee(fee, judgment)
    return FeeAssessed(
        effective_on=command.assessed_on,
        fee_id=fee_id(fee, draft.next_seq),
        name=fee.name,
        kind=fee_kind(fee),
        amount=amount,
        counts_towards_past_due=fee.counts_towards_past_due,
        interest_bearing=fee.interest_bearing,
        by_person=True,
        because=msgspec.structs.replace(
            judgment.because, figures={**judgment.because.figures, "reason": command.reason}
        ),
    )


def _no_fee(fee: Fee, judgment: FeeJudgment) -> Refused:
    """Why there is nothing to charge: the note says so, or a limit of law leaves nothing."""
    limited = next((use for use in judgment.because.rules if use.outcome == "limited"), None)
    if limited is None:
        return refuse("no_fee", f"{fee.title} comes to nothing here; there is no fee to charge.")
    message = f"The law leaves nothing of {fee.title} here: {limited.source}."
    return Refused(
        Refusal(
            code="no_fee",
            message=message,
            rule=limited.rule,
            citation=Citation(cite=limited.citation),
            kind="rule",
        )
    )


def _stated(fee: Fee, command: AssessFee, currency: str) -> Money | None:
    """The amount a person states, where the product leaves it open, and only there."""
    if not isinstance(fee.amount, Stated):
        if command.amount is not None:
            raise refuse(
                "amount_not_open",
                f"The product says what {fee.title} is; leave the amount out.",
                path="/amount",
                kind="invalid",
            )
        return None
    most = fee.amount.maximum
    if command.amount is None:
        raise refuse(
            "amount_missing",
            f"The product leaves the amount of {fee.title} open; say what it is.",
            path="/amount",
            kind="invalid",
        )
    amount = positive_money(command.amount, currency, "/amount")
    if most is not None and amount > most:
        raise refuse(
            "more_than_allowed",
            f"{fee.title} may be {most.text(currency)} at most; {amount.text(currency)} is more.",
            path="/amount",
        )
    return amount


def waive(loan: Loan, command: WaiveFee) -> FeeWaived:
    """Forgive what is owed of a fee, or part of it."""
    found = next((fee for fee in observe.fees(loan) if fee.charged.fee_id == command.fee_id), None)
    if found is None:
        known = ", ".join(fee.fee_id for fee in loan.fees) or "none"
        raise refuse(
            "no_such_fee",
            f'The loan has no fee "{command.fee_id}"; its fees are: {known}.',
            path="/fee_id",
        )
    if loan.charged_off_on is not None:
        raise refuse("charged_off", "The loss is recognized; no fee is owed that could be waived.")
    owed = found.owed
    amount = positive_money(command.amount, loan.currency, "/amount") if command.amount else owed
    if not owed or amount > owed:
        raise refuse(
            "more_than_owed",
            f"{owed.text(loan.currency)} is owed of {command.fee_id}; "
            f"{amount.text(loan.currency)} cannot be forgiven.",
            path="/amount",
        )
    return FeeWaived(
        effective_on=command.waived_on,
        fee_id=command.fee_id,
        amount=amount,
        reason=command.reason,
        interest_bearing=found.charged.interest_bearing,
    )


def _fee_named(draft: Draft, name: str) -> Fee:
    product = draft.terms.product
    for fee in product.fees:
        if fee.name == name:
            return fee
    names = ", ".join(fee.name for fee in product.fees if isinstance(fee, ManualFee))
    raise refuse(
        "no_such_fee",
        f'{product.title} has no fee "{name}"; fees charged by hand: {names or "none"}.',
        path="/fee",
        kind="invalid",
    )
