"""What went wrong, in words a person can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from engine.errors import DefinitionError, Problem, Refusal
from servicing.errors import (
    CommandRefused,
    DraftChanged,
    Forbidden,
    IdempotencyConflict,
    InFlight,
    NotFound,
    Unavailable,
    VersionConflict,
)
from servicing.permissions import SCOPES

ICONS = {"bad": "error", "warn": "warning", "ok": "check_circle", "brand": "info"}


def banner(kind: str, title: str, *lines: str) -> ui.element:
    """A notice: ``kind`` is bad, warn, ok or brand."""
    with ui.element("div").classes(f"lw-banner {kind}") as box:
        if kind == "bad":
            box.props('role="alert"')
        ui.icon(ICONS[kind]).props("aria-hidden=true")
        with ui.column().classes("gap-1 min-w-0 grow"):
            ui.label(title).classes("t")
            for line in lines:
                ui.label(line)
    return box


def problem_banner(fault: Exception, again: Callable[[], Any] | None = None) -> ui.element:
    """Show a fault; ``again`` is offered where trying once more may help."""
    if isinstance(fault, CommandRefused):
        return refusal_banner(fault.refusals)
    if isinstance(fault, DefinitionError):
        return banner("bad", "The definition is wrong", *map(problem_words, fault.problems))
    title, line = in_words(fault)
    box = banner("bad", title, line)
    if again is not None:
        with box:
            ui.button("Try again", on_click=again).props("outline dense")
    return box


def refusal_banner(refusals: tuple[Refusal, ...]) -> ui.element:
    """Why a command was declined, each reason with the law it rests on."""
    with banner("bad", "This cannot be done") as box, ui.column().classes("gap-1 w-full"):
        for refusal in refusals:
            with ui.element("div"):
                ui.label(refusal.message)
                if refusal.citation is not None:
                    _citation(refusal.citation.cite, refusal.citation.href)
    return box


def in_words(fault: Exception) -> tuple[str, str]:
    """A fault as title and sentence."""
    match fault:
        case NotFound():
            return "Not found", str(fault)
        case Forbidden():
            allows = SCOPES.get(fault.scope, fault.scope)
            return "Your role does not allow this", f"It takes a role that may: {allows}."
        case VersionConflict():
            return (
                "The loan changed meanwhile",
                "Somebody recorded something on it since you looked. Look again, then repeat.",
            )
        case DraftChanged():
            return "The draft changed meanwhile", f"{fault} Load the page again, then repeat."
        case IdempotencyConflict():
            return (
                "Already recorded",
                "This was recorded a moment ago, with other values. Close it and look at the loan.",
            )
        case InFlight():
            return "Still being recorded", "Wait a moment, then look at the loan again."
        case Unavailable():
            return "The database cannot be reached", "Nothing was changed. Try again in a moment."
        case _:
            return (
                "Something went wrong here",
                "It has been logged. Nothing is lost; reload the page or try again.",
            )


def problem_words(problem: Problem) -> str:
    """A problem of a definition with its line and what mends it, as one text."""
    where = f"Line {problem.line}: " if problem.line else ""
    said = problem.message[:1].upper() + problem.message[1:]
    return f"{where}{said}: {problem.mend}" if problem.mend else f"{where}{said}"


def _citation(cite: str, href: str) -> None:
    if href:
        ui.link(cite, href, new_tab=True).classes("lw-link")
    else:
        ui.label(cite).classes("lw-sub")
