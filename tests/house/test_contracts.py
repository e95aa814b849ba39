"""The folder tree is the architecture: import contracts hold and the rooms are the written ones."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.house.tree import CHECKOUT, PACKAGES

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def test_every_contract_is_kept() -> None:
    linted = subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def rooms_written_down() -> set[str]:
    """Folders named in CONTRIBUTING.md's picture of the house."""
    page = (CHECKOUT / "CONTRIBUTING.md").read_text()
    picture = page.partition("## Rooms")[2].partition("```")[2].partition("```")[0]
    return set(re.findall(r"^([a-z_]+)/", picture, re.MULTILINE))


def rooms_that_stand() -> set[str]:
    ignored = {
        line.strip("/") for line in (CHECKOUT / ".gitignore").read_text().splitlines() if line
    }
    return {
        path.name
        for path in CHECKOUT.iterdir()
        if path.is_dir()
        and not path.name.startswith(".")
        and path.name not in ignored
        and not any(path.match(pattern) for pattern in ignored)
    }


def test_the_rooms_are_the_ones_written_down() -> None:
    assert rooms_that_stand() == rooms_written_down()


def test_every_package_is_under_contract_and_installed() -> None:
    contracts = (CHECKOUT / ".importlinter").read_text()
    named = contracts.partition("root_packages =")[2].partition("include")[0].split()
    assert set(named) == set(PACKAGES)
    found = {path.parent.name for path in CHECKOUT.glob("*/__init__.py")} - {"tests", "bench"}
    assert found == set(PACKAGES)
    installed = (CHECKOUT / "pyproject.toml").read_text().partition("packages.find]")[2]
    assert all(f'"{package}*"' in installed for package in PACKAGES)
