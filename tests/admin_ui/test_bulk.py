"""A bulk action on screen: chosen on the list, seen loan by loan, carried out, left alone."""

from __future__ import annotations

import asyncio
from datetime import date

from admin_ui.components.bulk_dialog import kinds_for
from admin_ui.pages.bulk import sums
from admin_ui.pages.bulk_run import field_words, loan_row
from engine.loan.commands import AssessFee, ChangeRate, RecordBorrowerStatus
from servicing import bulk, reads
from servicing.actor import Role
from servicing.views.bulk import BulkLoan
from tests.admin_ui.conftest import Admin, Arrive
from tests.admin_ui.test_components import visitor_with
from tests.servicing.lending import ANYONE


async def test_it_is_previewed_and_carried_out(arrive: Arrive, admin: Admin) -> None:
    house = admin.lender.house
    user = await arrive("/bulk")
    await user.should_see("No bulk actions yet", retries=20)
    command = RecordBorrowerStatus(status="disaster", from_date=date(2026, 3, 1))
    run = await bulk.start(house, ANYONE, command, {"status": "active"})
    user = await arrive(f"/bulk/{run.run_id}")
    await user.should_see("Carry out on 1 loan", retries=60)
    user.find("Carry out on 1 loan").click()
    await user.should_see("Carried out on 1 loan", retries=60)
    loan = await reads.loan(house, ANYONE, admin.loan_id)
    assert loan.statuses[0]["status"] == "disaster"
    user = await arrive(f"/bulk/{run.run_id}", Role.auditor)
    await asyncio.sleep(0)
    await user.should_not_see("Cancel")


async def test_the_list_offers_what_the_role_may_do(arrive: Arrive, admin: Admin) -> None:
    collector = await visitor_with(admin, Role.collector)
    assert AssessFee in kinds_for(collector) and ChangeRate not in kinds_for(collector)
    user = await arrive("/loans", Role.auditor)
    await user.should_not_see("Act on all")
    user = await arrive("/loans?status=active", Role.servicing_agent)
    user.find("Act on all").click()
    await user.should_see("Preview on every loan", retries=20)


async def test_what_came_of_it_is_said_in_words(admin: Admin) -> None:
    for run in await bulk.listed(admin.lender.house, ANYONE):
        assert sums(run) == "Carried out on 1 loan"
    row = loan_row(
        BulkLoan(
            place=1,
            loan_id="loan_1",
            borrower_name="A•••",
            state="would",
            message="Fee assessed",
            owed_before="1000.00",
            owed_after="1015.00",
        )
    )
    assert row["state"] == "Would be done" and row["after"] == "1,015.00"
    assert field_words("military_service") == "Military service"
    assert field_words("2026-11-01") == "Nov 1, 2026" and field_words("0.05") == "0.05"
