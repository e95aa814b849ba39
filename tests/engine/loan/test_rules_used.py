"""The rules an event names as those it rests on."""

from __future__ import annotations

from engine.compliance.finding import Finding
from engine.compliance.limits import Narrowed
from engine.errors import Citation
from engine.loan.events import RuleUse
from engine.loan.outcomes.rules_used import limit_used, requirements_used
from engine.values.money import Money

LAW = Citation(cite="12 CFR 1026.36(c)(2)")


def test_every_requirement_that_concerned_the_loan_is_named_with_what_it_said() -> None:
    cited = Finding(rule="us.federal.pyramiding", outcome="warn", citation=LAW, values={"n": "1"})
    house = Finding(rule="policy.term", outcome="pass")
    assert requirements_used([cited, house]) == (
        RuleUse(
            rule="us.federal.pyramiding",
            citation="12 CFR 1026.36(c)(2)",
            values={"n": "1"},
            outcome="warn",
        ),
        RuleUse(rule="policy.term"),
    )


def test_a_limit_is_named_only_where_it_bound_the_amount() -> None:
    bound = Narrowed(
        amount=Money(1500), bound_by="us.states.cap", citation=LAW, values={"most": "15.00"},
        row="up to 500",
    )  # fmt: skip
    (use,) = limit_used(bound)
    assert (use.rule, use.citation, use.values, use.outcome) == (
        "us.states.cap", "12 CFR 1026.36(c)(2)", {"most": "15.00"}, "limited",
    )  # fmt: skip
    assert use.source == 'us.states.cap (12 CFR 1026.36(c)(2)), row "up to 500"'
    assert limit_used(Narrowed(amount=Money(1500))) == ()
