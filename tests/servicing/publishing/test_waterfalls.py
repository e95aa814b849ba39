"""A waterfall as its author sees it before it is published: findings at their lines, samples."""

from __future__ import annotations

from decimal import Decimal

import pytest

from servicing.errors import NotFound
from servicing.publishing import drafts, review
from servicing.publishing.waterfalls import waterfall
from tests.servicing.lending import Lender
from tests.servicing.publishing.people import ADA, drafted


async def test_fees_put_first_are_told_in_the_review_at_their_line(lender: Lender) -> None:
    house = lender.house
    draft = await drafts.create(house, ADA, kind="waterfall", name="consumer_standard")
    text = draft.text.replace("  - past_due.fee\n", "", 1)
    text = text.replace("order:\n", "order:\n  - past_due.fee\n", 1)
    draft = await drafts.edit(house, ADA, draft.row.draft_id, draft.row.revision, text)
    found = (await review.review(house, draft.row.draft_id)).waterfall
    assert found is not None and found.order[0] == "past_due.fee"
    look = found.looks[0]
    assert (look.severity, look.code, look.path) == ("law", "late_fee_pyramiding", "/order/0")
    assert text.splitlines()[look.line - 1].strip() == "- past_due.fee"
    assert "16 CFR 444.4" in {citation.cite for citation in look.citations}
    for fall in found.falls:
        paid = sum(Decimal(drop.paid) for drop in fall.drops)
        assert paid + Decimal(fall.left_over) == Decimal(fall.amount)
        assert fall.drops[0].bucket == "past_due.fee"


async def test_the_waterfall_of_a_product_is_its_own_or_the_one_it_names(lender: Lender) -> None:
    own = await waterfall(lender.house, "billed_installment@1")
    assert own.waterfall == "billed_installment@1" and own.looks[0].path == "/waterfall/order/4"
    shared = await waterfall(lender.house, "consumer_standard@1")
    assert {look.severity for look in shared.looks} == {"note"}
    found = await review.review(lender.house, (await drafted(lender.house)).row.draft_id)
    assert found.waterfall is not None and found.waterfall.waterfall == "consumer_standard@1"
    assert all(look.line == 0 for look in found.waterfall.looks)
    rule = await drafts.create(
        lender.house, ADA, kind="rule", name="us.federal.scra.six_percent_cap"
    )
    assert (await review.review(lender.house, rule.row.draft_id)).waterfall is None
    with pytest.raises(NotFound):
        await waterfall(lender.house, "nothing@1")
