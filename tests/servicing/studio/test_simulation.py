"""A loan lived through its first installments stands each day as the engine says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.catalog.catalog import Catalog
from servicing.studio.sample import Size, loan_of
from servicing.studio.simulation import Outcome, life, simulate
from store.definitions.load import load_catalog
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import drafted

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(ROOT / "products", ROOT / "rules")


def test_a_life_paid_as_agreed_ends_with_nothing_owed(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("pay_in_4", 1)
    found = life(terms, loan_of(terms.product, Size.middle, START), {})
    assert [row.outcome for row in found.installments] == ["paid"] * 4
    assert found.days[-1].payoff == "0.00" and found.days[-1].status == "paid_off"
    assert not [each for each in found.moments if each.event == "fee_assessed"]


def test_what_is_put_in_shows_on_its_day(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("pay_in_4", 1)
    loan = loan_of(terms.product, Size.middle, START)
    found = life(terms, loan, {1: Outcome.late_10, 2: Outcome.returned, 3: Outcome.half})
    due = {row.number: row.due_date for row in found.installments}
    fees = [each.on for each in found.moments if each.event == "fee_assessed"]
    assert fees[:2] == [due[1] + timedelta(days=4), due[2] + timedelta(days=4)]
    on = {each.on: each for each in found.days}
    assert on[due[1] + timedelta(days=4)].fees == "7.00"
    assert on[due[1] + timedelta(days=10)].past_due == "0.00"
    assert found.days == tuple(sorted(found.days, key=lambda each: each.on))


async def test_a_draft_is_simulated_as_it_is_saved(lender: Lender) -> None:
    draft = await drafted(lender.house)
    found = await simulate(lender.house, draft.row.draft_id, Size.largest, {1: Outcome.missed})
    assert len(found.installments) == 12 and found.refused == ""
    assert found.days[-1].days_past_due >= 30
