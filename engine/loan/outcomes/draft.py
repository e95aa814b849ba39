"""A decision in the making: each event recorded is folded in at once, so the next step sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.finding import Finding
from engine.loan.events import Because, Event, LoanMoved
from engine.loan.evolve import evolve
from engine.loan.loan import Loan
from engine.loan.versions import terms_now


@dataclass(slots=True)
class Draft:
    """The loan so far, the events decided so far, and what rules said about them."""

    loan: Loan
    terms: TermsInForce
    next_seq: int
    """Sequence number the next event takes."""
    events: list[tuple[int, Event]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    waiting: frozenset[date] = frozenset()
    """Days of resets that go on waiting for their index value, whatever is known of it now."""

    @staticmethod
    def on(loan: Loan, terms: TermsInForce) -> Draft:
        """A draft that continues the loan's history."""
        return Draft(loan=loan, terms=terms_now(loan, terms), next_seq=loan.seq + 1)

    def record(self, event: Event) -> int:
        """Add an event and apply it; its sequence number."""
        seq = self.next_seq
        self.events.append((seq, event))
        self.apply(seq, event)
        self.next_seq = seq + 1
        return seq

    def apply(self, seq: int, event: Event) -> None:
        """Apply an event; a move changes what is decided from then on."""
        self.loan = evolve(self.loan, seq, event)
        if isinstance(event, LoanMoved):
            self.terms = terms_now(self.loan, self.terms)

    def because(self, term: str = "", **figures: str) -> Because:
        """What an outcome rests on: this product version, a term of it, and figures."""
        return Because(product=self.terms.product.reference, term=term, figures=dict(figures))
