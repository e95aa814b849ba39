"""Text to checked tree: names known, types meet, every node typed; every fault at its column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import DefinitionError
from engine.expressions import tree
from engine.expressions.arithmetic import ARTICLES, mend
from engine.expressions.checker import Checker
from engine.expressions.open_value import Open
from engine.expressions.parse import parse
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType


def check(text: str, vocabulary: Vocabulary, expected: FactType) -> tree.Node:
    """The checked tree of an expression of the expected type; DefinitionError with every fault."""
    source, body = parse(text)
    checker = Checker(source, vocabulary, dict(vocabulary.values))
    found = checker.node(body)
    result = checker.fit(found, expected) if isinstance(found, tree.Node) else None
    if isinstance(found, tree.Node) and result is None:
        message = f"{ARTICLES[expected]} is expected here, this is {ARTICLES[found.type]}"
        checker.fault(body, message, mend(found.type, expected), "type")
    if isinstance(found, Open):
        checker.unknown_type(body, found)
    if result is None or checker.problems:
        assert checker.problems, f"no tree and no fault: {text}"
        raise DefinitionError(tuple(sorted(checker.problems, key=lambda p: p.column)))
    return result


def infer(
    expressions: Sequence[tuple[str, FactType]], vocabulary: Vocabulary
) -> Mapping[str, FactType | None]:
    """Types of the named values, from what they meet in the expressions of their document."""
    types: dict[str, FactType | None] = dict(vocabulary.values)
    parsed = []
    for text, expected in expressions:
        try:
            parsed.append((*parse(text), expected))
        except DefinitionError:
            continue  # ``check`` reports it
    for numbers_bind in (False, False, True):
        for source, body, expected in parsed:
            checker = Checker(source, vocabulary, types, numbers_bind=numbers_bind)
            found = checker.node(body)
            if isinstance(found, Open):
                checker.bind(found, expected)
    return types
