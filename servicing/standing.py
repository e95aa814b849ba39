"""A loan as it stood: on a day, as known at a moment, with the terms it stands under."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.interest.rate_plan.index_values import IndexBook
from engine.loan.advance import advance
from engine.loan.events import Event
from engine.loan.evolve import fold
from engine.loan.loan import Loan
from servicing.errors import LoanNotFound
from servicing.house import House
from servicing.index_book import index_followed
from store.index_rows import index_values
from store.loan_rows import StoredEvent, histories, load_many

Numbered = tuple[int, Event]
IN_ONE_GO: Final = 200
"""Loans read by one statement: enough to spare round trips, few enough to hold in memory."""


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

    Raises LoanNotFound when there was no such loan.
    """
    [found] = await standings(house, [loan_id], as_of, as_known_at, with_history=with_history)
    return found


async def standings(
    house: House,
    loan_ids: Sequence[str],
    as_of: date | None = None,
    as_known_at: datetime | None = None,
    *,
    with_history: bool = False,
) -> list[Standing]:
    """Loans as of a day, in the order asked for; two statements for each ``IN_ONE_GO`` of them.

    A day before what was last decided of a loan, or a moment in the past, folds the events that
    count by then. Raises LoanNotFound when one of the loans was not there.
    """
    found: list[Standing] = []
    for start in range(0, len(loan_ids), IN_ONE_GO):
        part = loan_ids[start : start + IN_ONE_GO]
        at: dict[str, Standing] = {}
        if as_known_at is None and not with_history:
            states = await load_many(house.pool, part)
            indexes = await _indexes(house, (one.loan for one in states.values()), None)
            for loan_id, stored in states.items():
                day = as_of or house.clock.business_date(stored.loan.legal_entity_id)
                decided = stored.loan.last_effective_on
                if decided is None or day >= decided:
                    at[loan_id] = _advanced(house, stored.loan, day, stored.loan.seq, indexes)
        behind = [loan_id for loan_id in part if loan_id not in at]
        if behind:
            past = await histories(house.pool, behind, as_known_at)
            begun = (fold(one, [events[0].numbered]) for one, events in past.items() if events)
            indexes = await _indexes(house, begun, as_known_at)
            at |= {
                loan_id: _folded(house, loan_id, past[loan_id], as_of, indexes)
                for loan_id in behind
            }
        found += [at[loan_id] for loan_id in part]
    return found


async def _indexes(house: House, loans: Iterable[Loan], as_known_at: datetime | None) -> IndexBook:
    """Values of the indexes that the loans follow; asks nothing where they follow none."""
    products = {(loan.product, loan.product_version) for loan in loans}
    followed = {index_followed(house.catalog.product(*product)) for product in products}
    names = {index for index in followed if index is not None}
    return await index_values(house.pool, names, as_known_at) if names else {}


def _folded(
    house: House,
    loan_id: str,
    events: tuple[StoredEvent, ...],
    as_of: date | None,
    indexes: IndexBook,
) -> Standing:
    """The loan of the events that count by a day."""
    if not events:
        raise LoanNotFound(loan_id)
    entity = fold(loan_id, [events[0].numbered]).legal_entity_id
    day = as_of or house.clock.business_date(entity)
    loan = fold(loan_id, (e.numbered for e in events if e.recorded.event.effective_on <= day))
    if loan.terms is None:
        raise LoanNotFound(loan_id)
    return _advanced(house, loan, day, events[-1].recorded.seq, indexes, events)


def _advanced(
    house: House,
    loan: Loan,
    day: date,
    last: int,
    indexes: IndexBook,
    events: tuple[StoredEvent, ...] = (),
) -> Standing:
    """Time passed over the loan in memory; what it decided is numbered after what is known."""
    own = house.catalog.terms_in_force(loan.product, loan.product_version)
    terms = replace(own, indexes=indexes) if indexes else own
    advanced = advance(loan, day, terms)
    ahead = tuple((last + place, e) for place, (_, e) in enumerate(advanced.events, start=1))
    return Standing(advanced.loan, day, terms, last, events, ahead)
