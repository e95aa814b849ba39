"""A JSON Schema read for a form: references and choices resolved, values in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from admin_ui.words import title

Part = dict[str, Any]
Path = tuple[str | int, ...]

GONE: Final = object()
"""Stands for what is to be taken out of a document."""


class SchemaParts:
    """The parts of one schema."""

    def __init__(self, schema: Part) -> None:
        self.root = schema

    def of(self, part: Part) -> Part:
        """A part with its reference resolved; ``nullable`` where null is allowed beside one."""
        while "$ref" in part:
            found: Any = self.root
            for step in part["$ref"].split("/")[1:]:
                found = found[step]
            part = {**found, **{key: value for key, value in part.items() if key != "$ref"}}
        given = [each for each in part.get("anyOf", ()) if each.get("type") != "null"]
        if len(given) == 1:
            own = {key: value for key, value in part.items() if key != "anyOf"}
            return {**self.of(given[0]), **own, "nullable": True}
        return part

    def chosen(self, part: Part, data: Any) -> Part | None:
        """The kind of a choice that the data are of; None while they name none."""
        choice = part["discriminator"]
        tag = data.get(choice["propertyName"]) if isinstance(data, Mapping) else None
        ref = choice["mapping"].get(tag) if isinstance(tag, str) else None
        return self.of({"$ref": ref}) if ref else None

    def kinds(self, part: Part) -> dict[str, str]:
        """Tag → what it is, of a choice."""
        mapping = part["discriminator"]["mapping"]
        return {
            tag: self.of({"$ref": ref}).get("title", title(tag)) for tag, ref in mapping.items()
        }

    def first(self, part: Part) -> Any:
        """The least a new part must say."""
        part = self.of(part)
        if "default" in part and part["default"] is not None:
            return part["default"]
        if "discriminator" in part:
            return self.first_of_kind(part, next(iter(part["discriminator"]["mapping"])))
        if "const" in part:
            return part["const"]
        if "enum" in part:
            return part["enum"][0]
        match part.get("type"):
            case "object":
                needed = part.get("required", ())
                return {key: self.first(part["properties"][key]) for key in needed}
            case "array":
                return [self.first(part["items"]) for _ in range(part.get("minItems", 0))]
            case "integer":
                return part.get("minimum", 0)
            case "boolean":
                return False
        examples = part.get("examples", [""])
        return examples[0] if part.get("x-form") or part.get("pattern") else ""

    def first_of_kind(self, part: Part, tag: str) -> dict[str, Any]:
        """The least a part of a kind must say."""
        choice = part["discriminator"]
        found: dict[str, Any] = self.first({"$ref": choice["mapping"][tag]})
        return {choice["propertyName"]: tag, **found}

    def of_other_kind(self, part: Part, data: Any, tag: str) -> dict[str, Any]:
        """Data of another kind, with what both kinds say kept."""
        new = self.first_of_kind(part, tag)
        allowed = self.of({"$ref": part["discriminator"]["mapping"][tag]})["properties"]
        name = part["discriminator"]["propertyName"]
        kept = dict(data) if isinstance(data, Mapping) else {}
        return {**new, **{k: v for k, v in kept.items() if k in allowed and k != name}}


def is_simple(part: Part) -> bool:
    """Whether a part is one value and takes one field."""
    return "discriminator" not in part and part.get("type") not in {"object", "array"}


def put(data: Any, path: Path, value: Any) -> Any:
    """A copy of the data with another value at a path, or without it for GONE."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        items = list(data)
        items[step] = put(items[step], rest, value)
        return items
    copy = dict(data) if isinstance(data, Mapping) else {}
    if not rest and value is GONE:
        copy.pop(step, None)
    else:
        copy[step] = put(copy.get(step), rest, value)
    return copy


def at(data: Any, path: Path) -> Any:
    """What stands at a path; GONE where nothing does."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return GONE
    return data


def in_order(data: Mapping[str, Any], part: Part) -> dict[str, Any]:
    """A map with its keys in the order of the schema; those it does not know last."""
    known = [key for key in part.get("properties", ()) if key in data]
    return {key: data[key] for key in [*known, *(key for key in data if key not in known)]}


def shown(part: Part, value: Any) -> str:
    """A value as a field shows it: a rate in percent, the rest as it is."""
    if value is GONE or value is None:
        return ""
    if part.get("x-form") == "rate" and isinstance(value, str):
        try:
            return f"{Decimal(value).scaleb(2).normalize():f}"
        except InvalidOperation:
            return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def typed(part: Part, text: str) -> Any:
    """What was typed as the document says it; what is none stays text, for the checker to tell."""
    text = text.strip()
    match part.get("x-form"), part.get("type"):
        case "rate", _:
            try:
                return f"{Decimal(text.replace('%', '').replace(',', '')).scaleb(-2).normalize():f}"
            except InvalidOperation:
                return text
        case "money", _:
            return text.replace(",", "").replace("$", "")
        case _, "integer":
            plain = text.replace(",", "")
            return int(plain) if plain.lstrip("-").isdecimal() and len(plain) < 15 else text
    if len(part.get("anyOf", ())) > 1:
        if text in {"true", "false"}:
            return text == "true"
        return int(text) if text.lstrip("-").isdecimal() and len(text) < 15 else text
    return text
