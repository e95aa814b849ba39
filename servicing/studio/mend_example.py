"""An example made to expect what comes out now: for a change that was meant to change it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.events import Event
from engine.product.example import Example
from engine.proof.prove import prove
from engine.values.money import Money
from servicing.studio.sample import lived
from store.definitions.read_yaml import path_of

_LOOKED_ON: Final = timedelta(days=60)
"""How long after the last day of an example an event that moved is still looked for."""


def mended(terms: TermsInForce, place: int, data: Mapping[str, Any]) -> dict[str, Any]:
    """The example at a place, as data, with every number that differs as it comes out now.

    What an example shows by being refused, or by a happening that is refused, is left as it is.
    """
    example = terms.product.examples[place]
    result: dict[str, Any] = copy.deepcopy(dict(data))
    for mismatch in prove(example, terms).mismatches:
        path = path_of(mismatch.path)
        if path[:2] == ("expect", "events") and len(path) == 3:
            _mend_event(terms, example, result, int(path[2]))
        else:
            _put(result, path, mismatch.found)
    return result


def _put(data: Any, path: tuple[str | int, ...], found: str) -> None:
    """The value found in place of a single value of its own kind."""
    for step in path[:-1]:
        data = data[step] if _holds(data, step) else None
    if not _holds(data, path[-1]):
        return
    was = data[path[-1]]
    if isinstance(was, bool | Mapping | list):
        return
    if isinstance(was, int) and found.lstrip("-").isdecimal():
        data[path[-1]] = int(found)
    elif isinstance(was, str) and path[-1] != "refusal":
        data[path[-1]] = found


def _holds(data: Any, step: str | int) -> bool:
    if isinstance(data, Mapping):
        return step in data
    return isinstance(data, list) and isinstance(step, int) and step < len(data)


def _mend_event(terms: TermsInForce, example: Example, data: dict[str, Any], place: int) -> None:
    """The day and amount of the event that stands for the one expected; none, where none comes."""
    expected = data["expect"]["events"][place]
    alike = [
        number
        for number, each in enumerate(data["expect"]["events"])
        if _kind(each) == _kind(expected)
    ]
    counted = expected.get("times", 1) != 1
    events = _events(terms, example, timedelta(0) if counted else _LOOKED_ON)
    found = [event for event in events if _of_kind(event, expected)]
    if counted or not found:
        for key in ("on", "amount"):
            expected.pop(key, None)
        expected["times"] = len(found)
        return
    event = found[min(alike.index(place), len(found) - 1)]
    if "on" in expected:
        expected["on"] = event.effective_on.isoformat()
    amount = getattr(event, "amount", None)
    if "amount" in expected and isinstance(amount, Money):
        expected["amount"] = amount.text(terms.product.currency)


def _events(terms: TermsInForce, example: Example, beyond: timedelta) -> list[Event]:
    expect = example.expect
    days = [each.on for each in (*example.happenings, *expect.balances)]
    days += [each.on for each in expect.events if each.on is not None]
    last: date = max(days, default=example.loan.contract_date)
    return lived(terms, example.loan, example.happenings, last + beyond).live_events()


def _kind(expected: Mapping[str, Any]) -> tuple[Any, Any]:
    return expected.get("event"), expected.get("name")


def _of_kind(event: Event, expected: Mapping[str, Any]) -> bool:
    tag, name = _kind(expected)
    if str(event.__struct_config__.tag) != tag:
        return False
    return name is None or getattr(event, "name", None) == name
