"""Military annual percentage rate (MAPR): the APR with every charge the Military Lending Act has.

Fees for credit insurance, debt cancellation, ancillary products, application and participation
count although Regulation Z leaves some of them out. Source: 32 CFR 232.4(c).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engine.amortization.installment import Schedule
from engine.disclosure.apr import DatedAmount, annual_percentage_rate
from engine.disclosure.truth_in_lending import less_charges
from engine.disclosure.unit_period import UnitPeriod
from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rate import Rate


@explained
def military_apr(
    schedule: Schedule,
    *,
    charges: Money = ZERO,
    disbursed_on: date | None = None,
    advances: Sequence[DatedAmount] = (),
    unit: UnitPeriod | None = None,
) -> Rate:
    """The MAPR of a closed-end loan, to ten decimals.

    ``charges`` are all MAPR charges paid at or before disbursement, withheld from the proceeds or
    financed: prepaid finance charges and those that only the MAPR counts. ``advances`` are the
    parts of a loan disbursed on several days.
    """
    payments = [
        DatedAmount(row.due_date, row.payment) for row in schedule.installments if row.payment
    ]
    lent = advances or [DatedAmount(disbursed_on or schedule.start, schedule.principal)]
    return annual_percentage_rate(less_charges(lent, charges), payments, unit)
