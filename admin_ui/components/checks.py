"""Examples or tests, each held or failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from nicegui import ui

from admin_ui.components.pill import pill


def checks(examples: Sequence[Mapping[str, Any]], side: ui.element) -> None:
    """Show each by name, with the first difference of one that fails; ``side`` gets the sum."""
    passed = sum(bool(example["passed"]) for example in examples)
    with side:
        every = passed == len(examples)
        pill("pass", "ok" if every else "bad", text=f"{passed} of {len(examples)} hold")
    for example in examples:
        check(str(example["name"]), bool(example["passed"]), str(example["difference"]))


def check(name: str, passed: bool, difference: str) -> None:
    """One of them."""
    with ui.row(wrap=False).classes("gap-2 items-start grow"):
        ui.icon("check_circle" if passed else "cancel").props(
            f'aria-label="{"Holds" if passed else "Fails"}" role=img'
        ).style(f"color:var(--{'ok' if passed else 'bad'});font-size:18px")
        with ui.column().classes("gap-0 min-w-0"):
            ui.label(name)
            if not passed:
                ui.label(difference).classes("lw-sub")
