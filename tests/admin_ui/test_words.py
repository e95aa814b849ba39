"""Tags in the words of the field, and how alarming they look."""

from __future__ import annotations

from admin_ui import words


def test_a_tag_becomes_words() -> None:
    assert words.title("amount_past_due") == "Amount past due"
    assert words.title("apr") == "APR"


def test_late_looks_worse_the_later_it_is() -> None:
    assert words.stage_tone("current", 0) == "ok"
    assert words.stage_tone("late_1", 4) == "warn"
    assert words.stage_tone("late_60", 61) == "bad"


def test_a_loan_late_within_the_current_stage_says_so() -> None:
    assert words.stage_title("current", 0) == "Current"
    assert words.stage_title("current", 3) == "3 days past due"


def test_an_amount_a_rule_answers_stays_an_amount() -> None:
    assert words.answer("10.00") == "10.00" and words.answer("needs_approval") == "Needs approval"
