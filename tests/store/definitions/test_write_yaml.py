"""Data written as YAML say the same when they are read, and look as a person would write them."""

from __future__ import annotations

from typing import Any

import pytest

from store.definitions.read_yaml import read_yaml
from store.definitions.write_yaml import entry, folded, inline, lines, scalar


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("monthly", "monthly"),
        ("R01", "R01"),
        ("2026-03-01", "2026-03-01"),
        ("past_due.fee", "past_due.fee"),
        ("0.05", '"0.05"'),
        ("yes", '"yes"'),
        ("12", '"12"'),
        ("a: b", '"a: b"'),
        ("California: a cap", '"California: a cap"'),
        ("", '""'),
        (12, "12"),
        (True, "true"),
        (None, "null"),
    ],
)
def test_text_is_quoted_where_it_would_mean_something_else(value: Any, text: str) -> None:
    assert scalar(value) == text
    assert read_yaml(f"a: {text}\n", "").data == {"a": value}


def test_what_is_short_stands_on_one_line() -> None:
    fee = {"kind": "flat", "amount": "7.00"}
    assert inline(fee) == '{kind: flat, amount: "7.00"}'
    assert entry("amount", fee, 4) == 'amount: {kind: flat, amount: "7.00"}'
    assert inline(["due.fee", "due.interest"]) == "[due.fee, due.interest]"


def test_what_is_long_is_set_out_in_lines() -> None:
    fee = {"kind": "late_fee", "name": "late_fee", "title": "Late fee",
           "amount": {"kind": "percent", "of": "installment_unpaid", "rate": "0.05"}}  # fmt: skip
    text = entry("fees", [fee], 0)
    assert text.startswith("fees:\n  - kind: late_fee\n    name: late_fee\n")
    assert read_yaml(text + "\n", "").data == {"fees": [fee]}
    assert lines({"a": 1, "b": 2}, 2) == "a: 1\n  b: 2"


def test_a_folded_text_is_given_up_where_folding_would_change_it() -> None:
    assert folded(">-\n  a b", "c d") == ">-\n  c d"
    for value in ("two  spaces", "a\nb", "# no note"):
        assert folded(">-\n  a b", value) is None
    assert folded(">\n  a b", "c") is None
