"""The one description of the database schema; Alembic migrates it, asyncpg drives it."""

from __future__ import annotations

from store.tables.books import journal_entry, posting
from store.tables.bulk import bulk_loan, bulk_run
from store.tables.findings import finding
from store.tables.loans import event, loan, loan_state, position
from store.tables.metadata import LOAN_OWNED, metadata
from store.tables.moves import move_plan, move_plan_loan
from store.tables.overrides import override
from store.tables.people import api_key, audit_log, borrower, session, staff_user
from store.tables.publishing import (
    definition_past,
    draft,
    draft_entry,
    effect_loan,
    effect_run,
    retirement,
    step_receipt,
)
from store.tables.shadows import shadow_day, shadow_divergence, shadow_loan, shadow_run
from store.tables.work import (
    boarding,
    boarding_row,
    day_root,
    definition,
    index_value,
    outbox,
    quote,
    receipt,
    setting,
)

__all__ = [
    "LOAN_OWNED",
    "api_key",
    "audit_log",
    "boarding",
    "boarding_row",
    "borrower",
    "bulk_loan",
    "bulk_run",
    "day_root",
    "definition",
    "definition_past",
    "draft",
    "draft_entry",
    "effect_loan",
    "effect_run",
    "event",
    "finding",
    "index_value",
    "journal_entry",
    "loan",
    "loan_state",
    "metadata",
    "move_plan",
    "move_plan_loan",
    "outbox",
    "override",
    "position",
    "posting",
    "quote",
    "receipt",
    "retirement",
    "session",
    "setting",
    "shadow_day",
    "shadow_divergence",
    "shadow_loan",
    "shadow_run",
    "staff_user",
    "step_receipt",
]
