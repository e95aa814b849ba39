"""What an unquoted word of a definition file means, and which words are refused.

YAML parsers disagree on ``no``, ``012``, ``1e3`` and ``12:30``, and none keeps ``0.10`` exact. So
our own table says what a plain scalar is; a word with two meanings must be quoted.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Value = str | int | bool | None

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})", re.ASCII)
_DECIMAL = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)", re.ASCII)
_EXPONENT = re.compile(r"[-+]?[0-9][0-9_]*\.?[0-9_]*[eE][-+]?[0-9]+", re.ASCII)
_CLOCK = re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?", re.ASCII)
_OCTAL = re.compile(r"[-+]?0[0-9_]+", re.ASCII)
_OTHER_BASE = re.compile(r"[-+]?0[xXoObB][0-9a-fA-F_]+", re.ASCII)
_GROUPED = re.compile(r"[-+]?[0-9][0-9_,]*[_,][0-9_,]*(\.[0-9_]*)?", re.ASCII)
_NO_NUMBER = re.compile(r"[-+]?\.(inf|nan)", re.IGNORECASE)
_FLAGS = {"yes", "no", "on", "off", "y", "n", "true", "false", "null"}
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}


class Plain(NamedTuple):
    """The value of a plain scalar, and why it is refused when it is."""

    value: Value
    refused: str = ""
    mend: str = ""


def plain_scalar(text: str) -> Plain:
    """What an unquoted word means."""
    if text in _WORDS:
        return Plain(_WORDS[text])
    if _WHOLE.fullmatch(text):
        return Plain(int(text))
    trap = _trap(text)
    return Plain(text, *trap) if trap else Plain(text)


def _trap(text: str) -> tuple[str, str] | None:
    quoted = f'write "{text}" in quotes if text is meant'
    if text.lower() in _FLAGS:
        return f"{text} is true or false to some YAML readers and text to others", (
            f"write true or false, or {quoted.removeprefix('write ')}"
        )
    if _DECIMAL.fullmatch(text):
        return (
            f"{text} is a bare decimal number, which YAML readers make inexact",
            f'write amounts and rates as quoted text: "{_tidy(text)}"',
        )
    if _EXPONENT.fullmatch(text):
        return f"{text} is a number to some YAML readers and text to others", quoted
    if _CLOCK.fullmatch(text):
        return f"{text} is a number in base 60 to some YAML readers", quoted
    if _OCTAL.fullmatch(text):
        return f"{text} is an octal number to some YAML readers", (
            f"write {text.lstrip('+-0_') or '0'}, or {quoted.removeprefix('write ')}"
        )
    if _OTHER_BASE.fullmatch(text) or (text.startswith("+") and text[1:].isdigit()):
        return f"{text} is not a plain whole number", quoted
    if _GROUPED.fullmatch(text):
        return f"{text} is a grouped number", f"write {re.sub('[_,]', '', text)} without groups"
    if _NO_NUMBER.fullmatch(text):
        return f"{text} is no number", quoted
    if text.isdigit() or text.lstrip("-").isdigit():
        return f"{text} has too many digits for a whole number", quoted
    return None


def _tidy(text: str) -> str:
    whole, _, decimals = text.lstrip("+").partition(".")
    return f"{whole or '0'}.{decimals}" if decimals else whole or "0"
