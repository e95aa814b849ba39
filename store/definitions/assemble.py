"""From the definitions of a folder to the catalog: references resolved, meaning checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from engine.catalog.catalog import Catalog
from engine.catalog.chart_of_accounts import ChartOfAccounts
from engine.compliance.compile_rule import compile_rule
from engine.compliance.coverage import gaps
from engine.compliance.rule_book import RuleBook
from engine.errors import DefinitionError, Problem
from engine.loan.serviceable import not_serviceable
from engine.product.product import Product
from engine.product.soundness import Known, soundness_problems
from engine.values.calendar import BusinessCalendar
from store.definitions.calendars import business_calendar
from store.definitions.definition import Definition
from store.definitions.kinds import CALENDAR, CHART, COVERAGE, PRODUCT, RULE, WATERFALL, Kind
from store.definitions.published_lock import content_hash


def check_meaning(definitions: Sequence[Definition], standing: Catalog | None = None) -> Catalog:
    """Check what the definitions mean, each and together; the catalog of those that are right.

    Problems found are added to the definitions they concern. They may refer to what a ``standing``
    catalog shares.
    """
    _no_twins(definitions)
    shared = standing or Catalog()
    calendars = dict(_calendars(definitions))
    charts = dict(_charts(definitions))
    waterfalls = {value.reference: value for value in _values(definitions, WATERFALL)}
    known = Known(
        waterfalls={**shared.waterfalls, **waterfalls},
        calendars=frozenset({*shared.calendars, *calendars}),
        charts=frozenset({*shared.charts, *charts}),
    )
    products = [definition for definition in definitions if definition.kind is PRODUCT]
    for definition in products:
        for problem in soundness_problems(definition.sections, known):
            definition.add(problem)
        for problem in not_serviceable(definition.value) if definition.value else ():
            definition.add(problem)
    _one_live(products)
    sound = [definition for definition in products if definition.value and not definition.problems]
    return Catalog(
        products=_versions(definition.value for definition in sound),
        waterfalls=waterfalls,
        calendars=calendars,
        charts=charts,
        rules=rule_book(definitions),
        coverage=next((coverage for coverage in _values(definitions, COVERAGE)), None),
        hashes={
            definition.value.reference: content_hash(definition.document.text.encode())
            for definition in sound
        },
    )


def rule_book(definitions: Sequence[Definition]) -> RuleBook:
    """The rules that are right, as one book; what is wrong is added to the file it stands in."""
    rules = [d for d in definitions if d.kind is RULE and d.value and not d.problems]
    sound = {}
    for definition in rules:
        try:
            made = compile_rule(definition.value)
        except DefinitionError as wrong:
            for problem in wrong.problems:
                definition.add(problem)
        else:
            sound[made.name] = made
    return RuleBook(sound)


def check_register(definitions: Sequence[Definition]) -> None:
    """Where the register and the tree of rules differ is added to the register's file.

    Asked of folders and not of the catalog: a rule may be published before a file lists it.
    """
    named = {d.document.data.get("rule") for d in definitions if d.kind is RULE}
    rules = frozenset(name for name in named if isinstance(name, str))
    for register in definitions:
        if register.kind is COVERAGE and register.value:
            for message in gaps(register.value, rules):
                mend = "list every rule once, under its jurisdiction"
                register.add(
                    Problem(message=message, path="/jurisdictions", mend=mend, code="coverage")
                )


def _calendars(definitions: Sequence[Definition]) -> Iterator[tuple[str, BusinessCalendar]]:
    for definition in definitions:
        if definition.kind is CALENDAR and definition.value:
            try:
                calendar = business_calendar(definition.value)
            except ValueError as unknown:
                definition.add(
                    Problem(message=str(unknown), path="/public_holidays", code="meaning")
                )
            else:
                yield definition.value.reference, calendar


def _charts(definitions: Sequence[Definition]) -> Iterator[tuple[str, ChartOfAccounts]]:
    for definition in definitions:
        if definition.kind is CHART and definition.value:
            chart: ChartOfAccounts = definition.value
            for role in chart.missing():
                message = f"the role {role.value} has no account"
                mend = f"add {role.value}"
                definition.add(
                    Problem(message=message, path="/accounts", mend=mend, code="meaning")
                )
            yield f"{chart.chart}@{chart.version}", chart


def _values(definitions: Sequence[Definition], kind: Kind) -> Iterator[Any]:
    return (d.value for d in definitions if d.kind is kind and d.value)


def _versions(products: Iterable[Product]) -> dict[str, tuple[Product, ...]]:
    versions: defaultdict[str, list[Product]] = defaultdict(list)
    for product in products:
        versions[product.product].append(product)
    return {
        name: tuple(sorted(these, key=lambda product: product.version))
        for name, these in sorted(versions.items())
    }


def _no_twins(definitions: Sequence[Definition]) -> None:
    """Each version of each definition stands in one file."""
    first: dict[tuple[str, str, Any], Definition] = {}
    for definition in definitions:
        kind, data = definition.kind, definition.document.data
        if kind is None or not isinstance(data.get(kind.key), str):
            continue
        name = (kind.name, data[kind.key], str(data.get("version")))
        twin = first.setdefault(name, definition)
        if twin is not definition:
            message = f"{data[kind.key]} stands in {twin.file} too"
            definition.add(
                Problem(message=message, path=f"/{kind.key}", mend="keep one", code="twice")
            )


def _one_live(products: Sequence[Definition]) -> None:
    """No two versions of a product begin on one day: which would be live?"""
    first: dict[tuple[str, date], int] = {}
    for definition in sorted(products, key=lambda found: str(found.sections.get("version"))):
        sections = definition.sections
        if not {"product", "version", "live_from"} <= sections.keys():
            continue
        begins = (sections["product"], sections["live_from"])
        before = first.setdefault(begins, sections["version"])
        if before != sections["version"]:
            message = f"version {before} begins on {sections['live_from']} too"
            mend = "let each version begin on its own day"
            definition.add(Problem(message=message, path="/live_from", mend=mend, code="meaning"))
