"""Where definitions stand, and what of their text a new version changes."""

from __future__ import annotations

from datetime import date

import pytest

from servicing.publishing.candidate import numbers
from servicing.publishing.places import beginning, file_of, is_product, reference_of, renumbered
from tests.servicing.lending import Lender

TEXT = """# version: of what
product: a
version: 1  # the first
live_from: 2020-01-01
x:
  version: 7
"""


@pytest.mark.parametrize(
    ("kind", "name", "file", "reference"),
    [
        ("product", "car", "products/car/v3.yaml", "car@3"),
        ("waterfall", "w", "products/waterfalls/w/v3.yaml", "w@3"),
        ("calendar", "c", "products/calendars/c/v3.yaml", "c@3"),
        ("chart_of_accounts", "b", "products/books/b/v3.yaml", "b@3"),
        ("rule", "us.tx.cap", "rules/us/tx/cap.yaml", "us.tx.cap"),
    ],
)
def test_where_a_definition_stands(kind: str, name: str, file: str, reference: str) -> None:
    assert file_of(kind, name, 3) == file
    assert reference_of(kind, name, 3) == reference
    assert is_product(kind) == (kind == "product")


def test_only_the_lines_of_the_document_itself_change() -> None:
    assert renumbered(TEXT, 4).splitlines()[2] == "version: 4"
    assert "  version: 7" in renumbered(TEXT, 4) and "# version: of what" in renumbered(TEXT, 4)
    assert "live_from: 2030-05-06\n" in beginning(TEXT, date(2030, 5, 6))


async def test_the_numbers_taken(lender: Lender) -> None:
    catalog = lender.house.catalog
    assert numbers(catalog, "product", "pay_in_4")[0] == 1
    assert numbers(catalog, "waterfall", "consumer_standard") == [1]
    assert numbers(catalog, "calendar", "nothing") == []
    assert numbers(catalog, "rule", "us.x") == []
