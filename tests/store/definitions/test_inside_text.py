"""A fault inside an expression is placed at its own character, however YAML wrote the text."""

from __future__ import annotations

import pytest

from engine.compliance.compile_rule import compile_rule
from engine.errors import DefinitionError
from store.definitions.definition import definition_of
from store.definitions.inside_text import place_inside
from store.definitions.kinds import RULE
from store.definitions.read_yaml import read_yaml

STYLES = {
    "plain": "a: 1\nb: state == x and apr > 1\n",
    "over lines": "a: 1\nb: state == x\n   and apr > 1\n",
    "folded": "a: 1\nb: >-\n  state == x\n  and\n  apr > 1\n",
    "literal": "a: 1\nb: |-\n  state == x and apr > 1\n",
    "double": 'a: 1\nb: "state == x and apr > 1"\n',
    "single": "a: 1\nb: 'state == x and apr > 1'\n",
    "in a list": 'a: 1\nb: ["no", "state == x and apr > 1"]\n',
}


@pytest.mark.parametrize("style", STYLES)
def test_the_place_is_that_of_the_character(style: str) -> None:
    file = STYLES[style]
    document = read_yaml(file, "f.yaml")
    path = ("b", 1) if style == "in a list" else ("b",)
    text = document.part(path)
    line, column = place_inside(file, *document.place(path), text, text.index("apr") + 1)
    assert file.splitlines()[line - 1][column - 1 :].startswith("apr")


def test_quotes_and_escapes_in_the_file_do_not_move_it() -> None:
    double = 'b: "state == \\"CA\\" and apr"\n'
    assert place_inside(double, 1, 4, 'state == "CA" and apr', 19) == (1, 25)
    single = "b: 'state == ''CA'' and apr'\n"
    assert place_inside(single, 1, 4, "state == 'CA' and apr", 19) == (1, 25)


def test_past_the_end_of_the_text_is_its_end() -> None:
    assert place_inside("b: apr <=\n", 1, 4, "apr <=", 7) == (1, 10)


def test_a_text_that_cannot_be_aligned_keeps_its_own_place() -> None:
    assert place_inside('b: "a\\u0062c"\n', 1, 4, "abc", 3) == (1, 4)


def test_a_rule_tells_the_column_of_what_is_wrong_in_its_expression() -> None:
    text = (
        "rule: policy.fees.most\ntitle: Most\nkind: requirement\nat: [assess_fee]\n"
        'must_hold: >-\n  fee_amount <= money("5.00") and\n  late_fee_on_installment == 0\n'
        "otherwise: refuse\nmessage: none\ncitation: {cite: us}\n"
    )
    definition = definition_of(text, "most.yaml", RULE)
    with pytest.raises(DefinitionError) as wrong:
        compile_rule(definition.value)
    for problem in wrong.value.problems:
        definition.add(problem)
    (problem,) = definition.problems
    assert (problem.line, problem.column) == (7, 3)
    assert "late_fees_on_installment" in problem.mend
