"""Read a definition file: safe YAML as plain data, with the place of everything in it.

No tags, no merge keys; aliases, size and depth are bounded; a key twice and words with two
meanings are refused. Every such fault is found in one reading, with line and column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import yaml
from yaml._yaml import CParser
from yaml.error import MarkedYAMLError
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from engine.errors import Problem
from store.definitions.plain_scalars import plain_scalar

Path = tuple[str | int, ...]

LARGEST_BYTES: Final = 1_000_000
DEEPEST: Final = 40
MOST_NODES: Final = 50_000
MOST_ALIASES: Final = 50
LARGEST_ALIASED: Final = 500
"""Nodes an anchored value may have."""


@dataclass(slots=True)
class Document:
    """A file as data, where each part of it stands, and what is wrong with its YAML."""

    file: str
    text: str
    data: Any = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Path → line and column of the value, from 1."""
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    """Path → line and column of the key."""
    problems: list[Problem] = field(default_factory=list)
    broken: bool = False
    """True when the text is no YAML at all: nothing more can be said of it."""

    def place(self, path: Path, *, key: bool = False) -> tuple[int, int]:
        """Line and column of a part, else of the nearest part around it."""
        for end in range(len(path), -1, -1):
            part = path[:end]
            first, second = (self.keys, self.values) if key else (self.values, self.keys)
            found = first.get(part) or second.get(part)
            if found:
                return found
        return 1, 1

    def part(self, path: Path) -> Any:
        """The data at a path; None where there is none."""
        found = self.data
        for step in path:
            try:
                found = found[step]
            except (KeyError, IndexError, TypeError):
                return None
        return found

    def problem(
        self, path: Path, message: str, *, mend: str = "", code: str, key: bool = False
    ) -> Problem:
        """A problem at a part of the file."""
        line, column = self.place(path, key=key)
        return Problem(
            message=message,
            path=pointer(path),
            file=self.file,
            line=line,
            column=column,
            mend=mend,
            code=code,
        )


