"""The OpenAPI document says everything that a caller needs, and only what is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import msgspec
import pytest

from api.body import read_body
from api.field_words import field_words
from api.openapi import document
from api.problem import PROBLEM_TYPES
from api.query import refuse_unknown_parameters
from api.routes import PUBLIC_HANDLERS, V1_HANDLERS
from servicing.permissions import SCOPES
from tests.api.door import Door

CHANGES = "Idempotency-Key"
UNREADY = ("get /api/health/ready", "503")
"""A server that is not ready says what is wrong as it says that all is well."""


@pytest.fixture
def described(door: Door) -> dict[str, Any]:
    return document(door.api.litestar)


def operations(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield f"{method} {path}", operation


def references(value: Any) -> Iterator[str]:
    match value:
        case {"$ref": str(reference)}:
            yield reference
        case dict():
            for inner in value.values():
                yield from references(inner)
        case list():
            for inner in value:
                yield from references(inner)


def test_every_handler_is_described_and_guarded(described: dict[str, Any]) -> None:
    names = {operation["operationId"] for _, operation in operations(described)}
    for handler in (*PUBLIC_HANDLERS, *V1_HANDLERS):
        assert handler.fn.__name__ in names
        assert handler.opt.get("public") or handler.opt["scope"] in SCOPES


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    for name, operation in operations(described):
        assert operation["summary"] and operation["description"] and operation["tags"], name
        for parameter in operation["parameters"]:
            assert parameter["in"] in {"path", "query", "header"}, name


def test_every_error_is_a_problem(described: dict[str, Any]) -> None:
    known = {str(kind.status) for kind in PROBLEM_TYPES}
    for name, operation in operations(described):
        errors = {code: answer for code, answer in operation["responses"].items() if code >= "400"}
        assert {"500", "503"} <= set(errors) <= known, name
        for code, answer in errors.items():
            told = "json" if (name, code) == UNREADY else "problem+json"
            assert list(answer["content"]) == [f"application/{told}"]
        if any(each["name"] == CHANGES for each in operation["parameters"]):
            assert {"400", "401", "403", "404", "409", "412", "422"} <= set(errors), name


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in references(described):
        assert reference.removeprefix("#/components/schemas/") in described["components"]["schemas"]


def test_bodies_refuse_unknown_fields_and_say_so(described: dict[str, Any]) -> None:
    schemas = described["components"]["schemas"]
    bodies = [name for name in schemas if name.endswith("Body")]
    assert len(bodies) >= 10
    assert all(schemas[name]["additionalProperties"] is False for name in bodies)


def test_examples_are_what_bodies_may_be(described: dict[str, Any]) -> None:
    handlers = {handler.fn.__name__: handler for handler in V1_HANDLERS}
    for name, operation in operations(described):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is None:
            continue
        handler = handlers[operation["operationId"]]
        assert "example" in content, name
        field = handler.parsed_data_field
        assert field is not None
        read_body(msgspec.json.encode(content["example"]), field.annotation)


def test_schemas_are_json_schema(described: dict[str, Any]) -> None:
    assert described["openapi"] == "3.1.0"
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


class Shelf(msgspec.Struct):
    width: int
    """In centimeters."""
    name: str = ""


class Bookcase(Shelf):
    shelves: int = 1
    """How many."""


def test_the_sentence_under_a_field_describes_it() -> None:
    assert field_words(Bookcase) == {"width": "In centimeters.", "shelves": "How many."}


def test_fields_of_answers_are_described(described: dict[str, Any]) -> None:
    loan = described["components"]["schemas"]["CommandAnswer"]["properties"]
    assert "ETag" in loan["seq"]["description"]


async def test_what_any_address_may_answer_is_described(
    door: Door, described: dict[str, Any]
) -> None:
    for path, item in described["paths"].items():
        address = path.replace("{", "").replace("}", "")
        for method, operation in item.items():
            wrong = await door.client.request(method, address, params={"no_such": "1"})
            assert wrong.status_code == 422 and "422" in operation["responses"], path


def test_only_what_can_be_unchanged_answers_so(described: dict[str, Any]) -> None:
    unchanged = [name for name, it in operations(described) if "304" in it["responses"]]
    assert unchanged == ["get /api/v1/loans/{loan_id}"]


async def test_an_unknown_parameter_is_refused_by_name(door: Door) -> None:
    assert refuse_unknown_parameters.__doc__
    answer = await door.get("/loans", params={"as_off": "2026-01-01", "limit": 5})
    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == ["as_off"]
