"""What a list of loans is narrowed by, as it stands in the address of its page and of its file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from admin_ui.moment import moment_of

FILTERS = ("search", "status", "product", "stage", "late_days", "begun", "sort")
WORST_FIRST = "-days_past_due"


def filters_of(query: Mapping[str, str]) -> dict[str, str]:
    """Every filter in an address; what is not there is empty."""
    return {name: query.get(name, "") for name in FILTERS}


def asked_of(query: Mapping[str, str]) -> dict[str, Any]:
    """What the list is asked for; a number of days that is none is left out."""
    at = moment_of(query)
    late = query.get("late_days", "")
    return {
        "search": query.get("search", ""),
        "status": query.get("status") or None,
        "product": query.get("product") or None,
        "stage": query.get("stage") or None,
        "late_days": int(late) if late.isascii() and late.isdecimal() and len(late) < 6 else None,
        "begun": query.get("begun", ""),
        "sort": query.get("sort") or WORST_FIRST,
        "as_of": at.as_of,
        "as_known_at": at.as_known_at,
    }