def pointer(path: Path) -> str:
    """JSON pointer of a path: ("fees", 0) → "/fees/0"."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def path_of(text: str) -> Path:
    """The path of a JSON pointer; digits count as places in a list."""
    parts = (part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])
    return tuple(int(part) if part.isdigit() else part for part in parts)


def read_yaml(text: str, file: str) -> Document:
    """The file as data with places; faults of its YAML stand in ``problems``."""
    document = Document(file=file, text=text)
    if len(text.encode()) > LARGEST_BYTES:
        message = f"the file is larger than {LARGEST_BYTES:,} bytes"
        document.problems.append(Problem(message=message, file=file, line=1, column=1, code="size"))
        document.broken = True
        return document
    try:
        _Reading(document).run()
    except _Stop:
        document.broken = True
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        words = ", ".join(word for word in (fault.problem, fault.context) if word)
        _add(document, mark, (), f"not YAML: {words}", "mend the YAML here", "yaml")
        document.broken = True
    except yaml.YAMLError as fault:
        _add(document, None, (), f"not YAML: {fault}", "", "yaml")
        document.broken = True
    return document


class _Stop(Exception):
    """A bound is passed; reading ends here."""


@dataclass(slots=True)
class _Open:
    """A map or list being read."""

    path: Path
    value: Any
    anchor: str | None
    first_node: int
    key: str | None = None
    key_mark: Any = None
    waiting: bool = False
    """True in a map once its key is read and its value is to come."""


class _Reading:
    """One pass over the events of a file."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.anchors: dict[str, Any] = {}
        self.nodes = 0
        self.aliases = 0
        self.documents = 0

    def run(self) -> None:
        parser = CParser(self.document.text)
        try:
            while parser.check_event():
                self.event(parser.get_event())
        finally:
            parser.dispose()

    def event(self, event: Any) -> None:
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(event.start_mark, (), "a second document begins here", "remove it")
        elif isinstance(event, CollectionEndEvent):
            self.close()
        elif isinstance(event, NodeEvent):
            self.node(event)

    def node(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            self.stop(event.start_mark, (), f"more than {MOST_NODES:,} values", "split the file")
        if self.is_key():
            self.take_key(event)
            return
        path = self.next_path()
        mark = event.start_mark
        self.document.values.setdefault(path, (mark.line + 1, mark.column + 1))
        if isinstance(event, AliasEvent):
            self.put(self.aliased(event, path))
            return
        if event.tag and event.tag != "!":
            message = f"a tag ({event.tag}) is not allowed"
            self.add(mark, path, message, "remove the tag", "tag")
        if isinstance(event, ScalarEvent):
            value = self.scalar(event, path)
            if event.anchor:
                self.anchors[event.anchor] = value
            self.put(value)
        else:
            self.begin(event, path)

    def scalar(self, event: Any, path: Path) -> Any:
        if not event.implicit[0]:
            return event.value
        plain = plain_scalar(event.value)
        if plain.refused:
            self.add(event.start_mark, path, plain.refused, plain.mend, "ambiguous")
        return plain.value

    def begin(self, event: Any, path: Path) -> None:
        value: Any = {} if isinstance(event, MappingStartEvent) else []
        assert isinstance(event, MappingStartEvent | SequenceStartEvent)
        self.put(value)
        self.open.append(_Open(path, value, event.anchor, self.nodes))
        if len(self.open) > DEEPEST:
            self.stop(event.start_mark, path, f"deeper than {DEEPEST} levels", "flatten it")

    def close(self) -> None:
        closed = self.open.pop()
        if closed.anchor:
            size = self.nodes - closed.first_node
            self.anchors[closed.anchor] = closed.value if size <= LARGEST_ALIASED else _TOO_LARGE

    def is_key(self) -> bool:
        return (
            bool(self.open)
            and isinstance(self.open[-1].value, dict)
            and (not self.open[-1].waiting)
        )

    def take_key(self, event: Any) -> None:
        top, mark = self.open[-1], event.start_mark
        if not isinstance(event, ScalarEvent):
            self.stop(mark, top.path, "a key must be a word", "write a plain word before the colon")
        key: str = event.value
        path = (*top.path, key)
        if event.implicit[0] and key == "<<":
            self.add(mark, path, "merge keys (<<) are not allowed", "write the values out", "merge")
        if key in top.value:
            first = self.document.keys[path][0]
            message = f"{key} stands twice in this map, first in line {first}"
            self.add(mark, path, message, "keep one of the two", "duplicate_key")
        else:
            self.document.keys[path] = (mark.line + 1, mark.column + 1)
        top.key, top.waiting = key, True

    def next_path(self) -> Path:
        if not self.open:
            return ()
        top = self.open[-1]
        return (*top.path, len(top.value) if isinstance(top.value, list) else str(top.key))

    def put(self, value: Any) -> None:
        if not self.open:
            self.document.data = value
            return
        top = self.open[-1]
        if isinstance(top.value, list):
            top.value.append(value)
        else:
            top.value.setdefault(top.key, value)
            top.waiting = False

    def aliased(self, event: Any, path: Path) -> Any:
        self.aliases += 1
        if self.aliases > MOST_ALIASES:
            self.stop(event.start_mark, path, f"more than {MOST_ALIASES} aliases", "write them out")
        value = self.anchors.get(event.anchor, _UNKNOWN)
        if value is _UNKNOWN:
            self.stop(event.start_mark, path, f"*{event.anchor} names no finished value before it",
                      "write the value out")  # fmt: skip
        if value is _TOO_LARGE:
            self.stop(event.start_mark, path, f"*{event.anchor} names too large a value",
                      "write the value out")  # fmt: skip
        return value

    def add(self, mark: Any, path: Path, message: str, mend: str, code: str) -> None:
        _add(self.document, mark, path, message, mend, code)

    def stop(self, mark: Any, path: Path, message: str, mend: str) -> None:
        self.add(mark, path, message, mend, "yaml")
        raise _Stop


_UNKNOWN: Final = object()
_TOO_LARGE: Final = object()


def _add(document: Document, mark: Any, path: Path, message: str, mend: str, code: str) -> None:
    document.problems.append(
        Problem(
            message=message,
            path=pointer(path),
            file=document.file,
            line=mark.line + 1 if mark else 1,
            column=mark.column + 1 if mark else 1,
            mend=mend,
            code=code,
        )
    )
