"""Typing of calls: the forms a function allows, and the few functions typed in their own way."""

from __future__ import annotations

import ast
from datetime import date
from typing import TYPE_CHECKING

from engine.expressions import tree
from engine.expressions.arithmetic import ARTICLES, RATIOS, mend
from engine.expressions.functions import FUNCTIONS, Form
from engine.expressions.open_value import Found, Open, joined
from engine.expressions.plain import is_plain
from engine.facts.fact import FactType
from engine.values.money import Money, minor_digits

if TYPE_CHECKING:
    from engine.expressions.checker import Checker


def call(checker: Checker, node: ast.Call) -> Found:
    """The typed node of a call."""
    assert isinstance(node.func, ast.Name)
    match node.func.id:
        case "money" | "date" | "days":
            return _literal(checker, node, node.func.id)
        case "known":
            return _known(checker, node)
        case "divide":
            return _division(checker, node)
        case "lookup":
            return _lookup(checker, node)
        case name:
            return _by_form(checker, node, name)


def _literal(checker: Checker, node: ast.Call, name: str) -> Found:
    """money("15.00"), date("2026-01-31"), days(10): a literal with its unit."""
    text, column = checker.place(node)
    try:
        match name, _only_literal(node):
            case "money", str(written):
                minor = Money.parse(written, checker.vocabulary.currency).minor
                return tree.Literal(type=FactType.money, text=text, column=column, value=minor)
            case "date", str(written) if len(written) == 10:
                day = date.fromisoformat(written)
                return tree.Literal(type=FactType.date, text=text, column=column, value=day)
            case "days", int(count) if not isinstance(count, bool):
                return tree.Literal(type=FactType.days, text=text, column=column, value=count)
    except ValueError as error:
        checker.fault(node, str(error), "", "literal")
        return None
    usage = FUNCTIONS[name].usage
    checker.fault(node, f"{text[:40]} is not written like {usage}", f"write {usage}", "literal")
    return None


def _only_literal(node: ast.Call) -> object:
    """The value of the one argument, where that is a literal; else None."""
    match node.args:
        case [ast.Constant(value=value)]:
            return value
        case _:
            return None


def _known(checker: Checker, node: ast.Call) -> Found:
    """known(fact): asks of a fact by its name."""
    text, column = checker.place(node)
    asked = checker.node(node.args[0]) if len(node.args) == 1 else None
    if isinstance(asked, tree.FactName):
        return tree.Known(type=FactType.flag, text=text, column=column, fact=asked)
    if not checker.problems:
        checker.fault(node, "known asks of one fact by its name", "write known(apr)", "arguments")
    return None


def _division(checker: Checker, node: ast.Call) -> Found:
    """divide(a, b, places): places are decimals of the written amount, of dollars for money."""
    text, column = checker.place(node)
    operands = [checker.node(argument) for argument in node.args[:2]]
    places = node.args[2] if len(node.args) == 3 else None
    if not (isinstance(places, ast.Constant) and type(places.value) is int and places.value <= 10):
        message = "divide needs three arguments, the last a whole number of decimals up to 10"
        checker.fault(node, message, "write divide(a, b, 2)", "arguments")
        return None
    left, right = operands
    if not isinstance(left, tree.Node) or not isinstance(right, tree.Node):
        checker.report_open(node.args[:2], operands)
        return None
    result = RATIOS.get((left.type, right.type))
    if result is None:
        message = f"{ARTICLES[left.type]} cannot be divided by {ARTICLES[right.type]}"
        checker.fault(node, message, mend(left.type, right.type), "type")
        return None
    shift = minor_digits(checker.vocabulary.currency) if result == FactType.money else 0
    decimals = tree.Literal(
        type=FactType.number,
        text=checker.source.of(places),
        column=checker.source.column(places),
        value=places.value - shift,
    )
    return tree.Call(
        type=result, text=text, column=column, function="divide", arguments=(left, right, decimals)
    )


def _lookup(checker: Checker, node: ast.Call) -> Found:
    """lookup(key, k1, v1, k2, v2, …, otherwise): keys of one type, values of one type."""
    text, column = checker.place(node)
    if len(node.args) < 4 or len(node.args) % 2:
        checker.fault(node, f"written {FUNCTIONS['lookup'].usage}", "", "arguments")
        return None
    keys = checker.together([node.args[0], *node.args[1:-1:2]])
    values = checker.together([*node.args[2:-1:2], node.args[-1]])
    if not isinstance(keys, list) or not isinstance(values, list):
        return values if isinstance(values, Open) else None
    pairs = [part for pair in zip(keys[1:], values, strict=False) for part in pair]
    return tree.Call(
        type=values[0].type,
        text=text,
        column=column,
        function="lookup",
        arguments=(keys[0], *pairs, values[-1]),
    )


def _by_form(checker: Checker, node: ast.Call, name: str) -> Found:
    """The first form of the function that all arguments fit."""
    function = FUNCTIONS[name]
    founds = [checker.node(argument) for argument in node.args]
    forms = [form for form in function.forms if _count_fits(form, len(founds))]
    if not forms:
        message = f"{name} is written {function.usage}"
        checker.fault(node, message, "", "arguments")
        return None
    forms = [form for form in forms if _fits(checker, form, founds)]
    if not forms:
        _no_form(checker, node, name, founds)
        return None
    still_open = joined(founds)
    if still_open is not None and len(forms) > 1:
        return still_open
    # Bare numbers fit several forms; a typed argument, or a single form, says which is meant.
    led = any(isinstance(found, tree.Node) and not is_plain(found) for found in founds)
    told = led or len(forms) == 1
    form = forms[0] if told else _number_form(forms)
    arguments: list[tree.Node | None] = []
    for at, (argument, found) in enumerate(zip(node.args, founds, strict=True)):
        if told and isinstance(found, Open):
            checker.bind(found, _wanted(form, at))
            founds[at] = checker.node(argument)
        typed = founds[at]
        if isinstance(typed, tree.Node):
            arguments.append(checker.fit(typed, _wanted(form, at)))
    fitted = tuple(argument for argument in arguments if argument is not None)
    if len(fitted) < len(founds):
        checker.report_open(node.args, founds)
        return None
    text, column = checker.place(node)
    return tree.Call(type=form.result, text=text, column=column, function=name, arguments=fitted)


def _no_form(checker: Checker, node: ast.Call, name: str, founds: list[Found]) -> None:
    """Say what was given and how the function is written, unless a fault was found below."""
    typed = [found for found in founds if isinstance(found, tree.Node)]
    if all(found is not None for found in founds) and typed:
        given = ", ".join(_described(found) for found in typed)
        message = f"{name} does not take {given}; it is written {FUNCTIONS[name].usage}"
        checker.fault(node, message, mend(typed[0].type, typed[-1].type), "type")


def _number_form(forms: list[Form]) -> Form:
    """Bare numbers alone stay numbers."""
    return next((form for form in forms if FactType.number in form.arguments), forms[0])


def _count_fits(form: Form, count: int) -> bool:
    return count == len(form.arguments) or (form.repeats and count >= len(form.arguments))


def _wanted(form: Form, at: int) -> FactType:
    return form.arguments[min(at, len(form.arguments) - 1)]


def _fits(checker: Checker, form: Form, founds: list[Found]) -> bool:
    """Whether every argument that is typed is, or can be read as, what the form takes there."""
    return all(
        checker.fit(found, _wanted(form, at)) is not None
        for at, found in enumerate(founds)
        if isinstance(found, tree.Node)
    )


def _described(found: tree.Node) -> str:
    return f"{ARTICLES[found.type]} ({found.text})"
