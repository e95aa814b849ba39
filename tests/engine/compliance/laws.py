"""Rules to test with, as their files say them."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.compliance.rule import Limit, Requirement, Rule

MAPR: dict[str, Any] = {
    "kind": "requirement",
    "rule": "us.federal.military_lending_act.mapr_cap",
    "title": "MAPR of a covered borrower may not exceed 36 percent",
    "at": ["quote", "originate"],
    "value_on": "contract_date",
    "applies_when": "covered_borrower and not mla_exempt",
    "must_hold": "military_apr <= maximum",
    "otherwise": "refuse",
    "message": "MAPR {military_apr} is above {maximum}.",
    "citation": {"cite": "32 CFR 232.4(b)"},
    "values": {"maximum": {"2016-10-03": "0.36"}},
    "tests": [
        {
            "on": "2026-03-01",
            "given": {"covered_borrower": True, "mla_exempt": False, "military_apr": "0.3601"},
            "expect": "refuse",
        },
        {
            "on": "2026-03-01",
            "given": {"covered_borrower": True, "mla_exempt": False, "military_apr": "0.36"},
            "expect": "pass",
        },
    ],
}
LATE_FEE: dict[str, Any] = {
    "kind": "limit",
    "rule": "us.states.new_york.real_property.late_charge",
    "title": "A mortgage late charge is at most 2 percent",
    "at": ["assess_fee"],
    "applies_when": 'fee_kind == "late_fee" and dwelling_secured',
    "narrows": "fee_amount",
    "maximum": 'share * installment_unpaid if days_since_due > grace else money("0.00")',
    "message": "New York allows {share}.",
    "citation": {"cite": "N.Y. Real Prop. Law 254-b"},
    "values": {
        "share": {"1981-01-01": "0.04", "2020-01-01": "0.02"},
        "grace": {"1981-01-01": "15"},
    },
}


def law(said: dict[str, Any], **otherwise: Any) -> Rule:
    """A rule from its data, with some of it said otherwise."""
    told = {**said, **otherwise}
    kind = Requirement if told.pop("kind") == "requirement" else Limit
    return msgspec.convert(told, kind)
