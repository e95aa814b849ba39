"""Positions hold the month of the contract, and an index lists the loans of one month."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE position ADD COLUMN contract_month date")
    op.execute(
        "UPDATE position AS p SET contract_month = date_trunc('month', l.contract_date)::date "
        "FROM loan AS l WHERE l.loan_id = p.loan_id"
    )
    op.execute("ALTER TABLE position ALTER COLUMN contract_month SET NOT NULL")
    op.execute(
        "CREATE INDEX position_month_idx ON position "
        "(contract_month, oldest_unpaid_due_date, loan_id DESC) "
        "WHERE known_until = 'infinity' AND valid_until = 'infinity'"
    )
