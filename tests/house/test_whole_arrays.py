"""Arrays in the engine hold whole numbers: of numpy only what cannot make a fraction is used."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.tree import imported, modules, parsed

WHOLE = {
    *("int64", "bool_", "intp"),
    *("array", "zeros", "full", "empty_like", "ones_like"),
    *("add", "subtract", "multiply", "floor_divide", "minimum"),
    *("flatnonzero", "unique"),
}


def not_whole(path: Path) -> list[str]:
    """What a module that uses numpy takes from it besides, and its divisions."""
    if not any(name.partition(".")[0] == "numpy" for name in imported(path)):
        return []
    return _not_whole(parsed(path), str(path))


def _not_whole(tree: ast.AST, path: str) -> list[str]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if any(
                name.name.startswith("numpy") and (name.name, name.asname) != ("numpy", "np")
                for name in names
            ):
                found.append(f"{path}:{node.lineno} numpy under another name")
            case ast.ImportFrom(module=str(module)) if (
                module.startswith("numpy") and module != "numpy.typing"
            ):
                found.append(f"{path}:{node.lineno} from {module}")
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if name not in WHOLE:
                found.append(f"{path}:{node.lineno} np.{name}")
            case ast.Div() | ast.Attribute(attr="mean" | "std" | "var" | "astype"):
                found.append(f"{path} a fraction")
    return found


def test_arrays_in_the_engine_hold_whole_numbers() -> None:
    assert not [found for path in modules("engine") for found in not_whole(path)]


@pytest.mark.parametrize(
    "written",
    [
        "np.float64(1)",
        "np.random.default_rng()",
        "balance / 2",
        "balance.mean()",
        "import numpy",
        "from numpy import random",
    ],
)
def test_a_fraction_is_noticed(written: str) -> None:
    assert _not_whole(ast.parse(written), "here")
