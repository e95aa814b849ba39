"""What a draft begins with: any published text, one that a rule had, a template, or its own."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from engine.errors import Refusal
from servicing.errors import CommandRefused, NotFound
from servicing.house import House
from servicing.publishing.candidate import KIND_OF, numbers
from servicing.publishing.places import (
    beginning,
    is_product,
    named_by,
    reference_of,
    renamed,
    renumbered,
)
from store.definition_rows import DefinitionRow, definition_row, past_texts
from store.definitions.kinds import RULE


class Beginning(NamedTuple):
    """The text of a new draft and where it comes from."""

    text: str
    version: int
    """The number the new version gets; 0 for a rule."""
    began_from: str
    """Reference of what the text was taken from; empty for one written from nothing."""
    began_hash: str
    """SHA-256 of what is published under the draft's own name; empty where nothing is."""
    told: str
    """Where the text comes from, for the history."""


async def begun(
    house: House,
    kind: str,
    name: str,
    *,
    version: int | None = None,
    text: str | None = None,
    template: str = "",
    past: str = "",
) -> Beginning:
    """What a draft begins with: its own text, a template, a past text, a version, or what is live.

    ``template`` is a reference of another definition of the kind, ``past`` the SHA-256 of a text
    that a rule had. NotFound where there is no such text; CommandRefused for two beginnings.
    """
    given = [
        path
        for path, value in (("/version", version), ("/template", template), ("/past", past))
        if value
    ]
    if len(given) > 1:
        raise refused(given[1], "A draft begins from one text; name one of them.")
    found: Beginning | None
    if template:
        found = await _template(house, kind, name, template)
    else:
        found = await _own(house, kind, name, version, past)
    if text is not None:
        number = 0 if kind == RULE.name else max(numbers(house.catalog, kind, name), default=0) + 1
        return (found or Beginning("", number, "", "", ""))._replace(text=text)
    if found is None:
        ident = name if version is None else f"{name}@{version}"
        raise NotFound(kind.replace("_", " "), ident)
    if is_product(kind):
        tomorrow = house.clock.business_date() + timedelta(days=1)
        return found._replace(text=beginning(found.text, tomorrow))
    return found


async def _own(
    house: House, kind: str, name: str, version: int | None, past: str
) -> Beginning | None:
    """Begun from the definition's own texts; None while it has none."""
    base, number = await _published(house, kind, name, version)
    if past:
        was = [row for row in await past_texts(house.pool, kind, name) if row[0] == past]
        if base is None or not was:
            raise NotFound("past text", past)
        told = f"the text it had until {was[0]['replaced_at']:%Y-%m-%d}"
        return Beginning(was[0]["text"], number, name, base.content_hash, told)
    if base is None:
        return None
    reference = reference_of(kind, name, base.version)
    return Beginning(
        renumbered(base.text, number), number, reference, base.content_hash, f"from {reference}"
    )


async def _template(house: House, kind: str, name: str, template: str) -> Beginning:
    """The text of another definition under a new name, as its first version."""
    other, version = named_by(kind, template)
    if other == name:
        raise refused("/template", "A template is another definition; name a version instead.")
    row = await definition_row(house.pool, kind, other, version)
    if row is None:
        raise NotFound(kind.replace("_", " "), template)
    own = await definition_row(house.pool, RULE.name, name, 0) if kind == RULE.name else None
    if own is not None or numbers(house.catalog, kind, name):
        raise refused("/name", f"{name} is published already; begin from one of its versions.")
    number = 0 if kind == RULE.name else 1
    text = renamed(renumbered(row.text, number), KIND_OF[kind].key, kind, name, number)
    return Beginning(text, number, template, "", f"from the template {template}")


async def _published(
    house: House, kind: str, name: str, version: int | None
) -> tuple[DefinitionRow | None, int]:
    """What is published to begin from, and the number of the new version."""
    if kind == RULE.name:
        return await definition_row(house.pool, kind, name, 0), 0
    last = max(numbers(house.catalog, kind, name), default=0)
    chosen = last if version is None else version
    if version is None and is_product(kind) and last:
        live = house.catalog.live_version(name, house.clock.business_date())
        chosen = live.version if live else last
    return await definition_row(house.pool, kind, name, chosen), last + 1


def refused(path: str, message: str) -> CommandRefused:
    """What was asked cannot be; ``path`` names where."""
    return CommandRefused((Refusal(code="invalid", message=message, path=path, kind="invalid"),))
