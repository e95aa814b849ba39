"""The parts pages are made of: forms drawn from commands, previews, tables, banners, trees."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import get_args

import msgspec
import pytest
from nicegui import ui

from admin_ui.components import command_form, explanation, preview, table, timeline
from admin_ui.components.as_of import chosen_moment
from admin_ui.components.command_dialog import CommandDialog, command_name
from admin_ui.components.command_form import CommandForm
from admin_ui.components.field_words import field_words
from admin_ui.components.loan_actions import BY_STATUS, LoanActions
from admin_ui.components.loan_rows import loan_row
from admin_ui.components.problem_banner import in_words
from admin_ui.moment import Moment, end_of
from admin_ui.visitor import Visitor
from engine.loan.commands import (
    AdvanceTo,
    BoardLoan,
    BookLoan,
    ChangeRate,
    Command,
    ReceivePayment,
    ReturnPayment,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.loan.status import LoanStatus
from servicing import access, reads
from servicing.actor import Role
from servicing.errors import Forbidden, IdempotencyConflict, Unavailable, VersionConflict
from servicing.permissions import scopes_of
from servicing.views import FeeView, LoanRow, Receipt
from tests.admin_ui.conftest import PASSWORD, TODAY, Admin, Arrive

ELSEWHERE = {
    BookLoan, BoardLoan, AdvanceTo, ReturnPayment, ReversePayment, ReverseDisbursement
}  # fmt: skip
"""Commands that are no matter of a whole loan's page, or of one of its payments."""


def test_every_command_about_a_loan_is_offered_in_some_status() -> None:
    offered = {kind for kinds in BY_STATUS.values() for kind in kinds}
    assert offered | ELSEWHERE == set(get_args(Command))
    assert set(BY_STATUS) <= {status.value for status in LoanStatus}


@pytest.mark.parametrize("kind", sorted(set(get_args(Command)) - ELSEWHERE, key=str))
async def test_a_form_is_drawn_from_the_fields_of_any_command(
    arrive: Arrive, kind: type[Command]
) -> None:
    with await arrive("/products"):
        form = CommandForm(kind, business_date=TODAY, choices={}, preset={}, on_change=lambda: None)
        assert set(form._fields) == {name for name in kind.__struct_fields__}


async def test_what_was_typed_becomes_a_command(arrive: Arrive) -> None:
    with await arrive("/products"):
        form = CommandForm(
            ReceivePayment,
            business_date=TODAY,
            choices={},
            preset={"amount": "$1,451.46"},
            on_change=lambda: None,
        )
        assert form.command() == ReceivePayment(amount="1451.46", received_on=TODAY)


async def test_a_rate_is_asked_for_in_percent(arrive: Arrive) -> None:
    with await arrive("/products"):
        form = CommandForm(
            ChangeRate,
            business_date=TODAY,
            choices={},
            preset={"note_rate": "7.99", "reason": "Agreed"},
            on_change=lambda: None,
        )
        assert form.command() == ChangeRate(note_rate="0.0799", effective_on=TODAY, reason="Agreed")


async def test_every_field_says_what_is_wrong_with_it(arrive: Arrive) -> None:
    with await arrive("/products"):
        form = CommandForm(
            WaiveFee, business_date=TODAY, choices={}, preset={}, on_change=lambda: None
        )
        assert form.command() is None
        assert form._fields["fee_id"].error == "This is needed."
        assert form._fields["reason"].error == "This is needed."


def test_text_is_read_as_the_command_wants_it() -> None:
    assert command_form.read("amount", " $1,000.50 ") == "1000.50"
    assert command_form.read("note_rate", "12.5 %") == "0.125"
    assert command_form.read("note_rate", "nonsense") == "nonsense"
    assert command_form.read("reason", " As agreed ") == "As agreed"


def test_the_words_below_a_field_are_those_of_its_source() -> None:
    assert "ACH return code" in field_words(ReturnPayment)["return_code"]


def test_a_command_is_named_in_words() -> None:
    assert command_name(ReceivePayment) == "Receive payment"


async def visitor_with(admin: Admin, role: Role, email_of: Role | None = None) -> Visitor:
    """Somebody with a session, who believes to have a role."""
    house = admin.lender.house
    token = await access.sign_in(house, f"{email_of or role}@example.com", PASSWORD)
    actor = await access.session(house, token)
    assert actor is not None
    believed = type(actor)(
        actor_id=actor.actor_id, name=actor.name, scopes=scopes_of((role,)), roles=(role,)
    )
    return Visitor(house, token, believed)


