"""The command line: what each command prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.settings import CHECKOUT, SettingsError
from cli.commands import (
    board,
    catalog,
    check,
    coverage,
    daily,
    demo,
    override,
    project,
    quote,
    schemas,
    serve,
    verify,
    version,
)
from cli.ending import sentence_of
from cli.main import commands
from cli.output import print_table
from cli.progress import progress
from engine.errors import Citation, DefinitionError, Refusal
from servicing.errors import CommandRefused

QUOTE = ["quote", "personal_installment", "--amount", "5000.00", "--rate", "0.1499", "--payments",
         "24", "--contract-date", "2026-01-15"]  # fmt: skip


def run(*arguments: str) -> str:
    result = CliRunner().invoke(commands, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_every_command_says_what_it_is_for() -> None:
    told = run("--help")
    for module in (
        board,
        catalog,
        check,
        coverage,
        daily,
        demo,
        override,
        project,
        quote,
        schemas,
        serve,
        verify,
        version,
    ):
        name = module.__name__.rpartition(".")[2]
        assert name in told
        assert run(name, "--help")


def test_version_for_people_and_machines() -> None:
    assert "loanwright" in run("version")
    assert set(json.loads(run("version", "--json"))) == {"loanwright", "engine", "python"}


def test_the_gap_map_from_the_files_alone() -> None:
    told = json.loads(run("coverage", "--on", "2026-11-24", "--json"))
    assert len(told["rules"]) >= 116 and told["products"][0] == "adjustable_installment"
    assert all(cell["gap"] for row in told["places"] if row["code"] == "US-TX"
               for cell in row["cells"])  # fmt: skip
    shown = run("coverage", "--on", "2026-11-24")
    assert "0 not tested" in shown and "Offered without a rule of the place itself" in shown


def test_a_quote_from_the_files_alone() -> None:
    told = json.loads(run(*QUOTE, "--json"))
    assert (told["installment"], told["apr"]) == ("242.33", "0.1808")
    assert "242.33" in run(*QUOTE)


def test_a_schedule_from_the_files_alone() -> None:
    rows = json.loads(run("schedule", *QUOTE[1:], "--json"))
    assert len(rows) == 24 and rows[-1]["balance"] == "0.00"
    assert rows[0]["interest"] == "63.66"


def test_a_contract_of_a_file_is_projected(tmp_path: Path) -> None:
    page = (CHECKOUT / "engine" / "projection" / "README.md").read_text()
    file = tmp_path / "loan.yaml"
    file.write_text(page.partition("```yaml")[2].partition("```")[0])
    rows = json.loads(run("project", str(file), "--json"))
    assert rows[0]["amount"] == "-10000.00" and rows[-1]["flow"] == "matured"
    assert rows[-1]["date"] == "2027-01-15" and rows[-1]["principal"] == "0.00"
    until = run("project", str(file), "--through", "2026-02-28")
    assert "interest_paid" in until and "matured" not in until


def test_a_contract_that_cannot_be_meant_ends_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "loan.yaml"
    file.write_text("contract: loan_without_terms\n")
    result = CliRunner().invoke(commands, ["project", str(file)])
    assert isinstance(result.exception, DefinitionError)
    assert "terms is missing" in (sentence_of(result.exception) or "")


def test_terms_the_product_does_not_allow_end_in_a_sentence() -> None:
    result = CliRunner().invoke(commands, [*QUOTE[:3], "1.00", *QUOTE[4:]])
    assert isinstance(result.exception, CommandRefused)
    assert "outside what" in (sentence_of(result.exception) or "")


def test_the_shipped_definitions_are_sound() -> None:
    told = run("check", str(CHECKOUT / "products" / "pay_in_4"))
    assert "all well" in told


def test_a_wrong_file_is_listed_and_ends_with_1(tmp_path: Path) -> None:
    wrong = tmp_path / "v1.yaml"
    wrong.write_text("product: x\nversion: one\n")
    result = CliRunner().invoke(commands, ["check", str(wrong), "--json"])
    assert result.exit_code == 1
    problems = json.loads(result.output)["problems"]
    assert any(p.get("path") == "/version" and p.get("line") == 2 for p in problems)


def test_schemas_are_up_to_date() -> None:
    run("schemas", "--check")


def test_sentences_for_what_was_foreseen_and_none_for_bugs() -> None:
    refusal = Refusal(code="x", message="No.", path="/a", citation=Citation(cite="12 CFR 1"))
    assert sentence_of(CommandRefused((refusal,))) == "/a: No. [12 CFR 1]"
    assert sentence_of(SettingsError("PORT is wrong")) == "PORT is wrong"
    assert sentence_of(KeyError("bug")) is None


def test_tables_and_bars(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("T", ("a", "b"), [("x", "1.00")], numbers=(1,))
    assert "1.00" in capsys.readouterr().out
    with progress("Working", quiet=True) as advance:
        advance(1, 2)
