"""Explanations in words a borrower understands: the engine's steps with values as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from engine.loan.events import FeeAssessed, FeeForgone
from engine.loan.explain import Explained
from engine.loan.loan import Loan
from engine.trace import Step
from engine.values.money import Money
from engine.values.rate import Rate
from servicing.standing import Standing
from servicing.telling import exact_text, title_of
from servicing.views import Explanation, ExplanationStep

_UNSAID = frozenset({"loan", "terms", "draft", "rounding", "facts", "rules", "calendar", "owed"})
"""Inputs that are whole worlds: their parts show in the steps below."""
_DEEPEST = 12
_EXACT = frozenset({"accrued_interest", "interest_earned_to", "earned_through", "interest_earned",
                    "per_diem"})  # fmt: skip
"""Steps whose exact numbers are amounts in minor units."""


def explanation_view(found: Explained, at: Standing, places: Mapping[str, str]) -> Explanation:
    """The explanation as doors show it.

    ``places`` maps a term ("personal_installment@2 /fees/1") to its file and line.
    """
    currency = at.loan.currency
    steps = tuple(step_view(step, currency, places) for step in found.steps)
    if found.event is not None:
        steps = (*steps, _event_step(found.event, currency, places))
    return Explanation(
        subject=found.subject,
        value=_value_text(found, currency),
        sentence=_sentence(found, at.day, currency),
        as_of=at.day,
        steps=steps,
        agrees_with_stored=found.agrees,
    )


def step_view(
    step: Step, currency: str, places: Mapping[str, str], depth: int = 0
) -> ExplanationStep:
    """One step with those below it."""
    name = step.name.rpartition(".")[2]
    below = step.children if depth < _DEEPEST else []
    return ExplanationStep(
        label=step.label,
        inputs={
            word: text_of(value, currency)
            for word, value in step.inputs.items()
            if word not in _UNSAID and _is_small(value)
        },
        output=text_of(step.output, currency, exact=name in _EXACT),
        sources=tuple(_placed(source, places) for source in step.sources),
        steps=tuple(step_view(child, currency, places, depth + 1) for child in below),
    )


def text_of(value: Any, currency: str, *, exact: bool = False) -> str:
    """A value as text: amounts with decimals, rates in percent, days as dates."""
    match value:
        case None:
            return ""
        case Money():
            return value.text(currency)
        case Rate():
            return value.percent()
        case Fraction() if exact:
            return exact_text(value, currency)
        case Fraction():
            return str(value)
        case bool():
            return "yes" if value else "no"
        case date():
            return value.isoformat()
        case msgspec.Struct():
            return _struct_text(value, currency)
        case tuple():
            return "; ".join(text_of(item, currency) for item in value)
        case _:
            return str(value)


def _struct_text(value: msgspec.Struct, currency: str) -> str:
    if isinstance(value, Loan):
        return value.loan_id
    parts = (
        (name, getattr(value, name))
        for name in value.__struct_fields__
        if name not in {"because", "findings", "lines"}
    )
    said = [
        f"{name.replace('_', ' ')} {text_of(part, currency)}"
        for name, part in parts
        if part not in (None, "", 0, ()) and _is_small(part) and not isinstance(part, dict)
    ]
    return ", ".join(said)


def _is_small(value: Any) -> bool:
    """Whether a value says itself in a few words."""
    if isinstance(value, tuple | list):
        return len(value) <= 12 and all(_is_small(item) for item in value)
    return not isinstance(value, Loan) and len(repr(value)) < 1500


def _event_step(event: Any, currency: str, places: Mapping[str, str]) -> ExplanationStep:
    """The event that states the number, and what it says it rests on."""
    because = getattr(event, "because", None)
    sources = [
        f"{aside.rule} ({aside.citation}), set aside by {aside.approved_by} at the request of "
        f"{aside.requested_by}: {aside.reason}"
        for aside in event.set_aside
    ]
    inputs: dict[str, str] = {}
    if because is not None:
        if because.term:
            sources.append(_placed(f"{because.product} {because.term}", places))
        for use in because.rules:
            values = ", ".join(f"{name} {value}" for name, value in use.values.items())
            sources.append(f"{use.source}: {use.outcome}" + (f", {values}" if values else ""))
        inputs = {name: value for name, value in because.figures.items()}
    return ExplanationStep(
        label=f"Recorded on {event.effective_on}: {title_of(event)}",
        inputs=inputs,
        output=text_of(getattr(event, "amount", None), currency),
        sources=tuple(sources),
        steps=(),
    )


def _placed(source: str, places: Mapping[str, str]) -> str:
    place = places.get(source)
    return f"{source} ({place})" if place else source


def _value_text(found: Explained, currency: str) -> str:
    """The number explained; an exact one in decimals of the currency."""
    return text_of(found.value, currency, exact=found.subject in _EXACT)


def _sentence(found: Explained, day: date, currency: str) -> str:
    """The number in one sentence."""
    value = _value_text(found, currency)
    match found.event:
        case FeeAssessed(name=name, effective_on=on):
            return f"The {name.replace('_', ' ')} of {value} was charged on {on}."
        case FeeForgone(name=name, effective_on=on):
            return f"No {name.replace('_', ' ')} was charged on {on}: law or policy forbids it."
        case None:
            what = found.subject.replace("_", " ")
            return f"The {what} on {day} is {value}."
        case event:
            return f"{title_of(event)} on {event.effective_on}: {value}."
