"""One command on every loan of a list: previewed, carried out, told loan by loan."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

bulk_run = Table(
    "bulk_run",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("command", LargeBinary, nullable=False),
    Column("command_name", Text, nullable=False),
    Column("narrowed", JSONB, nullable=False),
    Column("state", Text, nullable=False),
    Column("total", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("beat_at", _MOMENT, nullable=False),
)
"""The command, the list it was asked for, and how far it is."""

bulk_loan = Table(
    "bulk_loan",
    metadata,
    Column("run_id", Text, ForeignKey("bulk_run.run_id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("loan_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("message", Text, nullable=False, server_default=""),
    Column("owed_before", Text, nullable=False, server_default=""),
    Column("owed_after", Text, nullable=False, server_default=""),
    Column("seq", Integer, nullable=False, server_default="0"),
    Index(None, "run_id", "state", "place"),
)
"""A loan of the list, in its order: what the command would do to it, did, or why it cannot."""
