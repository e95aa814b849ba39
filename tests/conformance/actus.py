"""Suite ``actus``: the ACTUS Financial Research Foundation's vectors of loans and deposits.

Every event is compared with the flow the engine projects, and all four numbers with it. The
vectors are CC BY-SA 4.0 and no part of this project.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from engine.projection.contract import Contract
from engine.projection.flow import Flow, FlowKind
from engine.projection.maturity import maturity
from engine.projection.project import project, standing_on
from tests.conformance.actus_contract import contract_of
from tests.conformance.actus_observed import known_reset, with_what_is_observed
from tests.conformance.actus_terms import UNIT, Terms, day
from tests.conformance.verdict import Case, Differs, Unsupported

_KINDS = frozenset({"ANN", "LAM", "NAM", "PAM", "LAX", "CLM", "UMP", "CSH"})
_TOLERANCE = Fraction(1, 10**8)
_FIGURES = ("payoff", "notionalPrincipal", "nominalInterestRate", "accruedInterest")
_WORDS = {
    FlowKind.disbursed: "IED",
    FlowKind.principal_paid: "PR",
    FlowKind.principal_lent: "PI",
    FlowKind.interest_paid: "IP",
    FlowKind.interest_capitalized: "IPCI",
    FlowKind.rate_reset: "RR",
    FlowKind.payment_solved: "PRF",
    FlowKind.earning_amount_set: "IPCB",
    FlowKind.indexed: "SC",
    FlowKind.bought: "PRD",
    FlowKind.terminated: "TD",
    FlowKind.called: "XD",
    FlowKind.matured: "MD",
}
_LATEST = date(9000, 1, 1)


class Event(NamedTuple):
    """One row: what happens on a day, and payoff, principal, rate and accrued interest."""

    on: date
    kind: str
    figures: tuple[Fraction, ...]


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of one contract type."""
    if not isinstance(document, dict):
        return
    for identity, case in document.items():
        if not isinstance(case, dict) or "terms" not in case or "results" not in case:
            continue
        kind = case["terms"].get("contractType")
        if kind in _KINDS:
            tags = (kind, *_tags(file.parent, identity, case))
            yield Case(identity, tags, lambda case=case: _check(case))


def _tags(folder: Path, identity: str, case: dict[str, Any]) -> Iterator[str]:
    quirks = [f"quirk:{name}" for name in _quirks(folder).get(identity, ())]
    yield from quirks or ["no-quirk"]
    capabilities = _capabilities(folder).get(identity, ())
    yield from capabilities
    count = case["terms"].get("dayCountConvention")
    if count and f"dcc:{count}" not in capabilities:
        yield f"dcc:{count}"


@cache
def _quirks(folder: Path) -> dict[str, list[str]]:
    """What each case needs that the specification does not say."""
    found: dict[str, list[str]] = {}
    for name, quirk in _beside(folder, "quirks.json").items():
        for identity in quirk["cases"]:
            found.setdefault(identity, []).append(name)
    return found


@cache
def _capabilities(folder: Path) -> dict[str, list[str]]:
    return {row["id"]: row["tags"] for row in _beside(folder, "index.json").get("cases", ())}


def _beside(folder: Path, name: str) -> dict[str, Any]:
    file = folder / name
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def _check(case: dict[str, Any]) -> None:
    terms = Terms(case)
    through = day(case["to"]) if case.get("to") else _LATEST
    contract = contract_of(terms)
    if maturity(contract) is None:
        if through == _LATEST:
            raise Unsupported("an open-ended contract without a horizon")
        through -= timedelta(days=1)  # the horizon stands for a last day, which is no regular date
    if contract.call is not None:
        through = max(through, contract.call.settled_on)  # a call that was given is settled
    contract = with_what_is_observed(terms, contract, through)
    ours = list(_events(terms, contract, through))
    theirs = [_expected(row) for row in case["results"]]
    for mine, other in zip_longest(ours, theirs):
        _compare(mine, other)


def _events(terms: Terms, contract: Contract, through: date) -> Iterator[Event]:
    if terms.kind == "CSH":
        for event in terms.happened:
            yield _observation(terms, contract, day(event["time"]))
        return
    known = known_reset(terms, contract)
    for flow in project(contract, through):
        word = _WORDS[flow.kind]
        if word == "RR" and (flow.on == known or _is_fixed(terms, flow.on)):
            word = "RRF"
        if word == "MD" and contract.call is not None:
            word = "STD"
        yield _event(terms, flow, word)


def _is_fixed(terms: Terms, on: date) -> bool:
    """Whether a listed rate is one and not a spread over an index."""
    days = [day(text) for text in terms.several("arrayCycleAnchorDateOfRateReset")]
    kinds = terms.several("arrayFixedVariable", len(days))
    begun = [kind for since, kind in zip(days, kinds, strict=True) if since <= on]
    return bool(begun) and begun[-1] == "FIX"


def _event(terms: Terms, flow: Flow, word: str) -> Event:
    sign = Fraction(terms.sign)
    figures = (
        sign * flow.amount.minor / UNIT,
        sign * flow.principal.minor / UNIT,
        flow.rate.exact,
        sign * flow.accrued / UNIT,
    )
    return Event(flow.on, word, figures)


def _observation(terms: Terms, contract: Contract, on: date) -> Event:
    """How a loan stands on a day on which nothing happens."""
    standing = standing_on(contract, on)
    accrued = standing.accrued(contract.earning, on)
    principal = terms.sign * Fraction(standing.principal.minor, UNIT)
    return Event(on, "AD", (Fraction(0), principal, standing.rate.exact, accrued / UNIT))


def _expected(row: dict[str, Any]) -> Event:
    figures = tuple(Fraction(str(row[name]).strip()) for name in _FIGURES)
    return Event(day(row["eventDate"]), row["eventType"], figures)


def _compare(ours: Event | None, theirs: Event | None) -> None:
    if ours is None or theirs is None or ours[:2] != theirs[:2]:
        raise Differs(f"{_named(ours)}, expected {_named(theirs)}")
    for name, mine, other in zip(_FIGURES, ours.figures, theirs.figures, strict=True):
        if abs(mine - other) > _TOLERANCE:
            raise Differs(f"{_named(ours)} {name} {float(mine):.10f}, expected {float(other):.10f}")


def _named(event: Event | None) -> str:
    return "nothing" if event is None else f"{event.on} {event.kind}"
