"""Loans moved together to another version: the plan, who agreed, and what came of each loan."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, Table, Text
from sqlalchemy.dialects.postgresql import TIMESTAMP

from store.tables.metadata import metadata

_MOMENT = TIMESTAMP(timezone=True)

move_plan = Table(
    "move_plan",
    metadata,
    Column("plan_id", Text, primary_key=True),
    Column("product", Text, nullable=False),
    Column("to_version", Integer, nullable=False),
    Column("moved_on", Date, nullable=False),
    Column("condition", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("approved_by", Text, nullable=False, server_default=""),
    Column("recorded_at", _MOMENT, nullable=False),
    Column("changed_at", _MOMENT, nullable=False),
)

move_plan_loan = Table(
    "move_plan_loan",
    metadata,
    Column("plan_id", Text, ForeignKey("move_plan.plan_id"), primary_key=True),
    Column("loan_id", Text, primary_key=True),
    Column("from_version", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("consent", Text, nullable=False, server_default=""),
    Column("owed_before", BigInteger, nullable=False),
    Column("owed_after", BigInteger, nullable=False),
)
"""A loan of a plan: what the move would do, then what it did; amounts in minor units."""
