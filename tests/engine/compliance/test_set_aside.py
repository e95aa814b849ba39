"""What stands on the record of a rule that was set aside."""

from __future__ import annotations

from datetime import date

from engine.compliance.finding import Finding
from engine.compliance.rule import Outcome
from engine.compliance.set_aside import SetAside, names, used
from engine.errors import Citation

POLICY = SetAside(
    rule="policy.late_fees", override_id="ovr_1", reason="Third party error",
    requested_by="user_ann", approved_by="user_bob", expires_on=date(2026, 12, 1),
)  # fmt: skip


def said(rule: str, outcome: Outcome = "needs_approval", *, may: bool = True) -> Finding:
    return Finding(
        rule=rule, outcome=outcome, message="Three is the most.",
        citation=Citation(cite="Policy 2"), overridable=may,
    )  # fmt: skip


def test_a_rule_that_forbade_is_named_with_what_it_said() -> None:
    (found,) = used([POLICY], [said("policy.late_fees"), said("policy.other")])
    assert (found.rule, found.message, found.citation) == (
        "policy.late_fees", "Three is the most.", "Policy 2",
    )  # fmt: skip
    assert names([POLICY]) == {"policy.late_fees"}


def test_what_had_nothing_to_do_is_not_named() -> None:
    assert used([POLICY], [said("policy.late_fees", "pass")]) == ()
    assert used([POLICY], [said("policy.late_fees", "refuse", may=False)]) == ()
