"""The first schema: tables, the application's role and what it may do."""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ROLE = """
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'loanwright_app') THEN
    CREATE ROLE loanwright_app NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;
END $$
"""
_MEMBER = """
DO $$
BEGIN
  EXECUTE format('GRANT loanwright_app TO %I', current_user);
EXCEPTION WHEN insufficient_privilege THEN
  IF NOT pg_has_role(current_user, 'loanwright_app', 'MEMBER') THEN
    RAISE;
  END IF;
END $$
"""
_GRANTS = (
    "GRANT USAGE ON SCHEMA public TO loanwright_app",
    "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO loanwright_app",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO loanwright_app",
    """GRANT UPDATE ON loan, loan_state, position, borrower, staff_user, session, api_key, receipt,
       outbox, quote, boarding, setting, definition TO loanwright_app""",
    "GRANT DELETE ON session TO loanwright_app",
)


def upgrade() -> None:
    tables = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
    for statement in tables.split(";\n"):
        if statement.strip():
            op.execute(statement)
    for statement in (_ROLE, _MEMBER, *_GRANTS):
        op.execute(statement)
