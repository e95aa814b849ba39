"""Who made an API key, so that a person and a key of theirs are not two people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keys made before are told by the audit log, where they stand in it."""
    op.add_column("api_key", sa.Column("made_by", sa.Text, nullable=False, server_default=""))
    op.execute(
        "UPDATE api_key AS k SET made_by = a.actor FROM audit_log AS a "
        "WHERE a.action = 'key_created' AND a.subject = k.key_id"
    )
