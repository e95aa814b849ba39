"""The project's own files, as the house rules look at them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "store", "servicing", "api", "admin_ui", "app", "cli")


def modules(*folders: str) -> Iterator[Path]:
    """Python files under the given folders of the checkout, as paths relative to it."""
    for folder in folders:
        for path in sorted((CHECKOUT / folder).rglob("*.py")):
            if "__pycache__" not in path.parts:
                yield path.relative_to(CHECKOUT)


@cache
def source(path: Path) -> str:
    """Text of a file."""
    return (CHECKOUT / path).read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """Syntax tree of a module."""
    return ast.parse(source(path), str(path))


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(path: Path) -> Iterator[Function]:
    """Every function and method of a module."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, Function):
            yield node


def imported(path: Path) -> set[str]:
    """Dotted names of the modules, and of the names within them, that a module imports."""
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names
