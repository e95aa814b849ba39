"""What an unquoted word means, and which words are refused."""

from __future__ import annotations

import pytest

from store.definitions.plain_scalars import plain_scalar


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("2026-03-01", "2026-03-01"),
        ("actual/365", "actual/365"),
        ("R01", "R01"),
        ("consumer_us@1", "consumer_us@1"),
        ("None", "None"),
    ],
)
def test_a_word_with_one_meaning(text: str, value: object) -> None:
    plain = plain_scalar(text)
    assert plain.value == value and type(plain.value) is type(value)
    assert not plain.refused


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "Yes",
        "ON",
        "off",
        "True",
        "NULL",
        "y",
        "012",
        "-007",
        "0o17",
        "0x1F",
        "0b1",
        "1_000",
        "1,000",
        "1e3",
        "1.5E-3",
        "0.10",
        ".5",
        "5.",
        "+1",
        "12:30",
        "1:02:03",
        ".inf",
        "-.NaN",
        "12345678901234567890",
    ],
)
def test_a_word_with_two_meanings_is_refused_with_a_way_out(text: str) -> None:
    plain = plain_scalar(text)
    assert text in plain.refused
    assert plain.mend


def test_a_bare_amount_is_shown_quoted() -> None:
    assert plain_scalar("0.10").mend.endswith('"0.10"')
    assert plain_scalar(".5").mend.endswith('"0.5"')
