"""What a loan stands at, for comparing two that came there on different ways."""

from __future__ import annotations

from datetime import date
from typing import Any

from engine.loan import observe
from engine.loan.loan import Loan


def standing(loan: Loan) -> dict[str, Any]:
    """Everything about a loan but the numbers of its events: what corrections must restore."""
    left_out = {
        "seq", "last_effective_on", "payments", "index_values", "default_changes", "rate_changes",
        "contract_rates", "stages", "plans", "billed", "fees", "fee_payments", "fees_forgone",
        "disbursements", "non_accrual_changes",
    }  # fmt: skip
    state: dict[str, object] = {
        name: getattr(loan, name) for name in loan.__struct_fields__ if name not in left_out
    }
    state["rates"] = [(day, rate) for day, _, rate in loan.rate_changes]
    state["default"] = [(day, holds) for day, _, holds in loan.default_changes]
    closed = loan.paid_off_on or loan.charged_off_on or date.max
    closed = closed if loan.started_on else date.min
    state["index"] = {day: value for day, _, value in loan.index_values if day <= closed}
    state["stages"] = [(day, stage) for day, _, stage in loan.stages]
    state["non_accrual"] = [(day, placed) for day, _, placed in loan.non_accrual_changes]
    state["schedule"] = observe.planned(loan)
    state["billed"] = loan.billed
    state["fees"] = sorted((f.fee_id, f.amount.minor, f.assessed_on) for f in loan.fees)
    state["fees_paid"] = sorted((d, f, m.minor) for d, f, m in loan.fee_payments)
    state["forgone"] = sorted(loan.fees_forgone)
    state["disbursements"] = [
        (made.disbursed_on, made.principal) for made in loan.disbursements if not made.undone
    ]
    state["payments"] = sorted(
        (p.received_on, p.amount.minor) for p in loan.payments if not p.undone
    )
    return state
