"""Keys of loan-owned tables begin with the loan, so that they can be partitioned by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from store.tables import metadata
from store.tables.metadata import APPEND_ONLY, LOAN_OWNED

NOT_LOAN_OWNED = {
    "override", "receipt", "outbox", "boarding_row", "effect_loan", "move_plan_loan", "shadow_loan",
    "shadow_divergence", "bulk_loan", "finding"
}  # fmt: skip
"""They name a loan and are keyed by something else, on purpose."""


def keys_without_loan(tables: MetaData, owned: frozenset[str]) -> Iterator[str]:
    """Every key of a loan-owned table that does not begin with loan_id."""
    for name in sorted(owned):
        table = tables.tables[name]
        for constraint in table.constraints:
            if isinstance(
                constraint, PrimaryKeyConstraint | UniqueConstraint | ForeignKeyConstraint
            ):
                columns = [column.name for column in constraint.columns]
                if columns[:1] != ["loan_id"]:
                    yield f"{name}: {type(constraint).__name__} {columns}"
        for index in table.indexes:
            if index.unique and [c.name for c in index.columns][:1] != ["loan_id"]:
                yield f"{name}: unique index {index.name}"


def test_every_key_of_a_loan_owned_table_begins_with_the_loan() -> None:
    assert list(keys_without_loan(metadata, LOAN_OWNED)) == []


def test_a_key_without_the_loan_is_found() -> None:
    other = MetaData()
    Table("badge", other, Column("badge_id", Text, primary_key=True), Column("loan_id", Text))
    found = list(keys_without_loan(other, frozenset({"badge"})))
    assert found == ["badge: PrimaryKeyConstraint ['badge_id']"]


def test_every_table_that_names_a_loan_is_owned_or_exempt() -> None:
    naming = {name for name, table in metadata.tables.items() if "loan_id" in table.columns}
    assert naming == LOAN_OWNED | NOT_LOAN_OWNED


@pytest.mark.parametrize("name", sorted(APPEND_ONLY))
def test_append_only_tables_exist(name: str) -> None:
    assert name in metadata.tables
