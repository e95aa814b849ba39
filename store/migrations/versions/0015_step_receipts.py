"""First answers to requests that change no loan, by who asked and the idempotency key."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE TABLE step_receipt (client TEXT NOT NULL, key TEXT NOT NULL, "
        "request_hash BYTEA NOT NULL, body BYTEA, recorded_at TIMESTAMP WITH TIME ZONE NOT NULL, "
        "CONSTRAINT step_receipt_pkey PRIMARY KEY (client, key))"
    )
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON step_receipt TO loanwright_app")
