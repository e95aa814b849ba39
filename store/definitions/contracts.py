"""Contracts written down in a file, to be projected: read, checked and typed."""

from __future__ import annotations

from pathlib import Path

from engine.errors import DefinitionError
from engine.projection.document import ContractDocument
from engine.projection.soundness import contract_problems
from store.definitions.definition import read_definition
from store.definitions.kinds import CONTRACT


def read_contract(path: Path) -> ContractDocument:
    """The contract in a file. Raises DefinitionError with every fault and its place."""
    definition = read_definition(path, path.name, CONTRACT)
    if isinstance(definition.value, ContractDocument):
        for problem in contract_problems(definition.value):
            definition.add(problem)
    if definition.problems or not isinstance(definition.value, ContractDocument):
        raise DefinitionError(tuple(definition.problems))
    return definition.value
