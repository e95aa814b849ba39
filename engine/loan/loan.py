"""The state of a loan: what its events add up to.

Everything here is additive in the events, so the state as of a day is the fold of the events
effective by then in any order, and an undone event leaves no trace. Numbers for a day (accrued
interest, days past due, payoff) are closed forms over this state: see ``engine.loan.observe``.
"""

from __future__ import annotations

from datetime import date

import msgspec

from engine.interest.accrual import AccrualPoint
from engine.loan.events import PlannedInstallment
from engine.loan.status import (
    BorrowerStatusKind,
    LoanStatus,
    PausedAmounts,
    PausedInstallments,
    PaymentKind,
)
from engine.loan.terms import LoanTerms
from engine.values.money import ZERO, Exact, Money, total
from engine.values.rate import Rate


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """Installments set on a day; a later plan replaces numbers from its first on."""

    seq: int
    effective_on: date
    installments: tuple[PlannedInstallment, ...]


class BilledInstallment(msgspec.Struct, frozen=True, array_like=True):
    """An installment that has fallen due: number, due date, amount."""

    number: int
    due_date: date
    amount: Money
    interest: Money = ZERO
    """Part of the amount that is interest, where it is due by installment."""


class TowardInstallment(msgspec.Struct, frozen=True, array_like=True):
    """Money counted towards an installment on a day; number 0 is principal beyond them all."""

    paid_on: date
    number: int
    principal: Money
    interest: Money


