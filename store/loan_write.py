"""Write what one command came to: one statement, guarded by the loan's version.

Nothing is locked while deciding. The statement first moves the version from the one read to the
new one; when another write was faster the guard is empty, nothing is written, and the caller
decides again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

import asyncpg
import msgspec

from engine.codec.loan_text import encode_event, encode_state, state_fingerprint
from engine.ledger.entry import JournalEntry
from engine.loan.events import Event, LoanMoved
from engine.loan.loan import Loan
from engine.loan.position import Position
from store.finding_rows import FindingRow, columns_of, insertion
from store.loan_rows import RECIPE, chain_hash
from store.tables import position as position_table


class LoanWrite(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one command writes, beside the version it rests on."""

    loan: Loan
    before_seq: int
    """Version decided on; 0 for a new loan."""
    before_entries: int
    last_hash: bytes
    events: tuple[tuple[int, Event], ...]
    positions: tuple[Position, ...]
    entries: tuple[JournalEntry, ...]
    accounts: dict[str, str]
    """Role → account code of the loan's chart."""
    rounding: str
    interest_booked: int
    booked_through: date | None
    recorded_at: datetime
    posted_on: date
    actor: str
    command_id: str
    client: str
    key: str
    request_hash: bytes
    receipt: bytes | None
    """The answer to keep under the key; None keeps none."""
    messages: tuple[tuple[int, str, dict[str, Any]], ...] = ()
    """(loan seq, topic, body) for the world to hear."""
    findings: tuple[FindingRow, ...] = ()
    """What rules said that is more than that all is well."""


_NEW: Final = """
WITH new_loan AS (
    INSERT INTO loan (loan_id, borrower_id, legal_entity_id, product, product_version, currency,
                      contract_date, governing_state, external_id, recorded_at)
    SELECT $1, $64, $65, $66, $67, $68, $69, $70, $71, $9
    ON CONFLICT (loan_id) DO NOTHING RETURNING loan_id
), guard AS (
    INSERT INTO loan_state (loan_id, seq, state, fingerprint, last_hash, recorded_at, entries,
                            interest_booked, booked_through)
    SELECT loan_id, $4, $5, $6, $7, $9, $8, $61, $62 FROM new_loan
    WHERE $2::int = 0 AND $3::int = 0 RETURNING loan_id
), """
_KEPT: Final = {
    column.name: {
        "valid_until": "$60::date",
        "known_from": "$9::timestamptz",
        "known_until": "'infinity'::timestamptz",
    }.get(column.name, f"closed.{column.name}")
    for column in position_table.columns
}
"""The part of a closed position that still holds: column → what it takes."""
_KNOWN: Final = f"""
WITH guard AS (
    UPDATE loan_state SET seq = $4, state = $5, fingerprint = $6, last_hash = $7, entries = $8,
                          recorded_at = $9, interest_booked = $61, booked_through = $62
    WHERE loan_id = $1 AND seq = $2 AND entries = $3 RETURNING loan_id
), closed AS (
    UPDATE position AS p SET known_until = $9 FROM guard
    WHERE p.loan_id = guard.loan_id AND p.known_until = 'infinity' AND p.valid_until > $60::date
    RETURNING p.*
), kept AS (
    INSERT INTO position ({", ".join(_KEPT)})
    SELECT {", ".join(_KEPT.values())} FROM closed WHERE closed.valid_from < $60::date
), """
_MOVED: Final = """versioned AS (
    UPDATE loan SET product_version = ${0} FROM guard WHERE loan.loan_id = guard.loan_id
), """
"""For a loan moved to another version: lists and counts find it under that one."""
_REST: Final = """event_rows AS (
    INSERT INTO event (loan_id, posted_on, recorded_at, actor, command_id, recipe, seq, kind,
                       effective_on, body, hash)
    SELECT guard.loan_id, $10, $9, $11, $12, $13::smallint, e.* FROM guard,
        unnest($14::int[], $15::text[], $16::date[], $17::bytea[], $18::bytea[]) AS e
), position_rows AS (
    INSERT INTO position (loan_id, known_from, product, currency, rounding, contract_month,
        valid_from, valid_until, next_boundary, status, principal, carry_numerator,
        carry_denominator, anchor, day_count, rate_numerator, rate_denominator, fees_owed,
        unapplied_funds, recovery_balance, past_due_first_day, past_due_after,
        past_due_fees_first_day, past_due_fees_after, all_past_due_after, oldest_unpaid_due_date,
        next_due_date, next_due_amount, stage, per_day_numerator, per_day_denominator,
        interest_bearing)
    SELECT guard.loan_id, $9, $19, $20, $21, $63::date, p.* FROM guard, unnest(
        $22::date[], $23::date[], $24::date[], $25::text[], $26::bigint[], $27::numeric[],
        $28::numeric[], $29::date[], $30::text[], $31::numeric[], $32::numeric[],
        $33::bigint[], $34::bigint[], $35::bigint[], $36::bigint[], $37::bigint[],
        $38::bigint[], $39::bigint[], $40::date[], $41::date[],
        $42::date[], $43::bigint[], $44::text[], $45::bigint[], $46::bigint[], $47::bigint[]) AS p
), entry_rows AS (
    INSERT INTO journal_entry (loan_id, posted_on, recorded_at, entry, event_seq, effective_on,
                               title)
    SELECT guard.loan_id, $10, $9, j.* FROM guard,
        unnest($48::int[], $49::int[], $50::date[], $51::text[]) AS j
), posting_rows AS (
    INSERT INTO posting (loan_id, entry, line, role, account, amount)
    SELECT guard.loan_id, q.* FROM guard,
        unnest($52::int[], $53::smallint[], $54::text[], $55::text[], $56::bigint[]) AS q
), message_rows AS (
    INSERT INTO outbox (loan_id, recorded_at, seq, topic, body)
    SELECT guard.loan_id, $9, m.* FROM guard, unnest($57::int[], $58::text[], $59::jsonb[]) AS m
)"""
_RECEIPT: Final = """, receipt_row AS (
    INSERT INTO receipt (client, key, request_hash, loan_id, body, recorded_at)
    SELECT {0}, {1}, {2}, guard.loan_id, {3}, $9 FROM guard
)"""
_DONE: Final = "\nSELECT count(*) FROM guard"


