"""A rule is set aside for one command: asked by one person, let through by another, used once."""

from __future__ import annotations

from datetime import date

import pytest

from engine.errors import Refusal
from engine.loan.commands import AdvanceTo, AssessFee, BookLoan, RequestedTerms
from engine.loan.terms import Circumstances
from servicing import borrowers, overrides
from servicing.actor import Actor
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.standing import standing
from tests.servicing.lending import Lender

POLICY = "policy.late_fees.three_in_twelve_months"
DAY = date(2026, 7, 10)
ANN = Actor(actor_id="user_ann", name="Ann", scopes=frozenset({"fees:write", "loans:write"}))
BOB = Actor(actor_id="user_bob", name="Bob", scopes=frozenset({"overrides:approve", "fees:write"}))
FEE = AssessFee(fee="late_fee", assessed_on=DAY, reason="Agreed by phone")


async def refusal_of(asked: object) -> Refusal:
    with pytest.raises(CommandRefused) as refused:
        await asked  # type: ignore[misc]
    return refused.value.refusals[0]


async def late(lender: Lender) -> str:
    """A loan with three late fees in the year."""
    loan_id = await lender.lends()
    lender.clock.set(DAY)
    await lender.does(loan_id, AdvanceTo(day=DAY))
    return loan_id


async def test_asked_by_one_let_through_by_another_used_once(lender: Lender) -> None:
    house, loan_id = lender.house, await late(lender)
    refused = await refusal_of(house.servicer.execute(ANN, FEE, loan_id=loan_id))
    assert (refused.rule, refused.needs_approval) == (POLICY, True)
    asked = await overrides.request(
        house, ANN, FEE, loan_id=loan_id, reason="The bank erred", expires_on=date(2026, 7, 20)
    )
    assert (asked.state, asked.rules[0].rule, asked.command) == ("requested", POLICY, "assess_fee")
    assert [row.override_id for row in await overrides.listed(house, state="requested")] == [
        asked.override_id
    ]
    assert (await refusal_of(overrides.carry_out(house, ANN, asked.override_id))).code == (
        "not_approved"
    )
    both = Actor(actor_id="user_ann", name="Ann", scopes=frozenset({"*"}))
    assert (await refusal_of(overrides.approve(house, both, asked.override_id))).code == (
        "own_request"
    )
    with pytest.raises(Forbidden):
        await overrides.approve(house, ANN, asked.override_id)
    approved = await overrides.approve(house, BOB, asked.override_id, "Checked with the bank")
    assert (approved.state, approved.decided_by) == ("approved", "user_bob")
    assert (await refusal_of(overrides.decline(house, BOB, asked.override_id))).code == "decided"
    dry = await overrides.carry_out(house, ANN, asked.override_id, dry_run=True)
    receipt = await overrides.carry_out(house, ANN, asked.override_id)
    assert dry.dry_run and not receipt.replayed
    again = await overrides.carry_out(house, BOB, asked.override_id)
    assert again.replayed and again.seq == receipt.seq
    used = await overrides.find(house, asked.override_id)
    assert (used.state, used.used_on) == ("used", loan_id)
    assert [row.override_id for row in await overrides.listed(house, loan_id=loan_id)] == [
        asked.override_id
    ]
    at = await standing(house, loan_id, DAY, with_history=True)
    asides = [aside for _, event in at.numbered for aside in event.set_aside]
    (aside,) = asides
    assert (aside.rule, aside.requested_by, aside.approved_by, aside.reason) == (
        POLICY, "user_ann", "user_bob", "The bank erred",
    )  # fmt: skip
    assert aside.override_id == asked.override_id and aside.citation


async def test_what_is_over_declined_or_not_there_lets_nothing_through(lender: Lender) -> None:
    house, loan_id = lender.house, await late(lender)

    async def asked() -> str:
        view = await overrides.request(
            house, ANN, FEE, loan_id=loan_id, reason="The bank erred", expires_on=date(2026, 7, 12)
        )
        return view.override_id

    expires, declined, withdrawn = await asked(), await asked(), await asked()
    await overrides.approve(house, BOB, expires)
    assert (await overrides.decline(house, BOB, declined, "No")).state == "declined"
    assert (await overrides.decline(house, ANN, withdrawn)).state == "declined"
    lender.clock.set(date(2026, 7, 13))
    assert (await refusal_of(overrides.carry_out(house, ANN, expires))).code == "override_expired"
    assert (await overrides.find(house, expires)).state == "expired"
    assert (await refusal_of(overrides.carry_out(house, ANN, declined))).code == "not_approved"
    with pytest.raises(NotFound):
        await overrides.carry_out(house, ANN, "override_none")
    at = await standing(house, loan_id, date(2026, 7, 13), with_history=True)
    assert not [aside for _, event in at.numbered for aside in event.set_aside]


@pytest.mark.parametrize(
    ("reason", "expires_on", "path"),
    [("x", date(2026, 7, 9), "/expires_on"), ("x", date(2027, 7, 9), "/expires_on"),
     (" ", date(2026, 7, 12), "/reason")],
)  # fmt: skip
async def test_a_request_says_why_and_until_when(
    lender: Lender, reason: str, expires_on: date, path: str
) -> None:
    loan_id = await late(lender)
    refused = await refusal_of(
        overrides.request(
            lender.house, ANN, FEE, loan_id=loan_id, reason=reason, expires_on=expires_on
        )
    )
    assert (refused.path, refused.kind) == (path, "invalid")


async def test_nobody_overrides_the_law_and_what_is_not_refused_needs_nothing(
    lender: Lender,
) -> None:
    house, loan_id = lender.house, await late(lender)
    borrower = await borrowers.create(house, BOTH, name="Cy", email="c@example.com")
    terms = RequestedTerms(
        amount="1000.00", note_rate="0.30", number_of_payments=6, contract_date=DAY,
        circumstances=Circumstances(state="TX", covered_borrower=True),
    )  # fmt: skip
    booking = BookLoan(borrower_id=borrower, terms=terms, product="personal_installment")
    refused = await refusal_of(overrides.request(house, BOTH, booking, reason="x", expires_on=DAY))
    assert (refused.code, refused.rule) == (
        "not_overridable", "us.federal.military_lending_act.mapr_cap",
    )  # fmt: skip
    assert refused.citation is not None and "232.4(b)" in refused.citation.cite
    time = AdvanceTo(day=DAY)
    assert (
        await refusal_of(
            overrides.request(house, BOTH, time, loan_id=loan_id, reason="x", expires_on=DAY)
        )
    ).path == "/command"


BOTH = Actor(actor_id="user_both", name="Both", scopes=frozenset({"*"}))
