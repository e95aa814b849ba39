"""Candidates that run in shadow beside what is live: the run, each loan in it, what differs."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

shadow_run = Table(
    "shadow_run",
    metadata,
    Column("shadow_id", Text, primary_key=True),
    Column("product", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("draft_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("began_on", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("actor", Text, nullable=False),
    Column("started_at", _MOMENT, nullable=False),
    Column("changed_at", _MOMENT, nullable=False),
    Index("shadow_run_running_idx", "product", postgresql_where=text("state = 'running'")),
)
"""A candidate's text as it was when its shadow run began; running, stopped or failed."""

shadow_loan = Table(
    "shadow_loan",
    metadata,
    Column("shadow_id", Text, ForeignKey("shadow_run.shadow_id"), primary_key=True),
    Column("loan_id", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("next_boundary", Date),
    Column("known", ARRAY(Text), nullable=False),
    Column("moved", BigInteger, nullable=False),
    Column("fault", Text, nullable=False, server_default=""),
)
"""How far a loan was looked at: its events, the day its candidate decides next, what differs."""

shadow_divergence = Table(
    "shadow_divergence",
    metadata,
    Column("shadow_id", Text, ForeignKey("shadow_run.shadow_id"), primary_key=True),
    Column("loan_id", Text, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("found_on", Date, nullable=False),
    Column("divergence", LargeBinary, nullable=False),
    Index(None, "shadow_id", "found_on"),
)
"""Something that came out otherwise under the candidate, on the business day it was found."""

shadow_day = Table(
    "shadow_day",
    metadata,
    Column("shadow_id", Text, ForeignKey("shadow_run.shadow_id"), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("loans", Integer, nullable=False),
    Column("divergences", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
)
"""What a business day brought: loans decided anew, divergences found, loans left for later."""
