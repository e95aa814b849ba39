"""Outcomes: what the engine decided, amounts included, and the event that takes one back."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from engine.loan.events.because import Because
from engine.loan.events.event import DatedEvent
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate


class PlannedInstallment(msgspec.Struct, frozen=True, array_like=True):
    """One installment of a schedule: number, due date, amount."""

    number: int
    due_date: date
    amount: Money
    interest: Money = ZERO
    """Interest of its period, where the schedule fixes it."""
    period_end: date | None = None
    """The day its period of interest ends, where the due date moved alone."""

    @property
    def ends_on(self) -> date:
        """The day its period of interest ends: the due date, unless that moved alone."""
        return self.period_end or self.due_date

    @property
    def earned_on(self) -> date:
        """The day by which all interest of its period is earned: its end, or when it falls due."""
        return self.due_date if self.period_end is None else min(self.due_date, self.period_end)

    def on_days(self, due_date: date, ends_on: date) -> PlannedInstallment:
        """The same, due on a day for a period that ends on another or the same."""
        end = None if ends_on == due_date else ends_on
        return replace(self, due_date=due_date, period_end=end)


class ScheduleSet(DatedEvent, frozen=True, kw_only=True, tag="schedule_set"):
    """Installments from a number on were set, by the contract or by a re-amortization."""

    installments: tuple[PlannedInstallment, ...]
    reason: str = "contract"
    """contract, boarding, rate_change, rate_limit, prepayment, negative_amortization_limit."""
    because: Because = Because()


class InstallmentBilled(DatedEvent, frozen=True, kw_only=True, tag="installment_billed"):
    """An installment fell due; ``effective_on`` is its due date."""

    number: int
    amount: Money
    interest: Money = ZERO
    """Part of the amount that is interest, where it is due by installment."""
    interest_earned: Money = ZERO
    """Interest of the period in whole cents, asked for here or later."""
    interest_dropped: Exact = Exact(0)
    """Part of a cent of the period's interest, where the product does not carry it on."""


class InterestPeriodEnded(DatedEvent, frozen=True, kw_only=True, tag="interest_period_ended"):
    """The period of an installment ended, whose due date moved alone; another one has begun."""

    number: int


class PaymentAllocated(DatedEvent, frozen=True, kw_only=True, tag="payment_allocated"):
    """How a payment fell through the waterfall; its parts add up to the payment."""

    payment: int
    """Sequence number of the payment."""
    fees: tuple[tuple[str, Money], ...] = ()
    """Fee id and amount."""
    bearing_fees: Money = ZERO
    """Of the fees, those that earned interest."""
    interest: Money = ZERO
    principal: Money = ZERO
    interest_dropped: Exact = Exact(0)
    """Part of a cent rounding left of the interest, where the product does not carry it on."""
    recovery: Money = ZERO
    unapplied: Money = ZERO
    installments: tuple[tuple[int, Money], ...] = ()
    """Installment number and dollars counted towards it (interest and principal together)."""
    installment_interest: tuple[tuple[int, Money], ...] = ()
    """Of these dollars, interest; where it is due by installment."""
    because: Because = Because()


class InterestCapitalized(DatedEvent, frozen=True, kw_only=True, tag="interest_capitalized"):
    """Unpaid interest was added to the principal, and earns interest from this day."""

    amount: Money
    because: Because = Because()


class InterestCapReached(DatedEvent, frozen=True, kw_only=True, tag="interest_cap_reached"):
    """All interest the loan may ever earn is earned; it earns none from this day."""

    amount: Money
    """The cap."""
    interest_dropped: Exact = Exact(0)
    """What the day before earned beyond it, unrounded."""
    because: Because = Because()


class FeeAssessed(DatedEvent, frozen=True, kw_only=True, tag="fee_assessed"):
    """A fee was charged."""

    fee_id: str
    """Stable inside the loan: "late_fee/3" for installment 3, "returned_payment_fee/12"."""
    name: str
    """The fee's name in the product."""
    kind: str
    """The kind as rules know it: late_fee, returned_payment_fee, manual_fee …"""
    amount: Money
    installment: int = 0
    payment: int = 0
    counts_towards_past_due: bool = False
    interest_bearing: bool = False
    """Whether it earns interest while unpaid."""
    by_person: bool = False
    """True when a person charged it: a fact then, which no correction undoes."""
    because: Because = Because()


