"""Where a definition stands: its file under the folders, its version line, its next version."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from store.definitions.kinds import CALENDAR, CHART, PRODUCT, RULE, WATERFALL

_FOLDERS: Final = {WATERFALL.name: "waterfalls", CALENDAR.name: "calendars", CHART.name: "books"}


def file_of(kind: str, name: str, version: int) -> str:
    """The file a definition has: "products/personal_installment/v3.yaml"."""
    if kind == RULE.name:
        return f"rules/{name.replace('.', '/')}.yaml"
    folder = f"{_FOLDERS[kind]}/" if kind in _FOLDERS else ""
    return f"products/{folder}{name}/v{version}.yaml"


def reference_of(kind: str, name: str, version: int) -> str:
    """How people name it: "personal_installment@3"; a rule by its name alone."""
    return name if kind == RULE.name else f"{name}@{version}"


def renumbered(text: str, version: int) -> str:
    """The text as another version of the same definition; comments and order stay."""
    return re.sub(r"^version:.*$", f"version: {version}", text, count=1, flags=re.MULTILINE)


def renamed(text: str, key: str, kind: str, name: str, version: int) -> str:
    """The text under another name, its schema named from where its file will stand."""
    text = re.sub(rf"^{key}:.*$", f"{key}: {name}", text, count=1, flags=re.MULTILINE)
    up = "../" * file_of(kind, name, version).count("/")
    return re.sub(r"\$schema=(\.\./)+", lambda _: f"$schema={up}", text, count=1)


def named_by(kind: str, reference: str) -> tuple[str, int]:
    """Name and version that a reference means; a rule has no version, and 0 stands for it."""
    if kind == RULE.name:
        return reference, 0
    name, _, number = reference.rpartition("@")
    return name, int(number) if number.isdecimal() and len(number) < 7 else 0


def beginning(text: str, day: date) -> str:
    """A product's text with its first day; comments and order stay."""
    return re.sub(r"^live_from:.*$", f"live_from: {day}", text, count=1, flags=re.MULTILINE)


def is_product(kind: str) -> bool:
    """Whether a kind of definition is a product."""
    return kind == PRODUCT.name
