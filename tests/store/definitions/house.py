"""A house of definitions in a folder of its own, to be broken by tests."""

from __future__ import annotations

import shutil
from pathlib import Path

CHECKOUT = Path(__file__).parents[3]


def copied_house(place: Path) -> Path:
    """A copy of the products and rules of the checkout."""
    for name in ("products", "rules"):
        shutil.copytree(CHECKOUT / name, place / name)
    return place


def replaced(path: Path, old: str, new: str) -> None:
    """Put another text in a file; the old one must stand there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
