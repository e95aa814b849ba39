"""Search from any page by keyboard alone: Ctrl-K, type, arrow keys, Enter."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from nicegui import ui

from admin_ui.components.attempt import attempt
from admin_ui.visitor import Visitor
from servicing import search
from servicing.search import Hit

HEADINGS = {"page": "Pages", "loan": "Loans", "product": "Products", "rule": "Rules"}
ADDRESSES = {"page": "{0}", "loan": "/loans/{0}", "product": "/products/{0}", "rule": "/rules/{0}"}
PAGES_SHOWN = 4


class SearchBox:
    """The field in the header, and below it what fits: pages, loans, products, rules."""

    def __init__(self, visitor: Visitor, pages: Sequence[tuple[str, str]]) -> None:
        """``pages`` are titles and addresses of those the visitor may open."""
        self._visitor, self._pages = visitor, pages
        self._asked = 0
        with ui.element("div").classes("lw-search-box"):
            field = ui.input(placeholder="Search").props("type=search debounce=150")
            field.props('role=combobox aria-label="Search loans, products, rules and pages"')
            field.props("aria-expanded=false aria-autocomplete=list autocomplete=off")
            field.classes("lw-search w-80 max-w-full min-w-0 shrink")
            field.add_slot("prepend", '<q-icon name="search" size="18px" />')
            field.add_slot("append", '<kbd class="lw-kbd lw-narrow-off">Ctrl K</kbd>')
            field.on_value_change(lambda event: self._find(str(event.value or "")))
            self._list = ui.html("", sanitize=False).classes("lw-found")
            self._list.props("hidden")
            field.props["aria-controls"] = self._list.html_id

    async def _find(self, text: str) -> None:
        """Show what fits; an answer that comes after a later question is left out."""
        self._asked += 1
        turn = self._asked
        found: tuple[Hit, ...] | None = ()
        if len(text.strip()) >= search.SHORTEST:
            found = await attempt(lambda: self._search(text), lambda fault: None)
        if turn == self._asked and not self._list.is_deleted:
            self._list.set_content(found_html(text, (*self._places(text), *(found or ()))))

    async def _search(self, text: str) -> tuple[Hit, ...]:
        now = await self._visitor.still()
        return await search.search(now.house, now.actor, text)

    def _places(self, text: str) -> list[Hit]:
        wanted = text.casefold().strip()
        return [
            Hit(kind="page", ident=path, title=title, note="")
            for title, path in self._pages
            if wanted and any(word.startswith(wanted) for word in words_of(title))
        ][:PAGES_SHOWN]


def words_of(title: str) -> Iterator[str]:
    """A title and each of its words, to be found by their beginnings."""
    whole = title.casefold()
    yield whole
    yield from whole.split()


def found_html(text: str, hits: Sequence[Hit]) -> str:
    """The list below the field; ``data-for`` says what was looked for."""
    said = html.escape(text, quote=True)
    if not text.strip():
        return ""
    if not hits:
        return (
            f'<div data-for="{said}"><p class="none" role="status">Nothing fits. Names are found '
            "by three letters or more.</p></div>"
        )
    parts: list[str] = []
    heading = ""
    for number, hit in enumerate(hits):
        if hit.kind != heading:
            heading = hit.kind
            parts.append(f'<div class="h" role="presentation">{HEADINGS[heading]}</div>')
        address = html.escape(ADDRESSES[hit.kind].format(hit.ident), quote=True)
        note = f"<small>{html.escape(hit.note)}</small>" if hit.note else ""
        parts.append(
            f'<a role="option" id="lw-hit-{number}" tabindex="-1" aria-selected="false" '
            f'href="{address}"><span>{html.escape(hit.title)}</span>{note}</a>'
        )
    return f'<div role="listbox" aria-label="Found" data-for="{said}">{"".join(parts)}</div>'
