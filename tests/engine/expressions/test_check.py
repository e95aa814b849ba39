"""Named values take their type from what they meet."""

from __future__ import annotations

import pytest

from engine.errors import DefinitionError
from engine.expressions.arithmetic import product
from engine.expressions.check import check, infer
from engine.expressions.plain import adapted, is_plain
from engine.expressions.vocabulary import Vocabulary
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY


def inferred(*expressions: tuple[str, str]) -> dict[str, str | None]:
    open_values = Vocabulary(facts=VOCABULARY, values={"a": None, "b": None})
    found = infer([(text, FactType(type)) for text, type in expressions], open_values)
    return {name: type.value if type else None for name, type in found.items()}


@pytest.mark.parametrize(
    ("expressions", "a", "b"),
    [
        ([("military_apr <= a", "flag")], "rate", None),
        ([("a", "money")], "money", None),
        ([("min(a, b * installment_unpaid)", "money")], "money", "rate"),
        ([("note_rate <= a + b", "flag")], "rate", "rate"),
        ([("a if days_past_due > b else a", "money")], "money", "days"),
        ([("state == a and contract_date >= b", "flag")], "text", "date"),
        ([("a > 3", "flag")], "number", None),
        ([("late_fees_last_12_months < a", "flag"), ("b", "flag")], "number", "flag"),
        ([("event_date - a > contract_date", "flag")], "days", None),
        ([("max(a, b)", "money")], "money", "money"),
        ([('lookup(state, "CA", a, b)', "rate")], "rate", "rate"),
        ([("percent(a) >= note_rate", "flag")], "number", None),
        ([("a == b", "flag")], None, None),
        ([("divide(a", "flag"), ("b <= apr", "flag")], None, "rate"),
    ],
)
def test_the_type_is_told_by_use(
    expressions: list[tuple[str, str]], a: str | None, b: str | None
) -> None:
    assert inferred(*expressions) == {"a": a, "b": b}


def test_a_value_whose_type_nothing_tells_is_a_problem() -> None:
    vocabulary = Vocabulary(facts=VOCABULARY, values={"a": None, "b": None})
    with pytest.raises(DefinitionError, match="the type of a and b cannot be told"):
        check("a == b", vocabulary, FactType.flag)


def test_a_value_of_two_types_is_a_problem() -> None:
    types = infer([("apr <= a and loan_amount <= a", FactType.flag)],
                  Vocabulary(facts=VOCABULARY, values={"a": None}))  # fmt: skip
    with pytest.raises(DefinitionError, match="a is a rate and loan_amount is money"):
        check(
            "apr <= a and loan_amount <= a",
            Vocabulary(facts=VOCABULARY, values=types),
            FactType.flag,
        )


def test_deeply_nested_values_cost_no_more_than_their_length() -> None:
    text = "a + (" * 25 + "b" + ")" * 25
    vocabulary = Vocabulary(facts=VOCABULARY, values={"a": None, "b": None})
    assert infer([(text, FactType.money)], vocabulary) == {
        "a": FactType.money,
        "b": FactType.money,
    }


def test_bare_numbers_become_rates_or_whole_days() -> None:
    node = check("2 * 5 - 1", Vocabulary(facts=VOCABULARY), FactType.number)
    assert is_plain(node)
    rate, days = adapted(node, FactType.rate), adapted(node, FactType.days)
    assert rate is not None and days is not None and days.type == FactType.days
    assert adapted(node, FactType.money) is None


def test_products_carry_the_unit_once() -> None:
    assert product(FactType.rate, FactType.money) == FactType.money
    assert product(FactType.money, FactType.money) is None
