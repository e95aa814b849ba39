"""The gap map: which rules speak of which product where; what is untested, stale or unused.

A rule is taken to speak of a product unless the product itself makes its condition false: what only
a loan or a borrower can tell is left open, so that nothing is called unused that may be needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

import msgspec

from engine.compliance.compiled_rule import CompiledRule
from engine.compliance.coverage import Coverage, Covered
from engine.compliance.jurisdictions import JURISDICTIONS, Jurisdiction, jurisdiction_of
from engine.compliance.may_hold import may_hold
from engine.compliance.rule import NOT_ASKED, Rule
from engine.compliance.rule_tests import run_tests, sides_shown
from engine.facts.facts import Facts

STALE_AFTER: Final = 365
"""Days after which figures compared with their source are to be compared again."""


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """A product as the map asks of it."""

    product: str
    title: str
    country: str
    states: tuple[str, ...] = ()
    """States it is offered in; none means all of the country."""
    facts: Facts
    """What the product alone tells of every loan of it."""
    fee_kinds: tuple[str, ...] = ()
    """Kinds of fees it may charge."""


class RuleStanding(msgspec.Struct, frozen=True, kw_only=True):
    """One rule on the map."""

    rule: str
    title: str
    place: str
    """Title of the place its law holds in."""
    products: tuple[str, ...]
    """Products it may speak of."""
    tests: int
    tested: bool
    """Whether its tests hold and show both that it bites and that it lets be."""
    verified: bool
    verified_to: date | None
    """Through which day its jurisdiction was compared with the source; None when never."""
    stale: bool
    """Never compared with the source, or too long ago."""
    unused: str
    """Why nothing here asks it; empty where something does."""


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One product in one place."""

    product: str
    offered: bool
    """Whether the product may be lent there."""
    rules: tuple[str, ...]
    """Rules of the place itself that may speak of it."""
    gap: bool
    """Offered where no rule of the place speaks of it."""


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """One place with a cell for every product."""

    place: str
    prefix: str
    """Beginning of its rules' names: "us.states.california"."""
    code: str
    """US-CA, US, GB; empty for lender policy."""
    rules: int
    """Rules of the place."""
    verified_to: date | None
    stale: bool
    outside: tuple[str, ...]
    """Duties of its law that no rule decides, by citation."""
    cells: tuple[Cell, ...]


class GapMap(msgspec.Struct, frozen=True, kw_only=True):
    """Places by products, and every rule."""

    on: date
    stale_before: date
    """Compared with the source before this day is stale."""
    products: tuple[str, ...]
    places: tuple[PlaceRow, ...]
    rules: tuple[RuleStanding, ...]
    disagreements: tuple[str, ...]
    """Where the register and the tree of rules differ."""


def gap_map(
    offered: Iterable[Offered],
    rules: Mapping[str, CompiledRule],
    coverage: Coverage,
    disagreements: tuple[str, ...],
    on: date,
    stale_after: int = STALE_AFTER,
) -> GapMap:
    """The map on a day; figures compared with their source more than so many days ago are stale."""
    products = tuple(offered)
    before = on - timedelta(days=stale_after)
    registered = {place.jurisdiction: place for place in coverage.jurisdictions}
    standings = tuple(
        _standing(rules[name], products, _register(registered, name), on, before)
        for name in sorted(rules)
    )
    return GapMap(
        on=on,
        stale_before=before,
        products=tuple(product.product for product in products),
        places=tuple(
            _place_row(place, standings, products, registered, before) for place in JURISDICTIONS
        ),
        rules=standings,
        disagreements=disagreements,
    )


def speaks_of(compiled: CompiledRule, product: Offered, on: date) -> bool:
    """Whether a rule may concern loans of a product made on a day."""
    if not compiled.place.governs(product.country, compiled.place.state or None):
        return False
    if not _lent_in(product, compiled.place):
        return False
    facts = product.facts.given(
        country=product.country, state=compiled.place.state or None, contract_date=on,
        application_date=on, event_date=on,
    )  # fmt: skip
    figures = compiled.figures_for(facts, on)
    if figures is None:
        return False
    applies = compiled.applies
    if applies is None:
        return True
    kinds = product.fee_kinds if "fee_kind" in applies.names else (None,)
    return any(may_hold(applies.tree, facts.given(fee_kind=kind), figures.inner) for kind in kinds)


def _lent_in(product: Offered, place: Jurisdiction) -> bool:
    if place.countries and product.country not in place.countries:
        return False
    return not (place.state and product.states) or place.state in product.states


def _standing(
    compiled: CompiledRule,
    products: tuple[Offered, ...],
    register: Covered | None,
    on: date,
    before: date,
) -> RuleStanding:
    rule = compiled.rule
    spoken_of = tuple(p.product for p in products if speaks_of(compiled, p, on))
    verified_to = register.verified_to if register else None
    return RuleStanding(
        rule=rule.rule,
        title=rule.title,
        place=compiled.place.title,
        products=spoken_of,
        tests=len(rule.tests),
        tested=_tested(rule),
        verified=rule.verified,
        verified_to=verified_to,
        stale=not rule.verified or verified_to is None or verified_to < before,
        unused=_unused(rule, spoken_of, on),
    )


def _tested(rule: Rule) -> bool:
    return all(sides_shown(rule)) and all(outcome.passed for outcome in run_tests(rule))


def _unused(rule: Rule, spoken_of: tuple[str, ...], on: date) -> str:
    if rule.in_force_to and rule.in_force_to < on:
        return f"in force through {rule.in_force_to}"
    if not spoken_of:
        return "speaks of no product"
    if set(rule.at) <= NOT_ASKED:
        points = ", ".join(point.value for point in rule.at)
        return f"asked at {points}, which no command does yet"
    return ""


def _place_row(
    place: Jurisdiction,
    standings: tuple[RuleStanding, ...],
    products: tuple[Offered, ...],
    registered: Mapping[str, Covered],
    before: date,
) -> PlaceRow:
    own = [standing for standing in standings if jurisdiction_of(standing.rule) == place]
    parts = [
        found
        for name, found in registered.items()
        if name == place.prefix or name.startswith(place.prefix + ".")
    ]
    days = [part.verified_to for part in parts if part.verified_to is not None]
    oldest = min(days) if parts and len(days) == len(parts) else None
    return PlaceRow(
        place=place.title,
        prefix=place.prefix,
        code=place.code,
        rules=len(own),
        verified_to=oldest,
        stale=bool(own) and (oldest is None or oldest < before),
        outside=tuple(outside.cite for part in parts for outside in part.outside),
        cells=tuple(_cell(product, place, own) for product in products),
    )


def _cell(product: Offered, place: Jurisdiction, own: list[RuleStanding]) -> Cell:
    rules = tuple(standing.rule for standing in own if product.product in standing.products)
    offered = _lent_in(product, place)
    return Cell(product=product.product, offered=offered, rules=rules, gap=offered and not rules)


def _register(registered: Mapping[str, Covered], rule: str) -> Covered | None:
    """The part of the register that lists a rule."""
    return next((part for part in registered.values() if rule in part.models), None)
