"""A schema read for a form, and what is typed as the document says it."""

from __future__ import annotations

import pytest

from admin_ui.components.definition_form import shape_of
from admin_ui.components.definition_items import item_name, singular
from admin_ui.components.schema_parts import GONE, SchemaParts, at, is_simple, put, shown, typed
from servicing.studio.document import schema_for

PARTS = SchemaParts(schema_for("product"))
FEE = PARTS.of(PARTS.root["properties"]["fees"]["items"])


def test_a_reference_is_resolved_and_its_own_words_count() -> None:
    part = PARTS.of(PARTS.root["properties"]["live_from"])
    assert part["x-form"] == "date" and part["description"].startswith("First day")
    assert is_simple(part) and not is_simple(PARTS.of(PARTS.root["properties"]["limits"]))


def test_a_choice_is_known_by_its_tag_and_keeps_what_both_kinds_say() -> None:
    flat = {"kind": "flat", "amount": "7.00"}
    amount = PARTS.of(
        PARTS.of(PARTS.chosen(FEE, {"kind": "late_fee"}) or {})["properties"]["amount"]
    )
    assert (PARTS.chosen(amount, flat) or {})["title"] == "Flat"
    assert PARTS.chosen(amount, {"kind": "unheard"}) is None
    fee = {"kind": "late_fee", "name": "late", "title": "Late fee", "amount": flat, "grace_days": 3}
    other = PARTS.of_other_kind(FEE, fee, "manual_fee")
    assert other["kind"] == "manual_fee" and other["title"] == "Late fee"
    assert "grace_days" not in other


def test_a_new_part_says_the_least_it_must() -> None:
    fee = PARTS.first_of_kind(FEE, "late_fee")
    assert {"kind", "name", "title", "amount"} <= fee.keys()
    assert fee["amount"]["kind"] == "flat"


def test_a_copy_changes_at_one_place() -> None:
    before = {"fees": [{"a": 1}, {"b": 2}]}
    assert put(before, ("fees", 1, "b"), 3) == {"fees": [{"a": 1}, {"b": 3}]}
    assert put(before, ("fees", 0, "a"), GONE) == {"fees": [{}, {"b": 2}]}
    assert before == {"fees": [{"a": 1}, {"b": 2}]}
    assert at(before, ("fees", 1, "b")) == 2 and at(before, ("x", 0)) is GONE


@pytest.mark.parametrize(
    ("part", "text", "value"),
    [
        ({"x-form": "rate"}, "7.99", "0.0799"),
        ({"x-form": "rate"}, "7.99 %", "0.0799"),
        ({"x-form": "rate"}, "high", "high"),
        ({"x-form": "money"}, "$1,500.00", "1500.00"),
        ({"type": "integer"}, "15", 15),
        ({"type": "integer"}, "soon", "soon"),
        ({"anyOf": [{"type": "string"}, {"type": "boolean"}]}, "true", True),
        ({"type": "string"}, "true", "true"),
    ],
)
def test_what_is_typed_becomes_what_the_document_says(
    part: dict[str, object], text: str, value: object
) -> None:
    assert typed(part, text) == value


def test_a_rate_is_shown_in_percent() -> None:
    assert shown({"x-form": "rate"}, "0.0799") == "7.99"
    assert shown({"x-form": "rate"}, "0.30") == "30"
    assert shown({}, GONE) == ""


def test_the_shape_of_a_document_is_its_keys_and_kinds_and_not_its_values() -> None:
    fee = {"kind": "flat", "amount": "7.00"}
    assert shape_of(fee) == shape_of({"kind": "flat", "amount": "9.00"})
    assert shape_of(fee) != shape_of({"kind": "percent", "amount": "9.00"})
    assert shape_of([fee]) != shape_of([fee, fee])
    assert shape_of(["CA"]) == shape_of(["CA", "NY"])


def test_items_are_called_by_their_title_or_name() -> None:
    assert item_name({"title": "Late fee", "name": "late"}, 0) == "Late fee"
    assert item_name({"kind": "every_days"}, 0) == "Every days"
    assert item_name({}, 2) == "Item 3"
    assert [singular(word) for word in ("fees", "frequencies", "status", "loss")] == [
        "fee", "frequency", "status", "loss"
    ]  # fmt: skip
