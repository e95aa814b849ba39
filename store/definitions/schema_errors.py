"""Every way in which a document is not what its schema says, each at its place and mendable.

A discriminator is resolved before a choice is reported: one wrong field of a late fee is one
problem of that field, not a page about every kind of fee.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Final, NamedTuple

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from engine.errors import Problem
from engine.payments.waterfall import BUCKET
from engine.product.marks import DEFINITION_ID, REFERENCE
from engine.values.rate import Rate
from store.definitions.read_yaml import Document, Path, pointer

Schema = dict[str, Any]

_TYPES: Final = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a map",
    "array": "a list",
    "null": "null",
}
_PATTERNS: Final = {
    DEFINITION_ID: "small letters, digits and underscores, a letter first",
    REFERENCE: "an id and a version joined by @",
    BUCKET: "a due state and a component joined by a dot",
}
_LONGEST_SHOWN: Final = 60


class Fault(NamedTuple):
    """One fault of a document: where, what was found and is allowed, how to mend it."""

    path: Path
    message: str
    mend: str = ""
    code: str = "schema"
    at_key: bool = False
    about: str = ""
    """The field that is missing, or that an unknown one seems to mean."""


def schema_problems(schema: Schema, document: Document) -> list[Problem]:
    """Every fault of the document against the schema, but for words already refused as YAML."""
    refused = {problem.path for problem in document.problems}
    return [
        document.problem(
            fault.path, fault.message, mend=fault.mend, code=fault.code, key=fault.at_key
        )
        for fault in schema_faults(schema, document.data)
        if pointer(fault.path) not in refused
    ]


def schema_faults(schema: Schema, data: Any) -> list[Fault]:
    """Every fault of plain data against a schema."""
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    walk = _Walk(schema.get("$defs", {}))
    return _once(list(dict.fromkeys(walk.faults(validator.iter_errors(data), ()))))


def _once(faults: list[Fault]) -> list[Fault]:
    """A misspelled field is one fault, not an unknown one and a missing one."""
    misspelled = {(fault.path[:-1], fault.about) for fault in faults if fault.at_key}
    return [
        fault
        for fault in faults
        if fault.code != "missing" or (fault.path, fault.about) not in misspelled
    ]


class _Walk:
    """Turns the validator's errors into faults; ``base`` is where its document begins."""

    def __init__(self, defs: Schema) -> None:
        self.defs = defs

    def faults(self, errors: Iterable[ValidationError], base: Path) -> Iterator[Fault]:
        for error in errors:
            yield from self.fault(error, (*base, *error.absolute_path))

    def fault(self, error: ValidationError, path: Path) -> Iterator[Fault]:
        schema = _schema_of(error)
        match error.validator:
            case "oneOf" if "discriminator" in schema:
                yield from self.choice(schema["discriminator"], error.instance, path)
            case "anyOf":
                yield from self.any_of(schema["anyOf"], error.instance, path)
            case "required":
                yield _missing(error, path)
            case "additionalProperties":
                found: Any = error.instance
                for name in found.keys() - schema.get("properties", {}).keys():
                    yield _unknown(str(name), path, schema)
            case "propertyNames":
                pass
            case _:
                key = self.key_of(error)
                yield _plain_fault(error, path if key is None else (*path, key), key is not None)

    def key_of(self, error: ValidationError) -> str | None:
        """The key at fault where the error is about the name of a key."""
        return str(error.instance) if "propertyNames" in error.absolute_schema_path else None

    def choice(self, discriminator: Schema, found: Any, path: Path) -> Iterator[Fault]:
        name, mapping = discriminator["propertyName"], discriminator["mapping"]
        kinds = ", ".join(mapping)
        if not isinstance(found, dict):
            message = f"found {_shown(found)}; a map with {name} is wanted"
            yield Fault(path, message, f"write {{{name}: …}}; {name} is one of {kinds}")
        elif name not in found:
            mend = f"{name} is one of {kinds}"
            yield Fault(path, f"{name} is missing", mend, "missing", about=name)
        elif not isinstance(found[name], str) or found[name] not in mapping:
            near = _nearest(str(found[name]), mapping)
            message = f"found {_shown(found[name])}; {name} is one of {kinds}"
            yield Fault((*path, name), message, near, "choice")
        else:
            yield from self.against({"$ref": mapping[found[name]]}, found, path)

    def any_of(self, branches: list[Schema], found: Any, path: Path) -> Iterator[Fault]:
        wanted = [branch for branch in branches if branch.get("type") != "null"]
        if len(wanted) == 1:
            yield from self.against(wanted[0], found, path)
        else:
            allowed = " or ".join(_TYPES.get(branch.get("type", ""), "?") for branch in wanted)
            yield Fault(path, f"found {_shown(found)}; {allowed} is wanted")

    def against(self, schema: Schema, found: Any, path: Path) -> Iterator[Fault]:
        part = Draft202012Validator(
            {**schema, "$defs": self.defs}, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        yield from self.faults(part.iter_errors(found), path)


def _schema_of(error: ValidationError) -> Schema:
    return dict(error.schema) if isinstance(error.schema, Mapping) else {}


def _missing(error: ValidationError, path: Path) -> Fault:
    found = re.match(r"'(.+)' is a required", error.message)
    name = found[1] if found else ""
    said = _schema_of(error)["properties"].get(name, {}).get("description", "")
    mend = f"add {name}: {said}" if said else f"add {name}"
    return Fault(path, f"{name} is missing", mend, "missing", about=name)


def _unknown(name: str, path: Path, schema: Schema) -> Fault:
    known = list(schema.get("properties", {}))
    near = next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.6)), "")
    mend = f"did you mean {near}?" if near else f"remove it; known here: {', '.join(known)}"
    return Fault((*path, name), f"unknown field {name}", mend, "unknown_field", True, near)


