"""Money beyond what is due: where the product lets it go, and what it does to what is to come."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import date

from msgspec.structs import replace

from engine.loan import installments, observe
from engine.loan.events import Because, PaymentAllocated, PlannedInstallment, ScheduleSet
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.outcomes.later_interest import set_later_interest
from engine.loan.outcomes.parts_due import (
    interest_unpaid,
    parts_due,
    unpaid_through,
    unpaid_to_come,
)
from engine.loan.outcomes.reamortization import reamortize
from engine.loan.status import PaymentKind
from engine.payments.terms import AfterPrepayment
from engine.payments.waterfall import Allocation, LeftOver, left_over_of
from engine.values.money import ZERO, Exact, Money, total


@dataclass(slots=True)
class Parts:
    """Lines of a waterfall summed by component, fee and installment."""

    interest: Money = ZERO
    principal: Money = ZERO
    fees: dict[str, Money] = field(default_factory=dict)
    toward: dict[int, Money] = field(default_factory=dict)
    interest_toward: dict[int, Money] = field(default_factory=dict)

    @staticmethod
    def of(allocation: Allocation) -> Parts:
        """What went where in an allocation."""
        parts = Parts()
        for line, amount in allocation.lines:
            if line.component == "fee":
                parts.fees[line.fee_id] = parts.fees.get(line.fee_id, ZERO) + amount
                continue
            if line.component == "interest":
                parts.interest = parts.interest + amount
                if line.installment:
                    paid = parts.interest_toward.get(line.installment, ZERO)
                    parts.interest_toward[line.installment] = paid + amount
            else:
                parts.principal = parts.principal + amount
            if line.installment:
                parts.toward[line.installment] = parts.toward.get(line.installment, ZERO) + amount
        return parts

    def allocated(
        self,
        loan: Loan,
        day: date,
        *,
        payment: int,
        unapplied: Money,
        dropped: Exact,
        because: Because,
    ) -> PaymentAllocated:
        """The parts as an event."""
        interest = self.interest_toward if loan.agreed.in_parts else {}
        bearing = {fee.fee_id for fee in loan.fees if fee.interest_bearing}
        return PaymentAllocated(
            effective_on=day,
            payment=payment,
            fees=tuple(self.fees.items()),
            bearing_fees=total(paid for fee_id, paid in self.fees.items() if fee_id in bearing),
            interest=self.interest,
            interest_dropped=dropped,
            principal=self.principal,
            unapplied=unapplied,
            installments=tuple(sorted(self.toward.items())),
            installment_interest=tuple(sorted(interest.items())),
            because=because,
        )


def choice_of(draft: Draft, kind: PaymentKind, states: Set[str]) -> LeftOver:
    """Where money beyond the buckets goes; of a curtailment or payoff, to principal."""
    if kind in (PaymentKind.principal_only, PaymentKind.payoff):
        return LeftOver.principal
    return left_over_of(draft.terms.waterfall, kind.value, states)


def place_left_over(draft: Draft, parts: Parts, left: Money, choice: LeftOver) -> Money:
    """Put money beyond the buckets where the product says; what still remains is held."""
    open_principal = draft.loan.principal_balance - parts.principal
    if left <= ZERO or choice is LeftOver.hold_unapplied or open_principal <= ZERO:
        return left
    coming = observe.unbilled(draft.loan)
    match choice:
        case LeftOver.next_installment:
            left = _count_toward(draft, parts, left, coming)
        case LeftOver.last_installment:
            left = _count_toward(draft, parts, left, reversed(coming))
        case LeftOver.principal | LeftOver.reamortize:
            pass
    used = min(left, draft.loan.principal_balance - parts.principal)
    parts.principal = parts.principal + used
    return left - used


def _count_toward(
    draft: Draft, parts: Parts, amount: Money, rows: Iterable[PlannedInstallment]
) -> Money:
    """Count dollars towards installments to come, in this order; what none takes.

    The last one is what rounding leaves of a level payment, so it takes one whole. Interest that
    the schedule fixes is paid with its installment.
    """
    loan, rounding = draft.loan, draft.terms.product.rounding
    coming = observe.unbilled(loan)
    fixed = loan.agreed.by_period is not None
    level = coming[-2].amount if len(coming) > 1 else ZERO
    for row in rows:
        counted = parts.toward.get(row.number, ZERO)
        whole = max(row.amount, level) if row is coming[-1] else row.amount
        room = observe.remaining_of(loan, row.number, whole) - counted
        asked = interest_unpaid(loan, row.number, rounding) if fixed else ZERO
        of_interest = min(
            max(asked - parts.interest_toward.get(row.number, ZERO), ZERO), room, amount
        )
        open_principal = loan.principal_balance - parts.principal
        step = min(room, amount, open_principal + of_interest)
        if step > ZERO:
            parts.toward[row.number] = counted + step
            parts.principal = parts.principal + step - of_interest
            amount = amount - step
        if of_interest > ZERO:
            paid = parts.interest_toward.get(row.number, ZERO)
            parts.interest_toward[row.number] = paid + of_interest
            parts.interest = parts.interest + of_interest
        if amount <= ZERO:
            break
    return amount


def after_prepayment(draft: Draft, parts: Parts, choice: LeftOver, day: date) -> None:
    """What principal paid beyond installments does to those to come, as the product says."""
    counted = total(parts.toward.values()) - total(parts.interest_toward.values())
    beyond = parts.principal - counted
    if beyond <= ZERO or draft.loan.paid_off_on is not None:
        return
    product = draft.terms.product
    after = product.payments.after_prepayment
    if choice is LeftOver.reamortize:
        after = AfterPrepayment.lower_payment
    by_period = draft.loan.agreed.by_period is not None
    match after:
        case AfterPrepayment.shorten_term:
            pass
        case AfterPrepayment.lower_payment if by_period:
            set_later_interest(draft, day, lower_payment=True)
            return
        case AfterPrepayment.lower_payment:
            reamortize(draft, day, "prepayment")
        case AfterPrepayment.next_installment:
            _ask_less(draft, day, beyond)
    if by_period:
        set_later_interest(draft, day)


def _ask_less(draft: Draft, day: date, beyond: Money) -> None:
    """The next installments ask for less until the prepayment is used up.

    Where they ask for the interest of their own period, that is not made less.
    """
    loan, product = draft.loan, draft.terms.product
    rows: list[PlannedInstallment] = []
    interest: dict[int, Money] = {}
    if loan.agreed.by_installment:
        interest = {
            row.number: max(
                part.interest - installments.paid_parts(loan, row.number).interest, ZERO
            )
            for row, part in installments.projected(loan, day, product)
        }
    elif loan.agreed.by_period is not None:
        wanted = unpaid_through(loan, day, product.rounding)
        wanted += unpaid_to_come(loan, day, observe.planned(loan)[-1].number)
        parts = parts_due(loan, wanted, day, product.rounding)
        interest = {part.number: part.interest for part in parts}
    for row in observe.unbilled(loan):
        left = observe.remaining_of(loan, row.number, row.amount)
        less = min(beyond, max(left - interest.get(row.number, ZERO), ZERO))
        beyond = beyond - less
        rows.append(replace(row, amount=row.amount - less))
    if tuple(rows) != observe.unbilled(loan):
        draft.record(
            ScheduleSet(
                effective_on=day,
                installments=tuple(rows),
                reason="prepayment",
                because=draft.because("/payments/after_prepayment"),
            )
        )
