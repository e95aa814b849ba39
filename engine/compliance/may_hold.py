"""Whether a condition may hold where only some facts are known."""

from __future__ import annotations

from engine.expressions import tree
from engine.expressions.faults import ExpressionFault
from engine.expressions.interpreted import Interpreter
from engine.facts.facts import Facts


def may_hold(condition: tree.Node, facts: Facts, values: tuple[tree.Value, ...] = ()) -> bool:
    """False only where what is known makes the condition false, whatever the rest may be."""
    return told(condition, facts, values) is not False


def told(node: tree.Node, facts: Facts, values: tuple[tree.Value, ...] = ()) -> bool | None:
    """True or False where the known facts decide a condition; None where they leave it open."""
    match node:
        case tree.Logic(operator="and"):
            parts = [told(part, facts, values) for part in node.operands]
            return False if False in parts else None if None in parts else True
        case tree.Logic():
            parts = [told(part, facts, values) for part in node.operands]
            return True if True in parts else None if None in parts else False
        case tree.Not():
            found = told(node.operand, facts, values)
            return None if found is None else not found
        case tree.Known():
            # A fact the product does not tell may be known of a loan.
            return True if facts.value(node.fact.name) is not None else None
        case _:
            try:
                return bool(Interpreter(facts, values).value(node))
            except ExpressionFault:
                return None
