"""Stages of lateness: which one a day past due falls in."""

from __future__ import annotations

import pytest

from engine.delinquency.stages import Delinquency, Stage, stage_for

USUAL = Delinquency()
TWO = Delinquency(
    stages=(Stage(name="late", days_past_due=5), Stage(name="very_late", days_past_due=31))
)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(0, "current"), (1, "late_1"), (29, "late_1"), (30, "late_30"), (59, "late_30"),
     (60, "late_60"), (89, "late_60"), (90, "late_90"), (120, "late_120"), (4000, "late_120")],
)  # fmt: skip
def test_the_usual_stages(days: int, stage: str) -> None:
    assert stage_for(days, USUAL) == stage


@pytest.mark.parametrize(
    ("days", "stage"), [(4, "current"), (5, "late"), (30, "late"), (31, "very_late")]
)
def test_a_product_names_its_own(days: int, stage: str) -> None:
    assert stage_for(days, TWO) == stage


def test_without_stages_a_loan_is_always_current() -> None:
    assert stage_for(400, Delinquency(stages=())) == "current"
