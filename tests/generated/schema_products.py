"""Product documents drawn from the JSON Schema: whatever it allows, at times what it does not.

The schema says which fields and kinds there are, so a new choice is drawn once it exists. A few
leaves are given words that mean something, for chance would never spell a fact's name.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from app.settings import CHECKOUT
from store.definitions.definition import definition_of
from store.definitions.kinds import PRODUCT, schema_of

SCHEMA: Final = schema_of(PRODUCT)
_LEFT_OUT: Final = {"examples", "summary"}
"""Fields with figures of their own, and prose."""
_BUCKETS: Final = (
    "past_due.interest", "due.interest", "past_due.principal", "due.principal",
    "past_due.fee", "due.fee", "in_advance.interest", "in_advance.principal",
)  # fmt: skip
_WORDS: Final[dict[str, tuple[Any, ...]]] = {
    "of": (*["loan_amount"] * 5, "installment_unpaid", "principal_balance", "no_such_fact"),
    "expression": (
        "loan_amount", "max(money(\"5.00\"), installment_unpaid)", "1 +", "no_such_fact * 2",
        "min(loan_amount, principal_balance)",
    ),
    "return_codes": (["R01"], ["R01", "R10"]),
    "name": ("late_fee", "copy_fee", "origination_fee", "late_30", "first", "second"),
    "title": ("A title", "Fee"),
    "calendar": (*["us_federal@1"] * 15, "nowhere@1"),
    "books": ("consumer_us@1",),
    "waterfall": (*["consumer_standard@1"] * 15, "nothing@1"),
    "currency": (*["USD"] * 10, "JPY", "KWD"),
    "country": ("US",),
    "product": ("generated",),
    "version": (1,),
    "live_from": ("2026-01-30",),
    "index": ("prime", "prime", "no_index"),
}  # fmt: skip
"""Field → what is written there, nine times of ten."""
_WHOLE: Final[dict[str, tuple[Any, ...]]] = {
    "amount_of_limits": (
        {"minimum": "500.00", "maximum": "5000.00"}, {"minimum": "1000.00", "maximum": "10000.00"},
        {"minimum": "2500.00", "maximum": "2500.00"},
    ),
    "note_rate": (
        {"minimum": "0.05", "maximum": "0.1499"}, {"minimum": "0.0999", "maximum": "0.0999"},
        {"minimum": "0", "maximum": "0.30"}, {"minimum": "0", "maximum": "0"},
    ),
    "number_of_payments": (
        {"minimum": 1, "maximum": 12}, {"minimum": 3, "maximum": 18}, {"minimum": 4, "maximum": 4},
        {"minimum": 6, "maximum": 24},
    ),
    "first_payment": (
        {"minimum_days": 1, "maximum_days": 60}, {"minimum_days": 15, "maximum_days": 45},
        {"minimum_days": 7, "maximum_days": 21},
    ),
    "days": (7, 10, 14, 30),
    "weeks": (1, 2, 3),
    "months": (1, 2, 4),
    "day": (None, 1, 15, 31),
    "dates": (["2026-03-15", "2026-06-30"], ["2026-02-10", "2026-03-10", "2026-04-10"]),
    "installments": (1, 2, 3),
    "count": (1, 2, 3),
    "from_installment": (2, 3),
    "amortization_installments": (None, 24),
    "interest_free_installments": (0, 0, 0, 1),
    "first_period": ("actual", "actual", "actual", "regular"),
    "period_rate_decimals": (None, None, None, None, 6),
    "compounded_per_year": (None, None, None, None, 12),
    "rounding": ("half_up", "half_up", "half_up", "half_even"),
}  # fmt: skip
"""Fields → what is written there whatever their type, nine times of ten."""
_MONEY: Final = (
    *("0.00", "0.01", "5.00", "15.00", "25.00", "100.00", "1000.00", "2500.00", "10000.00") * 4,
    *("-1.00", "1.005", "15"),
)
_RATES: Final = (
    *("0", "0.01", "0.02", "0.05", "0.0999", "0.1499", "0.2", "0.30", "0.5") * 4,
    *("1", "1.5", "-0.01"),
)


_TAKEN: Final = ("rate_plan", "default_rate", "capitalization", "lifetime_cap", "amortization",
                 "disbursement", "down_payment", "fees", "waterfall")  # fmt: skip
"""Fields that are at times what a shipped product says, so that parts which fit meet others."""


@cache
def _shipped() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {name: [] for name in _TAKEN}

    def look(part: Any) -> None:
        for name, value in part.items() if isinstance(part, dict) else ():
            if name in found and isinstance(value, dict | list) and value not in found[name]:
                found[name].append(value)
            look(value)

    for path in sorted((CHECKOUT / "products").glob("*/v*.yaml")):
        look(definition_of(path.read_text(), "").document.data)
    found["default_rate"] += [
        {"rate": {"kind": kind, field: "0.18"}, "begins": begins}
        for kind, field in (("above_contract_rate", "margin"), ("own_rate", "rate"))
        for begins in ({"kind": "past_due", "days": 15}, {"kind": "matured"})
    ]
    found["capitalization"] += [{"kind": "every_due_date"}]
    found["lifetime_cap"] += [{"share": "0.1"}, {"amount": "200.00"}]
    return found


@cache
def _products() -> list[dict[str, Any]]:
    """The shipped products as documents, under the name of what is drawn."""
    texts = (path.read_text() for path in sorted((CHECKOUT / "products").glob("*/v*.yaml")))
    found = [
        document
        for text in texts
        if "product" in (document := definition_of(text, "").document.data)
    ]
    named = {"product": "generated", "version": 1}
    return [{n: part for n, part in one.items() if n not in _LEFT_OUT} | named for one in found]


_ABSENT: Final = object()


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """A product as a document; of most the ends of ranges are put in order, as chance would not."""
    whole = _object(SCHEMA, "document")
    document = draw(st.one_of(whole, _varied(), _varied()))
    return in_order(document) if draw(st.integers(0, 4)) else document


@st.composite
def _varied(draw: st.DrawFn) -> dict[str, Any]:
    """A shipped product with a few of its fields drawn anew: most are sound as they are drawn."""
    document = draw(st.sampled_from(_products()))
    fields = sorted(SCHEMA["properties"].keys() - _LEFT_OUT)
    for name in draw(st.lists(st.sampled_from(fields), min_size=1, max_size=3, unique=True)):
        document = document | {name: draw(_of(SCHEMA["properties"][name], name, 1))}
    return document


def in_order(part: Any) -> Any:
    """The document with its least amounts, rates, counts and days not above the greatest."""
    if isinstance(part, list):
        return [in_order(item) for item in part]
    if not isinstance(part, dict):
        return part
    part = {name: in_order(value) for name, value in part.items()}
    for low, high in (("minimum", "maximum"), ("minimum_days", "maximum_days")):
        ends = [part.get(low), part.get(high)]
        if all(end is not None for end in ends):
            part[low], part[high] = sorted(ends, key=lambda end: Fraction(str(end)))
    return part


def _of(schema: dict[str, Any], field: str, depth: int) -> st.SearchStrategy[Any]:
    """What a field is mostly given; else whatever the schema allows."""
    wild = _wild(schema, field, depth)
    if field in _TAKEN and depth < 4 and schema.get("type") != "string":
        taken = st.sampled_from(_shipped()[field])
        return st.integers(0, 9).flatmap(lambda turn: taken if turn < 4 else wild)
    name = "amount_of_limits" if field == "amount" and "AmountRange" in str(schema) else field
    words = _WHOLE.get(name, ())
    if name in ("days", "installments", "months") and not _numbers(schema):
        words = ()
    if not words:
        return wild
    given = st.sampled_from(words)
    return st.integers(0, 9).flatmap(lambda turn: given if turn else wild)


def _numbers(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "integer"


def _wild(schema: dict[str, Any], field: str, depth: int) -> st.SearchStrategy[Any]:
    """Whatever a part of the schema allows."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name == "Money":
            return st.sampled_from(_MONEY)
        if name == "Rate":
            return st.sampled_from(_RATES)
        return _of(SCHEMA["$defs"][name], field, depth)
    if field in _WORDS and not {"oneOf", "properties"} & schema.keys():
        return st.sampled_from(_WORDS[field])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return _one_of(schema[choice], field, depth)
    return _typed(schema, field, depth)


