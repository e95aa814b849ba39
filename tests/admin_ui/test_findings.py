"""The findings log: its rows, one opened, its file."""

from __future__ import annotations

from datetime import date

from nicegui import ui

from admin_ui.finding_filters import narrowed_by
from admin_ui.pages.findings import finding_dialog, finding_row
from engine.loan.commands import ReceivePayment
from servicing import findings
from servicing.actor import Role
from tests.admin_ui.conftest import TODAY, Admin, Arrive
from tests.servicing.lending import ANYONE


async def test_a_finding_is_listed_opened_and_exported(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/findings", Role.auditor)
    await user.should_see("No findings", retries=20)
    for _ in range(2):
        paid = ReceivePayment(amount="10.00", received_on=TODAY, reference="check 7")
        await admin.lender.does(admin.loan_id, paid)
    user = await arrive(f"/findings?loan={admin.loan_id}", Role.auditor)
    await user.should_see(ui.table, retries=20)
    (entry,) = (await findings.findings(admin.lender.house, ANYONE)).items
    row = finding_row(entry)
    assert (row["outcome"], row["outcome_tone"]) == ("Warned", "warn")
    assert row["loan_href"] == f"/loans/{admin.loan_id}"
    with user:
        finding_dialog(entry)
    await user.should_see("It happened all the same.")
    await user.should_not_see("The rule")
    file = await user.http_client.get(f"/findings.csv?loan={admin.loan_id}")
    assert file.status_code == 200 and "check 7" in file.text
    user = await arrive("/findings?rule=nothing", Role.auditor)
    await user.should_see("No finding fits", retries=20)


def test_what_an_address_cannot_mean_is_left_out() -> None:
    asked = narrowed_by({"outcome": "lost", "since": "2026-02-30", "until": "2026-03-01"})
    assert (asked["outcome"], asked["since"], asked["until"]) == ("", None, date(2026, 3, 1))
