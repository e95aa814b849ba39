"""Load the catalog from its folders, or refuse with everything that is wrong."""

from __future__ import annotations

from pathlib import Path

from engine.catalog.catalog import Catalog
from engine.errors import DefinitionError, Problem
from store.definitions.assemble import check_meaning
from store.definitions.definition import Definition
from store.definitions.folder import Folders, read_house
from store.definitions.published_lock import changed_since_published


def load_catalog(products: Path, rules: Path) -> Catalog:
    """The catalog of two folders; a published file that was changed is refused.

    Raises DefinitionError with every problem of every file at once. In-file examples and tests
    are run by ``check_folder``, not here: starting does not wait for them.
    """
    definitions = read_house(Folders(products, rules))
    catalog = check_meaning(definitions)
    problems = [*changed_since_published(products), *sorted_problems(definitions)]
    if problems:
        raise DefinitionError(tuple(problems))
    return catalog


def sorted_problems(definitions: list[Definition]) -> list[Problem]:
    """The problems of all files, by file, line and column, each once."""
    problems = {problem: None for definition in definitions for problem in definition.problems}
    return sorted(problems, key=lambda problem: (problem.file, problem.line, problem.column))
