"""``loanwright move`` by two people with keys of their own."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import pytest

from servicing.access import create_api_key
from tests.cli.test_draft import run, told
from tests.servicing.lending import lender_on

DAY = date(2026, 3, 2)
SCOPES = frozenset({"loans:move", "portfolio:read", "definitions:approve"})


@pytest.fixture
def lent(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, list[str]]:
    """A loan of the first version, and the keys of Ada and Ben."""
    monkeypatch.setenv("LOANWRIGHT_DATABASE_URL", fresh_database)
    monkeypatch.setenv("LOANWRIGHT_HOME", str(tmp_path / "home"))

    async def made() -> tuple[str, list[str]]:
        async with lender_on(fresh_database, tmp_path / "home", DAY) as lender:
            loan = await lender.lends(on=DAY)
            keys = [await create_api_key(lender.house, name=n, scopes=SCOPES) for n in "AB"]
            return loan, keys

    return asyncio.run(made())


def test_a_plan_from_preview_to_undo(lent: tuple[str, list[str]]) -> None:
    loan, keys = lent
    ada, ben = (("--key", key) for key in keys)
    asked = ("personal_installment", "--to", "2", "--on", "2026-03-02", "--reason", "one version")
    plan = told("move", "plan", *asked, "--where", "days_past_due >= 0", *ada)
    ident = plan["row"]["plan_id"]
    assert [row["loan_id"] for row in plan["loans"]] == [loan]
    assert ident in run("move", "list").output
    if plan["loans"][0]["state"] == "consent_needed":
        plan = told("move", "consent", ident, loan, "--reference", "letter 7", *ada)
    assert plan["counts"] == {"planned": 1}
    refused = run("move", "approve", ident, *ada)
    assert refused.exit_code == 1 and "another person must approve" in str(refused.exception)
    assert told("move", "approve", ident, *ben)["row"]["state"] == "approved"
    assert told("move", "carry-out", ident, *ada)["counts"] == {"moved": 1}
    assert told("move", "undo", ident, *ada)["counts"] == {"undone": 1}
    shown = run("move", "show", ident).output
    assert "to version 2 from 2026-03-02  undone: 1 undone" in shown and loan in shown


def test_a_day_that_is_none_is_told(lent: tuple[str, list[str]]) -> None:
    wrong = run(
        "move", "plan", "personal_installment", "--to", "2", "--on", "soon", "--reason", "x"
    )
    assert wrong.exit_code == 2 and "soon is no day" in wrong.output
