"""Contracts in files: read, or told what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import DefinitionError
from engine.values.money import Money
from store.definitions.contracts import read_contract

SOUND = """\
contract: bullet_loan
currency: JPY
terms:
  principal: "1000"
  disbursed_on: 2026-01-15
  rate: "0.05"
  earning: {day_count: 30e/360}
  maturity: {on: 2027-01-15}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "loan.yaml"
    path.write_text(text)
    return path


def test_amounts_are_in_the_currency_of_the_file(tmp_path: Path) -> None:
    assert read_contract(written(tmp_path, SOUND)).terms.principal == Money(1000)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("rate:", "rates:", "loan.yaml:6:3: /terms/rates: unknown field rates"),
        ('"1000"', '"-5"', "loan.yaml:4:14: /terms/principal: nothing is lent"),
        ("2027", "2020", "loan.yaml:8:18: /terms/maturity/on: 2020-01-15 is before"),
        ("contract: bullet_loan", "loan: x", "contract"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    tmp_path: Path, before: str, after: str, told: str
) -> None:
    with pytest.raises(DefinitionError) as wrong:
        read_contract(written(tmp_path, SOUND.replace(before, after)))
    assert told in str(wrong.value)
