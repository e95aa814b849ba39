"""The Truth in Lending figures of a closed-end loan: the four boxes and the payment schedule.

Source: 12 CFR 1026.18(b), (d), (e), (g), (h).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from engine.amortization.installment import Schedule
from engine.disclosure.apr import DatedAmount, annual_percentage_rate, disclosed
from engine.disclosure.unit_period import UnitPeriod
from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rate import Rate


class PaymentRun(msgspec.Struct, frozen=True, kw_only=True):
    """Consecutive payments of one amount, as the payment schedule lists them."""

    count: int
    amount: Money
    first_due_date: date


class TruthInLending(msgspec.Struct, frozen=True, kw_only=True):
    """What Truth in Lending tells the borrower before signing."""

    apr: Rate
    """To ten decimals."""
    disclosed_apr: Rate
    """The APR with the percentage to two decimals, as printed."""
    finance_charge: Money
    """What the credit costs in dollars."""
    amount_financed: Money
    """Credit provided to the borrower or on their behalf."""
    total_of_payments: Money
    payment_schedule: tuple[PaymentRun, ...]


@explained
def truth_in_lending(
    schedule: Schedule,
    *,
    prepaid_finance_charge: Money = ZERO,
    disbursed_on: date | None = None,
    advances: Sequence[DatedAmount] = (),
    unit: UnitPeriod | None = None,
) -> TruthInLending:
    """The Truth in Lending figures of a schedule.

    ``prepaid_finance_charge`` is every finance charge paid at or before disbursement or withheld
    from the proceeds; financed or not, it is no credit to the borrower. ``disbursed_on`` is the
    schedule's start unless said otherwise. ``advances`` are the parts of a loan disbursed on
    several days; the charge comes out of the first.
    """
    payments = [
        DatedAmount(row.due_date, row.payment) for row in schedule.installments if row.payment
    ]
    amount_financed = schedule.principal - prepaid_finance_charge
    lent = advances or [DatedAmount(disbursed_on or schedule.start, schedule.principal)]
    apr = annual_percentage_rate(less_charges(lent, prepaid_finance_charge), payments, unit)
    return TruthInLending(
        apr=apr,
        disclosed_apr=disclosed(apr),
        finance_charge=schedule.total_of_payments - amount_financed,
        amount_financed=amount_financed,
        total_of_payments=schedule.total_of_payments,
        payment_schedule=payment_runs(schedule),
    )


def less_charges(advances: Sequence[DatedAmount], charges: Money) -> list[DatedAmount]:
    """The advances without charges that are kept from the first."""
    first = advances[0]
    return [DatedAmount(first.on, first.amount - charges), *advances[1:]]


def payment_runs(schedule: Schedule) -> tuple[PaymentRun, ...]:
    """The installments as runs of equal payments."""
    runs: list[PaymentRun] = []
    for row in schedule.installments:
        if runs and runs[-1].amount == row.payment:
            runs[-1] = msgspec.structs.replace(runs[-1], count=runs[-1].count + 1)
        else:
            runs.append(PaymentRun(count=1, amount=row.payment, first_due_date=row.due_date))
    return tuple(runs)
