"""Templates: sound products to begin from, so that nobody begins from an empty form."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from servicing.errors import NotFound
from servicing.house import House
from servicing.studio.document import data_of, written
from servicing.views.studio import Template

_FOLDER: Final = Path(__file__).resolve().parent / "templates"
ORDER: Final = (
    "personal",
    "buy_now_pay_later",
    "small_business",
    "auto",
    "credit_union",
    "mortgage",
    "equipment",
)


@cache
def templates() -> tuple[Template, ...]:
    """Every template, those asked for most first."""
    return tuple(_template(name) for name in ORDER)


def text_from(house: House, template: str, name: str, title: str) -> str:
    """A template's text as version 1 of a product of another name, offered from tomorrow."""
    if template not in ORDER:
        raise NotFound("template", template)
    text = _text(template)
    tomorrow = house.clock.business_date() + timedelta(days=1)
    changed = {"product": name, "version": 1, "live_from": tomorrow.isoformat()}
    return written(text, {**_says(text), **changed, **({"title": title} if title else {})})


def _template(name: str) -> Template:
    found = _says(_text(name))
    return Template(
        name=name, title=found["title"], summary=found["summary"], family=found["family"]
    )


def _text(name: str) -> str:
    return (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")


def _says(text: str) -> dict[str, Any]:
    found = data_of(text)
    assert found is not None, "templates are sound"
    return found
