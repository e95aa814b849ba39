"""JSON Schema written from types: what an editor completes and the checker refuses."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import msgspec.inspect
import pytest
from jsonschema import Draft202012Validator

from engine.interest.simple_interest import SimpleInterest
from engine.product.marks import live, pinned
from engine.values.money import Money
from engine.values.rate import Rate
from store.definitions.field_notes import field_notes, first_sentence
from store.definitions.kinds import KINDS, PRODUCT, Kind, kind_of, schema_of
from store.definitions.read_yaml import read_yaml
from store.definitions.type_schema import TypeSchema


class Size(StrEnum):
    """How large."""

    small = "small"
    """Not large."""
    large = "large"


class Circle(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="circle"):
    """Round."""

    radius: Annotated[int, msgspec.Meta(gt=0, description="From the middle.")]


class Square(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag="square"):
    """With corners."""

    price: Money = Money(150)


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """A thing. It is for tests.

    More about it.
    """

    shape: Annotated[Circle | Square, pinned("Its shape.")]
    title: Annotated[str, live("Its title.", min_length=1)]
    rate: Rate | None = None
    size: Size = Size.small
    pair: tuple[int, int] = (1, 2)
    dated: dict[date, str] = {}
    by_size: dict[Size, str] = {}


def schema_of_thing() -> dict[str, Any]:
    types = TypeSchema()
    root = types.of(msgspec.inspect.type_info(Thing))
    return {**root, "$defs": types.defs}


def test_a_choice_is_a_map_tagged_by_its_discriminator() -> None:
    shape = schema_of_thing()["$defs"]["Thing"]["properties"]["shape"]
    assert shape["oneOf"] == [{"$ref": "#/$defs/Circle"}, {"$ref": "#/$defs/Square"}]
    assert shape["discriminator"]["mapping"]["circle"] == "#/$defs/Circle"
    assert shape["x-pinned"] is True and shape["description"] == "Its shape."


def test_every_struct_refuses_unknown_fields_and_says_what_it_is() -> None:
    defs = schema_of_thing()["$defs"]
    structs = [schema for schema in defs.values() if schema.get("type") == "object"]
    assert len(structs) == 3
    assert all(schema["additionalProperties"] is False for schema in structs)
    assert defs["Circle"]["required"] == ["kind", "radius"]
    assert defs["Circle"]["properties"]["radius"]["exclusiveMinimum"] == 0


def test_defaults_are_written_as_a_file_writes_them() -> None:
    defs = schema_of_thing()["$defs"]
    assert defs["Square"]["properties"]["price"]["default"] == "1.50"
    assert defs["Thing"]["properties"]["size"]["default"] == "small"


def test_choices_keep_the_order_of_the_code_and_its_notes() -> None:
    size = TypeSchema()
    size.of(msgspec.inspect.type_info(Size))
    assert size.defs["Size"]["x-order"] == ["small", "large"]


@pytest.mark.parametrize(
    ("document", "valid"),
    [
        ({"shape": {"kind": "circle", "radius": 1}, "title": "x"}, True),
        ({"shape": {"kind": "square", "price": "1.00"}, "title": "x", "rate": None}, True),
        ({"shape": {"kind": "square", "price": 1}, "title": "x"}, False),
        ({"shape": {"kind": "square", "radius": 1}, "title": "x"}, False),
        ({"shape": {"kind": "circle", "radius": 0}, "title": "x"}, False),
        ({"shape": {"kind": "square"}, "title": ""}, False),
        ({"shape": {"kind": "square"}, "title": "x", "pair": [1]}, False),
        ({"shape": {"kind": "square"}, "title": "x", "pair": [1, 2, 3]}, False),
        ({"shape": {"kind": "square"}, "title": "x", "dated": {"2026-01-01": "y"}}, True),
        ({"shape": {"kind": "square"}, "title": "x", "dated": {"soon": "y"}}, False),
        ({"shape": {"kind": "square"}, "title": "x", "by_size": {"huge": "y"}}, False),
    ],
)
def test_what_the_schema_lets_pass(document: dict[str, Any], valid: bool) -> None:
    assert Draft202012Validator(schema_of_thing()).is_valid(document) is valid


def test_notes_come_from_the_source_of_the_engine() -> None:
    notes = field_notes(SimpleInterest)
    assert notes["rounding"] == "How the interest of an installment becomes whole cents."
    assert first_sentence(Thing) == "A thing. It is for tests."


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_has_a_schema_that_is_one(kind: Kind) -> None:
    schema = schema_of(kind)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == kind.title
    assert schema["$id"].endswith(kind.schema_file)


def test_every_field_of_a_product_says_whether_a_loan_keeps_it() -> None:
    properties = schema_of(PRODUCT)["properties"]
    assert all(isinstance(field["x-pinned"], bool) for field in properties.values())
    assert properties["interest"]["x-pinned"] and not properties["limits"]["x-pinned"]


def test_a_document_is_of_the_kind_whose_key_it_has() -> None:
    product = read_yaml("product: x\nwaterfall: {kind: shared}\n", "f.yaml")
    assert kind_of(product) is PRODUCT
    assert kind_of(read_yaml("waterfall: x\n", "f.yaml")) == KINDS[-1]
    assert kind_of(read_yaml("- a list\n", "f.yaml")) is None
    assert kind_of(read_yaml("other: 1\n", "f.yaml")) is None
