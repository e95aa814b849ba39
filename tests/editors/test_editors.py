"""Schemas make editors complete, explain and check our files: asked of the server they use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.editors.language_server import LanguageServer, language_server, missing

CHECKOUT = Path(__file__).resolve().parents[2]
RULE = CHECKOUT / "rules/us/states/new_york/real_property/late_charge.yaml"
TABLE = CHECKOUT / "rules/us/states/california/financing_law/administrative_fee.yaml"
PRODUCT = CHECKOUT / "products/personal_installment/v2.yaml"
FILES = sorted([*(CHECKOUT / "products").rglob("*.yaml"), *(CHECKOUT / "rules").rglob("*.yaml")])
AT_ONCE = 20
pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "it is there")


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    with language_server(CHECKOUT) as server:
        yield server


def place(text: str, wanted: str) -> tuple[int, int]:
    """Line and column, from 1, right after a piece of text."""
    before = text[: text.index(wanted) + len(wanted)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def test_nothing_is_underlined_in_the_files_of_the_checkout(server: LanguageServer) -> None:
    found: dict[Path, list[tuple[int, str]]] = {}
    for first in range(0, len(FILES), AT_ONCE):
        found |= server.problems_of(FILES[first : first + AT_ONCE])
    assert found.keys() == set(FILES)
    assert not {path: problems for path, problems in found.items() if problems}


@pytest.mark.parametrize(
    ("path", "text", "after", "offered"),
    [
        (RULE, None, "kind: limit\n", {"in_force_from", "in_force_to", "note", "verified"}),
        (PRODUCT, "product: x\nversion: 1\n", "version: 1\n",
         {"limits", "interest", "amortization", "waterfall", "fees", "examples"}),
        (RULE, "kind: requirement\nrule: x\not\n", "ot", {"otherwise"}),
        (TABLE, None, "hit: unique\n", {"default", "override"} - {"default"}),
    ],
    ids=["rule", "product", "requirement", "table"],
)  # fmt: skip
def test_keys_are_completed(
    server: LanguageServer, path: Path, text: str | None, after: str, offered: set[str]
) -> None:
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    whole = f"{first}\n{text or rest}"
    line, column = place(whole, after)
    lines = whole.split("\n")
    if after.endswith("\n"):
        lines.insert(line - 1, "")
    found = server.completions(path, "\n".join(lines), line, column)
    assert offered <= found.keys()


@pytest.mark.parametrize(
    ("path", "old", "typed", "offered"),
    [
        (RULE, "value_on: event_date", "value_on: ",
         {"contract_date", "application_date", "event_date"}),
        (RULE, "at: [assess_fee]", "at: [", {"publish", "originate", "charge_off"}),
        (RULE, "narrows: fee_amount", "narrows: ", {"fee_amount", "note_rate", "apr"}),
        (TABLE, "hit: unique", "hit: ", {"first", "unique"}),
        (TABLE, "  loan_amount: money\n", "  loan_amount: ", {"money"}),
        (PRODUCT, "family: installment", "family: ", {"installment", "bnpl", "auto"}),
        (PRODUCT, "amortization:\n  kind: level_payment\n  residual: smallest\n",
         "amortization:\n  kind: ",
         {"level_payment", "bullet"}),
    ],
)  # fmt: skip
def test_values_are_completed(
    server: LanguageServer, path: Path, old: str, typed: str, offered: set[str]
) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    end = "]" if typed.endswith("[") else ""
    text = text.replace(old, typed + end + ("\n" if old.endswith("\n") else ""), 1)
    found = server.completions(path, text, *place(text, typed))
    assert offered <= found.keys()


@pytest.mark.parametrize(
    ("path", "word", "words"),
    [
        (RULE, "\nnarrows", "Name of the fact it narrows"),
        (RULE, "\napplies_when", "whether the rule concerns this loan at all"),
        (RULE, "16, installment_unpaid", "What of the installment's own amount is not paid"),
        (RULE, "value_on: event_date", "The day of what happens"),
        (RULE, "\ncitation", "Where a rule stands in the law"),
        (TABLE, "\n  months_since_last_fee", "number"),
        (PRODUCT, "\nlimits", "What may be asked for"),
        (PRODUCT, "\n  kind: level_payment", "Equal payments that pay the loan off"),
    ],
)
def test_what_stands_under_the_mouse_is_explained(
    server: LanguageServer, path: Path, word: str, words: str
) -> None:
    text = path.read_text(encoding="utf-8")
    line, column = place(text, word)
    assert words in server.hover(path, text, line, column - 2).replace("\\", "")


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (RULE, "narrows: fee_amount", "narows: fee_amount", "narows is not allowed"),
        (RULE, "value_on: event_date", "value_on: eventdate", "Value is not accepted"),
        (RULE, "kind: limit", "kind: limits", ""),
        (RULE, 'fee_amount: "50.00"', "fee_amount: 50.00", "Incorrect type"),
        (RULE, "  share: {1981-07-01", "  share: {1981-7-1", "pattern"),
        (TABLE, "loan_amount: money", "loan_amount: rate", "Value is not accepted"),
        (TABLE, "hit: unique", "hit: any", "Value is not accepted"),
        (PRODUCT, "family: installment", "family: instalment", "Value is not accepted"),
    ],
)
def test_what_is_wrong_is_underlined_at_its_line(
    server: LanguageServer, path: Path, old: str, new: str, words: str
) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    wrong = text.replace(old, new, 1)
    line, _ = place(wrong, new)
    found = server.problems(path, wrong)
    assert any(at == line and words in message for at, message in found), found
