"""Small, plainly named, pure where it must be, and tested: the house rules that can be counted."""

from __future__ import annotations

import ast
import itertools
import re
from pathlib import Path

import pytest

from tests.house.tree import (
    CHECKOUT,
    PACKAGES,
    Function,
    functions,
    imported,
    modules,
    parsed,
    source,
)

EVERYWHERE = (*PACKAGES, "tests", "bench")
BANNED = {
    *("utils", "helpers", "common", "core", "base", "manager"),
    *("service", "handler", "data", "info", "process", "misc"),
}
BANNED_ENDS = BANNED - {"service", "process"}
"""EntersService and OneProcess say something: military service, a process of the system."""
PRAGMA = re.compile(r"\s*#\s*(?:noqa|type: ignore|fmt: skip).*$")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
CLOCKS = {"now", "utcnow", "today", "fromtimestamp", "perf_counter", "monotonic"}
NOT_ARITHMETIC = {"float", "open", "print", "input", "eval", "exec", "__import__"}

IMPURE = {
    "engine/expressions/compiled.py eval()": "of code made from a checked tree, never from a text",
    "engine/expressions/scan.py 0.6": "how near a word must be for 'did you mean', never an amount",
}
"""What the engine may do all the same, and why."""

CATCH_ALLS = {
    "api/": "the edge turns whatever went wrong into a problem document",
    "servicing/publishing/effect.py": "a run beside the doors says how it failed",
    "cli/": "the command line ends with a sentence instead of a stack of frames",
    "admin_ui/": "a page shows what went wrong instead of dying silently",
}
"""Where everything may be caught, and why there."""

TESTED_ELSEWHERE = {
    "store/migrations/": "tests/store/test_migrate.py",
    "servicing/views/": "tests/api/test_openapi.py",
    "servicing/clock.py": "tests/app/test_house.py",
    "servicing/house.py": "tests/app/test_house.py",
    "engine/loan/events/": "tests/engine/loan/test_outcomes.py",
    "engine/loan/regular_periods.py": "tests/engine/loan/test_interest_choices.py",
    "engine/loan/timeline.py": "tests/engine/loan/test_interest_choices.py",
    "engine/expressions/": "tests/engine/expressions/test_check.py",
    "api/application.py": "tests/api/test_routes.py",
    "api/given.py": "tests/api/test_routes.py",
    "api/path.py": "tests/api/test_routes.py",
    "admin_ui/": "tests/browser",
    "cli/house.py": "tests/cli/test_commands.py",
}
"""Modules that are only parts of something, and the tests of the whole."""


def test_files_are_at_most_300_lines() -> None:
    long = {
        str(path): lines
        for path in modules(*EVERYWHERE)
        if (lines := source(path).count("\n")) > 300
    }
    assert not long


def body_lines(function: Function) -> int:
    """Lines of a function without its docstring; of a match over a union its longest case."""
    statements = function.body[1:] if ast.get_docstring(function) else function.body
    if not statements:
        return 0
    lines = _height(function.body[-1]) + function.body[-1].lineno - statements[0].lineno
    if isinstance(last := statements[-1], ast.Match):
        return lines - _height(last) + max(_height(case.body[-1], case) for case in last.cases)
    return lines


def _height(last: ast.stmt, first: ast.stmt | ast.match_case | None = None) -> int:
    assert last.end_lineno is not None
    begins = first.pattern.lineno if isinstance(first, ast.match_case) else last.lineno
    return last.end_lineno - begins + 1


def test_functions_are_at_most_50_lines() -> None:
    long = {
        f"{path}:{function.lineno} {function.name}": lines
        for path in modules(*EVERYWHERE)
        for function in functions(path)
        if (lines := body_lines(function)) > 50
    }
    assert not long


def test_lines_are_at_most_100_characters() -> None:
    long = [
        f"{path}:{number}"
        for path in modules(*EVERYWHERE)
        for number, line in enumerate(source(path).splitlines(), 1)
        if len(PRAGMA.sub("", line)) > 100
    ]
    assert not long


def names_of(path: Path) -> list[str]:
    """The module's own name and those of its classes and functions."""
    defined = [
        node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.ClassDef | Function)
    ]
    return [path.stem if path.stem != "__init__" else path.parent.name, *defined]


