"""Reads: any number, as of any day, as known at any moment, whatever a run had done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from engine.loan.commands import ReturnPayment
from engine.loan.terms import Circumstances
from servicing import explaining, finding_view, loan_view, reads, standing, term_places
from servicing.errors import CommandRefused, Forbidden, LoanNotFound
from servicing.ids import payment_of
from servicing.views import ExplanationStep
from tests.servicing.lending import ANYONE, NOBODY, START, Lender, actor

FEB, MAR = date(2026, 2, 15), date(2026, 3, 15)


async def test_a_loan_today_and_on_any_other_day(lender: Lender) -> None:
    loan = await lender.lends()
    await lender.is_paid(loan, "242.33", FEB)
    today = await reads.loan(lender.house, ANYONE, loan)
    assert (today.as_of, today.balances.principal, today.apr) == (FEB, "4821.33", "0.1808")
    before = await reads.loan(lender.house, ANYONE, loan, as_of=FEB - timedelta(days=1))
    assert (before.balances.principal, before.cash_received) == ("5000.00", "0.00")
    ahead = await reads.loan(lender.house, ANYONE, loan, as_of=date(2026, 4, 1))
    assert (ahead.days_past_due, ahead.amount_past_due) == (17, "242.33")
    assert [fee.name for fee in ahead.unpaid_fees] == ["late_fee"]
    rows = await lender.house.pool.fetchval("SELECT count(*) FROM event WHERE loan_id = $1", loan)
    assert rows == today.seq  # looking ahead wrote nothing


async def test_what_was_known_then_is_still_shown(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    moment = lender.clock.now()
    lender.clock.set(FEB + timedelta(days=45))
    found = payment_of(paid.payment_id)
    assert found is not None
    day = FEB + timedelta(days=45)
    await lender.does(loan, ReturnPayment(payment=found[1], returned_on=day, return_code="R10"))
    then = await reads.loan(lender.house, ANYONE, loan, as_of=FEB, as_known_at=moment)
    now = await reads.loan(lender.house, ANYONE, loan, as_of=FEB)
    assert (then.balances.principal, now.balances.principal) == ("4821.33", "5000.00")
    quoted = await reads.payoff_quote(lender.house, ANYONE, loan, FEB, as_known_at=moment)
    assert quoted.principal == "4821.33"
    (listed,) = (await reads.loans(lender.house, ANYONE, as_of=FEB, as_known_at=moment)).items
    assert (listed.principal, listed.days_past_due) == ("4821.33", 0)
    entries = await reads.journal(lender.house, ANYONE, loan, as_known_at=moment)
    assert all("Undone" not in entry.title for entry in entries)


async def test_before_it_was_made_there_is_no_loan(lender: Lender) -> None:
    loan = await lender.lends()
    with pytest.raises(LoanNotFound):
        await reads.loan(lender.house, ANYONE, loan, as_of=START - timedelta(days=1))
    with pytest.raises(LoanNotFound):
        await reads.loan(lender.house, ANYONE, "loan_none")


async def test_names_are_masked_unless_they_may_be_seen(lender: Lender) -> None:
    loan = await lender.lends()
    masked = await reads.loan(lender.house, actor("loans:read"), loan)
    assert masked.borrower_name.startswith("B•••")
    seen = await reads.loan(lender.house, actor("loans:read", "borrowers:read"), loan)
    assert seen.borrower_name.startswith("Borrower")
    with pytest.raises(Forbidden):
        await reads.loan(lender.house, NOBODY, loan)


async def test_the_schedule_has_facts_behind_and_projections_ahead(lender: Lender) -> None:
    loan = await lender.lends()
    await lender.is_paid(loan, "242.33", FEB)
    lender.clock.set(date(2026, 3, 20))
    rows = await reads.schedule(lender.house, ANYONE, loan)
    assert [row.state for row in rows[:3]] == ["paid", "past_due", "upcoming"]
    assert [row.projected for row in rows[:3]] == [False, False, True]
    assert rows[-1].balance_after == "0.00"
    assert len(rows) == 24


async def test_history_pages_and_says_what_was_undone(lender: Lender) -> None:
    loan = await lender.lends()
    paid = await lender.is_paid(loan, "242.33", FEB)
    found = payment_of(paid.payment_id)
    assert found is not None
    back = ReturnPayment(payment=found[1], returned_on=FEB, return_code="R10")
    await lender.does(loan, back)
    first = await reads.history(lender.house, ANYONE, loan, limit=3)
    assert first.has_more and first.next_cursor == "3"
    rest = await reads.history(lender.house, ANYONE, loan, cursor=first.next_cursor)
    undone = {item.seq for item in (*first.items, *rest.items) if item.undone}
    assert found[1] in undone
    assert rest.total == first.total == 3 + len(rest.items)
    early = await reads.history(lender.house, ANYONE, loan, as_of=START)
    assert early.total == len(early.items) == 3
    with pytest.raises(CommandRefused):
        await reads.history(lender.house, ANYONE, loan, cursor="x")


async def test_a_fee_is_explained_to_the_line_of_the_product_and_the_rule(lender: Lender) -> None:
    loan = await lender.lends(circumstances=Circumstances(state="CA"))
    lender.clock.set(date(2026, 3, 1))
    why = await reads.explain(lender.house, ANYONE, loan, "fee:late_fee/1")
    assert why.agrees_with_stored
    told = list(_sources(why.steps))
    assert any("personal_installment@1 /fees/1 (products/" in source for source in told)
    assert any("delinquency_fee" in source for source in told)
    with pytest.raises(CommandRefused):
        await reads.explain(lender.house, ANYONE, loan, "mood")


def _sources(steps: Iterable[ExplanationStep]) -> list[str]:
    found: list[str] = []
    for step in steps:
        found += [*step.sources, *_sources(step.steps)]
    return found


async def test_a_payoff_quote_holds_day_by_day(lender: Lender) -> None:
    loan = await lender.lends()
    lender.clock.set(FEB)
    quote = await reads.payoff_quote(lender.house, ANYONE, loan)
    assert quote.total == "5063.66"
    assert len(quote.by_day) == 11
    later, total = quote.by_day[5]
    assert later == FEB + timedelta(days=5)
    paid = await lender.is_paid(loan, total, later)
    assert paid.balances.total_owed == "0.00"
    with pytest.raises(CommandRefused):
        await reads.payoff_quote(
            lender.house, ANYONE, loan, good_through_date=FEB + timedelta(days=400)
        )


async def test_lists_search_filter_sort_and_page(lender: Lender) -> None:
    made = [await lender.lends(amount=f"{1000 + n}.00") for n in range(5)]
    lender.clock.set(date(2026, 3, 1))
    page = await reads.loans(lender.house, ANYONE, limit=2, sort="-principal")
    assert [row.principal for row in page.items] == ["1004.00", "1003.00"]
    assert page.total == 5 and page.has_more
    second = await reads.loans(
        lender.house, ANYONE, limit=2, sort="-principal", cursor=page.next_cursor
    )
    assert [row.principal for row in second.items] == ["1002.00", "1001.00"]
    found = await reads.loans(lender.house, ANYONE, search=made[0])
    assert [row.loan_id for row in found.items] == [made[0]]
    named = await reads.loans(lender.house, ANYONE, search="borro")
    assert len(named.items) == 5
    none = await reads.loans(lender.house, ANYONE, status="paid_off")
    assert none.items == ()
    for wrong in ({"sort": "mood"}, {"cursor": "???"}):
        with pytest.raises(CommandRefused):
            await reads.loans(lender.house, ANYONE, **wrong)


def test_texts_for_people() -> None:
    assert explaining.text_of(None, "USD") == ""
    assert explaining.text_of(True, "USD") == "yes"
    assert explaining.text_of(START, "USD") == "2026-01-15"
    assert loan_view.schedule_rows and standing.standing and finding_view.finding_view
    assert term_places.term_places


async def test_an_exact_number_is_told_in_decimals(lender: Lender) -> None:
    loan = await lender.lends()
    why = await reads.explain(lender.house, ANYONE, loan, "per_diem")
    assert why.value == "2.053425" and why.value in why.sentence
    owed = await reads.explain(lender.house, ANYONE, loan, "total_owed")
    assert any("Principal lent" in step.label for step in owed.steps[0].steps)
