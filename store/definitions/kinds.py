"""The kinds of definition documents: which key names each, its type, its schema file."""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

import msgspec.inspect

from engine.catalog.chart_of_accounts import ChartOfAccounts
from engine.compliance.coverage import Coverage
from engine.compliance.rule import Rule
from engine.product.product import Product
from engine.product.waterfall_choice import WaterfallDocument
from engine.projection.document import ContractDocument
from store.definitions.calendars import CalendarDocument
from store.definitions.read_yaml import Document
from store.definitions.type_schema import Schema, TypeSchema

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


class Kind(NamedTuple):
    """One kind of document."""

    name: str
    key: str
    """The field that holds its id; a document is of the first kind whose key it has."""
    type: Any
    title: str

    @property
    def schema_file(self) -> str:
        return f"{self.name}.schema.json"


PRODUCT: Final = Kind("product", "product", Product, "A version of a loan product")
RULE: Final = Kind("rule", "rule", Rule, "A rule of law or policy")
CHART: Final = Kind("chart_of_accounts", "chart", ChartOfAccounts, "A chart of accounts")
CALENDAR: Final = Kind("calendar", "calendar", CalendarDocument, "A calendar of business days")
WATERFALL: Final = Kind("waterfall", "waterfall", WaterfallDocument, "A payment waterfall")
COVERAGE: Final = Kind("coverage", "coverage", Coverage, "The register of the rules tree")
CONTRACT: Final = Kind("contract", "contract", ContractDocument, "A contract to project")
"""Read by itself and no part of what is offered or kept."""
KINDS: Final = (PRODUCT, RULE, CHART, CALENDAR, COVERAGE, WATERFALL)


def kind_of(document: Document) -> Kind | None:
    """The kind of a document, by the key that names it; None when no key does."""
    if not isinstance(document.data, dict):
        return None
    return next((kind for kind in KINDS if kind.key in document.data), None)


@cache
def schema_of(kind: Kind) -> Schema:
    """The JSON Schema of a kind of document."""
    types = TypeSchema()
    root = types.of(msgspec.inspect.type_info(kind.type))
    if list(root) == ["$ref"]:
        name = root["$ref"].rpartition("/")[2]
        root = types.defs[name]
        if not _refers(types.defs, name):
            del types.defs[name]
    body = {key: value for key, value in root.items() if key != "title"}
    return {
        "$schema": _DIALECT,
        "$id": f"https://loanwright.dev/schemas/{kind.schema_file}",
        "title": kind.title,
        **body,
        "$defs": dict(sorted(types.defs.items())),
    }


def _refers(part: Any, name: str) -> bool:
    if isinstance(part, dict):
        return part.get("$ref") == f"#/$defs/{name}" or any(
            _refers(value, name) for value in part.values()
        )
    return isinstance(part, list) and any(_refers(value, name) for value in part)
