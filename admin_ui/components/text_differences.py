"""Two texts line by line: what is gone in red, what is new in green, what stays around it."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from nicegui import ui

CONTEXT = 3
"""Lines shown around a change."""


def text_differences(before: str, after: str, label: str = "Differences as text") -> None:
    """Show the lines that differ; the rest is folded away."""
    lines = list(changed_lines(before, after))
    if not lines:
        ui.label("The texts are the same.").classes("lw-sub")
        return
    with ui.element("div").classes("lw-diff").props("tabindex=0 role=region") as box:
        box.props["aria-label"] = label
        for sign, text in lines:
            kind = {"+": "new", "-": "gone", "@": "skip"}.get(sign, "")
            with ui.element("div").classes(kind):
                ui.label({"+": "+", "-": "−"}.get(sign, "")).classes("sign").props(
                    f'aria-label="{({"+": "new", "-": "gone"}).get(sign, "")}"' if kind else ""
                )
                ui.label(text or " ").classes("said")


def changed_lines(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Each line with what became of it: "+", "-", " ", or "@" where lines are left out."""
    told = difflib.unified_diff(before.splitlines(), after.splitlines(), n=CONTEXT, lineterm="")
    for number, line in enumerate(told):
        if number < 2:
            continue
        if line.startswith("@@"):
            if number > 2:
                yield "@", "…"
            continue
        yield line[0], line[1:]
