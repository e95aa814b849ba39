"""What each page shows to whom, on a house with one loan."""

from __future__ import annotations

from nicegui import ui

from admin_ui.pages.product import version_of
from admin_ui.pages.rules import branch, fits
from servicing.actor import Role
from servicing.views import RuleRow
from tests.admin_ui.conftest import Admin, Arrive


async def test_the_dashboard_shows_the_book(arrive: Arrive) -> None:
    user = await arrive("/")
    await user.should_see("Principal balance", retries=20)
    await user.should_see("of 1 ever booked or boarded")
    await user.should_see("Loans needing attention")


async def test_the_list_of_loans_leads_to_a_loan(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/loans")
    await user.should_see("1–1 of 1", retries=20)
    table = user.find(ui.table).elements.pop()
    assert table.rows[0]["borrower_name_href"] == f"/loans/{admin.loan_id}"


async def test_a_search_that_finds_nothing_says_so(arrive: Arrive) -> None:
    user = await arrive("/loans?search=nobody")
    await user.should_see("No loan fits", retries=20)


async def test_a_loan_shows_what_is_owed_and_what_happened(arrive: Arrive, admin: Admin) -> None:
    user = await arrive(f"/loans/{admin.loan_id}")
    await user.should_see("Total owed")
    await user.should_see("Receive payment")
    user.find("Timeline").click()
    await user.should_see("Loan disbursed", retries=20)


async def test_an_unknown_loan_is_not_found(arrive: Arrive) -> None:
    user = await arrive("/")
    answer = await user.http_client.get("/loans/loan_unknown")
    assert answer.status_code == 404
    assert "There is no loan loan_unknown." in answer.text


async def test_an_unknown_address_is_not_found(arrive: Arrive) -> None:
    user = await arrive("/")
    answer = await user.http_client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no page /nowhere." in answer.text


async def test_a_page_beyond_the_role_is_forbidden(arrive: Arrive) -> None:
    user = await arrive("/", Role.auditor)
    answer = await user.http_client.get("/boarding")
    assert answer.status_code == 403
    assert "Your role does not allow this" in answer.text


async def test_a_product_shows_a_sample_loan_and_its_examples(arrive: Arrive) -> None:
    user = await arrive("/products/personal_installment?version=1")
    await user.should_see("Terms in words")
    await user.should_see("Total of payments", retries=20)


def test_a_version_that_is_no_number_means_the_live_one() -> None:
    assert version_of("2") == 2
    assert [version_of(text) for text in ("", "two", "²", "9" * 5000)] == [None] * 4


async def test_the_products_are_listed_by_version(arrive: Arrive) -> None:
    user = await arrive("/products")
    await user.should_see(ui.table, retries=20)
    states = {row["state"] for row in user.find(ui.table).elements.pop().rows}
    assert {"Live", "Scheduled"} <= states


async def test_a_rule_shows_its_citation_and_tests(arrive: Arrive) -> None:
    user = await arrive("/rules/us.federal.military_lending_act.mapr_cap")
    await user.should_see("32 CFR 232.4(b)")
    await user.should_see("4 of 4 hold")


async def test_the_rules_are_found_by_words(arrive: Arrive) -> None:
    user = await arrive("/rules")
    await user.should_see("US · Federal · Military Lending Act", retries=20)
    user.find("Title, citation or place").type("232.4(b)")
    await user.should_see("1 rule", retries=20)


async def test_boarding_names_the_columns(arrive: Arrive) -> None:
    user = await arrive("/boarding")
    await user.should_see("principal_balance")
    await user.should_see("Choose a file")


async def test_the_payoff_of_a_loan_is_quoted_by_day(arrive: Arrive, admin: Admin) -> None:
    user = await arrive(f"/loans/{admin.loan_id}")
    user.find("Payoff").click()
    await user.should_see("Good through", retries=20)


async def test_the_gap_map_shows_places_by_products(arrive: Arrive) -> None:
    user = await arrive("/coverage")
    await user.should_see("Places by product", retries=20)
    (first, *_) = sorted(user.find(ui.table).elements, key=lambda table: table.props["aria-label"])
    places = {row["place"]: row for row in first.rows}
    assert places["California"]["pay_in_4_tone"] == "ok"
    await user.should_see("Offered without a rule of the place itself")


async def test_the_book_is_advanced_and_checked_by_hand(arrive: Arrive) -> None:
    user = await arrive("/daily-run", Role.accountant)
    user.find("Run now").click()
    await user.should_see("Through Mar 31, 2026", retries=50)
    user.find("Check now").click()
    await user.should_see("Nothing wrong", retries=50)


async def test_an_auditor_checks_but_advances_nothing(arrive: Arrive) -> None:
    user = await arrive("/daily-run", Role.auditor)
    await user.should_see("Check now")
    await user.should_not_see("Run now")


def rule_at(name: str) -> RuleRow:
    return RuleRow(
        rule=name, title="A cap", kind="limit", jurisdiction="US", points=("quote",),
        verified=True, citation="32 CFR 232.4(b)",
    )  # fmt: skip


def test_a_branch_is_the_path_of_the_law_in_words() -> None:
    assert branch(rule_at("us.federal.scra.cap")) == "US · Federal · SCRA"
    assert branch(rule_at("us.states.new_york.usury.civil")) == "US · States · New York"
    assert branch(rule_at("uk.conc.cap")) == "UK · CONC"


def test_a_rule_fits_when_every_word_stands_in_it() -> None:
    row = rule_at("us.federal.scra.cap")
    assert fits(row, "")
    assert fits(row, "CFR cap")
    assert not fits(row, "cap kenya")
