"""The one write path: every command of every door is judged, written and answered here.

Permission, idempotency by key and hash, judgment, books, then one guarded statement; a dry run is
the same path stopped before it. A command that lost a race is decided again on what won it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

import asyncpg
import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.compliance.set_aside import SetAside
from engine.errors import Refusal
from engine.ledger.entry import JournalEntry
from engine.ledger.journalize import journalize
from engine.loan.commands import BoardLoan, BookLoan, Command
from engine.loan.decide import decide
from engine.loan.decisions.decision import Decision, NeedsHistory
from engine.loan.position import positions
from servicing import findings_kept, permissions
from servicing.actor import Actor
from servicing.ahead_of_time import refuse_ahead
from servicing.clock import Clock
from servicing.errors import (
    CommandRefused,
    IdempotencyConflict,
    LoanNotFound,
    Unavailable,
    VersionConflict,
)
from servicing.house import House
from servicing.ids import new_id
from servicing.in_force import InForce
from servicing.index_book import with_indexes
from servicing.interest_books import corrected
from servicing.messages import public_messages
from servicing.quotes import product_of
from servicing.receipts import key_of_override, replayed, request_hash_of, told
from servicing.telling import accounts_of, chart_of
from servicing.views import Receipt
from store.cipher import Cipher
from store.loan_rows import NO_HASH, StoredEvent, StoredLoan, history, load
from store.loan_write import LoanWrite, write
from store.postgres import UNREACHABLE, again_when_serialization_fails

TRIES: Final = 4
"""How often a command is decided again after losing a race."""
_TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """One command as it was asked."""

    actor: Actor
    command: Command
    loan_id: str
    key: str
    """Idempotency key; one of our own where none was given."""
    keep: bool
    """Whether the answer is kept under the key."""
    request_hash: bytes
    if_version: int | None
    approved: tuple[SetAside, ...] = ()
    """Rules that a second person let be set aside for this command."""

    @property
    def client(self) -> str:
        """Whose keys the key is one of: the caller's own; all who board share theirs.

        So a loan of another system boards once, whoever boards it and however many at once. An
        override is used once in the same way, whoever uses it.
        """
        if isinstance(self.command, BoardLoan):
            return "boarding"
        return "override" if self.approved else self.actor.actor_id


class Servicer:
    """Carries out commands on loans, whoever asks."""

    def __init__(self, pool: asyncpg.Pool, in_force: InForce, clock: Clock, cipher: Cipher) -> None:
        self.pool = pool
        self.in_force = in_force
        self.clock = clock
        self.cipher = cipher

    def with_clock(self, clock: Clock) -> Servicer:
        """The same write path on another clock, for driving a book through its past."""
        return Servicer(self.pool, self.in_force, clock, self.cipher)

    async def execute(
        self,
        actor: Actor,
        command: Command,
        *,
        loan_id: str | None = None,
        idempotency_key: str | None = None,
        request_hash: bytes | None = None,
        dry_run: bool = False,
        if_version: int | None = None,
        approved: tuple[SetAside, ...] = (),
    ) -> Receipt:
        """Carry out a command; a dry run answers the same and writes nothing.

        ``approved`` are rules that an override lets be set aside, all of one override; its id is
        the key, so that it is used once.

        Raises Forbidden, CommandRefused, LoanNotFound, IdempotencyConflict, VersionConflict or
        Unavailable; whatever is raised, nothing was written.
        """
        permissions.require(actor, permissions.scope_for(command))
        if not dry_run:
            refuse_ahead(command, self.clock.business_date())
        if approved:
            idempotency_key = key_of_override(command, approved)
        begins = isinstance(command, BookLoan | BoardLoan)
        assert begins == (loan_id is None), "only booking and boarding make a loan"
        asked = Asked(
            actor=actor,
            command=command,
            loan_id=loan_id or new_id("loan", self.clock.now()),
            key=idempotency_key or new_id("own", self.clock.now()),
            keep=idempotency_key is not None and not dry_run,
            request_hash=request_hash or request_hash_of(command, loan_id),
            if_version=if_version,
            approved=approved,
        )
        try:
            return await self._carry_out(asked, dry_run=dry_run)
        except CommandRefused as refused:
            if not dry_run:
                await findings_kept.keep_refusal(self, actor, command, loan_id, refused.refusals)
            raise
        except UNREACHABLE as away:
            raise Unavailable from away

    async def _carry_out(self, asked: Asked, *, dry_run: bool) -> Receipt:
        """Read, judge, write; again from the start when another write came first."""
        found = 0
        for attempt in range(TRIES):
            stored, kept = await load(self.pool, asked.loan_id, asked.client, asked.key)
            if kept is not None:
                if kept.request_hash != asked.request_hash:
                    raise IdempotencyConflict(kept.loan_id, asked.key)
                return replayed(kept.body)
            found = self._expected_version(asked, stored)
            receipt, made = await self._judge(asked, stored, dry_run=dry_run)
            if dry_run:
                return receipt
            try:
                if await again_when_serialization_fails(partial(write, self.pool, made)):
                    return receipt
            except asyncpg.UniqueViolationError:
                pass  # the same key, or the same loan, was written meanwhile: read again
            await asyncio.sleep(0.002 * attempt)
        raise VersionConflict(found, found + 1)

    def _expected_version(self, asked: Asked, stored: StoredLoan | None) -> int:
        begins = isinstance(asked.command, BookLoan | BoardLoan)
        if stored is None and not begins:
            raise LoanNotFound(asked.loan_id)
        found = stored.loan.seq if stored else 0
        if asked.if_version is not None and asked.if_version != found:
            raise VersionConflict(asked.if_version, found, stated=True)
        return found

    async def _judge(
        self, asked: Asked, stored: StoredLoan | None, *, dry_run: bool
    ) -> tuple[Receipt, LoanWrite]:
        """What the command comes to: the receipt, and everything there is to write."""
        terms = await self._terms(asked, stored)
        decision, past = await self._decide(asked, stored, terms)
        now = self.clock.now()
        if stored is not None and now <= stored.recorded_at:
            now = stored.recorded_at + _TICK  # what is recorded later is later
        posted_on = self.clock.business_date(decision.loan.legal_entity_id)
        entries = tuple(entry for seq, event in decision.events for entry in journalize(seq, event))
        booked, through = (stored.interest_booked, stored.booked_through) if stored else (0, None)
        again, booked, through = corrected(decision.loan, decision.events, booked, through, terms)
        entries += (again,) if again else ()
        receipt = told(
            decision, entries, terms,
            asked.command, actor=asked.actor, recorded_at=now, posted_on=posted_on, dry_run=dry_run,
        )  # fmt: skip
        made = self._write(
            asked, stored, decision, past, entries, terms, receipt, now, posted_on, booked, through
        )
        return receipt, made

    async def _terms(self, asked: Asked, stored: StoredLoan | None) -> TermsInForce:
        """The pinned product and the law: the loan's own, or those of the quote for a new one."""
        if stored is not None:
            own = self.in_force.catalog.terms_in_force(
                stored.loan.product, stored.loan.product_version
            )
            return await with_indexes(self.pool, own)
        assert isinstance(asked.command, BookLoan | BoardLoan)
        house = House(pool=self.pool, clock=self.clock, servicer=self, cipher=self.cipher)
        product, version = await product_of(house, asked.command)
        return await with_indexes(self.pool, self.in_force.catalog.terms_in_force(product, version))

    async def _decide(
        self, asked: Asked, stored: StoredLoan | None, terms: TermsInForce
    ) -> tuple[Decision, tuple[StoredEvent, ...]]:
        """The engine's decision, with the history where the command reaches into the past."""
        loan = stored.loan if stored else None
        past: tuple[StoredEvent, ...] = ()
        try:
            answer = decide(
                loan, asked.command, terms, loan_id=asked.loan_id, approved=asked.approved
            )
        except NeedsHistory:
            past = await history(self.pool, asked.loan_id)
            answer = decide(
                loan, asked.command, terms, loan_id=asked.loan_id,
                history=tuple(item.recorded for item in past), approved=asked.approved,
            )  # fmt: skip
        if isinstance(answer, Decision):
            return answer, past
        assert all(isinstance(refusal, Refusal) for refusal in answer)
        raise CommandRefused(answer)

    def _write(
        self,
        asked: Asked,
        stored: StoredLoan | None,
        decision: Decision,
        past: tuple[StoredEvent, ...],
        entries: tuple[JournalEntry, ...],
        terms: TermsInForce,
        receipt: Receipt,
        now: datetime,
        posted_on: date,
        interest_booked: int,
        booked_through: date | None,
    ) -> LoanWrite:
        loan = decision.loan
        return LoanWrite(
            loan=loan,
            before_seq=stored.loan.seq if stored else 0,
            before_entries=stored.entries if stored else 0,
            last_hash=stored.last_hash if stored else NO_HASH,
            events=decision.events,
            positions=positions(
                decision.before, decision.events, terms, loan_id=loan.loan_id,
                history=[item.numbered for item in past],
            ),
            entries=entries,
            accounts=accounts_of(chart_of(terms)),
            rounding=terms.product.rounding.value,
            interest_booked=interest_booked,
            booked_through=booked_through,
            recorded_at=now,
            posted_on=posted_on,
            actor=asked.actor.actor_id,
            command_id=asked.key,
            client=asked.client,
            key=asked.key,
            request_hash=asked.request_hash,
            receipt=msgspec.json.encode(receipt) if asked.keep else None,
            messages=public_messages(loan, decision.events),
            findings=findings_kept.of_decision(decision, asked.command),
        )  # fmt: skip
