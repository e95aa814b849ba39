"""Where a definition is used: product versions with their live loans."""

from __future__ import annotations

import pytest

from servicing import reads
from servicing.errors import NotFound
from servicing.publishing.where_used import where_used
from tests.servicing.lending import ANYONE, START, Lender


async def test_a_waterfall_a_calendar_and_a_chart_with_the_loans_pinned(lender: Lender) -> None:
    house = lender.house
    loan, paid_off = await lender.lends(), await lender.lends()
    payoff = await reads.payoff_quote(house, ANYONE, paid_off, START)
    await lender.is_paid(paid_off, payoff.total, START)
    for kind, name in (("waterfall", "consumer_standard"), ("calendar", "us_federal"),
                       ("chart_of_accounts", "consumer_us")):  # fmt: skip
        (found,) = await where_used(house, kind, name)
        assert found.reference == f"{name}@1" and found.live_loans == 1
        uses = {use.reference: use for use in found.products}
        own = uses["personal_installment@1"]
        assert (own.live_loans, own.loans, own.state) == (1, 2, "live")
        assert uses["personal_installment@2"].live_loans == 0
    assert loan


async def test_versions_of_a_product_with_their_own_loans(lender: Lender) -> None:
    await lender.lends()
    later, first = await where_used(lender.house, "product", "personal_installment")
    assert (later.reference, later.live_loans) == ("personal_installment@2", 0)
    assert (first.reference, first.live_loans) == ("personal_installment@1", 1)


async def test_a_rule_is_used_by_the_products_it_may_speak_of(lender: Lender) -> None:
    (found,) = await where_used(lender.house, "rule", "us.federal.scra.six_percent_cap")
    assert "personal_installment@1" in {use.reference for use in found.products}
    (state,) = await where_used(lender.house, "rule", "uk.conc.total_cost_cap")
    assert state.products == ()


@pytest.mark.parametrize("kind", ["waterfall", "rule", "thing"])
async def test_what_is_not_published_is_used_nowhere(lender: Lender, kind: str) -> None:
    with pytest.raises(NotFound):
        await where_used(lender.house, kind, "no_such_thing")
