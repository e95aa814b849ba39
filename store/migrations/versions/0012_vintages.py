"""Loans found by the day of their contract."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("CREATE INDEX loan_contract_date_loan_id_idx ON loan (contract_date, loan_id)")
