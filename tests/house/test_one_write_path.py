"""Every change of a loan goes through the one write path, and only the store knows SQL."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import PACKAGES, imported, modules, parsed

OF_A_LOAN = ("loan", "loan_state", "event", "position", "outbox", "receipt")
"""Tables written in the one guarded statement, and nowhere else."""
HISTORY = ("event", "journal_entry", "posting")
"""Tables that are only ever added to."""
SQL = re.compile(
    r"\b(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM)\b", re.DOTALL
)
WRITE = "store.loan_write"


def texts(path: Path) -> Iterator[str]:
    """String constants of a module, docstrings among them."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_only_the_servicer_writes_a_loan() -> None:
    writers = [str(path) for path in modules(*PACKAGES) if WRITE in imported(path)]
    assert writers == ["servicing/servicer.py"]


def test_a_loans_tables_are_written_in_one_place() -> None:
    tables = re.compile(rf"INSERT\s+INTO\s+({'|'.join(OF_A_LOAN)})\b")
    places = {
        str(path) for path in modules(*PACKAGES) if any(tables.search(text) for text in texts(path))
    }
    assert places == {"store/loan_write.py"}


def test_history_is_never_updated_nor_deleted() -> None:
    edits = re.compile(rf"(UPDATE|DELETE\s+FROM|TRUNCATE)\s+({'|'.join(HISTORY)})\b", re.IGNORECASE)
    assert not [
        str(path) for path in modules(*PACKAGES) for text in texts(path) if edits.search(text)
    ]


def test_only_the_store_knows_sql() -> None:
    outside = [package for package in PACKAGES if package != "store"]
    assert not [str(path) for path in modules(*outside) for text in texts(path) if SQL.search(text)]
