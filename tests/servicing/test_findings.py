"""The findings log: what rules said stays, whether a command went through or not."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from engine.loan.commands import AdvanceTo, AssessFee, BookLoan, ReceivePayment, RequestedTerms
from engine.loan.terms import Circumstances
from servicing import borrowers, findings, overrides
from servicing.actor import Actor
from servicing.errors import CommandRefused, Forbidden
from servicing.findings import csv_lines, rules_found
from servicing.findings_kept import command_name
from servicing.views.findings import FindingEntry
from tests.servicing.lending import ANYONE, START, Lender, actor

POLICY = "policy.late_fees.three_in_twelve_months"
DAY = date(2026, 7, 10)
ANN = Actor(actor_id="user_ann", name="Ann", scopes=frozenset({"fees:write"}))
BOB = Actor(actor_id="user_bob", name="Bob", scopes=frozenset({"overrides:approve"}))
FEE = AssessFee(fee="late_fee", assessed_on=DAY, reason="Agreed by phone")


async def log(lender: Lender, **narrowed: object) -> list[FindingEntry]:
    page = await findings.findings(lender.house, ANYONE, **narrowed)  # type: ignore[arg-type]
    return list(page.items)


async def late(lender: Lender) -> str:
    """A loan nobody paid for half a year: three late fees, and those after them forgone."""
    loan_id = await lender.lends()
    lender.clock.set(DAY)
    await lender.does(loan_id, AdvanceTo(day=DAY))
    return loan_id


async def test_a_fee_that_time_would_have_charged_is_told_once(lender: Lender) -> None:
    loan_id = await late(lender)
    found = await log(lender, loan_id=loan_id)
    assert found and {entry.outcome for entry in found} == {"adjusted"}
    newest = found[0]
    assert (newest.rule, newest.command, newest.posted_on) == (POLICY, "advance_to", DAY)
    assert newest.message and newest.seq > 0 and newest.effective_on <= DAY
    await lender.does(loan_id, AdvanceTo(day=DAY))
    await lender.is_paid(loan_id, "10.00", DAY)
    assert await log(lender, loan_id=loan_id) == found


async def test_a_refused_command_leaves_what_refused_it(lender: Lender) -> None:
    loan_id = await late(lender)
    before = len(await log(lender))
    with pytest.raises(CommandRefused):
        await lender.house.servicer.execute(ANN, FEE, loan_id=loan_id, dry_run=True)
    assert len(await log(lender)) == before
    for _ in range(2):
        with pytest.raises(CommandRefused):
            await lender.house.servicer.execute(ANN, FEE, loan_id=loan_id)
    (entry,) = await log(lender, outcome="refused")
    assert (entry.rule, entry.loan_id, entry.actor) == (POLICY, loan_id, "user_ann")
    assert (entry.command, entry.seq, entry.effective_on) == (command_name(FEE), 0, DAY)
    assert entry.rule_title and entry.citation and entry.message
    with pytest.raises(CommandRefused):
        await lender.does(loan_id, ReceivePayment(amount="0.00", received_on=DAY))
    assert len(await log(lender, outcome="refused")) == 1


async def test_a_rule_set_aside_names_the_override(lender: Lender) -> None:
    house, loan_id = lender.house, await late(lender)
    asked = await overrides.request(
        house, ANN, FEE, loan_id=loan_id, reason="The bank erred", expires_on=DAY
    )
    assert [each.outcome for each in await log(lender, outcome="refused")] == ["refused"]
    await overrides.approve(house, BOB, asked.override_id)
    receipt = await overrides.carry_out(house, ANN, asked.override_id)
    (entry,) = await log(lender, outcome="set_aside")
    assert (entry.override_id, entry.rule) == (asked.override_id, POLICY)
    assert entry.seq in {event.seq for event in receipt.events} and entry.message


async def test_a_warning_goes_with_the_command_it_was_about(lender: Lender) -> None:
    loan_id = await lender.lends()
    on = date(2026, 2, 15)
    lender.clock.set(on)
    for _ in range(2):
        paid = ReceivePayment(amount="100.00", received_on=on, reference="check 7")
        receipt = await lender.does(loan_id, paid)
    (entry,) = await log(lender, outcome="warned")
    assert (entry.rule, entry.rule_title) == ("duplicate_reference", "Duplicate reference")
    assert entry.seq == receipt.events[0].seq and "check 7" in entry.message


async def test_a_loan_that_was_refused_has_no_loan_and_says_for_whom(lender: Lender) -> None:
    borrower = await borrowers.create(lender.house, ANYONE, name="B")
    lender.clock.set(START)
    terms = RequestedTerms(
        amount="5000.00", note_rate="0.3599", number_of_payments=24, contract_date=START,
        circumstances=Circumstances(state="CA", covered_borrower=True),
    )  # fmt: skip
    asked = BookLoan(borrower_id=borrower, product="personal_installment", terms=terms)
    with pytest.raises(CommandRefused) as refused:
        await lender.house.servicer.execute(ANYONE, asked)
    by_law = [refusal for refusal in refused.value.refusals if refusal.rule]
    found = await log(lender, outcome="refused")
    assert {entry.rule for entry in found} == {refusal.rule for refusal in by_law}
    assert all(entry.loan_id == "" and entry.command == "book_loan" for entry in found)


async def test_pages_follow_one_another_and_the_file_has_them_all(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = await late(lender), await late(lender)
    every = await log(lender, limit=200)
    found: list[FindingEntry] = []
    cursor = None
    while True:
        page = await findings.findings(lender.house, ANYONE, cursor=cursor, limit=2)
        found += page.items
        if not page.has_more:
            break
        cursor = page.next_cursor
    assert found == every
    assert {entry.loan_id for entry in every} == {first, second}
    assert await log(lender, until=date(2026, 7, 9)) == []
    assert await log(lender, since=DAY, until=DAY, rule=POLICY) == every
    assert list(await rules_found(lender.house, ANYONE)) == [POLICY]
    monkeypatch.setattr(findings, "AT_ONCE", 2)
    lines = [part async for part in csv_lines(lender.house, ANYONE, loan_id=first)]
    rows = list(csv.DictReader(io.StringIO("".join(lines))))
    assert [row["seq"] for row in rows] == [str(e.seq) for e in every if e.loan_id == first]


async def test_who_may_see_and_what_may_be_asked(lender: Lender) -> None:
    with pytest.raises(Forbidden):
        await findings.findings(lender.house, actor("loans:read"))
    with pytest.raises(CommandRefused):
        await findings.findings(lender.house, ANYONE, outcome="lost")
    with pytest.raises(CommandRefused):
        await findings.findings(lender.house, ANYONE, cursor="nonsense")
