"""The metadata all tables belong to, and which of them a loan owns.

``loan_id`` leads every primary, unique and foreign key of a loan-owned table, so that the tables
can be partitioned by loan without a change. ``receipt``, ``outbox`` and ``finding`` are not
loan-owned: one is keyed by who asked, the others are read in one order over all loans.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import MetaData

metadata: Final = MetaData(
    naming_convention={
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_name)s_fkey",
        "ix": "%(table_name)s_%(column_0_N_name)s_idx",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "ck": "%(table_name)s_%(constraint_name)s_check",
    }
)

LOAN_OWNED: Final = frozenset(
    {"loan", "event", "loan_state", "position", "journal_entry", "posting"}
)
"""Tables whose rows belong to one loan."""

APPEND_ONLY: Final = frozenset(
    {
        "event",
        "journal_entry",
        "posting",
        "day_root",
        "audit_log",
        "draft_entry",
        "definition_past",
        "retirement",
        "index_value",
        "shadow_divergence",
        "finding",
    }
)
"""Tables the application may add to and read, but neither change nor delete from."""