def _plain_fault(error: ValidationError, path: Path, at_key: bool) -> Fault:
    schema = _schema_of(error)
    found = _shown(error.instance)
    wanted: Any = error.validator_value
    form = schema.get("x-form")
    match error.validator:
        case "type":
            return Fault(path, f"found {found}; {_wanted(schema, wanted)} is wanted",
                         _quoted(error.instance, form), "type")  # fmt: skip
        case "pattern" | "format":
            examples = schema.get("examples", [])
            like = f", such as {_shown(examples[0])}" if examples else ""
            said = _wanted(schema, "string") if form else _in_words(schema.get("pattern"))
            message = f"found {found}; {said}{like} is wanted"
            return Fault(path, message, _tidied(error.instance, form), "format", at_key)
        case "enum":
            names = ", ".join(map(str, wanted))
            near = _nearest(str(error.instance), [str(word) for word in wanted])
            return Fault(path, f"found {found}; allowed are {names}", near, "choice", at_key)
        case "const":
            return Fault(path, f"found {found}; {_shown(wanted)} is wanted", "", "choice")
        case "minimum" | "exclusiveMinimum":
            least = "at least" if error.validator == "minimum" else "more than"
            return Fault(path, f"found {found}; {least} {wanted} is wanted", "", "range")
        case "maximum" | "exclusiveMaximum":
            most = "at most" if error.validator == "maximum" else "less than"
            return Fault(path, f"found {found}; {most} {wanted} is wanted", "", "range")
        case "minItems" | "maxItems" | "minLength" | "maxLength":
            return Fault(path, _size(error, wanted), "", "size")
        case _:
            return Fault(path, error.message)


def _size(error: ValidationError, wanted: Any) -> str:
    bound = "at least" if str(error.validator).startswith("min") else "at most"
    thing = "entries" if str(error.validator).endswith("Items") else "characters"
    found: Any = error.instance
    return f"found {len(found)} {thing}; {bound} {wanted} are wanted"


def _wanted(schema: Schema, type_: Any) -> str:
    match schema.get("x-form"):
        case "money":
            return "an amount as quoted decimal text"
        case "rate":
            return "a rate as quoted decimal text"
        case "date":
            return "a day as YYYY-MM-DD"
        case _:
            return _TYPES.get(str(type_), str(type_))


def _in_words(pattern: Any) -> str:
    return _PATTERNS.get(pattern) or f"text matching {pattern}"


def _quoted(found: Any, form: Any) -> str:
    if isinstance(found, int) and not isinstance(found, bool):
        if form == "money":
            return f'write "{found}.00" in quotes: bare numbers are not kept exact'
        if form == "rate":
            return f'write "{found}" in quotes: bare numbers are not kept exact'
        return f'write "{found}" in quotes'
    return ""


def _tidied(found: Any, form: Any) -> str:
    """The amount or rate that was meant, where a sign, a group or a percentage was written."""
    plain = re.sub(r"[$€£\s,_']", "", str(found))
    if form == "money" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        return f'write "{plain}"'
    percent = re.fullmatch(r"(-?[0-9]{1,4}(\.[0-9]{1,8})?)%", plain)
    if form == "rate" and percent:
        return f'write "{Rate(Fraction(percent[1]) / 100).text()}" for {found}'
    return ""


def _nearest(word: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else ""


def _shown(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true" if value else "false"
        case str():
            text = value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"
            return f'"{text}"'
        case int():
            return str(value)
        case dict():
            return "a map"
        case list():
            return "a list"
        case _:
            return str(value)
