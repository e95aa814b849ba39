"""Files that are wrong are refused with every problem, each at its place, in these words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.errors import Problem
from store.definitions.assemble import check_meaning
from store.definitions.definition import Definition, definition_of
from store.definitions.folder import folders_around, read_house
from store.definitions.kinds import CALENDAR, CHART, WATERFALL

CHECKOUT = Path(__file__).parents[3]
REFUSED = sorted((CHECKOUT / "tests" / "refused").glob("*.yaml"))
_SAID = re.compile(r"# refused (\d+):(\d+) (\S+) (.+)")


@pytest.fixture(scope="module")
def shared() -> list[Definition]:
    """What the files may refer to: the shared definitions of the house."""
    read = read_house(folders_around(CHECKOUT))
    return [definition for definition in read if definition.kind in (CALENDAR, CHART, WATERFALL)]


@pytest.mark.parametrize("path", REFUSED, ids=lambda path: path.stem)
def test_a_wrong_file_is_refused_in_these_words(path: Path, shared: list[Definition]) -> None:
    text = path.read_text(encoding="utf-8")
    definition = definition_of(text, path.name)
    check_meaning([*shared, definition])
    said = [found.groups() for found in map(_SAID.match, text.splitlines()) if found]
    assert said, "the file does not say why it is refused"
    assert sorted(map(told, definition.problems)) == sorted(said)


def told(problem: Problem) -> tuple[str, str, str, str]:
    """A problem as a file says it."""
    return str(problem.line), str(problem.column), problem.path or "/", problem.message


def test_ten_faults_are_ten_problems_with_line_and_column(shared: list[Definition]) -> None:
    path = CHECKOUT / "tests" / "refused" / "ten_faults.yaml"
    definition = definition_of(path.read_text(encoding="utf-8"), path.name)
    check_meaning([*shared, definition])
    assert len(definition.problems) == 10
    assert all(problem.line > 10 and problem.column for problem in definition.problems)
    assert len({(problem.line, problem.column) for problem in definition.problems}) == 10
