"""Fees may earn interest: what does is kept beside the principal."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Positions written before have none: there the principal alone earned interest."""
    op.add_column("position", sa.Column("interest_bearing", sa.BigInteger()))
