"""Where a character of a text stands in the file: an expression's fault at its own column.

YAML folds lines, doubles quotes and escapes characters, so the text is walked along the file.
"""

from __future__ import annotations

from typing import Final

_SKIPPED: Final = " \t\r\n"


def place_inside(file: str, line: int, column: int, text: str, at: int) -> tuple[int, int]:
    """Line and column, from 1, of character ``at`` (from 1) of a text that begins at a place.

    ``file`` is the whole file. The place of the text itself where the two cannot be aligned.
    """
    start = _offset(file, line, column)
    position = _after_header(file, start)
    for char in text[: at - 1]:
        found = _next(file, position, char)
        if found is None:
            return line, column
        position = found + 1
    if at <= len(text):
        found = _next(file, position, text[at - 1])
        if found is None:
            return line, column
        position = found
    before = file[:position]
    return before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1


def _offset(file: str, line: int, column: int) -> int:
    starts = [0]
    for _ in range(line - 1):
        starts.append(file.index("\n", starts[-1]) + 1)
    return starts[-1] + column - 1


def _after_header(file: str, start: int) -> int:
    """Past the ``>-`` of a block, or the quote a text opens with."""
    if file[start : start + 1] in (">", "|"):
        return file.find("\n", start) + 1
    return start + 1 if file[start : start + 1] in ("'", '"') else start


def _next(file: str, position: int, char: str) -> int | None:
    """Where the next character of the text stands; folding, escapes and indents passed over."""
    if char in _SKIPPED:
        return position if file[position : position + 1] in _SKIPPED else None
    while position < len(file):
        here = file[position]
        doubled = here == "'" and file[position + 1 : position + 2] == "'" == char
        if here == char and not doubled:
            return position
        if here not in _SKIPPED and here != "\\" and not doubled:
            return None
        position += 1
    return None
