"""A new kind of fee, amortization or interest is one file and one name in its family's union.

So no list of kinds is repeated elsewhere: the word a definition file uses for a kind of schedule or
interest stands in the kind's own file alone, and doors and store never name a kind's type.
"""

from __future__ import annotations

import ast
import importlib
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.house.tree import PACKAGES, imported, modules, parsed

FAMILIES = (
    ("engine.fees.fee", "Fee"),
    ("engine.amortization.amortization", "Amortization"),
    ("engine.interest.interest_method", "InterestMethod"),
    ("engine.interest.rate_plan.rate_plan", "RatePlan"),
)
OUTSIDE = ("store", "servicing", "api", "admin_ui", "app", "cli")

ALSO_A_FIGURE = "engine.fees.fee"
"""Names of fees are figures of a loan too: the ledger, law and answers speak of a late fee."""


def kinds(module: str, family: str) -> list[Any]:
    return list(get_args(getattr(importlib.import_module(module), family)))


def word(kind: Any) -> str:
    """What a definition file calls the kind."""
    return str(kind.__struct_config__.tag)


@pytest.mark.parametrize(("module", "family"), FAMILIES)
def test_a_family_is_a_closed_union_of_one_file_each(module: str, family: str) -> None:
    files = [kind.__module__ for kind in kinds(module, family)]
    assert len(files) > 1
    assert len(set(files)) == len(files)


@pytest.mark.parametrize(
    ("module", "family"), [family for family in FAMILIES if family[0] != ALSO_A_FIGURE]
)
def test_a_kinds_word_stands_in_its_own_file_alone(module: str, family: str) -> None:
    for kind in kinds(module, family):
        own = Path(*kind.__module__.split(".")).with_suffix(".py")
        elsewhere = [
            f"{path}:{node.lineno} {word(kind)}"
            for path in modules(*PACKAGES)
            if path != own
            for node in ast.walk(parsed(path))
            if isinstance(node, ast.Constant) and node.value == word(kind)
        ]
        assert not elsewhere


@pytest.mark.parametrize(("module", "family"), FAMILIES)
def test_nothing_outside_the_engine_names_a_kind(module: str, family: str) -> None:
    types = {f"{kind.__module__}.{kind.__name__}" for kind in kinds(module, family)}
    named = {
        f"{path} {name}" for path in modules(*OUTSIDE) for name in imported(path) if name in types
    }
    assert not named