class FeeCharged(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A fee as assessed; what was paid and waived of it stands beside it in the loan."""

    fee_id: str
    name: str
    kind: str
    amount: Money
    assessed_on: date
    installment: int = 0
    counts_towards_past_due: bool = False
    interest_bearing: bool = False
    """Whether it earns interest while unpaid."""


class PaymentMade(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A payment as received; ``undone`` once returned or reversed."""

    seq: int
    received_on: date
    amount: Money
    kind: PaymentKind = PaymentKind.regular
    reference: str = ""
    undone: bool = False
    returned_on: date | None = None
    """The day the bank took it back; None also for one that we had recorded wrongly."""


class DisbursementMade(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Money as it went out; ``undone`` once reversed."""

    seq: int
    disbursed_on: date
    principal: Money
    fees_from_proceeds: Money = ZERO
    undone: bool = False


class BorrowerStatus(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A borrower's circumstances over a span of days."""

    status: BorrowerStatusKind
    from_date: date
    to_date: date | None = None
    """Last day; None while it is open."""

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the span, both ends included."""
        return self.from_date <= day and (self.to_date is None or day <= self.to_date)


class InterestPause(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A time in which no interest is earned, both days included."""

    first_day: date
    last_day: date
    installments: PausedInstallments = PausedInstallments.go_on
    amounts: PausedAmounts = PausedAmounts.last_absorbs

    def holds_on(self, day: date) -> bool:
        """Whether the day earns nothing."""
        return self.first_day <= day <= self.last_day


class Loan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One loan as the fold of its events; amounts in minor units of ``currency``."""

    loan_id: str
    seq: int = 0
    """Sequence number of the last event applied."""
    borrower_id: str = ""
    legal_entity_id: str = "main"
    product: str = ""
    product_version: int = 0
    first_version: int = 0
    """The version it was made under, once it was moved to another."""
    versions: tuple[tuple[date, int, int], ...] = ()
    """(from, seq, version) of every move, sorted; the last not after a day is in force."""
    currency: str = "USD"
    terms: LoanTerms | None = None
    last_effective_on: date | None = None
    """Latest effective day of any event; a command effective before it is backdated."""
    boarded_on: date | None = None
    disbursed_on: date | None = None
    """The day the first money went out."""
    disbursements: tuple[DisbursementMade, ...] = ()
    """Sorted by day, then as recorded."""
    paid_off_on: date | None = None
    charged_off_on: date | None = None
    cancelled_on: date | None = None

    principal_balance: Money = ZERO
    principal_changes: tuple[tuple[date, Money], ...] = ()
    """Signed changes of the interest-bearing balance by day, sorted; zero sums are dropped."""
    bearing_fees: Money = ZERO
    """Unpaid fees that earn interest: with the principal, the interest-bearing balance."""
    rate_changes: tuple[tuple[date, int, Rate], ...] = ()
    """(from, seq, rate per year), sorted; the last not after a day is in force. The note's rate
    at first, then every reset."""
    contract_rates: tuple[tuple[date, int, Rate], ...] = ()
    """The rate the contract gives, before law lowers it: note rate and agreed changes."""
    index_values: tuple[tuple[date, int, Rate], ...] = ()
    """(day of the reset, seq, index value it goes by), sorted; the last of a day counts."""
    resets_awaited: tuple[date, ...] = ()
    """Days of resets whose index value was not there."""
    default_changes: tuple[tuple[date, int, bool], ...] = ()
    """(from, seq, whether the default rate holds), sorted."""
    accrual: AccrualPoint | None = None
    """The closed form of interest earned since the last change of balance or rate."""
    interest_opening: Exact = Exact(0)
    """Accrued interest brought in at boarding."""
    interest_dropped: Exact = Exact(0)
    """Parts of a cent that rounding left and the product does not carry on."""
    interest_paid: Money = ZERO
    interest_forgiven: Money = ZERO
    interest_capitalized: Money = ZERO
    """Unpaid interest that was added to the principal."""

    interest_capped_on: date | None = None
    """The day all interest the loan may ever earn was earned."""

    plans: tuple[Plan, ...] = ()
    """Sorted by the day they are set on."""
    billed: tuple[BilledInstallment, ...] = ()
    """Installments fallen due, sorted by number; those past due at boarding have their own."""
    periods_ended: tuple[int, ...] = ()
    """Installments whose due date moved alone and whose period of interest has ended, where the
    schedule fixes interest by period."""
    paid_toward: dict[int, Money] = {}
    """Installment number → dollars counted towards it."""
    interest_billed: Money = ZERO
    """Interest of all periods that have ended, in whole cents; where it is due by installment,
    as the next two."""
    interest_toward: dict[int, Money] = {}
    """Installment number → interest among the dollars counted towards it."""
    toward_installments: tuple[TowardInstallment, ...] = ()
    """What the payments of each day brought each installment, sorted."""
    fees: tuple[FeeCharged, ...] = ()
    """Sorted by the day they are charged on."""
    fee_paid: dict[str, Money] = {}
    """Fee id → paid of it."""
    fee_payments: tuple[tuple[date, str, Money], ...] = ()
    """(day, fee id, amount) of every payment of a fee."""
    fee_waived: dict[str, Money] = {}
    """Fee id → forgiven of it."""
    fees_forgone: tuple[str, ...] = ()
    """Ids of fees that law or policy kept from being charged; they are not judged again."""
    late_fees_before_boarding: int = 0
    payments: tuple[PaymentMade, ...] = ()
    unapplied_funds: Money = ZERO
    recovery_balance: Money = ZERO
    """What was charged off and not recovered."""
    cash_received: Money = ZERO
    """Payments received and not undone; = allocations + unapplied funds."""
    stages: tuple[tuple[date, int, str], ...] = ()
    """(from, seq, delinquency stage), sorted."""
    charge_off_proposed_on: date | None = None
    non_accrual_proposed_on: date | None = None
    non_accrual_changes: tuple[tuple[date, int, bool], ...] = ()
    """(from, seq, whether it is on non-accrual), sorted; the last not after a day holds."""
    interest_unrecognized: Money = ZERO
    """Of the interest forgiven, what the books never recognized: forgiven on non-accrual."""
    borrower_statuses: tuple[BorrowerStatus, ...] = ()
    """Sorted by their first day: of two that overlap the earlier one counts."""
    interest_pauses: tuple[InterestPause, ...] = ()
    """Sorted by their first day; they do not overlap."""

    @property
    def started_on(self) -> date | None:
        """First day on which the loan runs here; None while no money is out."""
        return self.boarded_on or self.disbursed_on

    @property
    def interest_bearing(self) -> Money:
        """The balance that earns interest: principal, and fees that do."""
        return self.principal_balance + self.bearing_fees

    @property
    def interest_settled(self) -> Money:
        """Interest that is no longer owed as interest: paid, forgiven or added to the principal."""
        return self.interest_paid + self.interest_forgiven + self.interest_capitalized

    @property
    def interest_recognized(self) -> Money:
        """Of the interest settled, what the books recognize."""
        return self.interest_settled - self.interest_unrecognized

    def non_accrual_since(self, day: date) -> date | None:
        """The day since which the loan is on non-accrual on a day; None while it accrues."""
        since: date | None = None
        for from_day, _, placed in self.non_accrual_changes:
            if from_day <= day:
                since = (since or from_day) if placed else None
        return since

    @property
    def drawn(self) -> Money:
        """Principal paid out here and not reversed."""
        return total(made.principal for made in self.disbursements if not made.undone)

    @property
    def status(self) -> LoanStatus:
        if self.cancelled_on:
            return LoanStatus.cancelled
        if self.charged_off_on:
            return LoanStatus.charged_off
        if self.paid_off_on:
            return LoanStatus.paid_off
        return LoanStatus.active if self.started_on else LoanStatus.booked

    @property
    def agreed(self) -> LoanTerms:
        """The terms; every booked or boarded loan has them."""
        assert self.terms is not None, f"loan {self.loan_id} has no terms yet"
        return self.terms
