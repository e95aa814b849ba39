"""The register of rules and the tree of rules say the same."""

from __future__ import annotations

from engine.compliance.coverage import Coverage, Covered, gaps

REGISTER = Coverage(
    coverage="rules",
    jurisdictions=(Covered(jurisdiction="us.federal", models=("us.federal.scra.cap",)),),
)


def test_a_register_that_agrees_has_no_gaps() -> None:
    assert gaps(REGISTER, frozenset({"us.federal.scra.cap"})) == ()


def test_every_difference_is_told() -> None:
    assert gaps(REGISTER, frozenset({"uk.conc.price_cap"})) == (
        "us.federal.scra.cap is listed but not in the tree",
        "uk.conc.price_cap is in the tree but not listed",
    )
    elsewhere = Covered(jurisdiction="uk", models=("us.federal.scra.cap",))
    twice = Coverage(coverage="rules", jurisdictions=(*REGISTER.jurisdictions, elsewhere))
    assert gaps(twice, frozenset({"us.federal.scra.cap"})) == (
        "us.federal.scra.cap is listed twice",
        "us.federal.scra.cap does not belong to uk",
    )
