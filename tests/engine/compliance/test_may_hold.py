"""A condition is called false only where what is known makes it so."""

from __future__ import annotations

import pytest

from engine.compliance.may_hold import told
from engine.expressions.expression import compile_expression
from engine.facts.fact import FactType
from engine.facts.facts import Facts

KNOWN = Facts.of(product_family="auto", state="CA")


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ('product_family == "auto"', True),
        ('product_family == "mortgage" and covered_borrower', False),
        ('covered_borrower and product_family == "mortgage"', False),
        ('covered_borrower and product_family == "auto"', None),
        ('covered_borrower or product_family == "auto"', True),
        ('covered_borrower or product_family == "mortgage"', None),
        ("not covered_borrower", None),
        ('not (product_family == "auto")', False),
        ("known(apr)", None),
        ("known(state)", True),
        ("loan_amount > apr * loan_amount", None),
    ],
)
def test_what_is_open_is_left_open(condition: str, found: bool | None) -> None:
    assert told(compile_expression(condition, FactType.flag).tree, KNOWN) is found
