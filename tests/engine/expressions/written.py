"""Random expressions of every type, and random facts for them."""

from __future__ import annotations

from datetime import date
from functools import cache

from hypothesis import strategies as st

from engine.facts.fact import FactType, FactValue
from engine.facts.facts import VOCABULARY, Facts
from engine.values.money import Money
from engine.values.rate import Rate

NAMES = {
    type: [name for name, fact in VOCABULARY.items() if fact.type == type][:4] for type in FactType
}
LITERALS: dict[FactType, list[str]] = {
    FactType.money: ['money("0.00")', 'money("15.00")', 'money("2500.01")'],
    FactType.rate: ["percent(36)", "percent(0.5)"],
    FactType.number: ["0", "3", "0.25"],
    FactType.days: ["days(0)", "days(10)"],
    FactType.date: ['date("2026-01-31")', 'date("2024-02-29")'],
    FactType.text: ['"CA"', '"NY"'],
    FactType.flag: ["true", "false"],
}
VALUES: dict[FactType, list[FactValue]] = {
    FactType.money: [Money(0), Money(1500), Money(250001), Money(-1)],
    FactType.rate: [Rate.parse(text) for text in ("0", "0.36", "0.005")],
    FactType.number: [0, 3, 12],
    FactType.days: [0, 10, 400],
    FactType.date: [date(2026, 1, 31), date(2024, 2, 29)],
    FactType.text: ["CA", "NY"],
    FactType.flag: [True, False],
}
AMOUNTS = (FactType.money, FactType.rate, FactType.number, FactType.days)


@cache
def expressions(type: FactType, depth: int = 3) -> st.SearchStrategy[str]:
    """Texts of expressions of a type."""
    leaf = st.sampled_from([*LITERALS[type], *NAMES[type]])
    if depth == 0:
        return leaf
    return st.one_of(leaf, *(_grown(form, depth - 1) for form in FORMS[type]))


def _grown(form: str, depth: int) -> st.SearchStrategy[str]:
    """A form such as "({money} + {money})" with expressions of those types in it."""
    pieces = form.replace("{", "}").split("}")
    return st.tuples(
        *(
            expressions(FactType(piece), depth) if at % 2 else st.just(piece)
            for at, piece in enumerate(pieces)
        )
    ).map("".join)


def _forms(type: FactType) -> list[str]:
    same = "{" + type + "}"
    forms = [f"({same} if {{flag}} else {same})", f'lookup({{text}}, "CA", {same}, {same})']
    if type in AMOUNTS:
        forms += [f"({same} + {same})", f"({same} - {same})", f"-({same})"]
        forms += [f"min({same}, {same})", f"max({same}, {same}, {same})", f"abs({same})"]
        forms += [f"round_to({same}, {same})", f"floor_to({same}, {same})"]
    return forms


FORMS: dict[FactType, list[str]] = {type: _forms(type) for type in FactType}
FORMS[FactType.money] += [
    "({money} * {rate})",
    "({number} * {money})",
    "divide({money}, {days}, 2)",
]
FORMS[FactType.rate] += ["({rate} * {number})", "divide({rate}, {number}, 4)"]
FORMS[FactType.number] += ["({number} * {days})", "divide({money}, {money}, 3)", "year({date})"]
FORMS[FactType.number] += ["months_between({date}, {date})", "weekday({date})"]
FORMS[FactType.days] += ["({date} - {date})", "days_between({date}, {date})"]
FORMS[FactType.date] += ["({date} + {days})", "({date} - {days})", "add_months({date}, {number})"]
FORMS[FactType.flag] += ["({flag} and {flag})", "({flag} or {flag})", "(not {flag})"]
FORMS[FactType.flag] += [
    f"({{{type}}} {operator} {{{type}}})"
    for type in (*AMOUNTS, FactType.date)
    for operator in ("<", "<=", "==", "!=")
]
FORMS[FactType.flag] += ["({rate} < {rate} <= {rate})", '({text} in ["CA", {text}])']
FORMS[FactType.flag] += ["({money} not in [{money}, {money}])", "is_business_day({date})"]
FORMS[FactType.flag] += [f"known({name})" for names in NAMES.values() for name in names[:2]]


def facts() -> st.SearchStrategy[Facts]:
    """Facts for the names the expressions use; some are not known."""
    known = {
        name: st.sampled_from([*VALUES[type], None]) for type in FactType for name in NAMES[type]
    }
    return st.fixed_dictionaries(known).map(lambda values: Facts.of(**values))
