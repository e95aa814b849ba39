"""A gate nobody has seen fail is no gate: each contract is broken on purpose and seen to fail."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.test_contracts import LINT_IMPORTS
from tests.house.tree import CHECKOUT, PACKAGES


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the packages and their contracts."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(CHECKOUT / ".importlinter", copy)
    for package in PACKAGES:
        shutil.copytree(
            CHECKOUT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return copy


def lint(folder: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--contract", contract],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("contract", "module", "line", "said"),
    [
        ("house", "store/__init__.py", "import servicing", "store -> servicing"),
        ("house", "api/__init__.py", "import admin_ui", "api -> admin_ui"),
        ("engine", "engine/values/money.py", "import engine.fees", "money -> engine.fees"),
        ("engine", "engine/stray.py", "", "engine.stray"),
        ("loan", "engine/loan/loan.py", "import engine.loan.decide", "loan -> engine.loan.decide"),
        ("doors", "admin_ui/__init__.py", "import store", "admin_ui -> store"),
        ("arithmetic", "engine/values/money.py", "import logging", "money -> logging"),
    ],
)
def test_a_broken_contract_is_seen(
    copy: Path, contract: str, module: str, line: str, said: str
) -> None:
    broken = copy / module
    before = broken.read_text() if broken.exists() else None
    broken.write_text(f"{before or ''}\n{line}\n")
    try:
        linted = lint(copy, contract)
    finally:
        if before is None:
            broken.unlink()
        else:
            broken.write_text(before)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "Contracts: 0 kept, 1 broken." in linted.stdout
    assert said in linted.stdout
