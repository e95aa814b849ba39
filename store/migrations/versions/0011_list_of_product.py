"""An index by which the loans of one product are listed, of the newest positions alone."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX position_product_idx ON position "
        "(product, oldest_unpaid_due_date, loan_id DESC) "
        "WHERE known_until = 'infinity' AND valid_until = 'infinity'"
    )
