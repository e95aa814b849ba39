"""Loans: their events, the state they add up to, and the closed forms reports are made from.

Amounts are whole minor units of the loan's currency.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    SmallInteger,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)
_NEWEST = text("known_until = 'infinity' AND valid_until = 'infinity'")

loan = Table(
    "loan",
    metadata,
    Column("loan_id", Text, primary_key=True),
    Column("borrower_id", Text, nullable=False),
    Column("legal_entity_id", Text, nullable=False),
    Column("product", Text, nullable=False),
    Column("product_version", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("contract_date", Date, nullable=False),
    Column("governing_state", Text, nullable=False),
    Column("external_id", Text, nullable=False, server_default=""),
    Column("metadata", JSONB, nullable=False, server_default="{}"),
    Column("recorded_at", _MOMENT, nullable=False),
    Index(None, "borrower_id"),
    Index(None, "contract_date", "loan_id"),
    Index("loan_external_id_idx", "external_id", postgresql_where=text("external_id <> ''")),
)
"""What is found about a loan without reading its events."""

event = Table(
    "event",
    metadata,
    Column("loan_id", Text, ForeignKey("loan.loan_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("actor", Text, nullable=False),
    Column("command_id", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("recipe", SmallInteger, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Index("event_posted_on_idx", "posted_on"),
    Index(
        "event_by_people_idx",
        "recorded_at",
        "loan_id",
        "seq",
        postgresql_where=text("actor NOT LIKE 'automation:%'"),
    ),
    Index(
        "event_reset_awaited_idx",
        "loan_id",
        postgresql_where=text("kind = 'rate_reset_awaited'"),
    ),
)
"""What happened, append-only; each hash covers the one before and the stored bytes."""

loan_state = Table(
    "loan_state",
    metadata,
    Column("loan_id", Text, ForeignKey("loan.loan_id"), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("state", LargeBinary, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("last_hash", LargeBinary, nullable=False),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("interest_booked", BigInteger, nullable=False),
    Column("booked_through", Date),
)
"""The fold of the events so far, and how far the books are; ``seq`` and ``entries`` guard it."""

position = Table(
    "position",
    metadata,
    Column("loan_id", Text, ForeignKey("loan.loan_id"), primary_key=True),
    Column("known_from", _MOMENT, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("known_until", _MOMENT, nullable=False, server_default="infinity"),
    Column("valid_until", Date, nullable=False, server_default="infinity"),
    Column("next_boundary", Date),
    Column("product", Text, nullable=False),
    Column("currency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("principal", BigInteger, nullable=False),
    Column("carry_numerator", Numeric, nullable=False),
    Column("carry_denominator", Numeric, nullable=False),
    Column("anchor", Date, nullable=False),
    Column("day_count", Text, nullable=False),
    Column("rounding", Text, nullable=False),
    Column("rate_numerator", Numeric, nullable=False),
    Column("rate_denominator", Numeric, nullable=False),
    Column("fees_owed", BigInteger, nullable=False),
    Column("unapplied_funds", BigInteger, nullable=False),
    Column("recovery_balance", BigInteger, nullable=False),
    Column("past_due_first_day", BigInteger, nullable=False),
    Column("past_due_after", BigInteger, nullable=False),
    Column("past_due_fees_first_day", BigInteger, nullable=False),
    Column("past_due_fees_after", BigInteger, nullable=False),
    Column("all_past_due_after", Date),
    Column("oldest_unpaid_due_date", Date),
    Column("next_due_date", Date),
    Column("next_due_amount", BigInteger, nullable=False),
    Column("stage", Text, nullable=False),
    Column("per_day_numerator", BigInteger),
    Column("per_day_denominator", BigInteger),
    Column("interest_bearing", BigInteger),
    Column("contract_month", Date, nullable=False),
    Index("position_boundary_idx", "next_boundary", postgresql_where=_NEWEST),
    Index("position_begun_idx", "valid_from", postgresql_where=_NEWEST),
    Index(
        "position_late_idx",
        "oldest_unpaid_due_date",
        text("loan_id DESC"),
        postgresql_where=text(f"{_NEWEST} AND status = 'active'"),
    ),
    Index(
        "position_stage_idx",
        "stage",
        "oldest_unpaid_due_date",
        text("loan_id DESC"),
        postgresql_where=_NEWEST,
    ),
    Index(
        "position_product_idx",
        "product",
        "oldest_unpaid_due_date",
        text("loan_id DESC"),
        postgresql_where=_NEWEST,
    ),
    Index(
        "position_month_idx",
        "contract_month",
        "oldest_unpaid_due_date",
        text("loan_id DESC"),
        postgresql_where=_NEWEST,
    ),
    Index("position_status_idx", "status", "loan_id", postgresql_where=_NEWEST),
    Index("position_principal_idx", "principal", "loan_id", postgresql_where=_NEWEST),
    Index(
        "position_due_idx",
        text("coalesce(next_due_date, '9999-12-31'::date)"),
        "loan_id",
        postgresql_where=_NEWEST,
    ),
    Index(
        "position_by_engine_idx",
        "loan_id",
        postgresql_where=text(
            f"{_NEWEST} AND status = 'active' "
            "AND NOT day_count = ANY (ARRAY['actual/365', 'actual/360', '30/360'])"
        ),
    ),
)
"""Closed forms of a loan over a span of days, as known over a span of moments."""
