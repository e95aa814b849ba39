"""The books: balanced journal entries and their postings, append-only, in minor units."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from store.tables.metadata import metadata

journal_entry = Table(
    "journal_entry",
    metadata,
    Column("loan_id", Text, ForeignKey("loan.loan_id"), primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("event_seq", Integer, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("recorded_at", TIMESTAMP(timezone=True), nullable=False),
    Column("title", Text, nullable=False),
)
"""One entry; ``event_seq`` is 0 for interest, which is booked outside the stream."""

posting = Table(
    "posting",
    metadata,
    Column("loan_id", Text, primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("line", SmallInteger, primary_key=True),
    Column("role", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    ForeignKeyConstraint(
        ["loan_id", "entry"],
        ["journal_entry.loan_id", "journal_entry.entry"],
        name="posting_entry_fkey",
    ),
)
"""An amount on an account: a debit above zero, a credit below."""
