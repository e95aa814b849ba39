"""The look: brand colors, defaults of every field and button, the style sheet."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from nicegui import app, ui

from admin_ui.guard import PREFERENCE_COOKIE

ASSETS: Final = Path(__file__).resolve().parent / "assets"
BRAND: Final = "#0b5f59"
COLORS: Final = {
    "primary": BRAND,
    "secondary": "#44546a",
    "accent": "#7a4fb5",
    "positive": "#14713d",
    "negative": "#b42318",
    "warning": "#8a5a00",
    "dark": "#161d23",
    "dark_page": "#0f1519",
}

SAY_PREFERENCE: Final = (
    "const darkest = matchMedia('(prefers-color-scheme: dark)').matches; "
    f"document.cookie = '{PREFERENCE_COOKIE}=' + (darkest ? 'dark' : 'light') "
    "+ ';path=/;max-age=31536000;samesite=lax'"
)
"""Only the browser knows; the next page is told."""


def apply() -> None:
    """Dress every page; once, before the first is served."""
    app.colors(**COLORS)
    ui.button.default_props("unelevated no-caps")
    for field in (ui.input, ui.number, ui.select, ui.textarea, ui.date_input):
        field.default_props("outlined dense")
    ui.card.default_props("flat")
    ui.card.default_classes("lw-card")
    ui.table.default_props("flat")
    ui.table.default_classes("lw-table")
    ui.tooltip.default_props("delay=400")
    app.add_static_files("/assets", ASSETS)
    sheet = ASSETS / "theme.css"
    version = hashlib.sha256(sheet.read_bytes()).hexdigest()[:12]
    ui.add_head_html(
        f'<link rel="stylesheet" href="/assets/theme.css?v={version}">'
        '<link rel="preload" as="font" type="font/woff2" crossorigin'
        ' href="/assets/fonts/inter-latin-wght-normal.woff2">'
        f"<script>{SAY_PREFERENCE}</script>",
        shared=True,
    )
