"""What the findings log is narrowed by, as it stands in the address of its page and its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from admin_ui.moment import day_of

FILTERS = ("rule", "outcome", "loan", "since", "until")
OUTCOMES = {
    "refused": "Refused",
    "set_aside": "Set aside",
    "adjusted": "Adjusted",
    "warned": "Warned",
}


def narrowed_by(query: Mapping[str, str]) -> dict[str, Any]:
    """What the log is asked for; an outcome or day that is none is left out."""
    outcome = query.get("outcome", "")
    return {
        "rule": query.get("rule", ""),
        "outcome": outcome if outcome in OUTCOMES else "",
        "loan_id": query.get("loan", ""),
        "since": day_of(query.get("since")),
        "until": day_of(query.get("until")),
    }
