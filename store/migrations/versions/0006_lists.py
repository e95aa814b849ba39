"""Indexes by which lists of loans are read in order, of the newest positions alone."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NEWEST = "known_until = 'infinity' AND valid_until = 'infinity'"
_ACTIVE = f"{_NEWEST} AND status = 'active'"
_INDEXES = (
    ("begun", "valid_from", _NEWEST),
    ("late", "oldest_unpaid_due_date, loan_id DESC", _ACTIVE),
    ("stage", "stage, oldest_unpaid_due_date, loan_id DESC", _NEWEST),
    ("status", "status, loan_id", _NEWEST),
    ("principal", "principal, loan_id", _NEWEST),
    ("due", "coalesce(next_due_date, '9999-12-31'::date), loan_id", _NEWEST),
    (
        "by_engine",
        "loan_id",
        f"{_ACTIVE} AND NOT day_count = ANY (ARRAY['actual/365', 'actual/360', '30/360'])",
    ),
)


def upgrade() -> None:
    for name, columns, where in _INDEXES:
        op.execute(f"CREATE INDEX position_{name}_idx ON position ({columns}) WHERE {where}")
