"""Interest that a schedule fixes by period is earned at so much a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("position", sa.Column("per_day_numerator", sa.BigInteger()))
    op.add_column("position", sa.Column("per_day_denominator", sa.BigInteger()))
