"""Disbursing: parts a contract plans, money going out, and money never lent after all."""

from __future__ import annotations

from datetime import date, timedelta

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal, refuse
from engine.loan import observe
from engine.loan.commands import DisburseLoan, RequestedTerms, ReverseDisbursement
from engine.loan.decisions.amounts import positive_money
from engine.loan.decisions.within_limits import outside
from engine.loan.events import DisbursementReversed, LoanDisbursed
from engine.loan.loan import DisbursementMade, Loan
from engine.loan.status import LoanStatus
from engine.loan.terms import LoanTerms, PlannedDisbursement
from engine.product.disbursement import SeveralDisbursements
from engine.values.money import ZERO, Money, total


def planned_parts(
    requested: RequestedTerms, in_force: TermsInForce
) -> tuple[PlannedDisbursement, ...]:
    """The parts asked for, with their amounts."""
    currency = in_force.product.currency
    return tuple(
        PlannedDisbursement(
            part.on, positive_money(part.amount, currency, f"/terms/disbursements/{place}/amount")
        )
        for place, part in enumerate(requested.disbursements)
    )


def outside_disbursements(asked: Money, terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """Every way in which the parts asked for leave what the product offers."""
    parts, product = terms.planned_disbursements, in_force.product
    offered = product.disbursement
    if not parts:
        return []
    if not isinstance(offered, SeveralDisbursements):
        return [outside(f"{product.title} is paid out at once.", "/terms/disbursements")]
    found: list[Refusal] = []
    if len(parts) > offered.maximum_count:
        message = f"{len(parts)} parts are planned; {offered.maximum_count} are offered."
        found.append(outside(message, "/terms/disbursements"))
    planned = total(part.amount for part in parts)
    if planned != asked:
        text, whole = planned.text(product.currency), asked.text(product.currency)
        message = f"The parts add up to {text}; {whole} is asked for."
        found.append(outside(message, "/terms/disbursements"))
    last_day = last_day_to_draw(terms, offered)
    before = terms.contract_date
    for place, part in enumerate(parts):
        if not before <= part.on <= last_day:
            message = f"{part.on} is not between {before} and {last_day}."
            found.append(outside(message, f"/terms/disbursements/{place}/on"))
        before = max(before, part.on)
    if parts[0].on >= terms.first_payment_date:
        message = f"{parts[0].on} is not before the first payment {terms.first_payment_date}."
        found.append(outside(message, "/terms/disbursements/0/on"))
    return found


def last_day_to_draw(terms: LoanTerms, offered: SeveralDisbursements) -> date:
    """The last day on which a part may be paid out."""
    return terms.contract_date + timedelta(days=offered.within_days)


def disburse(loan: Loan, command: DisburseLoan, in_force: TermsInForce) -> LoanDisbursed:
    """The money going out; fees due from the proceeds stay with the lender, out of the first."""
    offered, terms = in_force.product.disbursement, loan.agreed
    several = isinstance(offered, SeveralDisbursements)
    _may_be_paid_out(loan, several=several)
    first = loan.disbursed_on is None
    amount = _amount(loan, command, several=several)
    following = _first_due_after(loan)
    if first and command.disbursed_on >= following:
        raise refuse(
            "after_first_payment",
            f"{command.disbursed_on} is not before the first payment date {following}.",
            path="/disbursed_on",
            kind="invalid",
        )
    if isinstance(offered, SeveralDisbursements):
        _within_the_time(loan, command.disbursed_on, offered)
    fees = terms.origination_fees if first else ZERO
    if amount < fees:
        raise refuse(
            "less_than_fees",
            f"{amount.text(loan.currency)} does not cover the fees of {fees.text(loan.currency)} "
            "that are kept when the loan is paid out.",
            path="/amount",
            kind="invalid",
        )
    return LoanDisbursed(
        effective_on=command.disbursed_on,
        principal=amount,
        fees_from_proceeds=fees,
        method=command.method,
        reference=command.reference,
    )


def reverse(loan: Loan, command: ReverseDisbursement) -> DisbursementReversed:
    """The money was never lent after all."""
    made = _standing_disbursement(loan, command)
    others = [other for other in loan.disbursements if not other.undone and other is not made]
    if not others and any(not payment.undone for payment in loan.payments):
        raise refuse(
            "payments_rest_on_it",
            "Payments were received on this money. Return or reverse them first.",
        )
    if loan.charged_off_on is not None:
        raise refuse("charged_off", f"The loan was charged off on {loan.charged_off_on}.")
    return DisbursementReversed(
        effective_on=made.disbursed_on,
        disbursement=made.seq,
        principal=made.principal,
        fees_from_proceeds=made.fees_from_proceeds,
        reversed_on=command.reversed_on,
        reason=command.reason,
    )


def not_beyond_the_contract(loan: Loan) -> None:
    """Refuse what would leave more paid out than the contract lends, or fees on nothing."""
    terms = loan.agreed
    if loan.drawn > terms.loan_amount:
        raise refuse(
            "beyond_loan_amount",
            f"With parts paid out later this would come to {loan.drawn.text(loan.currency)}; the "
            f"loan is of {terms.loan_amount.text(loan.currency)}.",
            path="/amount",
        )
    if loan.started_on is None and loan.fees:
        raise refuse(
            "fees_rest_on_it", "Fees were charged while the money was out. Waive them first."
        )
    live = [made for made in loan.disbursements if not made.undone]
    if live and live[0].fees_from_proceeds != terms.origination_fees:
        raise refuse(
            "fees_kept_from_it",
            "The fees of the loan are kept from another part. Reverse the later parts first.",
        )


def _first_due_after(loan: Loan) -> date:
    """The first due date that does not move with the disbursement, or the end of its period."""
    rows = observe.planned(loan)[loan.agreed.due_at_disbursement :]
    return rows[0].earned_on if rows else loan.agreed.first_payment_date


def _may_be_paid_out(loan: Loan, *, several: bool) -> None:
    if loan.status is LoanStatus.booked:
        return
    if not several or loan.boarded_on is not None:
        raise refuse(
            "not_booked", f"The loan is {loan.status.value}; only a booked loan is disbursed."
        )
    if loan.status is not LoanStatus.active:
        raise refuse("not_active", f"The loan is {loan.status.value}; no further part is paid out.")


def _amount(loan: Loan, command: DisburseLoan, *, several: bool) -> Money:
    """The principal of this part; refused when the loan has not so much left."""
    currency, left = loan.currency, observe.undrawn(loan)
    if command.amount is None:
        return min(_next_planned(loan) or left, left)
    amount = positive_money(command.amount, currency, "/amount")
    if amount > left or (amount < left and not several):
        allowed = "at most" if several else "all of it, "
        raise refuse(
            "beyond_loan_amount" if several else "paid_out_at_once",
            f"{amount.text(currency)} is asked for; {allowed} {left.text(currency)} can be paid "
            "out.",
            path="/amount",
            kind="invalid",
        )
    return amount


def _next_planned(loan: Loan) -> Money | None:
    made = sum(1 for part in loan.disbursements if not part.undone)
    planned = loan.agreed.planned_disbursements
    return planned[made].amount if made < len(planned) else None


def _within_the_time(loan: Loan, day: date, offered: SeveralDisbursements) -> None:
    made = sum(1 for part in loan.disbursements if not part.undone)
    if made >= offered.maximum_count:
        raise refuse("all_parts_paid_out", f"{made} parts were paid out; no more are offered.")
    if observe.undrawn(loan) <= ZERO:
        raise refuse("all_paid_out", "All of the loan was paid out.")
    last_day = last_day_to_draw(loan.agreed, offered)
    rows = observe.planned(loan)
    if rows and day >= rows[-1].due_date:
        last_day = min(last_day, rows[-1].due_date - timedelta(days=1))
    if day > last_day:
        raise refuse(
            "after_last_day_to_draw",
            f"{day} is after {last_day}, the last day on which a part may be paid out.",
            path="/disbursed_on",
            kind="invalid",
        )


def _standing_disbursement(loan: Loan, command: ReverseDisbursement) -> DisbursementMade:
    """A part that counts and can be undone on a day."""
    seq = command.disbursement
    made = next((part for part in loan.disbursements if part.seq == seq), None)
    if made is None:
        message = f"The loan has no disbursement {seq}."
        raise refuse("no_such_disbursement", message, path="/disbursement")
    if made.undone:
        raise refuse("already_undone", f"Disbursement {seq} was already reversed.")
    if command.reversed_on < made.disbursed_on:
        raise refuse(
            "before_disbursement",
            f"{command.reversed_on} is before the money went out on {made.disbursed_on}.",
            path="/reversed_on",
            kind="invalid",
        )
    return made
