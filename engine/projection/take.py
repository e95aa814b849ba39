"""Take one step: the state after it and what was paid."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, assert_never

from msgspec.structs import replace

from engine.projection.contract import Contract
from engine.projection.flow import FlowKind
from engine.projection.opening import first_base
from engine.projection.repayment import SolvedPayment
from engine.projection.solved_payment import interest_days, payment_dates, solved_payment
from engine.projection.standing import Standing
from engine.projection.steps import (
    Buy,
    CapitalizeInterest,
    DatedStep,
    Disburse,
    GiveNotice,
    Index,
    LookAtPrincipal,
    Mature,
    MovePrincipal,
    PayInstallment,
    PayInterest,
    ResetRate,
    SolvePayment,
    Terminate,
)
from engine.values.money import ZERO, Exact, Money
from engine.values.rounding import Rounding, round_exact


class Taken(NamedTuple):
    """What came of a step."""

    standing: Standing
    kind: FlowKind
    amount: Money = ZERO


class Taker:
    """Takes the steps of one contract; it holds terms, never a state."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._earning = contract.earning
        self._dates: tuple[date, ...] = ()
        self._paid_between: frozenset[date] = frozenset()
        self._rounding = Rounding.half_up
        if isinstance(repayment := contract.repayment, SolvedPayment):
            self._dates = payment_dates(contract, repayment)
            self._paid_between = interest_days(contract, repayment)
            self._rounding = repayment.rounding

    def take(self, before: Standing, dated: DatedStep) -> Taken:
        """The state after a step, and what the lender receives."""
        day = dated.date.counts_to
        match dated.step:
            case Disburse(amount=amount, discount=discount, accrued=accrued):
                return self._disburse(before, day, amount, discount, accrued)
            case MovePrincipal(amount=amount):
                return self._move(before, day, amount)
            case PayInstallment():
                return self._pay_installment(before, day)
            case PayInterest():
                after, paid = before.take_interest(self._earning, day)
                amount = _times(paid + before.waiting, before.interest_factor)
                return Taken(replace(after, waiting=ZERO), FlowKind.interest_paid, amount)
            case CapitalizeInterest():
                after, earned = before.take_interest(self._earning, day)
                after = after.move_principal(earned, self._earning, day)
                return Taken(after, FlowKind.interest_capitalized)
            case ResetRate(rate=rate):
                return Taken(before.earn_at(rate, self._earning, day), FlowKind.rate_reset)
            case SolvePayment():
                payment = self._solve(before, day, after=day)
                return Taken(replace(before, payment=payment), FlowKind.payment_solved)
            case LookAtPrincipal():
                after = before.earn_on(before.principal, self._earning, day)
                return Taken(after, FlowKind.earning_amount_set)
            case Index(factor=factor):
                return Taken(self._index(before, factor), FlowKind.indexed)
            case Buy(price=price):
                paid = price + self._accrued(before, day)
                return Taken(before, FlowKind.bought, -paid)
            case Terminate(price=price):
                received = price + self._accrued(before, day)
                return Taken(self._nothing_left(before, day), FlowKind.terminated, received)
            case GiveNotice(interest_stops=stops):
                after = self._stop(before, day) if stops else before
                return Taken(after, FlowKind.called)
            case Mature():
                received = _times(before.principal, before.principal_factor)
                return Taken(self._nothing_left(before, day), FlowKind.matured, received)
            case _ as never:
                assert_never(never)

    def _disburse(
        self, before: Standing, day: date, amount: Money, discount: Money, accrued: Money
    ) -> Taken:
        """Interest stated for the first day is there at once."""
        point = replace(
            before.point,
            anchor=day,
            earned=Exact(accrued.minor),
            balance=first_base(self._contract),
        )
        after = replace(before, principal=amount, point=point)
        return Taken(after, FlowKind.disbursed, discount - amount)

    def _move(self, before: Standing, day: date, amount: Money) -> Taken:
        moved = min(amount, before.principal)
        after = before.move_principal(-moved, self._earning, day)
        kind = FlowKind.principal_paid if amount >= ZERO else FlowKind.principal_lent
        return Taken(after, kind, _times(moved, before.principal_factor))

    def _pay_installment(self, before: Standing, day: date) -> Taken:
        """The principal of the payment in force; its interest is paid on its own dates."""
        if before.payment is None:
            before = replace(before, payment=self._solve(before, day, after=None))
        earned = round_exact(before.accrued(self._earning, day), self._earning.rounding)
        # Beyond the last day of the amortization all that is left is due at once.
        paid = before.principal if before.payment is None else before.payment - earned
        taken = self._move(before, day, paid)
        return taken._replace(kind=FlowKind.principal_paid)

    def _solve(self, standing: Standing, day: date, *, after: date | None) -> Money | None:
        """The payment on the dates that are left; as it was where none are."""
        left = [due for due in self._dates if due >= day and due != after]
        if not left:
            return standing.payment
        accrued = standing.accrued(self._earning, day)
        return solved_payment(
            standing.principal,
            accrued,
            standing.rate,
            day,
            left,
            self._earning,
            self._rounding,
            self._paid_between,
        )

    def _index(self, before: Standing, factor: Exact) -> Standing:
        link = self._contract.index_link
        assert link is not None, "an index is linked"
        return replace(
            before,
            interest_factor=factor if link.interest else before.interest_factor,
            principal_factor=factor if link.principal else before.principal_factor,
        )

    def _accrued(self, before: Standing, day: date) -> Money:
        earned = before.accrued(self._earning, day) * before.interest_factor
        return round_exact(earned, self._earning.rounding)

    def _stop(self, before: Standing, day: date) -> Standing:
        """Nothing is earned any more; what was waits for the settlement."""
        after, earned = before.take_interest(self._earning, day)
        stopped = after.earn_on(ZERO, self._earning, day)
        return replace(stopped, follows=False, waiting=earned)

    def _nothing_left(self, before: Standing, day: date) -> Standing:
        after, _ = before.take_interest(self._earning, day)
        return after.earn_on(ZERO, self._earning, day).without_principal()


def _times(amount: Money, factor: Exact) -> Money:
    """An amount times an index, in whole minor units."""
    return amount if factor == 1 else round_exact(amount.minor * factor, Rounding.half_up)
