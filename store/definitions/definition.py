"""One definition file on its way from text to a typed value, with everything wrong in it.

Stages: YAML, JSON Schema, types. A later stage runs where the earlier one found nothing, for each
section of a document by itself, so that meaning can be checked beside a broken section.
"""

from __future__ import annotations

import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec

from engine.codec.definition import decode_definition
from engine.errors import DefinitionError, Problem
from store.definitions.inside_text import place_inside
from store.definitions.kinds import KINDS, Kind, kind_of, schema_of
from store.definitions.read_yaml import Document, path_of, read_yaml
from store.definitions.schema_errors import schema_problems

_CURRENCY: Final = "USD"


@dataclass(slots=True)
class Definition:
    """A file as far as it could be understood."""

    document: Document
    kind: Kind | None = None
    value: Any = None
    """The typed value; None while anything is wrong with its form."""
    sections: dict[str, Any] = field(default_factory=dict)
    """Field → typed value, for each field that is right by itself; defaults included."""
    problems: list[Problem] = field(default_factory=list)

    @property
    def file(self) -> str:
        return self.document.file

    def add(self, problem: Problem) -> None:
        """Add a problem that knows its JSON pointer, at its place in the file."""
        self.problems.append(self.placed(problem))

    def placed(self, problem: Problem) -> Problem:
        """A problem that knows its JSON pointer, with its line and column in the file.

        A problem that has a column has it inside the text at its path: an expression.
        """
        path = path_of(problem.path)
        placed = self.document.problem(path, problem.message, mend=problem.mend, code=problem.code)
        text = self.document.part(path)
        if problem.column and isinstance(text, str):
            line, column = place_inside(
                self.document.text, placed.line, placed.column, text, problem.column
            )
            placed = msgspec.structs.replace(placed, line=line, column=column)
        return placed


def read_definition(path: Path, shown_as: str, kind: Kind | None = None) -> Definition:
    """The definition in a file, of a kind given or found; problems name it ``shown_as``."""
    try:
        text = path.read_bytes().decode("utf-8")  # byte for byte: line ends are not translated
    except (OSError, UnicodeDecodeError) as trouble:
        reason = "it is not UTF-8 text" if isinstance(trouble, UnicodeDecodeError) else str(trouble)
        message = f"the file cannot be read: {reason}"
        definition = Definition(Document(file=shown_as, text="", broken=True))
        definition.add(Problem(message=message, code="file"))
        return definition
    return definition_of(text, shown_as, kind)


def definition_of(text: str, file: str, kind: Kind | None = None) -> Definition:
    """The definition in a text, of a kind given or found by the key that names it."""
    document = read_yaml(text, file)
    definition = Definition(document, problems=list(document.problems))
    if document.broken:
        return definition
    definition.kind = kind if kind and isinstance(document.data, dict) else kind_of(document)
    if definition.kind is None:
        keys = ", ".join(kind.key for kind in KINDS)
        message = "this is no definition: none of the keys that name one is here"
        definition.add(Problem(message=message, mend=f"begin it with one of {keys}", code="kind"))
        return definition
    definition.problems += schema_problems(schema_of(definition.kind), document)
    _decode(definition)
    return definition


def _decode(definition: Definition) -> None:
    """Type what is right in form: the whole, or the sections that are."""
    assert definition.kind is not None
    data = definition.document.data
    if not isinstance(data, dict):
        return
    currency = data.get("currency", _CURRENCY)
    currency = currency if isinstance(currency, str) else _CURRENCY
    type_ = definition.kind.type
    if not definition.problems:
        try:
            definition.value = decode_definition(data, type_, currency)
        except DefinitionError as wrong:
            for fault in wrong.problems:
                definition.add(fault)
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        for name, value, problem in _sections(definition, type_, currency):
            if problem is None:
                definition.sections[name] = value
            elif definition.value is None:
                definition.add(problem)


def _sections(
    definition: Definition, type_: type[msgspec.Struct], currency: str
) -> Iterator[tuple[str, Any, Problem | None]]:
    """Each field: its value, or the fault of its type; fields wrong in form are passed over."""
    wrong = {path_of(problem.path)[:1] for problem in definition.problems}
    hints = typing.get_type_hints(type_, include_extras=True)
    data: dict[str, Any] = definition.document.data
    for field_ in msgspec.structs.fields(type_):
        name = field_.encode_name
        if (name,) in wrong:
            continue
        if name not in data:
            if field_.default is not msgspec.NODEFAULT:
                yield name, field_.default, None
            continue
        try:
            yield name, decode_definition(data[name], hints[field_.name], currency), None
        except DefinitionError as fault:
            first = fault.problems[0]
            yield name, None, msgspec.structs.replace(first, path=f"/{name}{first.path}")