async def test_a_payment_is_posted_exactly_as_previewed(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/products")
    visitor = await visitor_with(admin, Role.servicing_agent)
    loan = await reads.loan(visitor.house, visitor.actor, admin.loan_id)
    receipts: list[Receipt] = []

    async def done(receipt: Receipt) -> None:
        receipts.append(receipt)

    with user:
        asked = CommandDialog(
            visitor, loan, ReceivePayment, choices={}, preset={"amount": "50.00"}, done=done
        )
        await asked._execute()
        assert not receipts, "nothing is posted that was not previewed"
        await asked._preview()
        before = await reads.loan(visitor.house, visitor.actor, admin.loan_id)
        assert before == loan, "a preview writes nothing"
        await asked._execute()
    after = await reads.loan(visitor.house, visitor.actor, admin.loan_id)
    assert receipts[0].balances == after.balances
    owed = Decimal(before.balances.total_owed) - Decimal(after.balances.total_owed)
    assert owed == Decimal("50.00")


async def test_a_role_taken_away_since_stops_the_press(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/products")
    visitor = await visitor_with(admin, Role.administrator, email_of=Role.auditor)
    loan = await reads.loan(visitor.house, visitor.actor, admin.loan_id)

    async def done(receipt: Receipt) -> None:
        raise AssertionError("it must not be done")

    with user:
        asked = CommandDialog(
            visitor, loan, ReceivePayment, choices={}, preset={"amount": "1.00"}, done=done
        )
        await asked._preview()
    await user.should_see("Your role does not allow this")


async def test_actions_follow_the_scopes(arrive: Arrive, admin: Admin) -> None:
    agent = await visitor_with(admin, Role.collector)
    loan = await reads.loan(agent.house, agent.actor, admin.loan_id)

    async def done(receipt: Receipt) -> None:
        return

    offered = LoanActions(agent, loan, done=done).offered()
    assert ReceivePayment in offered and ChangeRate not in offered
    auditor = await visitor_with(admin, Role.auditor)
    assert LoanActions(auditor, loan, done=done).offered() == ()


async def test_a_number_is_explained_down_to_its_steps(arrive: Arrive, admin: Admin) -> None:
    user = await arrive("/products")
    visitor = await visitor_with(admin, Role.auditor)
    with user:
        explanation.explain(visitor, admin.loan_id, "accrued_interest", "interest", Moment())
    await user.should_see("Agrees with the books", retries=20)
    await asyncio.sleep(0)
    assert user.find("Agrees with the books").elements


def test_values_of_an_explanation_are_written_for_people() -> None:
    assert explanation.value_words("12345.67") == "12,345.67"
    assert explanation.value_words("2026-11-24") == "Nov 24, 2026"
    assert explanation.value_words("actual/365") == "actual/365"


def test_a_fee_is_named_by_what_it_was_charged_for() -> None:
    late = FeeView(
        fee_id="late_fee/9", name="late_fee", kind="late_fee", amount="15.00", paid="0.00",
        waived="0.00", owed="15.00", assessed_on=date(2026, 11, 24), installment=9,
    )  # fmt: skip
    assert preview.fee_words(late) == "Late fee, installment 9"
    by_hand = msgspec.structs.replace(late, fee_id="copy_fee/14", name="copy_fee", installment=0)
    assert preview.fee_words(by_hand) == "Copy fee, Nov 24, 2026"
    assert preview.id_words("returned_payment_fee/12") == "Returned payment fee"


def test_who_recorded_an_event_is_said_in_words() -> None:
    assert timeline.actor_words("automation:daily_run") == "Daily run"
    assert timeline.actor_words("user_01k9zq3v5m8r2c7x4t6w0n1y9d") == "…6w0n1y9d"


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("amount", "a lot", "Write it as a number, like 451.46."),
        ("reason", "two\tcolumns", "Write it in plain words, on one line."),
        ("reason", "x" * 501, "Write at most 500 characters."),
    ],
)
async def test_a_field_that_cannot_be_read_says_what_to_write(
    arrive: Arrive, name: str, value: str, said: str
) -> None:
    preset = {"fee_id": "late_fee/1", "reason": "Goodwill", name: value}
    with await arrive("/products"):
        form = CommandForm(
            WaiveFee, business_date=TODAY, choices={}, preset=preset, on_change=lambda: None
        )
        assert form.command() is None
        assert form._fields[name].error == said


def test_pressing_a_column_sorts_down_then_up() -> None:
    assert table.turned("", "principal") == "-principal"
    assert table.turned("-principal", "principal") == "principal"
    marked = table.described((table.Column("principal", "Principal", sortable=True),), "-principal")
    assert marked[0]["sorted"] == "descending"


def test_an_unreadable_day_chooses_nothing() -> None:
    assert chosen_moment("soon", "") == Moment()
    assert chosen_moment("2026-01-02", "2026-02-03") == Moment(
        date(2026, 1, 2), end_of(date(2026, 2, 3))
    )


def test_a_loan_in_a_list_keeps_the_moment_looked_at() -> None:
    row = LoanRow(
        loan_id="loan_1", borrower_name="", product="p", product_title="P", status="active",
        principal="1000.00", total_owed="1000.00", amount_past_due="0.00", days_past_due=3,
        delinquency_stage="current", next_due_date=None, governing_state="CA",
    )  # fmt: skip
    shown = loan_row(row, Moment(as_of=date(2026, 1, 2)))
    assert shown["borrower_name_href"] == "/loans/loan_1?as_of=2026-01-02"
    assert shown["standing"] == "3 days past due"


def test_each_fault_is_said_in_words() -> None:
    assert in_words(Forbidden("fees:write")) == (
        "Your role does not allow this",
        "It takes a role that may: Assess and waive fees.",
    )
    assert "key" not in in_words(IdempotencyConflict("loan_1", "rcpt_1"))[1]
    assert in_words(VersionConflict(1, 2))[0] == "The loan changed meanwhile"
    assert in_words(Unavailable())[1].startswith("Nothing was changed")
    assert in_words(ZeroDivisionError())[0] == "Something went wrong here"


async def test_a_table_marks_links_and_pills(arrive: Arrive) -> None:
    with await arrive("/products"):
        shown = table.table(
            (table.Column("name", "Name"),), [{"name": "x"}], key="name", label="Names"
        )
        assert isinstance(shown, ui.table)
        assert shown.props["aria-label"] == "Names"
