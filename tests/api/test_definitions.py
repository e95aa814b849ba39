"""Products, rules and quotes over HTTP."""

from __future__ import annotations

import pytest

from api.routes import products, quotes, rules
from tests.api.door import Door

TERMS = {
    "amount": "18500.00",
    "note_rate": "0.0799",
    "number_of_payments": 48,
    "contract_date": "2025-01-10",
    "circumstances": {"state": "CA", "purpose": "vehicle"},
}
QUOTE = {"product": "auto_simple_interest", "terms": TERMS}


async def test_every_version_of_every_product_is_listed(door: Door) -> None:
    assert products.list_products.opt["scope"] == "products:read"
    listed = (await door.get("/products")).json()
    versions = {(row["product"], row["version"], row["state"]) for row in listed}
    assert ("auto_simple_interest", 1, "live") in versions
    assert ("auto_simple_interest", 2, "scheduled") in versions


async def test_a_product_is_shown_whole(door: Door) -> None:
    shown = (await door.get("/products/auto_simple_interest")).json()
    assert shown["row"]["version"] == 1
    assert "late_fee" in shown["text"]
    assert shown["in_words"]
    assert all(example["passed"] for example in shown["examples"])
    later = (await door.get("/products/auto_simple_interest", params={"version": 2})).json()
    assert later["row"]["version"] == 2


@pytest.mark.parametrize(
    "path", ["/products/yacht", "/products/auto_simple_interest?version=9", "/rules/us.zz"]
)
async def test_what_is_not_on_offer_is_not_found(door: Door, path: str) -> None:
    answer = await door.get(path)
    assert answer.status_code == 404
    assert answer.json()["type"] == "/api/problems/not-found"


async def test_a_sample_loan_is_worked_out(door: Door) -> None:
    sample = (await door.get("/products/personal_installment/sample")).json()
    assert sample["schedule"][-1]["balance_after"] == "0.00"
    assert float(sample["truth_in_lending"]["apr"]) > 0
    kept = await door.get(f"/quotes/{sample['quote_id']}")
    assert kept.status_code == 404


async def test_rules_are_listed_and_shown_with_citation_and_tests(door: Door) -> None:
    listed = (await door.get("/rules")).json()
    names = [row["rule"] for row in listed]
    assert "us.federal.military_lending_act.mapr_cap" in names
    assert rules.list_rules.opt["scope"] == "rules:read"
    for name in names:
        rule = (await door.get(f"/rules/{name}")).json()
        assert rule["row"]["citation"]
        assert rule["tests"] and all(test["passed"] for test in rule["tests"])


async def test_a_quote_is_kept_as_it_was_shown(door: Door) -> None:
    made = await door.post("/quotes", QUOTE, key=None)
    assert made.status_code == 201
    assert quotes.make_quote.opt["scope"] == "quotes:write"
    again = await door.client.get(made.headers["Location"])
    assert again.json() == made.json()
    assert len(again.json()["schedule"]) == 48


async def test_a_dry_run_quote_is_not_kept(door: Door) -> None:
    made = await door.post("/quotes", QUOTE, key=None, params={"dry_run": True})
    assert made.status_code == 200
    assert (await door.get(f"/quotes/{made.json()['quote_id']}")).status_code == 404


async def test_terms_outside_the_product_are_refused_all_at_once(door: Door) -> None:
    terms = {**TERMS, "amount": "1.00", "number_of_payments": 1000}
    answer = await door.post("/quotes", {**QUOTE, "terms": terms}, key=None)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) >= 2


async def test_law_refuses_with_its_citation(door: Door) -> None:
    covered = {"state": "CA", "purpose": "personal", "covered_borrower": True}
    terms = {**TERMS, "amount": "3000.00", "note_rate": "0.3599", "circumstances": covered}
    body = {"product": "personal_installment", "terms": {**terms, "number_of_payments": 12}}
    answer = await door.post("/quotes", body, key=None)
    assert answer.status_code == 422
    assert answer.json()["type"] == "/api/problems/refused-by-rule"
    cited = [fault["citation"] for fault in answer.json()["errors"]]
    assert any("232" in citation for citation in cited)


async def test_the_gap_map_says_what_is_stale(door: Door) -> None:
    assert rules.read_coverage.opt["scope"] == "rules:read"
    found = (await door.get("/coverage")).json()
    assert all(rule["stale"] for rule in found["rules"])
    assert {row["place"] for row in found["places"]} >= {"Texas", "Lender policy"}
    assert (await door.get("/coverage", params={"stale_after": "-1"})).status_code == 422
