"""Drafts in words: what one is of, and where it stands."""

from __future__ import annotations

from typing import Final

from admin_ui.words import title
from servicing.views.publishing import DraftRowView

STATES: Final = {
    "draft": ("Being written", ""),
    "in_review": ("In review", "warn"),
    "approved": ("Approved", "brand"),
    "published": ("Published", "ok"),
    "withdrawn": ("Withdrawn", ""),
}
ACTIONS: Final = {
    "created": "began it",
    "edited": "changed it",
    "submitted": "asked for review",
    "commented": "said",
    "returned": "asked for changes",
    "approved": "approved it",
    "published": "published it",
    "withdrawn": "gave it up",
}


def draft_title(row: DraftRowView) -> str:
    """What a draft is of: "Pay in 4, version 3"; a rule by its name."""
    if row.kind == "rule":
        return row.name
    return f"{title(row.name)}, version {row.version}"


def kind_title(kind: str) -> str:
    """A kind of definition in words."""
    return title(kind)
