"""Terms of published schedules that no case has, held to the library they are written for."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import mortgagemath as peer
import pytest
from mortgagemath import _types as words

from tests.conformance import amortization
from tests.conformance.verdict import Differs

ROUNDINGS = ["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_DOWN"]
PLAIN = {"day_count": "30/360", "term_months": 60}
RISES = {"effective_payment_number": 13, "new_annual_rate": "8.5", "recast": True}
RISES_MORE = RISES | {"effective_payment_number": 25, "new_annual_rate": "12"}
TERMS: dict[str, dict[str, Any]] = {
    "fee": {"fee_per_period": "12.35"},
    "weekly": {"payment_frequency": "weekly"},
    "semi_monthly": {"payment_frequency": "semi_monthly", "compounding": "annual"},
    "biweekly": {"payment_frequency": "biweekly", "compounding": "monthly"},
    "canadian": {"payment_frequency": "biweekly", "compounding": "semi_annual"},
    "interest first": {"interest_only_months": 12},
    "interest first, quarterly": {"interest_only_months": 12, "payment_frequency": "quarterly"},
    "interest first, then another rate": {"interest_only_months": 12, "rate_schedule": [RISES]},
    "another rate": {"rate_schedule": [RISES | {"recast": False}]},
    "capped payments": {
        "rate_schedule": [step | {"payment_cap_factor": "1.05"} for step in (RISES, RISES_MORE)]
    },
    "actual/360": {"day_count": "actual/360", "start_date": "2023-05-15"},
    "won": {"currency_unit": "1"},
}


def as_peer(terms: dict[str, Any]) -> list[Any]:
    """The rows of the peer, without the first, which is no payment."""
    changes = tuple(
        words.RateChange(
            change["effective_payment_number"],
            Decimal(change["new_annual_rate"]),
            change["recast"],
            Decimal(change["payment_cap_factor"]) if "payment_cap_factor" in change else None,
        )
        for change in terms.get("rate_schedule", ())
    )
    loan = words.LoanParams(
        principal=Decimal(terms["principal"]),
        annual_rate=Decimal(terms["annual_rate"]),
        term_months=terms["term_months"],
        day_count=words.DayCount(terms["day_count"]),
        payment_rounding=words.PaymentRounding(terms["payment_rounding"]),
        interest_rounding=words.PaymentRounding(terms["interest_rounding"]),
        start_date=date.fromisoformat(terms["start_date"]) if "start_date" in terms else None,
        balance_tracking=words.BalanceTracking(terms["balance_tracking"]),
        compounding=words.Compounding(terms.get("compounding", "monthly")),
        payment_frequency=words.PaymentFrequency(terms.get("payment_frequency", "monthly")),
        rate_schedule=changes,
        currency_unit=Decimal(terms.get("currency_unit", "0.01")),
        interest_only_months=terms.get("interest_only_months", 0),
        fee_per_period=Decimal(terms.get("fee_per_period", "0")),
    )
    return list(peer.amortization_schedule(loan)[1:])


@pytest.mark.parametrize("tracking", ["round_each", "carry_precision"])
@pytest.mark.parametrize("name", TERMS)
def test_every_row_is_the_peers(name: str, tracking: str) -> None:
    draw = random.Random(f"{name} {tracking}")
    terms = PLAIN | {
        "principal": f"{draw.randint(50, 900)}437",
        "annual_rate": draw.choice(["3.5", "4.875", "7.25"]),
        "payment_rounding": draw.choice(ROUNDINGS),
        "interest_rounding": draw.choice(ROUNDINGS),
        "balance_tracking": tracking,
    }
    terms |= TERMS[name]
    rows = [
        {
            "payment": str(row.number),
            "payment_amount": str(row.payment),
            "principal": str(row.principal),
            "interest": str(row.interest),
            "balance": str(row.balance),
        }
        for row in as_peer(terms)
    ]
    document = {
        "published_schedules": [
            {
                "id": name,
                "kind": "peer",
                "loan": terms,
                "expected": {"periodic_payment": None},
                "published_rows": rows,
            }
        ]
    }
    (case,) = amortization.cases(Path("peer.json"), document)
    case.check()
    rows[-1]["interest"] = "0.77"
    with pytest.raises(Differs):
        case.check()
