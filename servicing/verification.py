"""Verification: does the whole book still say the same, counted a second way?

For each loan: the hash chain, the events read from the first on against the saved state, what
must always hold, positions against the engine, accounts against the loan. For the book: entries
balance, business dates against their roots.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from typing import Any

from engine.catalog.chart_of_accounts import AccountRole
from engine.loan.invariants import broken
from engine.loan.position import Position, positions
from engine.loan.reapply import live
from engine.values.money import Money
from servicing.house import House
from servicing.views import VerifyReport
from store.daily_rows import day_hashes
from store.journal_rows import account_sums
from store.loan_rows import broken_link, history, load
from store.verify_rows import (
    current_positions,
    entry_count,
    loan_ids,
    roots,
    unbalanced_entries,
)

MOST_PROBLEMS = 200
"""Problems listed; a book that wrong need not be read to the end."""
_COMPARED = (
    "valid_from", "next_boundary", "principal", "anchor", "fees_owed", "unapplied_funds",
    "recovery_balance", "past_due_first_day", "past_due_after", "past_due_fees_first_day",
    "past_due_fees_after", "all_past_due_after", "oldest_unpaid_due_date", "next_due_date",
    "next_due_amount", "stage", "carry_numerator", "carry_denominator", "rate_numerator",
    "rate_denominator",
)  # fmt: skip


async def verify(house: House, progress: Callable[[int, int], None] | None = None) -> VerifyReport:
    """Check every loan and the book; what is wrong is told in words."""
    started = time.monotonic()
    problems: list[str] = [
        f"Journal entry {entry} does not balance." for entry in await unbalanced_entries(house.pool)
    ]
    problems += [problem async for problem in _roots(house)]
    loans, events = await loan_ids(house.pool), 0
    for done, loan_id in enumerate(loans, start=1):
        count, found = await check_loan(house, loan_id)
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


async def check_loan(house: House, loan_id: str) -> tuple[int, list[str]]:
    """How many events a loan has, and everything wrong with it."""
    stored, _ = await load(house.pool, loan_id, "", "")
    past = await history(house.pool, loan_id)
    if stored is None:
        return len(past), [f"{loan_id}: it has no saved state."]
    problems = []
    link = broken_link(past)
    if link is not None:
        problems.append(f"event {link} does not follow from the one before it: it was changed")
    elif past and past[-1].hash != stored.last_hash:
        problems.append("the saved state follows another event than the last")
    loan = stored.loan
    terms = house.catalog.terms_in_force(loan.product, loan.product_version)
    numbered = [item.numbered for item in past]
    sums = (await account_sums(house.pool, [loan_id])).get(loan_id, {})
    balances = {AccountRole(role): Money(amount) for role, amount in sums.items()}
    assert loan.last_effective_on is not None, f"{loan_id} has no event"
    problems += broken(loan, numbered, balances, terms, loan.last_effective_on)
    wanted = positions(None, live(numbered), terms, loan_id=loan_id)
    problems += _positions(await current_positions(house.pool, loan_id), wanted)
    return len(past), [f"{loan_id}: {problem}" for problem in problems]


def _positions(stored: list[Any], wanted: tuple[Position, ...]) -> Iterator[str]:
    """Differences between positions as stored and as the events give them."""
    days = {row["valid_from"]: row for row in stored}
    for position in wanted:
        row = days.pop(position.valid_from, None)
        if row is None:
            before = [r for r in stored if r["valid_from"] < position.valid_from]
            row = before[-1] if before else None
            if row is None or row["principal"] != position.principal.minor:
                yield f"there is no position from {position.valid_from}"
            continue
        for name in _COMPARED:
            value = getattr(position, name)
            plain = value.minor if isinstance(value, Money) else value
            if row[name] != plain:
                yield f"{name} from {position.valid_from} is {row[name]}, events give {plain}"


async def _roots(house: House) -> Any:
    """Business dates whose events no longer give their root."""
    for row in await roots(house.pool):
        hashes = await day_hashes(house.pool, row["posted_on"])
        root = hashlib.sha256(b"".join(hashes)).digest()
        if root != row["root"]:
            yield f"The events of {row['posted_on']} do not give the root kept for that day."
