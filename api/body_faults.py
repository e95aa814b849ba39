"""Every fault of a JSON body against the schema of its type, each in words with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final

import jsonschema
import msgspec

from api.as_of import EARLIEST, LATEST
from api.problem import Fault

MOST_FAULTS: Final = 100
"""More are not listed: a body with so many is of another kind altogether."""
DAYS: Final = f"a date (YYYY-MM-DD) from {EARLIEST} to {LATEST}"
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_FORMATS = jsonschema.FormatChecker(formats=())


@_FORMATS.checks("date")
def _is_day(value: object) -> bool:
    if not isinstance(value, str):
        return True
    if not _DAY.fullmatch(value):
        return False
    try:
        return EARLIEST <= date.fromisoformat(value) <= LATEST
    except ValueError:
        return False


def faults_of(value: Any, kind: Any) -> tuple[Fault, ...]:
    """Every way in which a JSON value is not of the type, in the order of the places."""
    found: dict[tuple[str, str], Fault] = {}
    for error in _validator(kind).iter_errors(value):
        for fault in _spelled_out(error):
            found.setdefault((fault.pointer, fault.message), fault)
    return tuple(found[key] for key in sorted(found))[:MOST_FAULTS]


@cache
def _validator(kind: Any) -> Any:
    return jsonschema.Draft202012Validator(msgspec.json.schema(kind), format_checker=_FORMATS)


def _pointer(error: Any, *more: str) -> str:
    steps = [*(str(step) for step in error.absolute_path), *more]
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in steps)


def _spelled_out(error: Any) -> Iterator[Fault]:
    schema: Any = error.schema
    match error.validator:
        case "required":
            for name in error.validator_value:
                if name not in error.instance:
                    yield Fault(
                        pointer=_pointer(error, name), message="This is required", code="required"
                    )
        case "additionalProperties":
            known = sorted(schema.get("properties", {}))
            for name in sorted(set(error.instance) - set(known)):
                message = f"There is no such field; there are: {', '.join(known)}"
                yield Fault(pointer=_pointer(error, name), message=message, code="unknown_field")
        case "anyOf" | "oneOf":
            yield from _of_branches(error)
        case _:
            yield Fault(pointer=_pointer(error), message=_words(error), code=str(error.validator))


def _of_branches(error: Any) -> Iterator[Fault]:
    """The faults of the one branch that was meant: by its tag, or the only one that is not null."""
    tag = error.schema.get("discriminator", {}).get("propertyName")
    branches: dict[Any, list[Any]] = {}
    for inner in error.context or ():
        branches.setdefault(inner.schema_path[0], []).append(inner)
    meant = [
        faults
        for faults in branches.values()
        if not any(_rules_out(fault, tag, len(error.absolute_path)) for fault in faults)
    ]
    if len(meant) == 1:
        for inner in meant[0]:
            yield from _spelled_out(inner)
    elif tag and isinstance(error.instance, dict):
        allowed = sorted(error.schema["discriminator"]["mapping"])
        message = f"{_shown(error.instance.get(tag))} is not one of: {', '.join(allowed)}"
        yield Fault(pointer=_pointer(error, tag), message=message, code="enum")
    else:
        message = f"{_shown(error.instance)} is of another type than what is allowed here"
        yield Fault(pointer=_pointer(error), message=message, code="type")


def _rules_out(fault: Any, tag: str | None, depth: int) -> bool:
    """True when the fault shows that another branch of the union was meant."""
    path = list(fault.absolute_path)
    if tag and path[depth:] == [tag]:
        return True
    if tag and fault.validator == "required" and len(path) == depth:
        return tag not in fault.instance
    return fault.validator == "type" and len(path) == depth and fault.validator_value == "null"


def _shown(value: Any) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= 60 else text[:57] + "…"


def _words(error: Any) -> str:
    """What was found and what is allowed."""
    schema: Any = error.schema
    found, limit = _shown(error.instance), error.validator_value
    meaning = schema.get("description", "")
    match error.validator:
        case "type":
            wanted = limit if isinstance(limit, str) else " or ".join(limit)
            text = f"{found} is not of type {wanted}"
        case "enum":
            text = f"{found} is not one of: {', '.join(str(choice) for choice in limit)}"
        case "format":
            text = f"{found} is not {DAYS}"
        case "pattern":
            text = f"{found} is not written as it must be"
            meaning = meaning or f"pattern {limit}"
        case "minLength":
            text = f"{found} is shorter than {limit}"
        case "maxLength":
            text = f"{found} is longer than {limit} characters"
        case "minimum" | "exclusiveMinimum":
            text = f"{found} is too small: at least {limit}"
        case "maximum" | "exclusiveMaximum":
            text = f"{found} is too large: at most {limit}"
        case "maxItems":
            text = f"There are more than {limit}"
        case _:
            text = error.message[:300]
    example = next(iter(schema.get("examples", ())), None)
    shown = f"{meaning}; for example {example}" if meaning and example else meaning
    return f"{text} ({shown})" if shown else text
