"""A loan as it stood: on a day, as known at a moment, with the terms it stands under."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.advance import advance
from engine.loan.events import Event
from engine.loan.evolve import fold
from engine.loan.loan import Loan
from servicing.errors import LoanNotFound
from servicing.house import House
from store.loan_rows import StoredEvent, history, load

Numbered = tuple[int, Event]


@dataclass(frozen=True, slots=True)
class Standing:
    """A loan at the end of a day, with what was known of it."""

    loan: Loan
    """Advanced through the day, in memory."""
    day: date
    terms: TermsInForce
    seq: int
    """Number of the last event known, whatever its day: the loan's version then."""
    events: tuple[StoredEvent, ...] = ()
    """The history known; empty where only the state was needed."""
    ahead: tuple[Numbered, ...] = ()
    """What time has decided by the day and no write has recorded yet."""

    @property
    def numbered(self) -> list[Numbered]:
        """The history as the engine wants it, as recorded."""
        return [stored.numbered for stored in self.events]


async def standing(
    house: House,
    loan_id: str,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
    *,
    with_history: bool = False,
) -> Standing:
    """The loan as of a day, as known at a moment; today and now where none is given.

    A day before what was last decided, or a moment in the past, folds the events that count by
    then. Raises LoanNotFound when there was no such loan.
    """
    if as_known_at is None and not with_history:
        stored, _ = await load(house.pool, loan_id, "", "")
        if stored is None:
            raise LoanNotFound(loan_id)
        loan = stored.loan
        day = as_of or house.clock.business_date(loan.legal_entity_id)
        if loan.last_effective_on is None or day >= loan.last_effective_on:
            terms = house.catalog.terms_in_force(loan.product, loan.product_version)
            advanced = advance(loan, day, terms)
            return Standing(advanced.loan, day, terms, loan.seq, (), tuple(advanced.events))
    events = await history(house.pool, loan_id, as_known_at)
    if not events:
        raise LoanNotFound(loan_id)
    day = as_of or house.clock.business_date()
    loan = fold(loan_id, (e.numbered for e in events if e.recorded.event.effective_on <= day))
    if loan.terms is None:
        raise LoanNotFound(loan_id)
    terms = house.catalog.terms_in_force(loan.product, loan.product_version)
    advanced = advance(loan, day, terms)
    last = events[-1].recorded.seq
    ahead = tuple((last + place, e) for place, (_, e) in enumerate(advanced.events, start=1))
    return Standing(advanced.loan, day, terms, last, events, ahead)
