"""Definition documents become the engine's values, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from engine.codec.definition import decode_definition, to_document
from engine.errors import DefinitionError
from engine.values.money import Money
from engine.values.rate import Rate


class Offered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A small definition."""

    amount: Money
    rate: Rate | None = None
    values: dict[date, str] = {}
    parts: tuple[Money, ...] = ()


def test_text_becomes_amounts_of_the_currency() -> None:
    document = {"amount": "1500.00", "rate": "0.0799", "values": {"2016-10-03": "0.36"}}
    assert decode_definition(document, Offered, "USD") == Offered(
        amount=Money(150000), rate=Rate.parse("0.0799"), values={date(2016, 10, 3): "0.36"}
    )
    assert decode_definition({"amount": "1500"}, Offered, "JPY").amount == Money(1500)


def test_a_value_written_as_a_document_is_read_back() -> None:
    value = Offered(amount=Money(150000), rate=Rate.parse("0.0799"), parts=(Money(1), Money(2)))
    document = to_document(value, "USD")
    assert document["amount"] == "1500.00"
    assert decode_definition(document, Offered, "USD") == value


@pytest.mark.parametrize(
    ("document", "path", "words"),
    [
        ({"amount": "1.005"}, "/amount", "more than the 2 decimals of USD"),
        ({"amount": 15}, "/amount", "15 must be quoted decimal text"),
        ({"amount": "1", "parts": ["1", "x"]}, "/parts/1", "not a decimal amount"),
        ({"amount": "1", "rate": "7.99%"}, "/rate", "is not a rate"),
        ({"amount": "1", "values": {"2016-13-03": "0"}}, "/values", "Invalid"),
        ({"amount": "NaN"}, "/amount", "not a decimal amount"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    document: dict[str, Any], path: str, words: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        decode_definition(document, Offered, "USD")
    (problem,) = wrong.value.problems
    assert problem.path.startswith(path)
    assert words in problem.message
