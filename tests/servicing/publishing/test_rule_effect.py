"""What a rule would mean for the loans of the book: each under its own version, other law."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.errors import DefinitionError
from engine.loan.terms import Circumstances
from servicing.errors import CommandRefused, Forbidden
from servicing.publishing import drafts, rule_effect
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import ADA, READER, drafted

CAP = """\
rule: us.states.ohio.consumer_loans.late_fee_cap
title: "Ohio: a late fee is at most 5 dollars"
kind: limit
at: [assess_fee]
applies_when: fee_kind == "late_fee"
narrows: fee_amount
maximum: 'money("5.00")'
message: "Ohio allows 5.00."
citation: {cite: An example}
tests:
  - {on: 2026-03-01, given: {fee_kind: late_fee, fee_amount: "25.00"}, expect: "5.00"}
  - {on: 2026-03-01, given: {fee_kind: late_fee, fee_amount: "4.00"}, expect: "4.00"}
"""


async def test_a_cap_shows_in_the_loans_of_its_state_alone(lender: Lender) -> None:
    ohio = await lender.lends(circumstances=Circumstances(state="OH"))
    await lender.lends(circumstances=Circumstances(state="TX"))
    lender.clock.set(START + timedelta(days=50))
    name = "us.states.ohio.consumer_loans.late_fee_cap"
    draft = await drafts.create(lender.house, ADA, kind="rule", name=name, text=CAP)
    assert draft.problems == ()
    views = [view async for view in rule_effect.follow(lender.house, ADA, draft.row.draft_id)]
    assert [view.state for view in views] == ["running", "done"]
    done = views[-1]
    assert (done.loans_done, done.loans_changed) == (2, 1)
    assert [loan.loan_id for loan in done.largest] == [ohio]
    (fee,) = done.fees
    assert (fee.before, fee.after) == ("30.00", "20.00")
    assert done.largest[0].fees_after == "5.00" and done.owed_less == "10.00"


async def test_only_sound_drafts_of_rules_have_it_and_not_for_everybody(lender: Lender) -> None:
    product = await drafted(lender.house)
    with pytest.raises(CommandRefused):
        await anext(rule_effect.follow(lender.house, ADA, product.row.draft_id))
    with pytest.raises(Forbidden):
        await anext(rule_effect.follow(lender.house, READER, product.row.draft_id))
    wrong = await drafts.create(
        lender.house, ADA, kind="rule", name="us.x.y", text="rule: us.x.y\n"
    )
    with pytest.raises(DefinitionError):
        await anext(rule_effect.follow(lender.house, ADA, wrong.row.draft_id))