def _typed(schema: dict[str, Any], field: str, depth: int) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return _object(schema, field, depth)
        case "object":
            return st.just({})
        case "array":
            return _array(schema, field, depth)
        case "integer":
            low, high = schema.get("minimum", -1), schema.get("maximum", 40)
            small = st.integers(max(low, 0), min(high, max(low, 0) + 12))
            return st.one_of(small, small, st.integers(low, high))
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
        case "string" if schema.get("format") == "date":
            return st.sampled_from(["2026-03-15", "2026-06-30", "2026-02-30"])
        case "string" if "pattern" in schema:
            return st.from_regex(re.compile(schema["pattern"], re.ASCII), fullmatch=True)
        case "string":
            return st.sampled_from(["text", "", "loan_amount"])
        case other:
            raise AssertionError(f"the schema has a type nothing is drawn for: {other} at {field}")


def _object(schema: dict[str, Any], field: str, depth: int = 0) -> st.SearchStrategy[Any]:
    required = {
        name: _of(part, name, depth + 1)
        for name, part in schema["properties"].items()
        if name in schema.get("required", ())
    }
    optional = {
        name: _of(part, name, depth + 1)
        for name, part in schema["properties"].items()
        if name not in required and name not in _LEFT_OUT
    }
    at_times = {name: _at_times(part) for name, part in optional.items()}
    whole = st.fixed_dictionaries({**required, **at_times})
    return whole.map(lambda found: {k: v for k, v in found.items() if v is not _ABSENT})


