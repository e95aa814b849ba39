"""Loans to measure with: the products and rules of this checkout, lived through real commands."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.commands import BookLoan, Command, DisburseLoan, ReceivePayment, RequestedTerms
from engine.loan.decide import decide
from engine.loan.decisions.decision import Decision
from engine.loan.events import Event
from engine.loan.loan import Loan
from engine.loan.terms import Circumstances
from store.definitions.load import load_catalog

HERE = Path(__file__).resolve().parent.parent
CONTRACT = date(2026, 1, 15)


@cache
def catalog() -> Catalog:
    """Products and rules of the checkout."""
    return load_catalog(HERE / "products", HERE / "rules")


@cache
def personal_terms() -> TermsInForce:
    """The personal installment loan and the law it stands under."""
    return catalog().terms_in_force("personal_installment", 1)


def booking(payments: int = 36) -> BookLoan:
    """A loan of 10,000 at 12.99 % in California."""
    terms = RequestedTerms(
        amount="10000.00",
        note_rate="0.1299",
        number_of_payments=payments,
        contract_date=CONTRACT,
        circumstances=Circumstances(state="CA"),
    )
    return BookLoan(borrower_id="brw_bench", product="personal_installment", terms=terms)


class Life:
    """A loan with its history."""

    def __init__(self) -> None:
        self.loan: Loan | None = None
        self.history: list[tuple[int, Event]] = []
        self.commands: list[Command] = []

    def live(self, command: Command) -> Decision:
        """Carry a command out."""
        decision = decide(self.loan, command, personal_terms(), loan_id="loan_bench")
        assert isinstance(decision, Decision), decision
        self.loan = decision.loan
        self.history += decision.events
        self.commands.append(command)
        return decision


def lived(payments_made: int, payments: int = 36) -> Life:
    """A loan with so many installments paid on their due dates."""
    life = Life()
    life.live(booking(payments))
    life.live(DisburseLoan(disbursed_on=CONTRACT))
    for _ in range(payments_made):
        assert life.loan is not None
        row = observe.unbilled(life.loan)[0]
        life.live(ReceivePayment(amount=row.amount.text(), received_on=row.due_date))
    return life
