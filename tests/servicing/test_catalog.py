"""Definitions in the database: applied from folders, sealed, shown; quotes that can be booked."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.settings import CHECKOUT
from engine.errors import DefinitionError
from engine.loan.commands import BookLoan, RequestedTerms
from servicing import borrowers, catalog_apply, catalog_reads, quotes
from servicing.errors import CommandRefused, NotFound
from store.definition_rows import definition_rows
from store.definitions.folder import Folders
from tests.servicing.lending import ANYONE, START, Lender

TERMS = RequestedTerms(
    amount="5000.00", note_rate="0.1499", number_of_payments=24, contract_date=START
)


def folders(tmp_path: Path) -> Folders:
    """Copies of our own products and rules to change."""
    for name in ("products", "rules"):
        shutil.copytree(CHECKOUT / name, tmp_path / "copy" / name)
    return Folders(tmp_path / "copy" / "products", tmp_path / "copy" / "rules")


async def test_what_was_applied_needs_no_change(lender: Lender, tmp_path: Path) -> None:
    plan, _ = await catalog_apply.plan(lender.house.pool, folders(tmp_path))
    assert plan.empty and plan.only_published == ()
    assert len(await definition_rows(lender.house.pool)) > 8


async def test_a_new_version_is_published_and_then_sealed(lender: Lender, tmp_path: Path) -> None:
    copied = folders(tmp_path)
    new = copied.products / "pay_in_4" / "v3.yaml"
    text = (copied.products / "pay_in_4" / "v1.yaml").read_text()
    text = text.replace("version: 1", "version: 3").replace("2020-01-01", "2030-01-01", 1)
    new.write_text(text)
    plan, catalog = await catalog_apply.plan(lender.house.pool, copied)
    assert [row.file for row in plan.new] == ["products/pay_in_4/v3.yaml"]
    assert catalog.product("pay_in_4", 3).live_from == date(2030, 1, 1)
    await catalog_apply.apply(lender.house.pool, *copied, lender.clock)
    new.write_text(text.replace("2030-01-01", "2031-01-01", 1))
    with pytest.raises(DefinitionError) as refused:
        await catalog_apply.plan(lender.house.pool, copied)
    (problem,) = refused.value.problems
    assert problem.code == "sealed" and problem.message.count("SHA-256") == 1


async def test_a_rule_may_take_a_new_dated_value(lender: Lender, tmp_path: Path) -> None:
    copied = folders(tmp_path)
    path = next(copied.rules.rglob("six_percent_cap.yaml"))
    path.write_text(path.read_text().replace('"0.06"}', '"0.06", 2050-01-01: "0.05"}', 1))
    plan, _ = await catalog_apply.plan(lender.house.pool, copied)
    assert [row.kind for row in plan.changed] == ["rule"]


async def test_products_are_shown_with_words_text_and_examples(lender: Lender) -> None:
    rows = await catalog_reads.products(lender.house)
    assert {row.state for row in rows} == {"live", "scheduled"}
    view = await catalog_reads.product(lender.house, "personal_installment")
    assert view.row.version == 1 and "grace_days" in view.text
    assert view.examples and all(example["passed"] for example in view.examples)
    assert any("Fees" in title or "fee" in title.lower() for title, _ in view.in_words)
    for wrong in (("none", None), ("pay_in_4", 99)):
        with pytest.raises(NotFound):
            await catalog_reads.product(lender.house, *wrong)


async def test_rules_are_shown_with_tests_as_they_run(lender: Lender) -> None:
    rows = await catalog_reads.rules(lender.house)
    assert "us.federal.military_lending_act.mapr_cap" in {row.rule for row in rows}
    view = await catalog_reads.rule(lender.house, "us.federal.military_lending_act.mapr_cap")
    assert view.tests and all(test["passed"] for test in view.tests)
    assert view.values[0][0] == "maximum" and view.href.startswith("https://")
    assert any("36 percent" in line for line in view.in_words)
    with pytest.raises(NotFound):
        await catalog_reads.rule(lender.house, "us.none")


async def test_a_sample_loan_shows_what_a_product_costs(lender: Lender) -> None:
    for product in ("personal_installment", "pay_in_4", "auto_simple_interest"):
        sample = await catalog_reads.sample_loan(lender.house, product)
        assert sample.schedule and sample.truth_in_lending.total_of_payments
    kept = await lender.house.pool.fetchval("SELECT count(*) FROM quote")
    assert kept == 0


async def test_a_quote_is_booked_exactly_as_shown(lender: Lender) -> None:
    quote = await quotes.make(lender.house, ANYONE, "personal_installment", TERMS)
    assert await quotes.find(lender.house, ANYONE, quote.quote_id) == quote
    assert await quotes.requested_by(lender.house, quote.quote_id) == TERMS
    borrower = await borrowers.create(lender.house, ANYONE, name="B")
    other = RequestedTerms(
        amount="6000.00", note_rate="0.1499", number_of_payments=24, contract_date=START
    )
    with pytest.raises(CommandRefused) as refused:
        await lender.house.servicer.execute(
            ANYONE, BookLoan(borrower_id=borrower, terms=other, quote_id=quote.quote_id)
        )
    assert [r.code for r in refused.value.refusals] == ["not_as_quoted"]
    lender.clock.set(START + timedelta(days=31))
    with pytest.raises(CommandRefused) as late:
        await lender.house.servicer.execute(
            ANYONE, BookLoan(borrower_id=borrower, terms=TERMS, quote_id=quote.quote_id)
        )
    assert [r.code for r in late.value.refusals] == ["quote_expired"]


async def test_what_is_not_offered_is_not_quoted(lender: Lender) -> None:
    with pytest.raises(NotFound):
        await quotes.make(lender.house, ANYONE, "mortgage", TERMS)
    early = RequestedTerms(
        amount="5000.00",
        note_rate="0.1499",
        number_of_payments=24,
        contract_date=date(2019, 12, 31),
    )
    with pytest.raises(CommandRefused) as refused:
        await quotes.make(lender.house, ANYONE, "personal_installment", early)
    assert refused.value.refusals[0].code == "not_offered"
    with pytest.raises(NotFound):
        await quotes.find(lender.house, ANYONE, "quote_none")
