"""One loan under its own version and under another."""

from __future__ import annotations

from engine.loan.decisions.offered_again import requested_once, same_offer
from engine.loan.evolve import fold
from servicing.publishing.loan_effect import compare
from store.loan_rows import history
from tests.servicing.lending import START, Lender


async def test_under_its_own_version_nothing_differs(lender: Lender) -> None:
    loan = await lender.lends()
    past = [stored.numbered for stored in await history(lender.house.pool, loan)]
    own = lender.house.catalog.terms_in_force("personal_installment", 1)
    found = compare(loan, past, own, own, START)
    assert found.effect is None and not found.only_days and found.moved == 0


async def test_a_lower_fee_at_the_start_is_another_apr(lender: Lender) -> None:
    loan = await lender.lends(amount="5000.00")
    past = [stored.numbered for stored in await history(lender.house.pool, loan)]
    own = lender.house.catalog.terms_in_force("personal_installment", 1)
    later = lender.house.catalog.terms_in_force("personal_installment", 2)
    assert not same_offer(own.product, later.product)
    asked = requested_once(fold(loan, past), own)
    assert asked is not None and (asked.amount, asked.number_of_payments) == ("5000.00", 24)
    effect = compare(loan, past, own, later, START).effect
    assert effect is not None and (effect.apr_before, effect.refused) == ("0.1808", "")
    assert effect.apr_after < effect.apr_before


async def test_a_loan_the_version_would_not_make(lender: Lender) -> None:
    loan = await lender.lends("pay_in_4", amount="400.00", note_rate="0", number_of_payments=4)
    past = [stored.numbered for stored in await history(lender.house.pool, loan)]
    own = lender.house.catalog.terms_in_force("pay_in_4", 1)
    other = lender.house.catalog.terms_in_force("personal_installment", 1)
    found = compare(loan, past, own, other, START)
    assert found.refused and found.effect and "outside what" in found.effect.refused
