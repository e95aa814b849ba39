"""The book: from each figure to its loans, and from a list to a file of its rows."""

from __future__ import annotations

from datetime import date

from admin_ui.components.book_movement import roll_table, vintage_row
from admin_ui.components.search_box import found_html, words_of
from admin_ui.downloads import LOANS
from admin_ui.loan_filters import asked_of
from admin_ui.moment import Moment
from servicing.actor import Role
from servicing.search import Hit
from servicing.views.portfolio import RollCell, VintageRow
from tests.admin_ui.conftest import Admin, Arrive

STAGES = {"current": "Current", "late_30": "30+ days late"}


async def test_the_dashboard_shows_how_the_book_moved(arrive: Arrive) -> None:
    user = await arrive("/")
    await user.should_see("Where loans moved since", retries=40)
    await user.should_see("Falls due next, by week")
    await user.should_see("Loans by the month of their contract")


async def test_a_list_is_exported_as_it_is_narrowed(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/loans?late_days=30&begun=2026-01", Role.auditor)
    await user.should_see("30 or more days past due")
    await user.should_see("Contracts of Jan 26")
    answer = await user.http_client.get(LOANS)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    head, *rows = answer.text.splitlines()
    assert head.startswith("loan_id,") and [row.split(",")[0] for row in rows] == [admin.loan_id]
    none = await user.http_client.get(f"{LOANS}?begun=2025-01")
    assert len(none.text.splitlines()) == 1
    assert (await user.http_client.get(f"{LOANS}?sort=color")).status_code == 422


async def test_a_stranger_gets_no_file(admin: Admin) -> None:
    async with admin.client() as client:
        assert (await client.get(LOANS)).status_code == 303


def test_an_address_narrows_the_list() -> None:
    asked = asked_of({"late_days": "30", "status": "active", "as_of": "2026-05-01"})
    assert (asked["late_days"], asked["status"]) == (30, "active")
    assert asked["as_of"] == date(2026, 5, 1) and asked["sort"] == "-days_past_due"
    assert asked_of({"late_days": "many"})["late_days"] is None


def test_standings_stand_by_lateness_and_what_was_over_is_left_out() -> None:
    def cell(was: str, now: str) -> RollCell:
        return RollCell(was=was, now=now, loans=1, principal="0.00")

    cells = (
        cell("late_30", "charged_off"), cell("current", "late_30"), cell("new", "current"),
        cell("paid_off", "paid_off"),
    )  # fmt: skip
    assert roll_table(cells, STAGES) == (
        ["current", "late_30", "new"], ["current", "late_30", "charged_off"]
    )  # fmt: skip


def test_each_number_of_a_vintage_leads_to_its_loans() -> None:
    row = VintageRow(
        month=date(2026, 5, 1), loans=4, active=3, paid_off=1, charged_off=0, late_30=1,
        principal="1234.50",
    )  # fmt: skip
    cells = vintage_row(row, Moment())
    assert cells["late_href"] == "/loans?begun=2026-05&late_days=30"
    assert cells["late_second"] == "25.0 %" and cells["principal"] == "1,234.50"
    assert "charged_off_href" not in cells


def test_what_is_found_is_a_list_of_options_without_markup_of_others() -> None:
    hit = Hit(kind="loan", ident="loan_1", title="<b>Ada</b>", note='"q"')
    text = found_html('a"b', (hit,))
    assert 'role="option"' in text and 'href="/loans/loan_1"' in text
    assert "<b>" not in text and 'data-for="a&quot;b"' in text
    assert "Nothing fits" in found_html("x", ()) and found_html(" ", ()) == ""
    assert list(words_of("Audit log")) == ["audit log", "audit", "log"]