async def write(pool: asyncpg.Pool, made: LoanWrite) -> bool:
    """Write it all or nothing; False when the version had moved.

    Raises UniqueViolationError when the same key was written in between by another.
    """
    new = made.before_seq == 0
    parameters = _parameters(made)
    if new:
        parameters += _loan_columns(made)
    moved = any(isinstance(event, LoanMoved) for _, event in made.events)
    if moved:
        parameters.append(made.loan.product_version)
    also = _MOVED.format(len(parameters)) if moved else ""
    statement = (_NEW if new else _KNOWN) + also + _REST
    if made.receipt is not None:
        first = len(parameters) + 1
        statement += _RECEIPT.format(*(f"${first + place}" for place in range(4)))
        parameters += [made.client, made.key, made.request_hash, made.receipt]
    if made.findings:
        said = insertion(len(parameters) + 1, "guard.loan_id, $10, $9, $11 FROM guard")
        statement += f", finding_rows AS ({said})"
        parameters += columns_of(made.findings)
    if new:
        # $60 belongs to the statement of known loans; it is named so that its type is known.
        statement += ", untouched AS (SELECT $60::date)"
    done: int = await pool.fetchval(statement + _DONE, *parameters)
    return done == 1


def _parameters(made: LoanWrite) -> list[Any]:
    loan = made.loan
    bodies = [encode_event(event) for _, event in made.events]
    hashes: list[bytes] = []
    previous = made.last_hash
    for body in bodies:
        previous = chain_hash(previous, body)
        hashes.append(previous)
    return [
        loan.loan_id,
        made.before_seq,
        made.before_entries,
        loan.seq,
        encode_state(loan),
        state_fingerprint(),
        previous,
        made.before_entries + len(made.entries),
        made.recorded_at,
        made.posted_on,
        made.actor,
        made.command_id,
        RECIPE,
        [seq for seq, _ in made.events],
        [str(type(event).__struct_config__.tag) for _, event in made.events],
        [event.effective_on for _, event in made.events],
        bodies,
        hashes,
        loan.product,
        loan.currency,
        made.rounding,
        *position_columns(made.positions),
        *_entry_columns(made),
        [seq for seq, _, _ in made.messages],
        [topic for _, topic, _ in made.messages],
        [body for _, _, body in made.messages],
        made.positions[0].valid_from if made.positions else date.max,
        made.interest_booked,
        made.booked_through,
        loan.agreed.contract_date.replace(day=1),
    ]


def position_columns(positions: Sequence[Position]) -> list[list[Any]]:
    """Columns of positions from ``valid_from`` on, each position ending where the next begins."""
    ends = [*[later.valid_from for later in positions[1:]], date.max]
    rows = [
        (
            row.valid_from,
            end,
            row.next_boundary,
            row.status.value,
            row.principal.minor,
            Decimal(row.carry_numerator),
            Decimal(row.carry_denominator),
            row.anchor,
            row.day_count.value,
            Decimal(row.rate_numerator),
            Decimal(row.rate_denominator),
            row.fees_owed.minor,
            row.unapplied_funds.minor,
            row.recovery_balance.minor,
            row.past_due_first_day.minor,
            row.past_due_after.minor,
            row.past_due_fees_first_day.minor,
            row.past_due_fees_after.minor,
            row.all_past_due_after,
            row.oldest_unpaid_due_date,
            row.next_due_date,
            row.next_due_amount.minor,
            row.stage,
            row.per_day_numerator,
            row.per_day_denominator,
            row.interest_bearing.minor,
        )
        for row, end in zip(positions, ends, strict=bool(positions))
    ]
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(26)]


def _entry_columns(made: LoanWrite) -> list[list[Any]]:
    numbers = range(made.before_entries + 1, made.before_entries + 1 + len(made.entries))
    postings = [
        (number, line, posting.role.value, made.accounts[posting.role.value], posting.amount.minor)
        for number, entry in zip(numbers, made.entries, strict=True)
        for line, posting in enumerate(entry.postings)
    ]
    lines = [list(column) for column in zip(*postings, strict=True)] or [[] for _ in range(5)]
    return [
        list(numbers),
        [entry.event_seq for entry in made.entries],
        [entry.effective_on for entry in made.entries],
        [entry.title for entry in made.entries],
        *lines,
    ]


def _loan_columns(made: LoanWrite) -> list[Any]:
    loan, terms = made.loan, made.loan.agreed
    external = next((getattr(event, "external_id", "") for _, event in made.events[:1]), "")
    return [
        loan.borrower_id,
        loan.legal_entity_id,
        loan.product,
        loan.product_version,
        loan.currency,
        terms.contract_date,
        terms.circumstances.state,
        external,
    ]
