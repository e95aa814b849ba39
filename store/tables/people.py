"""People: borrowers with their personal data encrypted, staff, and who may ask by key."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

borrower = Table(
    "borrower",
    metadata,
    Column("borrower_id", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("search", ARRAY(Text), nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Index("borrower_search_idx", "search", postgresql_using="gin"),
)
"""Who owes: name and contact details sealed, and keyed hashes of the words they are found by."""

staff_user = Table(
    "staff_user",
    metadata,
    Column("user_id", Text, primary_key=True),
    Column("email", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("active", Boolean, nullable=False, server_default="true"),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("one_time_until", _MOMENT),
)
"""Who signs in; until ``one_time_until`` with a password that is only good to choose another."""

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("user_id", Text, ForeignKey("staff_user.user_id"), nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("expires_at", _MOMENT, nullable=False),
)

api_key = Table(
    "api_key",
    metadata,
    Column("key_id", Text, primary_key=True),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", ARRAY(Text), nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("expires_at", _MOMENT),
    Column("revoked_at", _MOMENT),
    Column("last_used_at", _MOMENT),
    Column("made_by", Text, nullable=False, server_default=""),
)
"""What systems sign in with; ``made_by`` is who made it, empty where the house itself did."""

audit_log = Table(
    "audit_log",
    metadata,
    Column("entry", BigInteger, Identity(always=True), primary_key=True),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", JSONB, nullable=False, server_default="{}"),
    Index(None, "subject", "entry"),
)
"""What people did that is no event of a loan: sign-ins, keys, users, definitions applied."""
