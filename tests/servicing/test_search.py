"""Search over loans, products and rules, for those who may see them."""

from __future__ import annotations

from servicing.search import search
from tests.servicing.lending import ANYONE, Lender, actor


async def test_each_kind_is_found_by_its_words(lender: Lender) -> None:
    loan_id = await lender.lends()
    by_id = await search(lender.house, ANYONE, loan_id)
    assert [(hit.kind, hit.ident) for hit in by_id] == [("loan", loan_id)]
    by_name = await search(lender.house, ANYONE, "borrower")
    assert ("loan", loan_id) in [(hit.kind, hit.ident) for hit in by_name]
    assert "product" in {hit.kind for hit in await search(lender.house, ANYONE, "pay in 4")}
    rules = await search(lender.house, ANYONE, "military lending")
    assert {hit.kind for hit in rules} == {"rule"}
    assert await search(lender.house, ANYONE, "x") == ()


async def test_names_are_masked_and_kinds_left_out_by_scope(lender: Lender) -> None:
    loan_id = await lender.lends()
    (hit,) = await search(lender.house, actor("loans:read"), loan_id)
    assert "•" in hit.title
    assert await search(lender.house, actor("rules:read"), loan_id) == ()
