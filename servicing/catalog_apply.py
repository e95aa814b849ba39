"""Bring definition folders into the database: what is new is published, what is sealed stays.

At run time the database is the truth. A published version never changes: a file that differs from
what was published is refused, with both hashes. Nothing is deleted by omission.
"""

from __future__ import annotations

from pathlib import Path

import asyncpg
import msgspec

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from servicing.clock import Clock
from store.definition_rows import DefinitionRow, definition_rows, save_definitions
from store.definitions.assemble import check_meaning
from store.definitions.definition import Definition
from store.definitions.folder import Folders, read_house
from store.definitions.kinds import RULE
from store.definitions.load import sorted_problems
from store.definitions.published_lock import changed_since_published, content_hash


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


async def plan(pool: asyncpg.Pool, folders: Folders) -> tuple[CatalogPlan, Catalog]:
    """What applying would do, and the catalog it would give.

    Raises DefinitionError with everything wrong in the folders, and with every published file
    that was changed.
    """
    definitions = read_house(folders)
    catalog = check_meaning(definitions)
    problems = [*changed_since_published(folders.products), *sorted_problems(definitions)]
    published = await definition_rows(pool)
    rows = {_key(row): row for row in (_row(item, folders) for item in definitions) if row}
    problems += [
        _sealed(row, published[key].content_hash)
        for key, row in rows.items()
        if row.kind != RULE.name
        and key in published
        and published[key].content_hash != row.content_hash
    ]
    if problems:
        raise DefinitionError(tuple(problems))
    return CatalogPlan(
        new=tuple(row for key, row in rows.items() if key not in published),
        changed=tuple(
            row
            for key, row in rows.items()
            if key in published and published[key].content_hash != row.content_hash
        ),
        only_published=tuple(row.file for key, row in published.items() if key not in rows),
    ), catalog


async def apply(pool: asyncpg.Pool, products: Path, rules: Path, clock: Clock) -> Catalog:
    """Publish what is new in the folders; the catalog they give."""
    wanted, catalog = await plan(pool, Folders(products, rules))
    await apply_plan(pool, wanted, clock)
    return catalog


async def apply_plan(pool: asyncpg.Pool, wanted: CatalogPlan, clock: Clock) -> None:
    """Publish what a plan says, all or none."""
    if not wanted.empty:
        await save_definitions(pool, (*wanted.new, *wanted.changed), clock.now())


def _key(row: DefinitionRow) -> tuple[str, str, int]:
    return row.kind, row.name, row.version


def _row(definition: Definition, folders: Folders) -> DefinitionRow | None:
    """A right definition as a row; None for one that is wrong."""
    kind, data = definition.kind, definition.document.data
    if kind is None or definition.value is None or definition.problems:
        return None
    text = definition.document.text
    folder = folders.rules if kind is RULE else folders.products
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
