"""What a type's source says of its fields: the sentence under each, read from the code itself."""

from __future__ import annotations

import ast
import inspect
import textwrap
from functools import cache


@cache
def field_notes(type_: type) -> dict[str, str]:
    """Field or enum member → the docstring under it, bases first; fields without one are left out.

    Raises OSError where the source is not at hand.
    """
    notes: dict[str, str] = {}
    for part in reversed(type_.__mro__):
        if part.__module__.split(".")[0] in ("engine", "store"):
            notes.update(_own_notes(part))
    return notes


def first_sentence(type_: type) -> str:
    """The first paragraph of a type's docstring, in one line."""
    paragraph = (inspect.getdoc(type_) or "").split("\n\n")[0]
    return _plain(paragraph)


def _plain(text: str) -> str:
    """The text in one line, names marked as editors mark them."""
    return " ".join(text.split()).replace("``", "`")


def _own_notes(type_: type) -> dict[str, str]:
    body = ast.parse(textwrap.dedent(inspect.getsource(type_))).body[0]
    assert isinstance(body, ast.ClassDef)
    notes: dict[str, str] = {}
    for statement, note in zip(body.body, body.body[1:], strict=False):
        name = _assigned(statement)
        if name and isinstance(note, ast.Expr) and isinstance(note.value, ast.Constant):
            notes[name] = _plain(str(note.value.value))
    return notes


def _assigned(statement: ast.stmt) -> str | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
        case _:
            return None
