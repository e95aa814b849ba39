"""The suites over the golden files, where a checkout has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.runner import run

ALL_OF_THEM = [
    ("regz", "regulation", None),
    ("daycount", "regulation", None),
    ("amortization", "regulation", None),
    ("escrow", "regulation", None),
    ("eu_aprc", "regulation", None),
    ("rule_of_78", "regulation", None),
    ("us_rule", "regulation", None),
    ("fineract", "fineract/tier1.jsonl", "before-payment"),
]


@pytest.mark.parametrize(("suite", "path", "only"), ALL_OF_THEM)
def test_the_engine_agrees(golden: Path, suite: str, path: str, only: str | None) -> None:
    tally = run(suite, golden / path, only)
    assert tally.passed and not tally.failed and not tally.unsupported, tally.as_json()
    assert tally.deviations <= 0.05 * (tally.total + tally.deviations)


def test_fineract_loans_lived_through_their_payments(golden: Path) -> None:
    """What is not passed is named in the README; the floor only rises."""
    tally = run("fineract", golden / "fineract/tier1.jsonl", None)
    assert tally.passed >= 0.98 * tally.total, tally.as_json()
    assert tally.deviations < 0.03 * (tally.total + tally.deviations)


def test_the_rules_are_those_of_the_law(golden: Path) -> None:
    """Rules no engine decides, or whose figures are not at hand, are few and named."""
    tally = run("rules", golden / "regulation")
    assert tally.passed and not tally.failed, tally.as_json()
    assert tally.unsupported <= 0.05 * tally.total, tally.reasons


def test_projections_are_those_of_actus(golden: Path) -> None:
    """All that need no behavior beyond the specification, and what else can be meant."""
    plain = run("actus", golden / "actus", "no-quirk")
    assert plain.passed >= 59 and not plain.failed and not plain.unsupported, plain.as_json()
    tally = run("actus", golden / "actus")
    assert tally.passed >= 94 and not tally.failed, tally.as_json()
    assert tally.unsupported <= 3 and tally.deviations <= 0.03 * tally.total, tally.reasons


def test_two_other_systems_agree_where_they_say_the_same(golden: Path) -> None:
    tally = run("peers", golden / "peers")
    assert tally.passed >= 63 and not tally.failed, tally.as_json()
    assert tally.deviations <= 0.02 * tally.total
