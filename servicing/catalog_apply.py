"""Bring definition folders into the database: what is new is published, what is sealed stays.

At run time the database is the truth. A published version never changes: a file or row that differs
from what was published is refused, with both hashes. Nothing is deleted by omission.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import asyncpg
import msgspec
from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from servicing.clock import Clock
from servicing.published import begin_too_early, definition_of_row, not_as_published
from store.definition_rows import (
    DefinitionRow,
    definition_rows,
    last_contracts,
    retirements,
    save_definitions,
)
from store.definitions.assemble import check_meaning
from store.definitions.definition import Definition
from store.definitions.folder import Folders, read_house
from store.definitions.kinds import COVERAGE, RULE
from store.definitions.load import sorted_problems
from store.definitions.published_lock import changed_since_published, content_hash

Key: TypeAlias = tuple[str, str, int]
"""Kind, name and version."""
_CHANGES = (RULE.name, COVERAGE.name)
"""Kinds whose text may change: what they say carries its own dates."""


class CatalogPlan(msgspec.Struct, frozen=True, kw_only=True):
    """What applying the folders would do."""

    new: tuple[DefinitionRow, ...]
    """Published for the first time."""
    changed: tuple[DefinitionRow, ...]
    """Rules whose text changes."""
    only_published: tuple[str, ...]
    """In the database and not in the folders; they stay."""

    @property
    def empty(self) -> bool:
        """Whether there are no changes."""
        return not self.new and not self.changed


async def plan(
    pool: asyncpg.Pool, folders: Folders, *, take_changed: bool = True
) -> tuple[CatalogPlan, Catalog]:
    """What applying would do, and the catalog it would give.

    Raises DefinitionError with everything wrong in the folders, every published file that was
    changed, every row that is not what was published, and every version that begins too early.
    Without ``take_changed`` rules keep the text they are published with.
    """
    published = await definition_rows(pool)
    definitions = read_house(folders)
    found = {_key(row): row for row in (_row(item, folders) for item in definitions) if row}
    result = _together(definitions, found, published, folders, take_changed=take_changed)
    catalog = check_meaning(result)
    wanted = _difference(found, published, take_changed=take_changed)
    problems = [
        *changed_since_published(folders.products),
        *not_as_published(published.values()),
        *sorted_problems(result),
        *(_sealed(row, published[key].content_hash) for key, row in found.items()
          if row.kind not in _CHANGES and key in published
          and published[key].content_hash != row.content_hash),
        *begin_too_early(catalog, wanted.new, await last_contracts(pool)),
    ]  # fmt: skip
    if problems:
        raise DefinitionError(tuple(problems))
    return wanted, replace(catalog, retired=await retirements(pool))


def _together(
    definitions: Sequence[Definition],
    found: Mapping[Key, DefinitionRow],
    published: Mapping[Key, DefinitionRow],
    folders: Folders,
    *,
    take_changed: bool,
) -> list[Definition]:
    """Every definition there would be: the folders', and what only the database holds."""
    keep = {
        key: row
        for key, row in published.items()
        if key not in found
        or (not take_changed and row.kind in _CHANGES and row.text != found[key].text)
    }
    ours = [
        definition
        for definition in definitions
        if (row := _row(definition, folders)) is None or _key(row) not in keep
    ]
    return [*ours, *map(definition_of_row, keep.values())]


def _difference(
    found: Mapping[Key, DefinitionRow],
    published: Mapping[Key, DefinitionRow],
    *,
    take_changed: bool,
) -> CatalogPlan:
    return CatalogPlan(
        new=tuple(row for key, row in found.items() if key not in published),
        changed=tuple(
            row
            for key, row in found.items()
            if take_changed and key in published and published[key].content_hash != row.content_hash
        ),
        only_published=tuple(row.file for key, row in published.items() if key not in found),
    )


async def apply(pool: asyncpg.Pool, products: Path, rules: Path, clock: Clock) -> Catalog:
    """Publish what the folders hold and the database does not; the catalog there is then.

    Rules keep the text they are published with: a start never takes back what someone published.
    """
    wanted, catalog = await plan(pool, Folders(products, rules), take_changed=False)
    await apply_plan(pool, wanted, clock)
    return catalog


async def apply_plan(pool: asyncpg.Pool, wanted: CatalogPlan, clock: Clock) -> None:
    """Publish what a plan says, all or none; every process that serves hears of it."""
    if not wanted.empty:
        await save_definitions(pool, (*wanted.new, *wanted.changed), clock.now())


def _key(row: DefinitionRow) -> Key:
    return row.kind, row.name, row.version


def _row(definition: Definition, folders: Folders) -> DefinitionRow | None:
    """A right definition as a row; None for one that is wrong."""
    kind, data = definition.kind, definition.document.data
    if kind is None or definition.value is None or definition.problems:
        return None
    text = definition.document.text
    folder = folders.rules if kind in (RULE, COVERAGE) else folders.products
    return DefinitionRow(
        kind=kind.name,
        name=data[kind.key],
        version=data.get("version", 0),
        file=f"{folder.name}/{Path(definition.file).absolute().relative_to(folder.absolute())}",
        content_hash=content_hash(text.encode()),
        text=text,
    )


def _sealed(row: DefinitionRow, published: str) -> Problem:
    return Problem(
        message=f"{row.file} was published with SHA-256 {published} and now has {row.content_hash}",
        file=row.file,
        mend="restore the published text and make a new version",
        code="sealed",
    )
