"""``loanwright catalog`` on a database of its own: from folders, by bundle, before publishing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.settings import CHECKOUT
from cli.main import commands


@pytest.fixture
def house(fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, its database as the command line finds it."""
    monkeypatch.setenv("LOANWRIGHT_DATABASE_URL", fresh_database)
    monkeypatch.setenv("LOANWRIGHT_HOME", str(tmp_path / "home"))
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["catalog", *map(str, arguments)])


def told(*arguments: str | Path) -> str:
    result = run(*arguments)
    assert result.exit_code == 0, result.output or repr(result.exception)
    return result.output


def next_version(place: Path) -> Path:
    text = (CHECKOUT / "products" / "personal_installment" / "v1.yaml").read_text()
    text = text.replace("version: 1", "version: 7", 1).replace("grace_days: 10", "grace_days: 15")
    text = text.replace("live_from: 2020-01-01", "live_from: 2041-01-01", 1)
    file = place / "v7.yaml"
    file.write_text(text.partition("\nexamples:")[0] + "\n")
    return file


def test_folders_are_planned_applied_exported_and_bundled(house: Path) -> None:
    assert "would publish products/pay_in_4/v1.yaml" in told("plan")
    assert "+product: pay_in_4" in told("diff")
    assert "published products/pay_in_4/v1.yaml" in told("apply")
    assert told("plan") == told("diff") == "no changes\n"
    assert "definitions written" in told("export", house / "out")
    exported = house / "out" / "products" / "pay_in_4" / "v1.yaml"
    assert exported.read_bytes() == (CHECKOUT / "products" / "pay_in_4" / "v1.yaml").read_bytes()
    assert "signed by" in told("bundle", house / "all.json")
    assert told("plan", "--bundle", house / "all.json") == "no changes\n"
    assert told("apply", "--bundle", house / "all.json") == "no changes\n"
    assert (house / "home" / "signing-key").exists()


def test_a_bundle_of_a_stranger_is_refused(house: Path) -> None:
    told("apply")
    told("bundle", house / "all.json")
    (house / "home" / "signing-key").unlink()
    refused = run("plan", "--bundle", house / "all.json")
    assert refused.exit_code == 1 and "not trusted here" in str(refused.exception)
    key = json.loads((house / "all.json").read_text())["signed_by"]
    assert told("plan", "--bundle", house / "all.json", "--trust", key) == "no changes\n"


def test_a_version_is_looked_at_before_it_is_published(house: Path) -> None:
    told("apply")
    file = next_version(house)
    seen = told("review", file)
    assert "after 15 days of grace" in seen and "rules speak of its loans" in seen
    assert json.loads(told("review", file, "--json"))["compared_with"] == "personal_installment@2"
    assert "of 0 loans 0 differ in an amount" in told("effect", file)
    assert json.loads(told("effect", file, "--json"))["loans"] == []
    wrong = house / "wrong.yaml"
    wrong.write_text("nothing: here\n")
    assert run("review", wrong).exit_code == 1
    assert told("plan") == "no changes\n"


def test_sample_payments_fall_through_a_waterfall(house: Path) -> None:
    told("apply")
    assert "left over:" in told("waterfall", "consumer_standard@1")
    assert "law: a full payment is made short" in told("waterfall", "billed_installment@1")
    assert json.loads(told("waterfall", "pay_in_4@2", "--json"))["style"] == "by_component"