class FeeForgone(DatedEvent, frozen=True, kw_only=True, tag="fee_forgone"):
    """A fee was not charged: law, policy, its own condition or its yearly limit said no."""

    fee_id: str
    name: str
    amount: Money
    """What the note would have allowed."""
    installment: int = 0
    because: Because = Because()


class WaiverLapsed(DatedEvent, frozen=True, kw_only=True, tag="waiver_lapsed"):
    """A correction left less of a fee than had been forgiven of it."""

    fee_id: str
    amount: Money
    """Forgiven no more."""
    interest_bearing: bool = False
    """Whether it earns interest while unpaid."""
    because: Because = Because()


class RateReset(DatedEvent, frozen=True, kw_only=True, tag="rate_reset"):
    """The rate in force changed: by agreement, by term or by law (SCRA's 6 percent)."""

    rate: Rate
    reason: str
    because: Because = Because()


class RateResetAwaited(DatedEvent, frozen=True, kw_only=True, tag="rate_reset_awaited"):
    """A reset fell on this day and the index value it goes by was not there: the rate stays."""

    index: str
    because: Because = Because()


class DefaultRateChanged(DatedEvent, frozen=True, kw_only=True, tag="default_rate_changed"):
    """The default rate begins, or ends because nothing is past due any more."""

    in_default: bool
    days_past_due: int
    because: Because = Because()


class DelinquencyStageChanged(
    DatedEvent, frozen=True, kw_only=True, tag="delinquency_stage_changed"
):
    """The loan entered another stage of lateness, or was cured."""

    stage: str
    days_past_due: int


class NonAccrualProposed(DatedEvent, frozen=True, kw_only=True, tag="non_accrual_proposed"):
    """The product's non-accrual day was reached; a person decides."""

    days_past_due: int
    because: Because = Because()


class ChargeOffProposed(DatedEvent, frozen=True, kw_only=True, tag="charge_off_proposed"):
    """The product's charge-off day was reached; a person decides."""

    days_past_due: int
    because: Because = Because()


class ChargeOffAdjusted(DatedEvent, frozen=True, kw_only=True, tag="charge_off_adjusted"):
    """A correction changed what was owed on the day of the charge-off; the loss follows."""

    principal: Money = ZERO
    """Above zero when more was lost."""
    interest: Money = ZERO
    fees: Money = ZERO
    bearing_fees: Money = ZERO
    """Of the fees, those that earned interest."""
    non_accrual: bool = False
    """As in the charge-off."""
    because: Because = Because()


class BalanceForgiven(DatedEvent, frozen=True, kw_only=True, tag="balance_forgiven"):
    """A residue within the product's tolerance was forgiven so that the loan could close."""

    principal: Money = ZERO
    interest: Money = ZERO
    installments: tuple[tuple[int, Money], ...] = ()
    """Installment number and dollars of it that the forgiven residue settles."""
    non_accrual: bool = False
    """The loan was on non-accrual: its unpaid interest was no income and is no concession."""
    because: Because = Because()


class LoanPaidOff(DatedEvent, frozen=True, kw_only=True, tag="loan_paid_off"):
    """Nothing is owed any more."""


Outcome = (
    ScheduleSet
    | InstallmentBilled
    | PaymentAllocated
    | InterestCapitalized
    | InterestCapReached
    | InterestPeriodEnded
    | FeeAssessed
    | FeeForgone
    | WaiverLapsed
    | RateReset
    | RateResetAwaited
    | DefaultRateChanged
    | DelinquencyStageChanged
    | NonAccrualProposed
    | ChargeOffProposed
    | ChargeOffAdjusted
    | BalanceForgiven
    | LoanPaidOff
)


class OutcomeUndone(DatedEvent, frozen=True, kw_only=True, tag="outcome_undone"):
    """A correction took back an earlier outcome; ``effective_on`` is the outcome's own day."""

    undoes: int
    """Sequence number of the outcome taken back."""
    outcome: Outcome
    """The outcome itself, so that its inverse can be applied and booked from this event alone."""
    reason: str = "correction"
    """correction or drift."""
