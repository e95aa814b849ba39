"""``loanwright draft`` by two people with keys of their own."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from app.house import open_house
from app.settings import read_settings
from cli.main import commands
from servicing.access import create_api_key

_SCOPES = frozenset(
    {"definitions:draft", "definitions:approve", "definitions:publish", "products:read"}
)


@pytest.fixture
def keys(fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys of Ada and Ben in a house of their own."""
    monkeypatch.setenv("LOANWRIGHT_DATABASE_URL", fresh_database)
    monkeypatch.setenv("LOANWRIGHT_HOME", str(tmp_path / "home"))

    async def made() -> list[str]:
        async with open_house(read_settings(), fresh_database) as house:
            return [await create_api_key(house, name=n, scopes=_SCOPES) for n in ("Ada", "Ben")]

    return asyncio.run(made())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, [*map(str, arguments)])


def told(*arguments: str) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output or repr(result.exception)
    return json.loads(result.output)


def test_a_draft_by_two_people_from_a_template_to_what_is_offered(
    keys: list[str], tmp_path: Path
) -> None:
    ada, ben = (("--key", key) for key in keys)
    made = told("draft", "create", "product", "split_in_4", "--template", "pay_in_4@1", *ada)
    ident = made["row"]["draft_id"]
    file = tmp_path / "text.yaml"
    file.write_text(made["text"].replace("title: ", "title: Our ", 1))
    told("draft", "edit", ident, str(file), *ada)
    said = told("draft", "comment", ident, "-m", "Why four?", *ben)
    assert said["history"][-1]["name"] == "Ben" and said["history"][-1]["comment"] == "Why four?"
    told("draft", "submit", ident, *ada)
    refused = run("draft", "approve", ident, *ada)
    assert refused.exit_code == 1 and "another person must approve" in str(refused.exception)
    stale = run("draft", "approve", ident, "--revision", "1", *ben)
    assert stale.exit_code == 1 and "stands at revision" in str(stale.exception)
    told("draft", "approve", ident, *ben)
    shown = run("draft", "review", ident).output
    assert "Ben: Why four?" in shown
    assert told("draft", "publish", ident, *ben)["row"]["state"] == "published"
    assert "published" in run("draft", "list").output
    assert "Ada created: from the template pay_in_4@1" in run("draft", "show", ident).output
    assert run("draft", "show", ident, "--json").exit_code == 0
    assert run("draft", "submit", ident, "--key", "lw_no_key").exit_code == 2
    words = told("catalog", "words", "split_in_4@1")
    assert words and run("catalog", "words", "us.federal.scra.six_percent_cap").exit_code == 0
    ends = ("catalog", "retire", "split_in_4@1", "-m", "Sold no more", "--last-day")
    assert run(*ends, "2100-01-01", *ben).output.strip() == (
        "split_in_4@1 is offered through 2100-01-01"
    )
    again = run(*ends, "2100-01-01", *ben)
    assert again.exit_code == 1 and "was retired before" in str(again.exception)
    assert run("catalog", "retire", "split_in_4", *ends[3:], "2100-01-01").exit_code == 2
    used = told("catalog", "where-used", "product", "split_in_4")
    assert used[0]["reference"] == "split_in_4@1" and used[0]["live_loans"] == 0
    assert "consumer_standard@1" in run("catalog", "where-used", "waterfall",
                                        "consumer_standard").output  # fmt: skip


def test_a_draft_runs_in_shadow(keys: list[str]) -> None:
    ada = ("--key", keys[0])
    made = told("draft", "create", "product", "pay_in_4", *ada)
    begun = told("shadow", "start", "--draft", made["row"]["draft_id"], *ada)
    ident = begun["shadow_id"]
    assert told("shadow", "look", ident, *ada)["loans"] == 0
    assert "0 divergences" in run("shadow", "report", ident, "--day", "2026-01-15").output
    assert ident in run("shadow", "list").output
    assert "running since" in run("shadow", "show", ident).output
    assert told("shadow", "stop", ident, *ada)["state"] == "stopped"
    assert run("shadow", "start").exit_code == 2
    assert told("draft", "review", made["row"]["draft_id"])["shadows"][0]["state"] == "stopped"
