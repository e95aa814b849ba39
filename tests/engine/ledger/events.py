"""One event of every kind, with money in every part it can have."""

from __future__ import annotations

from datetime import date

from engine.loan.events import (
    BalanceForgiven,
    BorrowerStatusRecorded,
    ChargeOffAdjusted,
    ChargeOffProposed,
    DefaultRateChanged,
    DelinquencyStageChanged,
    DisbursementReversed,
    Event,
    FeeAssessed,
    FeeForgone,
    FeeWaived,
    InstallmentBilled,
    InterestCapitalized,
    InterestCapReached,
    InterestPaused,
    InterestPauseEnded,
    InterestPeriodEnded,
    LoanBoarded,
    LoanBooked,
    LoanCancelled,
    LoanChargedOff,
    LoanDisbursed,
    LoanMoved,
    LoanPaidOff,
    LoanPlacedOnNonAccrual,
    LoanReturnedToAccrual,
    NonAccrualProposed,
    OpenFee,
    Outcome,
    PaymentAllocated,
    PaymentReceived,
    PaymentReturned,
    PaymentReversed,
    RateChanged,
    RateIndexPublished,
    RateReset,
    RateResetAwaited,
    ScheduleSet,
    WaiverLapsed,
)
from engine.loan.status import BorrowerStatusKind
from engine.loan.terms import LoanTerms
from engine.values.day_count import DayCount
from engine.values.frequency import Monthly
from engine.values.money import Exact, Money
from engine.values.rate import Rate

DAY = date(2026, 3, 2)
TERMS = LoanTerms(
    loan_amount=Money(500_000),
    note_rate=Rate.parse("0.1499"),
    number_of_payments=24,
    frequency=Monthly(),
    contract_date=date(2026, 1, 15),
    first_payment_date=date(2026, 2, 15),
    day_count=DayCount.actual_365,
)

BOARDED = LoanBoarded(
    effective_on=DAY,
    borrower_id="brw_1",
    product="personal_installment",
    product_version=1,
    currency="USD",
    terms=TERMS,
    principal_balance=Money(412_345),
    accrued_interest=Exact(12_345, 10),
    installment_amount=Money(24_233),
    fees_owed=(
        OpenFee(fee_id="old/1", name="late_fee", amount=Money(1500), assessed_on=DAY),
        OpenFee(fee_id="old/2", name="late_fee", amount=Money(1000), assessed_on=DAY),
    ),
)
DISBURSED = LoanDisbursed(
    effective_on=DAY, principal=Money(500_000), fees_from_proceeds=Money(15_000)
)
RECEIVED = PaymentReceived(effective_on=DAY, amount=Money(30_000))
RETURNED = PaymentReturned(
    effective_on=DAY, payment=7, amount=Money(30_000), return_code="R01", returned_on=DAY
)
NEVER_LENT = DisbursementReversed(
    effective_on=DAY,
    disbursement=2,
    principal=Money(500_000),
    fees_from_proceeds=Money(15_000),
    reversed_on=DAY,
)
REVERSED = PaymentReversed(effective_on=DAY, payment=7, amount=Money(30_000), reversed_on=DAY)
WAIVED = FeeWaived(effective_on=DAY, fee_id="late_fee/1", amount=Money(1500))
CHARGED_OFF = LoanChargedOff(
    effective_on=DAY, principal=Money(400_000), interest=Money(9_000), fees=Money(3_000)
)
ALLOCATED = PaymentAllocated(
    effective_on=DAY,
    payment=7,
    fees=(("late_fee/1", Money(1500)), ("returned_payment_fee/4", Money(500))),
    interest=Money(6_000),
    principal=Money(20_000),
    unapplied=Money(2_000),
)
HELD_PUT_TO_USE = PaymentAllocated(
    effective_on=DAY, payment=0, interest=Money(1_200), principal=Money(800), unapplied=Money(-2000)
)
RECOVERED = PaymentAllocated(
    effective_on=DAY, payment=9, recovery=Money(25_000), unapplied=Money(5_000)
)
LATE_FEE = FeeAssessed(
    effective_on=DAY, fee_id="late_fee/1", name="late_fee", kind="late_fee", amount=Money(1500)
)
COPY_FEE = FeeAssessed(
    effective_on=DAY, fee_id="copy_fee/8", name="copy_fee", kind="manual_fee", amount=Money(500)
)
LAPSED = WaiverLapsed(effective_on=DAY, fee_id="late_fee/1", amount=Money(1500))
LOSS_ADJUSTED = ChargeOffAdjusted(
    effective_on=DAY, principal=Money(20_000), interest=Money(-50), fees=Money(1500)
)
CAPITALIZED = InterestCapitalized(effective_on=DAY, amount=Money(12_345))
FORGIVEN = BalanceForgiven(effective_on=DAY, principal=Money(60), interest=Money(3))

MOVES_MONEY: tuple[Event, ...] = (
    BOARDED, DISBURSED, NEVER_LENT, RECEIVED, RETURNED, REVERSED, WAIVED, CHARGED_OFF,
    ALLOCATED, HELD_PUT_TO_USE, RECOVERED, LATE_FEE, COPY_FEE, FORGIVEN, LAPSED,
    LOSS_ADJUSTED, CAPITALIZED,
)  # fmt: skip
MOVES_NONE: tuple[Event, ...] = (
    LoanBooked(
        effective_on=DAY, borrower_id="brw_1", product="personal_installment", product_version=1,
        currency="USD", terms=TERMS,
    ),
    LoanCancelled(effective_on=DAY),
    BorrowerStatusRecorded(
        effective_on=DAY, status=BorrowerStatusKind.military_service, from_date=DAY
    ),
    RateChanged(effective_on=DAY, note_rate=Rate.parse("0.10")),
    LoanMoved(effective_on=DAY, from_version=1, to_version=2),
    InterestPaused(effective_on=DAY, to_date=DAY),
    InterestPauseEnded(effective_on=DAY, first_day=DAY),
    InterestCapReached(effective_on=DAY, amount=Money(10_000)),
    InterestPeriodEnded(effective_on=DAY, number=1),
    ScheduleSet(effective_on=DAY, installments=()),
    InstallmentBilled(effective_on=DAY, number=1, amount=Money(24_233)),
    FeeForgone(effective_on=DAY, fee_id="late_fee/1", name="late_fee", amount=Money(1500)),
    RateReset(effective_on=DAY, rate=Rate.parse("0.06"), reason="scra"),
    RateIndexPublished(effective_on=DAY, index="prime", value_on=DAY, value=Rate.parse("0.07")),
    RateResetAwaited(effective_on=DAY, index="prime"),
    DefaultRateChanged(effective_on=DAY, in_default=True, days_past_due=30),
    DelinquencyStageChanged(effective_on=DAY, stage="late_30", days_past_due=30),
    LoanMoved(effective_on=DAY, from_version=1, to_version=2),
    LoanPlacedOnNonAccrual(effective_on=DAY),
    LoanReturnedToAccrual(effective_on=DAY),
    NonAccrualProposed(effective_on=DAY, days_past_due=90),
    ChargeOffProposed(effective_on=DAY, days_past_due=120),
    LoanPaidOff(effective_on=DAY),
)  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = (
    ALLOCATED, HELD_PUT_TO_USE, RECOVERED, LATE_FEE, COPY_FEE, FORGIVEN, LAPSED,
    LOSS_ADJUSTED, CAPITALIZED,
)  # fmt: skip
