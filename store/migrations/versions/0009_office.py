"""One-time passwords, and the audit trail found by subject and by moment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TIMESTAMP

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_user", sa.Column("one_time_until", TIMESTAMP(timezone=True)))
    op.execute("CREATE INDEX audit_log_subject_entry_idx ON audit_log (subject, entry)")
    op.execute(
        "CREATE INDEX event_by_people_idx ON event (recorded_at, loan_id, seq) "
        "WHERE actor NOT LIKE 'automation:%'"
    )
