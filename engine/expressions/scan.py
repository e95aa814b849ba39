"""The bounds of the language, held before any parser sees the text.

Length, number of tokens, depth of brackets and runs of signs are capped, numbers and text have one
plain form, and no character outside the language passes. What follows works on at most 500
harmless characters: attributes, powers, shifts, f-strings, escapes, exponents end here.
"""

from __future__ import annotations

import difflib
import keyword
import re
from typing import Final, NamedTuple

from engine.errors import Problem

MAX_LENGTH: Final = 500
MAX_TOKENS: Final = 300
MAX_DEPTH: Final = 30
KEYWORDS: Final = frozenset({"and", "or", "not", "in", "if", "else"})

_TOKEN: Final = re.compile(
    r"""(?P<space>[ ]+)
    |(?P<number>[0-9][A-Za-z0-9_.]*)
    |(?P<text>"[^"\\]*"|'[^'\\]*')
    |(?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<operator><=|>=|==|!=|\*\*|//|<<|>>|:=|[-+*<>(),\[\]])
    """,
    re.VERBOSE | re.ASCII,
)
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,10})?", re.ASCII)
_MENDS: Final = {
    "**": "there is no power: write the product out",
    "//": "write divide(a, b, places)",
    "/": "write divide(a, b, places)",
    "%": "write percent(5) for 5 percent",
    "=": "write == to compare",
    "&": "write and",
    "|": "write or",
    "!": "write not, or != to compare",
    ".": "facts are plain names; there are no attributes",
    "\\": "text has no escapes",
    '"': "close the text with the same quote",
    "'": "close the text with the same quote",
    "$": 'write money("15.00")',
}


class Token(NamedTuple):
    """One word or sign of an expression."""

    kind: str
    text: str
    column: int
    """From 1."""


def normalized(text: str) -> str:
    """The text with line ends and tabs as spaces, so that columns stay true."""
    return text.replace("\r", " ").replace("\n", " ").replace("\t", " ")


def scan(text: str) -> tuple[Problem, ...]:
    """What bars the text from being parsed; nothing when it may be."""
    if len(text) > MAX_LENGTH:
        message = f"{len(text)} characters; at most {MAX_LENGTH} are allowed"
        return (_problem(message, 1, "split it, or name parts as values", "too_long"),)
    if not text.strip():
        return (_problem("the expression is empty", 1, "", "empty"),)
    if not text.isprintable():
        at = next(i for i, char in enumerate(text) if not char.isprintable())
        return (_problem("a character that cannot be printed", at + 1, "remove it", "character"),)
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            char = text[at]
            mend = _MENDS.get(char, "")
            return (_problem(f"{char} is not part of the language", at + 1, mend, "character"),)
        if found.lastgroup != "space":
            assert found.lastgroup is not None
            tokens.append(Token(found.lastgroup, found.group(), at + 1))
        at = found.end()
    problems = [problem for token in tokens for problem in _token_problems(token)]
    return tuple(problems) or _shape_problems(tokens)


def _token_problems(token: Token) -> list[Problem]:
    text, column = token.text, token.column
    if token.kind == "number" and not _NUMBER.fullmatch(text):
        mend = "write plain decimals such as 12 or 0.36: at most 15 digits and 10 decimals"
        return [_problem(f"{text[:40]} is not a number here", column, mend, "number")]
    if token.kind == "operator" and text in ("**", "//", "<<", ">>", ":="):
        return [
            _problem(
                f"{text} is not part of the language", column, _MENDS.get(text, ""), "operator"
            )
        ]
    if token.kind == "name":
        if text in ("True", "False", "None"):
            mend = f"write {text.lower()}" if text != "None" else "there is no such value"
            return [_problem(f"{text} is not part of the language", column, mend, "word")]
        if keyword.iskeyword(text) and text not in KEYWORDS:
            return [_problem(f"{text} is not part of the language", column, "", "word")]
        if len(text) > 60 or text.startswith("__"):
            return [_problem(f"{text[:40]} is not a name here", column, "", "word")]
    return []


def _shape_problems(tokens: list[Token]) -> tuple[Problem, ...]:
    if len(tokens) > MAX_TOKENS:
        message = f"{len(tokens)} words and signs; at most {MAX_TOKENS} are allowed"
        return (_problem(message, tokens[MAX_TOKENS].column, "split it", "too_large"),)
    depth = signs = 0
    before = Token("operator", "", 0)
    for token in tokens:
        depth += (token.text in ("(", "[")) - (token.text in (")", "]"))
        signs = signs + 1 if token.text in ("-", "+", "not") else 0
        if depth < 0:
            return (_problem(f"{token.text} closes nothing", token.column, "", "syntax"),)
        if depth > MAX_DEPTH or signs > MAX_DEPTH:
            message = f"nested deeper than {MAX_DEPTH}"
            return (_problem(message, token.column, "flatten it", "too_deep"),)
        if token.kind == "text" and before.kind in ("text", "name") and before.text not in KEYWORDS:
            message = f"{token.text} cannot follow {before.text}"
            return (_problem(message, token.column, "put an operator between them", "syntax"),)
        before = token
    return ()


def did_you_mean(name: str, known: list[str]) -> str:
    """A hint naming the nearest known name; empty when nothing is near."""
    near = difflib.get_close_matches(name[:60], known, n=1)
    return f"did you mean {near[0]}?" if near else ""


def _problem(message: str, column: int, mend: str, code: str) -> Problem:
    return Problem(message=message, column=column, mend=mend, code=f"expression_{code}")
