"""Requests to set a rule aside for one command, and what a second person said."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

override = Table(
    "override",
    metadata,
    Column("override_id", Text, primary_key=True),
    Column("loan_id", Text, nullable=False),
    Column("command", LargeBinary, nullable=False),
    Column("refused", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("requested_name", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("state", Text, nullable=False),
    Column("decided_by", Text, nullable=False, server_default=""),
    Column("decided_name", Text, nullable=False, server_default=""),
    Column("decided_at", _MOMENT),
    Column("note", Text, nullable=False, server_default=""),
    Column("used_on", Text, nullable=False, server_default=""),
    Index("override_open_idx", "state", "recorded_at"),
    Index(None, "loan_id"),
)
"""``loan_id`` is empty for a loan to be made; ``used_on`` is the loan it was used on."""
