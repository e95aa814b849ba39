"""One command on every loan of a list: previewed loan by loan, then carried out as previewed.

Each loan is a command of its own through the one write path, under a key of the run, so that a run
can be left, cancelled, and go on after its process died, and no loan gets the command twice.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

import msgspec

from engine.errors import Refusal
from engine.loan.commands import (
    AssessFee,
    ChangeRate,
    ChargeOffLoan,
    Command,
    EndInterestPause,
    PauseInterest,
    PlaceOnNonAccrual,
    RecordBorrowerStatus,
    ReturnToAccrual,
)
from servicing import borrowers
from servicing.actor import Actor
from servicing.errors import (
    CommandRefused,
    NotFound,
    ServicingError,
    Unavailable,
    VersionConflict,
    invalid_query,
)
from servicing.house import House
from servicing.ids import new_id
from servicing.loan_list import loans
from servicing.permissions import require, scope_for
from servicing.together import together
from servicing.views import Page, Receipt
from servicing.views.bulk import BulkLoan, BulkView
from store import bulk_rows
from store.bulk_rows import LoanOutcome
from store.postgres import UNREACHABLE

LOG = logging.getLogger("loanwright")
KINDS: Final[tuple[type[Command], ...]] = (
    RecordBorrowerStatus,
    AssessFee,
    ChangeRate,
    PauseInterest,
    EndInterestPause,
    PlaceOnNonAccrual,
    ReturnToAccrual,
    ChargeOffLoan,
)
"""Commands that may be meant for many loans alike."""
MOST: Final = 2_000
"""Loans of one run: more than anybody looks through, few enough to preview in a minute."""
BATCH: Final = 20
AT_ONCE: Final = 4
SHOWN: Final = 50
_SILENT: Final = timedelta(minutes=2)
"""A run that has said nothing for so long has died with its process."""
_TASKS: set[asyncio.Task[None]] = set()
_NEXT: Final = {"previewing": ("waiting", "previewed"), "running": ("would", "done")}
"""State of a run → state of the loans it works on, and the state it ends in."""


async def start(house: House, actor: Actor, command: Command, asked: Mapping[str, Any]) -> BulkView:
    """Begin to preview a command on every loan of a list, as ``loans`` narrows it.

    Raises Forbidden, and CommandRefused for a command that is not meant for many, and for a list
    that is empty or too long.
    """
    require(actor, scope_for(command))
    if not isinstance(command, KINDS):
        raise invalid_query("/command", "This command is for one loan at a time.", "not_for_many")
    found = await _listed(house, actor, asked)
    if not found:
        raise _refused("no_loans", "No loan is in the list.")
    if len(found) > MOST:
        raise _refused("too_many", f"The list has more than {MOST:,} loans: narrow it.")
    run_id, at = new_id("bulk", house.clock.now()), house.clock.now()
    narrowed = {name: str(value) for name, value in asked.items() if value not in {None, ""}}
    await bulk_rows.add_run(
        house.pool, run_id, msgspec.json.encode(command), _tag(command), narrowed, found,
        (actor.actor_id, actor.name), at,
    )  # fmt: skip
    _go_on(house, actor, run_id, command, "previewing")
    return await find(house, actor, run_id)


async def carry_out(house: House, actor: Actor, run_id: str) -> BulkView:
    """Carry out a run that was previewed, on the loans on which it can be."""
    return await _turn(house, actor, run_id, ("previewed",), "running")


async def go_on(house: House, actor: Actor, run_id: str) -> BulkView:
    """Go on with a run whose process died."""
    row = await _row(house, run_id)
    if (await find(house, actor, run_id)).state != "stopped":
        raise _refused("going_on", "The run did not stop.")
    return await _turn(house, actor, run_id, (row["state"],), row["state"])


async def cancel(house: House, actor: Actor, run_id: str) -> BulkView:
    """Stop a run; what was carried out stays, and is told."""
    return await _turn(house, actor, run_id, ("previewing", "previewed", "running"), "cancelled")


async def find(house: House, actor: Actor, run_id: str) -> BulkView:
    """A run as far as it is."""
    require(actor, "loans:read")
    row = await _row(house, run_id)
    return _view(house, row, await bulk_rows.counts(house.pool, [run_id]))


async def listed(house: House, actor: Actor) -> tuple[BulkView, ...]:
    """The runs begun last, newest first."""
    require(actor, "loans:read")
    rows = await bulk_rows.runs(house.pool, SHOWN)
    counts = await bulk_rows.counts(house.pool, [row["run_id"] for row in rows])
    return tuple(_view(house, row, counts) for row in rows)


async def outcomes(
    house: House,
    actor: Actor,
    run_id: str,
    *,
    state: str = "",
    cursor: str | None = None,
    limit: int = 50,
) -> Page:
    """What came of each loan, in the order of the list."""
    require(actor, "loans:read")
    after = int(cursor) if cursor and cursor.isascii() and cursor.isdecimal() else 0
    rows = await bulk_rows.loans_of(house.pool, run_id, after, limit + 1, state)
    shown, more = rows[:limit], len(rows) > limit
    names = await borrowers.names(house, actor, [row["borrower_id"] for row in shown])
    items = tuple(
        BulkLoan(
            borrower_name=names[row["borrower_id"]],
            **{name: row[name] for name in BulkLoan.__struct_fields__ if name != "borrower_name"},
        )
        for row in shown
    )
    return Page(items=items, has_more=more, next_cursor=str(items[-1].place) if more else None)


async def _listed(house: House, actor: Actor, asked: Mapping[str, Any]) -> list[str]:
    found: list[str] = []
    cursor = None
    while len(found) <= MOST:
        page = await loans(house, actor, cursor=cursor, limit=200, counted=False, **asked)
        found += [row.loan_id for row in page.items]
        if not page.has_more:
            break
        cursor = page.next_cursor
    return found


async def _turn(
    house: House, actor: Actor, run_id: str, before: tuple[str, ...], after: str
) -> BulkView:
    row = await _row(house, run_id)
    command = msgspec.json.decode(row["command"], type=Command)
    require(actor, scope_for(command))
    if not await bulk_rows.turn(house.pool, run_id, before, after, house.clock.now()):
        said = row["state"]
        raise _refused("other_state", f"The run is {said}: this cannot be done to it any more.")
    if after in _NEXT:
        _go_on(house, actor, run_id, command, after)
    return await find(house, actor, run_id)


def _go_on(house: House, actor: Actor, run_id: str, command: Command, state: str) -> None:
    """Work beside the doors until no loan is left or the run is in another state."""
    task = asyncio.create_task(_work(house, actor, run_id, command, state), name=run_id)
    _TASKS.add(task)
    task.add_done_callback(_TASKS.discard)


async def _work(house: House, actor: Actor, run_id: str, command: Command, state: str) -> None:
    of_loans, ends_in = _NEXT[state]
    dry_run = state == "previewing"
    try:
        while rows := await bulk_rows.next_loans(house.pool, run_id, of_loans, BATCH):
            told = await together(
                rows, lambda row: _one(house, actor, run_id, command, row, dry_run=dry_run), AT_ONCE
            )
            if not await bulk_rows.tell(house.pool, run_id, state, told, house.clock.now()):
                return
        await bulk_rows.turn(house.pool, run_id, (state,), ends_in, house.clock.now())
    except (Unavailable, *UNREACHABLE):
        LOG.warning("%s stopped: the database cannot be reached; it can go on", run_id)


async def _one(
    house: House, actor: Actor, run_id: str, command: Command, row: Any, *, dry_run: bool
) -> LoanOutcome:
    """The command on one loan; what it refuses is the outcome of that loan alone."""
    place, loan_id = row["place"], row["loan_id"]
    try:
        receipt = await house.servicer.execute(
            actor, command, loan_id=loan_id, dry_run=dry_run,
            idempotency_key=None if dry_run else f"{run_id}:{loan_id}",
            if_version=None if dry_run else row["seq"],
        )  # fmt: skip
    except Unavailable:
        raise
    except VersionConflict:
        message = "The loan changed since the preview. Nothing was done."
        return LoanOutcome(place=place, state="refused", message=message, seq=row["seq"])
    except ServicingError as fault:
        return LoanOutcome(place=place, state="refused", message=str(fault), seq=row["seq"])
    return LoanOutcome(
        place=place,
        state="would" if dry_run else "done",
        message=_said(receipt),
        owed_before=receipt.balances_before.total_owed if receipt.balances_before else "",
        owed_after=receipt.balances.total_owed,
        seq=receipt.seq - len(receipt.events) if dry_run else receipt.seq,
    )


def _said(receipt: Receipt) -> str:
    return ", ".join(dict.fromkeys(event.title for event in receipt.events)) or "Nothing changes"


def _view(house: House, row: Any, counts: Mapping[tuple[str, str], int]) -> BulkView:
    at_work = row["state"] in _NEXT
    silent = at_work and house.clock.now() - row["beat_at"] > _SILENT
    return BulkView(
        run_id=row["run_id"],
        command=row["command_name"],
        detail=msgspec.json.decode(row["command"]),
        narrowed=row["narrowed"],
        state="stopped" if silent else row["state"],
        total=row["total"],
        **{
            state: counts.get((row["run_id"], state), 0)
            for state in ("waiting", "would", "done", "refused")
        },
        actor=row["actor"],
        actor_name=row["actor_name"],
        recorded_at=row["recorded_at"],
    )


async def _row(house: House, run_id: str) -> Any:
    row = await bulk_rows.run(house.pool, run_id)
    if row is None:
        raise NotFound("bulk action", run_id)
    return row


def _tag(command: Command) -> str:
    return str(type(command).__struct_config__.tag)


def _refused(code: str, message: str) -> CommandRefused:
    return CommandRefused((Refusal(code=code, message=message),))
