"""What may be done to a loan now: every command of the engine that fits, by the actor's scopes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from nicegui import ui

from admin_ui.components.command_dialog import CommandDialog, command_name
from admin_ui.components.command_form import Choices
from admin_ui.components.preview import fee_words
from admin_ui.formats import day, money
from admin_ui.visitor import Visitor
from engine.loan.commands import (
    AssessFee,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
    MoveLoan,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.values.money import ZERO, Money
from servicing.ids import payment_of
from servicing.permissions import scope_for_kind
from servicing.views import HistoryItem, LoanView, Receipt

BY_STATUS: Mapping[str, tuple[type[Command], ...]] = {
    "booked": (DisburseLoan, CancelLoan),
    "active": (
        ReceivePayment,
        DisburseLoan,
        AssessFee,
        WaiveFee,
        RecordBorrowerStatus,
        ChangeRate,
        PauseInterest,
        EndInterestPause,
        MoveLoan,
        PlaceOnNonAccrual,
        ReturnToAccrual,
        ChargeOffLoan,
    ),
    "charged_off": (ReceivePayment,),
}
"""Status → commands that it allows; the first is offered as the page's own button."""


class LoanActions:
    """Offers the commands and opens their dialogs."""

    def __init__(
        self, visitor: Visitor, loan: LoanView, *, done: Callable[[Receipt], Awaitable[None]]
    ) -> None:
        self.visitor, self.loan, self._done = visitor, loan, done

    def offered(self) -> tuple[type[Command], ...]:
        """Commands the loan's status and the actor's scopes allow."""
        return tuple(
            kind
            for kind in BY_STATUS.get(self.loan.status, ())
            if self.visitor.may(scope_for_kind(kind))
            and (kind is not WaiveFee or self.loan.unpaid_fees)
            and (kind is not DisburseLoan or self._can_be_drawn())
            and (kind is not EndInterestPause or self.loan.interest_paused_until)
            and (kind is not PlaceOnNonAccrual or not self.loan.non_accrual_since)
            and (kind is not ReturnToAccrual or self.loan.non_accrual_since)
        )

    def _can_be_drawn(self) -> bool:
        return Money.parse(self.loan.undrawn_amount, self.loan.currency) > ZERO

    def buttons(self) -> None:
        """The first command as a button, the others in a menu."""
        kinds = self.offered()
        if not kinds:
            return
        if len(kinds) > 1:
            with ui.button("More", icon="expand_more").props('outline aria-haspopup="menu"'):
                with ui.menu().props("auto-close"):
                    for kind in kinds[1:]:
                        ui.menu_item(command_name(kind), on_click=partial(self.open, kind))
        ui.button(command_name(kinds[0]), on_click=partial(self.open, kinds[0]))

    def about(self, item: HistoryItem) -> list[tuple[str, Callable[[], Any]]]:
        """Commands about one event: a payment can come back or be reversed, a fee be waived."""
        if item.event == "payment_received" and not item.undone:
            found = payment_of(item.payment_id)
            assert found is not None, "a payment received has its id"
            payment = f"{money(item.amount, self.loan.currency)}, {day(item.effective_on)}"
            known = {"payment": {found[1]: payment}}
            return [
                (words, partial(self.open, kind, known, payment=found[1]))
                for words, kind in (("Returned", ReturnPayment), ("Reverse", ReversePayment))
                if self.visitor.may(scope_for_kind(kind))
            ]
        if item.event == "loan_disbursed" and not item.undone:
            part = f"{money(item.amount, self.loan.currency)}, {day(item.effective_on)}"
            known = {"disbursement": {item.seq: part}}
            kind = ReverseDisbursement
            if not self.visitor.may(scope_for_kind(kind)):
                return []
            return [("Reverse", partial(self.open, kind, known, disbursement=item.seq))]
        fee_id = str(item.detail.get("fee_id", ""))
        unpaid = any(fee.fee_id == fee_id for fee in self.loan.unpaid_fees)
        if item.event == "fee_assessed" and unpaid and self.visitor.may(scope_for_kind(WaiveFee)):
            return [("Waive", partial(self.open, WaiveFee, fee_id=fee_id))]
        return []

    def open(self, kind: type[Command], known: Choices | None = None, **preset: Any) -> None:
        """Open the dialog of a command; ``known`` are choices beside those the loan has."""
        CommandDialog(
            self.visitor,
            self.loan,
            kind,
            choices={**self._choices(), **(known or {})},
            preset=preset or self._preset(kind),
            done=self._done,
        )

    def _preset(self, kind: type[Command]) -> dict[str, Any]:
        if kind is ReceivePayment and self.loan.status == "active":
            return {"amount": self.loan.next_due_amount}
        return {}

    def _choices(self) -> Choices:
        """Fields whose values the loan itself knows."""
        currency = self.loan.currency
        return {
            "fee_id": {
                fee.fee_id: f"{fee_words(fee)}, {money(fee.owed, currency)} owed"
                for fee in self.loan.unpaid_fees
            },
            "fee": self._manual_fees(),
            "return_code": {
                "R01": "R01 Insufficient funds",
                "R02": "R02 Account closed",
                "R03": "R03 No account",
                "R08": "R08 Payment stopped",
                "R09": "R09 Uncollected funds",
                "R10": "R10 Not authorized",
            },
        }

    def _manual_fees(self) -> dict[str, str]:
        product = self.visitor.house.catalog.product(self.loan.product, self.loan.product_version)
        kinds = ((fee, str(fee.__struct_config__.tag)) for fee in product.fees)
        return {fee.name: fee.title for fee, kind in kinds if kind == "manual_fee"}