def says_nothing(name: str) -> bool:
    """Whether a name is, or for a class ends in, a word that could stand for anything."""
    words = re.findall(r"[A-Z][a-z]+", name)
    ends = words[-1].lower() if words else ""
    return name.strip("_").lower() in BANNED or ends in BANNED_ENDS


def test_no_name_says_nothing() -> None:
    empty = [
        f"{path}: {name}"
        for path in modules(*EVERYWHERE)
        for name in names_of(path)
        if says_nothing(name)
    ]
    assert not empty


def impurities(path: Path) -> list[str]:
    """Floating point, clocks and the outside world in a module."""
    found = []
    for node in ast.walk(parsed(path)):
        match node:
            case ast.Constant(value=float()):
                found.append(f"{path} {node.value}")
            case ast.Call(func=ast.Name(id=name)) if name in NOT_ARITHMETIC:
                found.append(f"{path} {name}()")
            case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
                found.append(f"{path} .{name}()")
    return found


def test_the_engine_is_arithmetic() -> None:
    found = {found for path in modules("engine") for found in impurities(path)}
    assert found <= set(IMPURE)


def swallowed(path: Path) -> list[str]:
    """Places that catch everything and do not raise it again."""
    found = []
    for node in ast.walk(parsed(path)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = ast.unparse(node.type) if node.type else "everything"
        everything = caught in {"everything", "Exception", "BaseException"}
        if everything and not isinstance(node.body[-1], ast.Raise):
            found.append(f"{path}:{node.lineno}")
    return found


def test_everything_is_caught_only_at_the_edges() -> None:
    found = [found for path in modules(*PACKAGES) for found in swallowed(path)]
    assert not [place for place in found if not place.startswith(tuple(CATCH_ALLS))]


def has_test(path: Path) -> bool:
    """Whether the mirrored test stands, or a test of the same folder imports the module."""
    mirrored = CHECKOUT / "tests" / path.parent
    if (mirrored / f"test_{path.stem}.py").exists():
        return True
    if mirrored.with_name(f"test_{mirrored.name}.py").exists():
        return True
    dotted = ".".join(path.with_suffix("").parts)
    near = [test.relative_to(CHECKOUT) for test in mirrored.glob("test_*.py")]
    return any(dotted in imported(test) for test in near)


def test_every_module_has_a_test() -> None:
    untested = [
        str(path)
        for path in modules(*PACKAGES)
        if path.name != "__init__.py"
        and not str(path).startswith(tuple(TESTED_ELSEWHERE))
        and not has_test(path)
    ]
    assert not untested


def test_the_tests_of_the_whole_stand() -> None:
    for whole in set(TESTED_ELSEWHERE.values()):
        tests = CHECKOUT / whole
        assert tests.is_file() or list(tests.glob("test_*.py")), whole


def test_nothing_is_left_for_later() -> None:
    this = Path("tests/house/test_tidy.py")
    marks = [
        f"{path}:{number}"
        for path in modules(*EVERYWHERE)
        if path != this
        for number, line in enumerate(source(path).splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not marks


def test_every_explained_function_has_its_sentence() -> None:
    silent = [
        f"{path}:{function.lineno} {function.name}"
        for path in modules(*PACKAGES)
        for function in functions(path)
        if any("explained" in ast.unparse(mark) for mark in function.decorator_list)
        and not ast.get_docstring(function)
    ]
    assert not silent


@pytest.mark.parametrize("name", ["utils", "LoanManager", "process", "DataInfo", "_helpers"])
def test_an_empty_name_is_noticed(name: str) -> None:
    assert says_nothing(name)


@pytest.mark.parametrize("name", ["service_member", "PaymentReceived", "late_fee", "base_rate"])
def test_a_speaking_name_passes(name: str) -> None:
    assert not says_nothing(name)


SILENT = re.compile(r"#\s*(?:noqa|type: ignore)(?::[A-Z0-9, ]+|\[[a-z, -]+\])?\s*$")


def test_every_disabled_lint_has_its_reason() -> None:
    """Said after the code on the same line, or in a comment on the line above."""
    silent = []
    for path in modules(*PACKAGES):
        lines = ["", *source(path).splitlines()]
        for number, (above, line) in enumerate(itertools.pairwise(lines), 1):
            if SILENT.search(line) and not above.strip().startswith("#"):
                silent.append(f"{path}:{number}")
    assert not silent
