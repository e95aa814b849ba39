"""What is published, read back from the database: the catalog of a process that is running."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import asyncpg
from msgspec.structs import replace

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from store.definition_rows import DefinitionRow, definition_rows, retirements
from store.definitions.assemble import check_meaning
from store.definitions.definition import Definition, definition_of
from store.definitions.kinds import KINDS, PRODUCT
from store.definitions.load import sorted_problems
from store.definitions.published_lock import content_hash

_KINDS = {kind.name: kind for kind in KINDS}


async def published_catalog(pool: asyncpg.Pool) -> Catalog:
    """The catalog of everything published.

    Raises DefinitionError when a row is not what was published, or is no longer understood.
    """
    rows = (await definition_rows(pool)).values()
    definitions = [definition_of_row(row) for row in rows]
    catalog = check_meaning(definitions)
    problems = (*not_as_published(rows), *sorted_problems(definitions))
    if problems:
        raise DefinitionError(problems)
    return replace(catalog, retired=await retirements(pool))


def definition_of_row(row: DefinitionRow) -> Definition:
    """A published row as a definition."""
    return definition_of(row.text, row.file, _KINDS[row.kind])


def not_as_published(rows: Iterable[DefinitionRow]) -> Iterator[Problem]:
    """Every row whose text no longer has the hash it was published with."""
    for row in rows:
        now = content_hash(row.text.encode())
        if now != row.content_hash:
            yield Problem(
                message=f"the database holds {row.file} with SHA-256 {now}; it was published "
                f"with {row.content_hash}",
                file=row.file,
                line=1,
                column=1,
                mend="a published text never changes: restore the row from a backup",
                code="sealed",
            )


def begin_too_early(
    catalog: Catalog, new: Iterable[DefinitionRow], last_contracts: Mapping[str, date]
) -> Iterator[Problem]:
    """New versions that would begin before a contract already made under another version."""
    for row in new:
        made = last_contracts.get(row.name)
        if row.kind != PRODUCT.name or made is None:
            continue
        begins = {version.version: version.live_from for version in catalog.versions(row.name)}
        if row.version in begins and begins[row.version] < made:
            yield Problem(
                message=f"{row.name}@{row.version} begins on {begins[row.version]}, and loans of "
                f"{row.name} were contracted under other versions up to {made}",
                path="/live_from",
                file=row.file,
                line=1,
                column=1,
                mend=f"let it begin on {made} or later",
                code="begins_in_past",
            )
