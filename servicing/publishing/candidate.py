"""A draft as it would be if it were published: a definition, and the catalog there would be."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from servicing.house import House
from servicing.publishing.places import file_of, is_product, reference_of
from store.definitions.beside import beside
from store.definitions.definition import Definition, definition_of, read_definition
from store.definitions.kinds import COVERAGE, KINDS, RULE
from store.definitions.published_lock import content_hash
from store.draft_rows import DraftRow

KIND_OF: Final = {kind.name: kind for kind in KINDS if kind is not COVERAGE}
"""Kinds of documents that are drafted, by name; the register is a file of the folders."""


def candidate(house: House, row: DraftRow) -> tuple[Definition, Catalog]:
    """The draft as a definition with what is wrong with it, and the catalog there would be."""
    kind = KIND_OF[row.kind]
    definition = definition_of(row.text, file_of(row.kind, row.name, row.version), kind)
    found = definition.document.data
    named = found.get(kind.key) if isinstance(found, dict) else None
    if isinstance(named, str) and named != row.name:
        definition.add(_problem(f"/{kind.key}", f"this is a draft of {row.name}", row.name))
    standing = house.catalog
    version = version_in(definition, row)
    if kind is not RULE and version in numbers(standing, row.kind, row.name):
        message = f"version {version} is published already"
        definition.add(_problem("/version", message, "the next number"))
    return definition, beside(definition, standing)


def draft_of_file(house: House, path: Path) -> DraftRow:
    """A definition file as a draft that nobody keeps; DefinitionError when it names nothing."""
    definition = read_definition(path, str(path))
    kind, data = definition.kind, definition.document.data
    if kind is None or not isinstance(data.get(kind.key), str):
        raise DefinitionError(tuple(definition.problems))
    name, version = data[kind.key], data.get("version")
    version = version if isinstance(version, int) else 0
    before = [number for number in numbers(house.catalog, kind.name, name) if number < version]
    known = kind is RULE and house.catalog.rules and name in house.catalog.rules.rules
    at, text = house.clock.now(), definition.document.text
    return DraftRow(
        draft_id="",
        kind=kind.name,
        name=name,
        version=version,
        text=text,
        content_hash=content_hash(text.encode()),
        began_from=reference_of(kind.name, name, max(before, default=0)) if before or known else "",
        began_hash="",
        state="draft",
        revision=0,
        author="",
        recorded_at=at,
        changed_at=at,
    )


def version_in(definition: Definition, row: DraftRow) -> int:
    """The version number a draft's text states; the one it was given while it states none."""
    data = definition.document.data
    found = data.get("version") if isinstance(data, dict) else None
    return found if row.kind != RULE.name and isinstance(found, int) else row.version


def numbers(catalog: Catalog, kind: str, name: str) -> list[int]:
    """The published version numbers of a definition."""
    if is_product(kind):
        return [version.version for version in catalog.products.get(name, ())]
    shared = {
        "waterfall": catalog.waterfalls,
        "calendar": catalog.calendars,
        "chart_of_accounts": catalog.charts,
    }.get(kind, {})
    return [int(ref.rpartition("@")[2]) for ref in shared if ref.rpartition("@")[0] == name]


def _problem(path: str, message: str, right: str) -> Problem:
    return Problem(path=path, message=message, mend=f"write {right}", code="place")
