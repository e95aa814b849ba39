"""Editors are offered every fact, with its type as files write it."""

from __future__ import annotations

import msgspec

from engine.compliance.fact_words import FACT, GIVEN, UNITS
from engine.facts.facts import VOCABULARY


def offered(meta: msgspec.Meta) -> dict[str, dict[str, object]]:
    assert meta.extra_json_schema is not None
    return dict(meta.extra_json_schema["properties"])


def test_every_fact_is_offered_with_its_sentence() -> None:
    given, units = offered(GIVEN), offered(UNITS)
    assert given.keys() == units.keys() == VOCABULARY.keys()
    assert given["covered_borrower"]["type"] == "boolean"
    assert given["days_since_due"]["type"] == "integer"
    assert given["apr"]["type"] == "string" and units["apr"]["enum"] == ["rate"]
    assert "Annual percentage rate" in str(units["apr"]["description"])


def test_only_facts_with_an_order_are_offered_to_narrow() -> None:
    assert FACT.extra_json_schema is not None
    names = FACT.extra_json_schema["anyOf"][0]["enum"]
    assert "fee_amount" in names and "state" not in names
