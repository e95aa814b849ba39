"""Receipts, messages going out, quotes, definitions, boarding, day roots and settings."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.types import UserDefinedType

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)


class TransactionId(UserDefinedType[int]):
    """PostgreSQL's xid8: which transaction wrote a row."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


receipt = Table(
    "receipt",
    metadata,
    Column("client", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("loan_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
)
"""The first answer to a request, by who asked and the idempotency key; never deleted."""

outbox = Table(
    "outbox",
    metadata,
    Column("message", BigInteger, Identity(always=True), primary_key=True),
    Column(
        "written_by",
        TransactionId(),
        nullable=False,
        server_default=text("pg_current_xact_id()"),
    ),
    Column("loan_id", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("body", JSONB, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("delivered_at", _MOMENT),
    Index("outbox_undelivered_idx", "message", postgresql_where=text("delivered_at IS NULL")),
)
"""What the world should hear, written in the same transaction as what happened."""

quote = Table(
    "quote",
    metadata,
    Column("quote_id", Text, primary_key=True),
    Column("product", Text, nullable=False),
    Column("product_version", Integer, nullable=False),
    Column("requested", LargeBinary, nullable=False),
    Column("view", LargeBinary, nullable=False),
    Column("expires_on", Date, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
)

definition = Table(
    "definition",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("file", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("published_by", Text, nullable=False, server_default=""),
    Column("approved_by", Text, nullable=False, server_default=""),
)
"""Published products, rules and what they share, as text; at run time this is the truth."""

boarding = Table(
    "boarding",
    metadata,
    Column("boarding_id", Text, primary_key=True),
    Column("content_hash", LargeBinary, nullable=False),
    Column("product", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("report", LargeBinary),
)

boarding_row = Table(
    "boarding_row",
    metadata,
    Column("boarding_id", Text, ForeignKey("boarding.boarding_id"), primary_key=True),
    Column("line", Integer, primary_key=True),
    Column("external_id", Text, nullable=False),
    Column("loan_id", Text, nullable=False),
    Index(None, "external_id"),
)
"""A row of a boarding file that became a loan."""

day_root = Table(
    "day_root",
    metadata,
    Column("posted_on", Date, primary_key=True),
    Column("events", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
)
"""One hash over the events of a business date, taken when the day is over."""

setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", JSONB, nullable=False),
)

index_value = Table(
    "index_value",
    metadata,
    Column("index_name", Text, primary_key=True),
    Column("value_on", Date, primary_key=True),
    Column("recorded_at", _MOMENT, primary_key=True),
    Column("value", Text, nullable=False),
    Column("known_on", Date, nullable=False),
    Column("actor", Text, nullable=False),
)
"""Values of rate indexes as published; the last recorded for a day counts from then on."""
