"""Typing of what stands at the end of every branch: literals and names."""

from __future__ import annotations

import ast
from fractions import Fraction
from typing import TYPE_CHECKING

from engine.expressions import tree
from engine.expressions.open_value import Found, Open
from engine.expressions.scan import did_you_mean
from engine.facts.fact import FactType

if TYPE_CHECKING:
    from engine.expressions.checker import Checker


def literal(checker: Checker, node: ast.Constant) -> tree.Node:
    """A number or a text as written."""
    text, column = checker.place(node)
    if isinstance(node.value, str):
        return tree.Literal(type=FactType.text, text=text, column=column, value=node.value)
    # The written text, never the parsed value: Python's 0.36 is not 36 percent.
    value = Fraction(text) if "." in text else int(text)
    return tree.Literal(type=FactType.number, text=text, column=column, value=value)


def name(checker: Checker, node: ast.Name) -> Found:
    """true, false, a named value of the document, or a fact."""
    text, column = checker.place(node)
    if text in ("true", "false"):
        value = text == "true"
        return tree.Literal(type=FactType.flag, text=text, column=column, value=value)
    if text in checker.types:
        known = checker.types[text]
        if known is None:
            return Open((text,))
        position = list(checker.vocabulary.values).index(text)
        return tree.ValueName(type=known, text=text, column=column, name=text, position=position)
    fact = checker.vocabulary.facts.get(text)
    if fact is None:
        hint = did_you_mean(text, checker.vocabulary.names())
        checker.fault(node, f"there is no fact or value named {text}", hint, "unknown_name")
        return None
    return tree.FactName(type=fact.type, text=text, column=column, group=fact.group, name=text)
