"""Pages name only what stands: links, files in code marks, make targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import CHECKOUT

LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|yaml|md|json|css|js|sql))`")
TARGET = re.compile(r"(?:`|^)make ([a-z]+)\b", re.MULTILINE)


def pages() -> Iterator[Path]:
    for page in sorted(CHECKOUT.rglob("*.md")):
        parts = page.relative_to(CHECKOUT).parts
        if not any(part.startswith(".") or part == "node_modules" for part in parts):
            yield page


def missing(pattern: re.Pattern[str], *, beside_root: bool) -> list[str]:
    """What the pages name and neither stands beside the page nor at the top of the checkout."""
    return [
        f"{page.relative_to(CHECKOUT)}: {name}"
        for page in pages()
        for name in pattern.findall(page.read_text())
        if not (page.parent / name).exists() and not (beside_root and (CHECKOUT / name).exists())
    ]


def test_links_lead_somewhere() -> None:
    assert not missing(LINK, beside_root=False)


def test_files_named_in_pages_stand() -> None:
    assert not missing(FILE, beside_root=True)


def test_make_targets_named_in_pages_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))
    named = {name for page in pages() for name in TARGET.findall(page.read_text())}
    assert named <= targets
