"""JSON Schema 2020-12 of a definition's type: what an editor completes and the checker refuses.

Written from the engine's types, so a field added there appears here. Amounts and rates are quoted
text; unknown fields are refused everywhere; a choice is a map tagged by its discriminator.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from fractions import Fraction
from typing import Any, Final

import msgspec.inspect as types
from msgspec import NODEFAULT

from engine.codec.definition import to_document
from engine.values.money import Money
from engine.values.rate import Rate
from store.definitions.field_notes import field_notes, first_sentence

Schema = dict[str, Any]

DATE_PATTERN: Final = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
_MONEY: Final[Schema] = {
    "title": "Amount",
    "description": "Amount as quoted decimal text in the currency of the document. A bare number "
    "is refused: YAML and JSON readers make 0.10 inexact and drop its zeros.",
    "type": "string",
    "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$",
    "examples": ["1500.00"],
    "x-form": "money",
}
_RATE: Final[Schema] = {
    "title": "Rate",
    "description": "Rate or share as quoted decimal text: 0.0799 is 7.99 percent. A bare number "
    "is refused: YAML and JSON readers make it inexact.",
    "type": "string",
    "pattern": r"^-?[0-9]{1,6}(\.[0-9]{1,15})?$",
    "examples": ["0.0799"],
    "x-form": "rate",
}
_DATE: Final[Schema] = {
    "title": "Day",
    "description": "A day as YYYY-MM-DD.",
    "type": "string",
    "format": "date",
    "pattern": DATE_PATTERN,
    "examples": ["2026-03-01"],
    "x-form": "date",
}
_CUSTOM: Final[dict[type, tuple[str, Schema]]] = {
    Money: ("Money", _MONEY),
    Rate: ("Rate", _RATE),
    Fraction: ("Rate", _RATE),
}


class TypeSchema:
    """Collects the schemas of the types a document is made of under ``$defs``."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {}

    def of(self, part: types.Type) -> Schema:
        """The schema of a type; types with a name are referred to."""
        match part:
            case types.Metadata():
                return {**self.of(part.type), **(part.extra_json_schema or {})}
            case types.StructType():
                return self._named(part.cls.__name__, lambda: self._struct(part))
            case types.EnumType():
                return self._named(part.cls.__name__, lambda: _enum(part.cls))
            case types.CustomType():
                name, schema = _CUSTOM[part.cls]
                return self._named(name, lambda: dict(schema))
            case types.DateType():
                return self._named("Day", lambda: dict(_DATE))
            case types.UnionType():
                return self._union(part)
            case types.DictType():
                return self._map(part)
            case types.TupleType():
                count = len(part.item_types)
                items = [self.of(item) for item in part.item_types]
                return {"type": "array", "prefixItems": items, "items": False, "minItems": count}
            case types.VarTupleType() | types.ListType() | types.FrozenSetType():
                bounds = _kept(minItems=part.min_length, maxItems=part.max_length)
                return {"type": "array", "items": self.of(part.item_type), **bounds}
            case _:
                return _plain(part)

    def _named(self, name: str, schema: Any) -> Schema:
        if name not in self.defs:
            self.defs[name] = {}
            self.defs[name] = schema()
        return {"$ref": f"#/$defs/{name}"}

    def _struct(self, part: types.StructType) -> Schema:
        properties: dict[str, Schema] = {}
        required: list[str] = []
        if part.tag is not None:
            assert part.tag_field is not None
            properties[part.tag_field] = {
                "const": part.tag,
                "title": _title(part.tag_field),
                "description": first_sentence(part.cls),
            }
            required.append(part.tag_field)
        notes = field_notes(part.cls)
        for field in part.fields:
            properties[field.encode_name] = self._field(field, notes)
            if field.required:
                required.append(field.encode_name)
        return {
            "title": _title(part.cls.__name__),
            "description": first_sentence(part.cls),
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": False,
        }

    def _field(self, field: types.Field, notes: dict[str, str]) -> Schema:
        schema = {"title": _title(field.encode_name), **self.of(field.type)}
        if field.encode_name in notes:
            schema.setdefault("description", notes[field.encode_name])
        if field.default is not NODEFAULT:
            schema["default"] = to_document(field.default)
        return schema

    def _union(self, part: types.UnionType) -> Schema:
        structs = [kind for kind in part.types if isinstance(kind, types.StructType)]
        others = [self.of(kind) for kind in part.types if not isinstance(kind, types.StructType)]
        if not structs:
            return {"anyOf": others}
        choice = self._choice(structs)
        return {"anyOf": [choice, *others]} if others else choice

    def _choice(self, structs: Iterable[types.StructType]) -> Schema:
        kinds = list(structs)
        refs = [self.of(kind) for kind in kinds]
        if len(kinds) == 1:
            return refs[0]
        mapping = {str(k.tag): ref["$ref"] for k, ref in zip(kinds, refs, strict=True)}
        return {
            "oneOf": refs,
            "discriminator": {"propertyName": kinds[0].tag_field, "mapping": mapping},
        }

    def _map(self, part: types.DictType) -> Schema:
        schema: Schema = {"type": "object", "additionalProperties": self.of(part.value_type)}
        if isinstance(part.key_type, types.DateType | types.EnumType):
            schema["propertyNames"] = self.of(part.key_type)
        return schema


def _enum(cls: type[Enum]) -> Schema:
    notes = field_notes(cls)
    schema: Schema = {
        "title": _title(cls.__name__),
        "description": first_sentence(cls),
        "enum": [member.value for member in cls],
        "x-order": [member.value for member in cls],
    }
    said = {str(m.value): notes[m.name] for m in cls if m.name in notes}
    if said:
        schema["x-enum-descriptions"] = said
        # What VS Code and yaml-language-server show beside each value.
        schema["enumDescriptions"] = [said.get(str(member.value), "") for member in cls]
    return schema


def _plain(part: types.Type) -> Schema:
    match part:
        case types.StrType():
            bounds = _kept(minLength=part.min_length, maxLength=part.max_length)
            return {"type": "string", **bounds, **_kept(pattern=part.pattern)}
        case types.IntType():
            bounds = _kept(exclusiveMinimum=part.gt, exclusiveMaximum=part.lt)
            return {"type": "integer", **_kept(minimum=part.ge, maximum=part.le), **bounds}
        case types.BoolType():
            return {"type": "boolean"}
        case types.NoneType():
            return {"type": "null"}
        case types.LiteralType():
            return {"enum": list(part.values)}
        case types.AnyType():
            return {}
        case _:
            raise TypeError(f"a definition may not hold {type(part).__name__}")


def _kept(**keywords: Any) -> Schema:
    return {name: value for name, value in keywords.items() if value is not None}


def _title(name: str) -> str:
    """A field's or type's name as words: "first_payment" → "First payment"."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    words = words.strip().replace("_", " ")
    return words[:1].upper() + words[1:]