def _at_times(part: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Half the time nothing."""
    return st.booleans().flatmap(lambda there: part if there else st.just(_ABSENT))


def _array(schema: dict[str, Any], field: str, depth: int) -> st.SearchStrategy[Any]:
    if "prefixItems" in schema:
        return st.tuples(*(_of(part, field, depth + 1) for part in schema["prefixItems"])).map(list)
    if field == "order":
        whole = st.permutations(_BUCKETS).map(list)
        part = st.lists(st.sampled_from(_BUCKETS), min_size=1, max_size=9)
        return st.one_of(whole, whole, whole, whole, part)
    least = schema.get("minItems", 0)
    most = min(schema.get("maxItems", 4), max(3, least))
    items = st.lists(_of(schema["items"], field, depth + 1), min_size=least, max_size=most)
    return st.one_of(items.map(_once), items.map(_once), items.map(_once), items)


def _once(items: list[Any]) -> list[Any]:
    """The items without what stands there already: by name, by kind, or altogether."""
    seen: list[Any] = []
    kept = []
    for item in items:
        named = isinstance(item, dict) and (item.get("name") or item.get("kind"))
        if (named or item) not in seen:
            seen.append(named or item)
            kept.append(item)
    return kept


def _one_of(choices: list[dict[str, Any]], field: str, depth: int) -> st.SearchStrategy[Any]:
    """One of several kinds; deep inside, one that has no kinds inside it."""
    if depth > 4:
        choices = [choice for choice in choices if not _nests(choice)] or choices
    return st.one_of(*(_deferred(choice, field, depth) for choice in choices))


def _deferred(choice: dict[str, Any], field: str, depth: int) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: _of(choice, field, depth + 1))


def _nests(choice: dict[str, Any]) -> bool:
    name = choice.get("$ref", "").rpartition("/")[2]
    return "oneOf" in str(SCHEMA["$defs"].get(name, {}))
