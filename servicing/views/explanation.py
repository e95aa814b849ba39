"""Why a number is what it is."""

from __future__ import annotations

from datetime import date

from servicing.views.view import View


class ExplanationStep(View, frozen=True, kw_only=True):
    """A step of an explanation: a sentence, what went in, what came out, what it rests on."""

    label: str
    inputs: dict[str, str]
    output: str
    sources: tuple[str, ...]
    """Product terms with file and line, rules with citation, events by number."""
    steps: tuple[ExplanationStep, ...]


class Explanation(View, frozen=True, kw_only=True):
    """Why a number is what it is."""

    subject: str
    value: str
    sentence: str
    as_of: date
    steps: tuple[ExplanationStep, ...]
    agrees_with_stored: bool
    """Decided again from the same history, the engine gave what was stored."""
