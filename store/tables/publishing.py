"""What is on its way to being published, who agreed, what it replaced and what is retired."""

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
from sqlalchemy.dialects.postgresql import TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

draft = Table(
    "draft",
    metadata,
    Column("draft_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("began_from", Text, nullable=False),
    Column("began_hash", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("approved_by", Text, nullable=False, server_default=""),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("changed_at", _MOMENT, nullable=False),
    Index("draft_open_idx", "kind", "name", postgresql_where=text("state <> 'published'")),
)
"""A definition being written; ``revision`` guards every change of it."""

draft_entry = Table(
    "draft_entry",
    metadata,
    Column("draft_id", Text, ForeignKey("draft.draft_id"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("action", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("actor_name", Text, nullable=False),
    Column("comment", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
)
"""Who did what to a draft, append-only: one entry for each revision."""

definition_past = Table(
    "definition_past",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("recorded_at", _MOMENT, primary_key=True),
    Column("replaced_at", _MOMENT, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""Texts of rules as they were published before the one that counts now."""

effect_run = Table(
    "effect_run",
    metadata,
    Column("run_id", Text, primary_key=True),
    Column("draft_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("view", LargeBinary, nullable=False),
    Column("beat_at", _MOMENT, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Index(None, "draft_id"),
)
"""The effect of a draft over the live book, as far as it is worked out."""

effect_loan = Table(
    "effect_loan",
    metadata,
    Column("run_id", Text, ForeignKey("effect_run.run_id"), primary_key=True),
    Column("loan_id", Text, primary_key=True),
    Column("moved", BigInteger, nullable=False),
    Column("effect", LargeBinary, nullable=False),
)
"""A loan that would stand otherwise, and by how much, in minor units."""

retirement = Table(
    "retirement",
    metadata,
    Column("product", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("last_day", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
)
"""The last day a product version is offered."""

step_receipt = Table(
    "step_receipt",
    metadata,
    Column("client", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("body", LargeBinary),
    Column("recorded_at", _MOMENT, nullable=False),
)
"""The first answer to a request that changes no loan; without a body it is being carried out."""
