"""One file on its way from text to a typed value."""

from __future__ import annotations

from pathlib import Path

from engine.catalog.chart_of_accounts import ChartOfAccounts
from engine.errors import Problem
from store.definitions.definition import definition_of, read_definition
from store.definitions.kinds import CALENDAR, CHART

CALENDAR_TEXT = "calendar: plain\nversion: 1\ntitle: Weekends\n"


def test_a_sound_file_becomes_a_value() -> None:
    definition = definition_of(CALENDAR_TEXT, "v1.yaml")
    assert definition.kind is CALENDAR
    assert definition.value.reference == "plain@1"
    assert definition.sections["weekend"] == (5, 6), "what is left out has its default"
    assert not definition.problems


def test_a_section_can_be_read_beside_a_broken_one() -> None:
    definition = definition_of(CALENDAR_TEXT + "weekend: [9]\n", "v1.yaml")
    assert definition.value is None
    assert "weekend" not in definition.sections
    assert definition.sections["title"] == "Weekends"
    assert [problem.path for problem in definition.problems] == ["/weekend/0"]


def test_faults_of_types_in_two_sections_are_both_told() -> None:
    text = (Path(__file__).parents[3] / "products/pay_in_4/v1.yaml").read_text(encoding="utf-8")
    broken = text.replace('"35.00"', '"35.001"').replace('tolerance: "0.00"', 'tolerance: "0.001"')
    problems = definition_of(broken, "v1.yaml").problems
    assert [problem.path for problem in problems] == [
        "/limits/amount/minimum",
        "/payments/payoff_tolerance",
    ]
    assert all(problem.line and problem.code == "type" for problem in problems)


def test_a_text_of_no_kind_says_which_keys_make_one() -> None:
    (problem,) = definition_of("title: x\n", "v1.yaml").problems
    assert problem.code == "kind"
    assert "product, rule, chart, calendar, coverage, waterfall" in problem.mend


def test_a_kind_may_be_asked_for() -> None:
    definition = definition_of("title: x\n", "v1.yaml", CHART)
    assert [problem.message for problem in definition.problems] == [
        "chart is missing",
        "version is missing",
        "accounts is missing",
    ]


def test_a_chart_is_keyed_by_roles() -> None:
    path = Path(__file__).parents[3] / "products/books/consumer_us/v1.yaml"
    chart = read_definition(path, "v1.yaml").value
    assert isinstance(chart, ChartOfAccounts) and not chart.missing()


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    bad = tmp_path / "v1.yaml"
    bad.write_bytes(b"title: \xff\n")
    (problem,) = read_definition(bad, "v1.yaml").problems
    assert problem.message == "the file cannot be read: it is not UTF-8 text"
    (problem,) = read_definition(tmp_path / "none.yaml", "none.yaml").problems
    assert problem.code == "file"


def test_a_problem_is_placed_in_the_file() -> None:
    definition = definition_of(CALENDAR_TEXT, "v1.yaml")
    definition.add(Problem(message="too plain", path="/title", code="taste"))
    (problem,) = definition.problems
    assert (problem.file, problem.line, problem.column) == ("v1.yaml", 3, 8)
