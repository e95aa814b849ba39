"""Verification: does the whole book still say the same, counted a second way?

For each loan: the hash chain, the events read from the first on against the saved state, what
must always hold, positions against the engine, accounts against the loan. For the book: entries
balance, business dates against their roots.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from engine.catalog.chart_of_accounts import AccountRole
from engine.loan.invariants import broken
from engine.loan.position import Position, positions
from engine.loan.reapply import live
from engine.loan.status import LoanStatus
from engine.values.money import ZERO, Money
from servicing.house import House, one_view
from servicing.standing import IN_ONE_GO
from servicing.views import VerifyReport
from store.journal_rows import account_sums
from store.loan_rows import StoredEvent, StoredLoan, broken_link, histories, load_many
from store.verify_rows import (
    current_positions,
    days_unlike_their_root,
    entry_count,
    loan_ids,
    unbalanced_entries,
)

MOST_PROBLEMS = 200
"""Problems listed; a book that wrong need not be read to the end."""

_CLOSED = (LoanStatus.paid_off, LoanStatus.charged_off)
"""Loans that owe no interest any more, so none stands as receivable."""


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of one loan, as of one moment."""

    loan_id: str
    stored: StoredLoan | None
    past: tuple[StoredEvent, ...]
    accounts: Mapping[str, int]
    """Role → what its postings come to, minor units."""
    positions: list[Any]
    """Rows of positions as known now, by day."""


async def verify(house: House, progress: Callable[[int, int], None] | None = None) -> VerifyReport:
    """Check every loan and the book; what is wrong is told in words."""
    started = time.monotonic()
    problems: list[str] = [
        f"Journal entry {entry} does not balance." for entry in await unbalanced_entries(house.pool)
    ]
    problems += [
        f"The events of {day} do not give the root kept for that day."
        for day in await days_unlike_their_root(house.pool)
    ]
    loans, events, done = await loan_ids(house.pool), 0, 0
    async for count, found in check_loans(house, loans):
        done += 1
        events += count
        problems += found
        if progress:
            progress(done, len(loans))
        if len(problems) > MOST_PROBLEMS:
            problems.append(f"More than {MOST_PROBLEMS} problems: {done} of {len(loans)} checked.")
            break
    return VerifyReport(
        loans=len(loans),
        events=events,
        entries=await entry_count(house.pool),
        problems=tuple(problems),
        seconds=time.monotonic() - started,
    )


async def check_loans(
    house: House, loan_ids: Sequence[str]
) -> AsyncIterator[tuple[int, list[str]]]:
    """How many events each loan has, and everything wrong with it, in the order asked."""
    for start in range(0, len(loan_ids), IN_ONE_GO):
        for kept in await _kept(house, loan_ids[start : start + IN_ONE_GO]):
            yield len(kept.past), [f"{kept.loan_id}: {wrong}" for wrong in _wrong(house, kept)]
            await asyncio.sleep(0)  # others have their turn: a book takes a while


async def _kept(house: House, loan_ids: Sequence[str]) -> list[Kept]:
    """What is kept of loans, read at one moment: a write in between is no difference."""
    async with one_view(house) as seen:
        states = await load_many(seen.pool, loan_ids)
        past = await histories(seen.pool, loan_ids)
        sums = await account_sums(seen.pool, loan_ids)
        rows = await current_positions(seen.pool, loan_ids)
    return [
        Kept(ident, states.get(ident), past[ident], sums.get(ident, {}), rows.get(ident, []))
        for ident in loan_ids
    ]


def _wrong(house: House, kept: Kept) -> Iterator[str]:
    """Everything wrong with one loan."""
    if kept.stored is None:
        yield "it has no saved state."
        return
    link = broken_link(kept.past)
    if link is not None:
        yield f"event {link} does not follow from the one before it: it was changed"
    elif kept.past and kept.past[-1].hash != kept.stored.last_hash:
        yield "the saved state follows another event than the last"
    loan = kept.stored.loan
    terms = house.catalog.terms_in_force(loan.product, loan.product_version)
    numbered = [item.numbered for item in kept.past]
    balances = {AccountRole(role): Money(amount) for role, amount in kept.accounts.items()}
    assert loan.last_effective_on is not None, f"{kept.loan_id} has no event"
    yield from broken(loan, numbered, balances, terms, loan.last_effective_on)
    receivable = balances.get(AccountRole.interest_receivable, ZERO)
    if receivable > ZERO and loan.non_accrual_since(loan.last_effective_on) is not None:
        yield f"it is on non-accrual, and interest receivable is {receivable.text(loan.currency)}"
    if receivable and loan.status in _CLOSED:
        said = loan.status.value.replace("_", " ")
        yield f"it is {said}, and interest receivable is {receivable.text(loan.currency)}"
    wanted = positions(None, live(numbered), terms, loan_id=kept.loan_id)
    yield from _positions(kept.positions, wanted)


def _positions(stored: list[Any], wanted: tuple[Position, ...]) -> Iterator[str]:
    """Differences between positions as stored and as the events give them."""
    days = {row["valid_from"]: row for row in stored}
    for position in wanted:
        row = days.pop(position.valid_from, None)
        if row is None:
            yield f"there is no position from {position.valid_from}"
            continue
        for name in Position.__struct_fields__:
            value = getattr(position, name)
            plain = _plain(value)
            if row[name] != plain:
                yield f"{name} from {position.valid_from} is {row[name]}, events give {plain}"
    for day in days:
        yield f"there is a position from {day}, events give none"


def _plain(value: Any) -> Any:
    """A value of a position as its column holds it."""
    match value:
        case Money():
            return value.minor
        case Enum():
            return value.value
        case _:
            return value
