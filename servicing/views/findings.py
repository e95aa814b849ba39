"""The findings log: what rules said to commands and to time passing."""

from __future__ import annotations

from datetime import date, datetime

from servicing.views.view import View


class FindingEntry(View, frozen=True, kw_only=True):
    """What one rule said, other than that all is well."""

    finding: int
    """Number in the order of writing."""
    posted_on: date
    """Business date on which it was said."""
    effective_on: date
    """The day it is about."""
    recorded_at: datetime
    rule: str
    rule_title: str
    """Title of the rule as it is published now; its name where it is none."""
    outcome: str
    """refused: nothing happened; set_aside: a second person let it through; adjusted: an amount
    was made lawful, or a fee was not charged; warned: it happened all the same."""
    message: str
    citation: str
    href: str
    """Address of the text of the law, where the rule is published."""
    figures: dict[str, str]
    """Dated figures of the rule that were in force."""
    row: str
    """The row that decided, of a decision table."""
    loan_id: str
    """Empty where a loan was refused, so that there is none."""
    seq: int
    """Number of the loan's event it is about; 0 where nothing happened."""
    command: str
    """What was asked: receive_payment, advance_to …; empty in what was told from older events."""
    actor: str
    actor_name: str
    override_id: str
    """The override that let it through."""
