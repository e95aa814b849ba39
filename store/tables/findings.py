"""What rules said to commands and to time passing, wherever it was more than that all is well."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Identity, Index, Integer, Table, Text
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

from store.tables.metadata import metadata

finding = Table(
    "finding",
    metadata,
    Column("finding", BigInteger, Identity(always=True), primary_key=True),
    Column("loan_id", Text, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("recorded_at", TIMESTAMP(timezone=True), nullable=False),
    Column("actor", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("command", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("citation", Text, nullable=False),
    Column("detail", JSONB, nullable=False),
    Index(None, "posted_on", "finding"),
    Index(None, "loan_id", "posted_on", "finding"),
    Index(None, "rule", "posted_on", "finding"),
    Index(None, "outcome", "posted_on", "finding"),
    Index(None, "rule", "outcome", "posted_on", "finding"),
)
"""One finding; ``loan_id`` is empty where no loan was made, ``seq`` 0 where nothing happened."""
