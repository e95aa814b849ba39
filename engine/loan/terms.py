"""The contract of one loan: what was agreed, chosen within what the product offers."""

from __future__ import annotations

from datetime import date

import msgspec

from engine.amortization.percent_of_balance import PercentOfBalance
from engine.interest.interest_method import InterestByPeriod
from engine.interest.rate_plan.tiered_by_balance import TieredByBalance
from engine.payments.terms import InterestDue
from engine.values.day_count import DayCount
from engine.values.frequency import Frequency
from engine.values.money import ZERO, Money
from engine.values.rate import Rate


class Circumstances(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Facts at consummation that select the law; they never change for the loan."""

    country: str = "US"
    state: str = ""
    """US state whose law governs, "CA"; empty when none was given."""
    purpose: str = "personal"
    creditor_type: str = "licensed_lender"
    covered_borrower: bool = False
    """Covered by the Military Lending Act on the contract date (32 CFR 232.3(g))."""
    mla_exempt: bool = False
    dwelling_secured: bool = False


class PlannedDisbursement(msgspec.Struct, frozen=True, array_like=True):
    """A part of the loan that is to be paid out on a day."""

    on: date
    amount: Money


class LoanTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What lender and borrower agreed: amount, rate, number and dates of payments."""

    loan_amount: Money
    """Principal of the note, in minor units; includes financed fees."""
    origination_fees: Money = ZERO
    """Part of the principal the lender keeps when it pays out: financed or from the proceeds."""
    note_rate: Rate
    """Contract rate per year."""
    number_of_payments: int
    frequency: Frequency
    contract_date: date
    first_payment_date: date
    day_count: DayCount
    day_one_accrues: bool = True
    """Whether the day of disbursement earns interest and the day of payment does not."""
    whole_period_at_payoff: bool = False
    """Whether a payoff owes what the balance would earn to the end of the period under way, where
    interest is earned day by day."""
    compounded_per_year: int | None = None
    """How often the rates of the contract compound, where that is not with the payments and
    interest is earned day by day."""
    interest_due: InterestDue = InterestDue.to_payment_day
    """Which interest an installment asks for."""
    minimum_payment: PercentOfBalance | None = None
    """How each installment's amount is decided when it falls due; None where it is agreed."""
    principal_alone: int = 0
    """How many payments agreed, from the first, ask for principal alone: their interest waits."""
    by_period: InterestByPeriod | None = None
    """How the schedule fixes interest by period; None where it is earned on what is owed."""
    rate_bands: TieredByBalance | None = None
    """Bands of the balance with their rates, where the rate follows the balance."""
    index_value: Rate | None = None
    """The index on the contract date: what disclosures and projections before a reset hold."""
    interest_cap: Money | None = None
    """The most interest the loan may earn over its life; no cap when None."""
    interest_free_until: date | None = None
    """First day that earns interest, where installments at the start are free of it."""
    charge_from_proceeds: Money = ZERO
    """Precomputed interest the lender keeps when it pays out: a discount."""
    circumstances: Circumstances = Circumstances()
    down_payment: Money = ZERO
    """Part of ``loan_amount`` due with the disbursement, before the payments agreed."""
    in_advance: bool = False
    """Whether the first payment falls due with the disbursement."""
    planned_disbursements: tuple[PlannedDisbursement, ...] = ()
    """Parts of the principal by day, ascending; empty where all is paid out at once or the
    borrower draws as needed."""

    @property
    def financed(self) -> Money:
        """Principal that the payments agreed pay back."""
        return self.loan_amount - self.down_payment

    @property
    def due_at_disbursement(self) -> int:
        """How many installments fall due on the day the money goes out."""
        return int(self.in_advance) + bool(self.down_payment)

    def agreed_number(self, number: int) -> int:
        """Number of an installment among the payments agreed; the down payment comes before."""
        return number - 1 if self.down_payment else number

    def asks_no_interest(self, number: int) -> bool:
        """Whether an installment asks for principal alone."""
        return 0 < self.agreed_number(number) <= self.principal_alone

    @property
    def in_parts(self) -> bool:
        """Whether what is paid of an installment is known as interest and principal."""
        return self.by_installment or self.by_period is not None

    @property
    def amount_to_lend(self) -> Money:
        """What is paid out, fees kept from it included: the note without a charge kept from it."""
        return self.loan_amount - self.charge_from_proceeds

    @property
    def by_installment(self) -> bool:
        """Whether each installment asks for the interest of its own period."""
        return self.interest_due is InterestDue.by_installment
