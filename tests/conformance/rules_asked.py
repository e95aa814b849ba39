"""Asks the rules under ``rules/`` in our words: what a requirement says, what a limit comes to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, Final

from engine.compliance.compile_rule import compile_rule
from engine.compliance.compiled_rule import (
    CompiledLimit,
    CompiledRequirement,
    CompiledRule,
    CompiledTable,
)
from engine.compliance.limits import narrow
from engine.compliance.requirements import finding_of
from engine.compliance.rule_book import RuleBook
from engine.disclosure.apr import DatedAmount, annual_percentage_rate
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY, Facts
from engine.values.calendar import BusinessCalendar
from engine.values.money import Money
from engine.values.months import add_months
from engine.values.rate import Rate
from store.definitions.calendars import CalendarDocument, PublicHolidays, business_calendar
from store.definitions.definition import definition_of
from store.definitions.kinds import RULE

RULES: Final = Path(__file__).resolve().parents[2] / "rules"
DAY: Final = date(2026, 6, 15)
"""The day asked for where a vector names none; its thresholds are those of 2026."""
Told = dict[str, Any]


class Not(str):
    """Any word but this one: the other side of a verdict whose word is the author's own."""

    __slots__ = ()


@cache
def compiled(name: str) -> CompiledRule:
    """The rule of that name, made ready."""
    path = RULES.joinpath(*name.split(".")).with_suffix(".yaml")
    definition = definition_of(path.read_text(encoding="utf-8"), str(path), RULE)
    assert not definition.problems, definition.problems
    return compile_rule(definition.value)


@cache
def federal(weekend: frozenset[int] = frozenset({5, 6})) -> BusinessCalendar:
    """US federal holidays; ``weekend`` without Saturday for the precise business day."""
    base = PublicHolidays(country="US", from_year=2019, to_year=2032)
    document = CalendarDocument(
        calendar="us_federal",
        version=1,
        title="US federal",
        weekend=tuple(weekend),
        public_holidays=base,
    )
    return business_calendar(document)


def known(rule: CompiledRule, day: date, facts: Told, calendar: BusinessCalendar | None) -> Facts:
    """Facts in our words: numbers of money in units, of rates in percent, dates as text."""
    place = rule.place
    told: dict[str, Any] = {
        "country": place.countries[0] if place.countries else "US",
        "state": place.state or None,
        "event_date": day,
        "contract_date": day,
        "application_date": day,
    }
    for name, value in facts.items():
        told[name] = _typed(VOCABULARY[name].type, value)
    made = Facts.of(**told)
    return Facts(
        **{name: getattr(made, name) for name in made.__struct_fields__ if name != "calendar"},
        calendar=calendar or federal(),
    )


def _typed(type: FactType, value: Any) -> Any:
    match type:
        case FactType.money if value is not None:
            return Money(round(Fraction(str(value)) * 100))
        case FactType.rate if value is not None:
            return Rate(Fraction(str(value)) / 100)
        case FactType.date if isinstance(value, str):
            return date.fromisoformat(value)
        case _:
            return value


def outcome(name: str, day: date = DAY, **facts: Any) -> str:
    """What a requirement says: pass, warn, refuse, needs_approval or not_applicable."""
    rule = compiled(name)
    assert isinstance(rule, CompiledRequirement), name
    finding = finding_of(rule, known(rule, day, facts, None), day)
    return finding.outcome if finding else "not_applicable"


def holds(name: str, day: date = DAY, **facts: Any) -> bool:
    """Whether nothing follows: the requirement passes or does not concern the loan."""
    return outcome(name, day, **facts) in ("pass", "not_applicable")


def allowed(name: str, yes: str = "allow", no: str = "block", day: date = DAY, **facts: Any) -> str:
    """The same in a vector's words."""
    return yes if holds(name, day, **facts) else no


def bound(
    name: str,
    day: date = DAY,
    *,
    lowest: bool = False,
    calendar: BusinessCalendar | None = None,
    **facts: Any,
) -> Any:
    """The bound of a limit: money as units, a rate in percent, a date; None when none binds."""
    rule = compiled(name)
    assert isinstance(rule, CompiledLimit | CompiledTable), name
    ends: dict[FactType, tuple[Any, Any]] = {
        FactType.money: (Money(0), Money(10**15)),
        FactType.rate: (Rate(Fraction(-9)), Rate(Fraction(10**6))),
        FactType.date: (date.min, date.max),
    }
    asked = ends.get(rule.type, (-(10**9), 10**9))[0 if lowest else 1]
    subject = rule.rule.narrows
    facts_known = known(rule, day, facts, calendar).given(**{subject: asked})
    book = RuleBook({name: rule})
    found = narrow(book, rule.rule.at[0], subject, asked, facts_known, day)
    match found.amount:
        case _ if found.bound_by is None:
            return None
        case Money() as amount:
            return Fraction(amount.minor, 100)
        case Rate() as rate:
            return rate.exact * 100
        case amount:
            return amount


def level_apr(advanced: Fraction, payment: Fraction, count: int) -> Fraction:
    """Percent a year at which so many equal monthly payments are worth what was advanced."""
    first = date(2026, 1, 1)
    payments = [
        DatedAmount(add_months(first, month), Money(round(payment * 100)))
        for month in range(1, count + 1)
    ]
    apr = annual_percentage_rate([DatedAmount(first, Money(round(advanced * 100)))], payments)
    return apr.exact * 100
