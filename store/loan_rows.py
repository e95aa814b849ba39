"""Loans from their rows: states, or histories, of as many as are asked, in one round trip each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import asyncpg
import msgspec

from engine.codec.loan_text import decode_event, decode_state, state_fingerprint
from engine.loan.events import Event, Recorded
from engine.loan.evolve import fold
from engine.loan.loan import Loan

RECIPE: Final = 1
"""How ``chain_hash`` is computed; stands beside every hash."""
NO_HASH: Final = bytes(32)
"""What the first event of a loan follows."""


class StoredReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a key was answered before."""

    request_hash: bytes
    loan_id: str
    body: bytes


class StoredLoan(msgspec.Struct, frozen=True, kw_only=True):
    """A loan as it stands, with what the next write must follow."""

    loan: Loan
    last_hash: bytes
    recorded_at: datetime
    entries: int
    """Journal entries so far; the next takes the following number."""
    interest_booked: int
    """Interest booked so far, minor units."""
    booked_through: date | None


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the log with its place in the chain."""

    recorded: Recorded
    body: bytes
    hash: bytes

    @property
    def numbered(self) -> tuple[int, Event]:
        """Sequence number and event, as the engine wants them."""
        return self.recorded.seq, self.recorded.event


_STATE = (
    "s.loan_id, s.seq, s.state, s.fingerprint, s.last_hash, s.recorded_at, s.entries, "
    "s.interest_booked, s.booked_through"
)
_LOAD = f"""
SELECT {_STATE}, r.request_hash, r.loan_id AS receipt_loan, r.body AS receipt_body
FROM (SELECT 1) AS one
LEFT JOIN loan_state AS s ON s.loan_id = $1
LEFT JOIN receipt AS r ON r.client = $2 AND r.key = $3
"""
_STATES = f"SELECT {_STATE} FROM loan_state AS s WHERE s.loan_id = ANY($1)"
_HISTORIES = """
SELECT loan_id, seq, body, posted_on, recorded_at, actor, command_id, hash FROM event
WHERE loan_id = ANY($1) AND ($2::timestamptz IS NULL OR recorded_at <= $2) ORDER BY loan_id, seq
"""


def chain_hash(previous: bytes, body: bytes) -> bytes:
    """The hash of an event: of the one before and its own stored bytes."""
    return hashlib.sha256(previous + body).digest()


async def load(
    pool: asyncpg.Pool, loan_id: str, client: str, key: str
) -> tuple[StoredLoan | None, StoredReceipt | None]:
    """The loan as it stands, and what the key was answered, in one round trip."""
    row = await pool.fetchrow(_LOAD, loan_id, client, key)
    receipt = None
    if row["request_hash"] is not None:
        receipt = StoredReceipt(
            request_hash=row["request_hash"], loan_id=row["receipt_loan"], body=row["receipt_body"]
        )
    if row["seq"] is None:
        return None, receipt
    return (await _stored(pool, [row]))[loan_id], receipt


async def load_many(pool: asyncpg.Pool, loan_ids: Sequence[str]) -> dict[str, StoredLoan]:
    """Loans as they stand, by id, in one round trip; unknown ids are left out."""
    return await _stored(pool, await pool.fetch(_STATES, list(loan_ids)))


async def _stored(pool: asyncpg.Pool, rows: Sequence[Any]) -> dict[str, StoredLoan]:
    """The saved states; folded anew from the events where their shape is no longer ours."""
    ours = state_fingerprint()
    stale = [row["loan_id"] for row in rows if row["fingerprint"] != ours]
    past = await histories(pool, stale) if stale else {}
    return {
        row["loan_id"]: StoredLoan(
            loan=decode_state(row["state"])
            if row["fingerprint"] == ours
            else fold(row["loan_id"], (stored.numbered for stored in past[row["loan_id"]])),
            last_hash=row["last_hash"],
            recorded_at=row["recorded_at"],
            entries=row["entries"],
            interest_booked=row["interest_booked"],
            booked_through=row["booked_through"],
        )
        for row in rows
    }


async def histories(
    pool: asyncpg.Pool, loan_ids: Sequence[str], known_at: datetime | None = None
) -> dict[str, tuple[StoredEvent, ...]]:
    """Everything that happened to loans, by id, in recording order; as known then, if given.

    A loan of which nothing was known is there with no event.
    """
    found: dict[str, list[StoredEvent]] = {loan_id: [] for loan_id in loan_ids}
    for row in await pool.fetch(_HISTORIES, list(loan_ids), known_at):
        found[row["loan_id"]].append(stored_event(row))
    return {loan_id: tuple(events) for loan_id, events in found.items()}


async def event_bodies(
    pool: asyncpg.Pool, loan_ids: Sequence[str]
) -> dict[str, list[tuple[int, bytes]]]:
    """The events of loans as they are stored, by id, in recording order; not decoded."""
    found: dict[str, list[tuple[int, bytes]]] = {loan_id: [] for loan_id in loan_ids}
    for row in await pool.fetch(_HISTORIES, list(loan_ids), None):
        found[row["loan_id"]].append((row["seq"], row["body"]))
    return found


async def history(
    pool: asyncpg.Pool, loan_id: str, known_at: datetime | None = None
) -> tuple[StoredEvent, ...]:
    """Everything that happened to one loan."""
    return (await histories(pool, [loan_id], known_at))[loan_id]


def stored_event(row: Any) -> StoredEvent:
    """A row of the event log."""
    return StoredEvent(
        recorded=Recorded(
            seq=row["seq"],
            event=decode_event(row["body"]),
            recorded_at=row["recorded_at"],
            posted_on=row["posted_on"],
            actor=row["actor"],
            command_id=row["command_id"],
        ),
        body=row["body"],
        hash=row["hash"],
    )


def broken_link(events: Iterable[StoredEvent]) -> int | None:
    """Number of the first event whose hash does not follow from the one before; None if all do."""
    previous = NO_HASH
    for place, stored in enumerate(events, start=1):
        if stored.recorded.seq != place or stored.hash != chain_hash(previous, stored.body):
            return stored.recorded.seq
        previous = stored.hash
    return None
