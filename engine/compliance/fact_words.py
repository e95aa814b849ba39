"""The facts as editors offer them: names to complete, with type and sentence."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from engine.facts.fact import Fact, FactType
from engine.facts.facts import VOCABULARY

_WRITTEN: Final[dict[FactType, str]] = {
    FactType.number: "integer",
    FactType.days: "integer",
    FactType.flag: "boolean",
}


def _told(fact: Fact, **more: Any) -> dict[str, Any]:
    return {"description": f"{fact.type.value}. {fact.sentence}", **more}


FACT: Final = msgspec.Meta(
    extra_json_schema={
        "anyOf": [
            {
                "enum": [
                    name
                    for name, fact in VOCABULARY.items()
                    if fact.type
                    in (
                        FactType.money,
                        FactType.rate,
                        FactType.number,
                        FactType.days,
                        FactType.date,
                    )
                ]
            },
            {},
        ]
    }
)
"""The name of a fact with an order; others are refused with the nearest name, not by the schema."""
GIVEN: Final = msgspec.Meta(
    extra_json_schema={
        "properties": {
            name: _told(fact, type=_WRITTEN.get(fact.type, "string"))
            for name, fact in VOCABULARY.items()
        }
    }
)
"""Facts by name as a test gives them."""
UNITS: Final = msgspec.Meta(
    extra_json_schema={
        "properties": {
            name: _told(fact, enum=[fact.type.value]) for name, fact in VOCABULARY.items()
        }
    }
)
"""Facts by name with the unit each has."""
