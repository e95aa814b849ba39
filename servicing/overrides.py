"""Overrides: one person asks that a rule be set aside for one command, another lets it through.

requested → approved → used, or declined, or expired. The command that will be carried out is the
one that was refused, kept as it was asked; the second person sees exactly that. It is carried out
once: its id is the key it is kept under, so asking again answers the same receipt.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import msgspec

from engine.compliance.set_aside import SetAside
from engine.errors import Refusal
from engine.loan.commands import AdvanceTo, BoardLoan, BookLoan, Command
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound
from servicing.findings_kept import keep_refusal
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require, scope_for
from servicing.second_person import is_one_of
from servicing.views import OverrideView, Receipt, RefusedRule
from store import override_rows
from store.override_rows import OverrideRow

APPROVE: Final = "overrides:approve"
LONGEST: Final = 90
"""Days an override may stand open at most."""
SHOWN: Final = 500


async def request(
    house: House,
    actor: Actor,
    command: Command,
    *,
    loan_id: str | None = None,
    reason: str,
    expires_on: date,
) -> OverrideView:
    """Ask that the rules that refuse a command be set aside for it.

    Raises CommandRefused where it is not refused, is refused by anything that no second person may
    let through, or the expiry is not within 90 days.
    """
    require(actor, scope_for(command))
    today = house.clock.business_date()
    if not today <= expires_on <= today + timedelta(days=LONGEST):
        last = today + timedelta(days=LONGEST)
        raise _refused("invalid", f"It may expire from {today} to {last}.", "/expires_on")
    if not reason.strip():
        raise _refused("invalid", "Say why the rule should be set aside.", "/reason")
    begins = isinstance(command, BookLoan | BoardLoan)
    if isinstance(command, AdvanceTo) or begins is not (loan_id is None):
        raise _refused("invalid", "This command cannot be let through by itself.", "/command")
    refusals = await _refusals(house, actor, command, loan_id)
    await keep_refusal(house.servicer, actor, command, loan_id, refusals)
    at = house.clock.now()
    row = OverrideRow(
        override_id=new_id("override", at),
        loan_id=loan_id or "",
        command=msgspec.json.encode(command),
        refused=msgspec.json.encode(refusals),
        reason=reason.strip(),
        expires_on=expires_on,
        requested_by=actor.actor_id,
        requested_name=actor.name,
        recorded_at=at,
        state="requested",
    )
    await override_rows.add_override(house.pool, row)
    return _view(row, today)


async def approve(house: House, actor: Actor, override_id: str, note: str = "") -> OverrideView:
    """Let it through; refused to whoever asked, and once it is decided or over."""
    require(actor, APPROVE)
    row = await _open(house, override_id)
    if await is_one_of(house, actor, [row.requested_by]):
        message = "You asked for this; another person must let it through."
        raise _refused("own_request", message, kind="rule")
    return await _decided(house, actor, row, "approved", note)


async def decline(house: House, actor: Actor, override_id: str, note: str = "") -> OverrideView:
    """Say no; whoever asked may take it back so."""
    row = await _open(house, override_id)
    if row.requested_by != actor.actor_id:
        require(actor, APPROVE)
    return await _decided(house, actor, row, "declined", note)


async def carry_out(
    house: House, actor: Actor, override_id: str, *, dry_run: bool = False
) -> Receipt:
    """Carry out the command once, its rules set aside; asked again, the first answer is told.

    Any rule that was not among those let through refuses as ever.
    """
    row = await _found(house, override_id)
    command = msgspec.json.decode(row.command, type=Command)
    require(actor, scope_for(command))
    if row.state not in ("approved", "used"):
        raise _refused("not_approved", f"The override is {_state(row, _today(house))}.")
    if row.state == "approved" and row.expires_on < _today(house):
        raise _refused("override_expired", f"It could be used until {row.expires_on}; ask again.")
    receipt = await house.servicer.execute(
        actor,
        command,
        loan_id=row.loan_id or None,
        dry_run=dry_run,
        approved=set_aside(row),
    )
    if not dry_run:
        await override_rows.override_used(house.pool, override_id, receipt.loan_id)
    return receipt


async def find(house: House, override_id: str) -> OverrideView:
    """One request; NotFound when there is none."""
    return _view(await _found(house, override_id), _today(house))


async def listed(
    house: House, *, state: str | None = None, loan_id: str | None = None
) -> tuple[OverrideView, ...]:
    """Requests, newest first: "requested" are those that wait for a second person."""
    kept = "requested" if state == "expired" else state
    rows = await override_rows.overrides(house.pool, state=kept, loan_id=loan_id, limit=SHOWN)
    today = _today(house)
    views = (_view(row, today) for row in rows)
    return tuple(view for view in views if state is None or view.state == state)


def set_aside(row: OverrideRow) -> tuple[SetAside, ...]:
    """The rules of an approved override, as the event will name them."""
    refusals = msgspec.json.decode(row.refused, type=tuple[Refusal, ...])
    return tuple(
        SetAside(
            rule=refusal.rule,
            override_id=row.override_id,
            reason=row.reason,
            requested_by=row.requested_by,
            approved_by=row.decided_by,
            expires_on=row.expires_on,
        )
        for refusal in refusals
    )


async def _refusals(
    house: House, actor: Actor, command: Command, loan_id: str | None
) -> tuple[Refusal, ...]:
    """What refuses the command now; all of it must be open to a second person."""
    try:
        await house.servicer.execute(actor, command, loan_id=loan_id, dry_run=True)
    except CommandRefused as refused:
        closed = tuple(r for r in refused.refusals if not (r.rule and r.needs_approval))
        if not closed:
            return refused.refusals
        raise CommandRefused(
            tuple(
                msgspec.structs.replace(
                    each,
                    code="not_overridable",
                    message=f"{each.message} Nobody may override this.",
                )
                if each.rule
                else each
                for each in closed
            )
        ) from None
    raise _refused("nothing_to_override", "Nothing refuses this command; carry it out.")


async def _decided(
    house: House, actor: Actor, row: OverrideRow, state: str, note: str
) -> OverrideView:
    done = await override_rows.decide_override(
        house.pool, row.override_id, state,
        by=actor.actor_id, name=actor.name, at=house.clock.now(), note=note.strip(),
    )  # fmt: skip
    if not done:
        raise _refused("decided", "Another person decided this meanwhile.")
    return await find(house, row.override_id)


async def _open(house: House, override_id: str) -> OverrideRow:
    row = await _found(house, override_id)
    state = _state(row, _today(house))
    if state != "requested":
        raise _refused("decided", f"The override is {state}.")
    return row


async def _found(house: House, override_id: str) -> OverrideRow:
    row = await override_rows.override(house.pool, override_id)
    if row is None:
        raise NotFound("override", override_id)
    return row


def _today(house: House) -> date:
    return house.clock.business_date()


def _state(row: OverrideRow, today: date) -> str:
    open_ = row.state in ("requested", "approved")
    return "expired" if open_ and row.expires_on < today else row.state


def _view(row: OverrideRow, today: date) -> OverrideView:
    refusals = msgspec.json.decode(row.refused, type=tuple[Refusal, ...])
    detail = msgspec.json.decode(row.command)
    return OverrideView(
        override_id=row.override_id,
        loan_id=row.loan_id,
        command=detail["command"],
        detail=detail,
        rules=tuple(
            RefusedRule(
                rule=refusal.rule,
                message=refusal.message,
                citation=refusal.citation.cite if refusal.citation else "",
                href=refusal.citation.href if refusal.citation else "",
            )
            for refusal in refusals
        ),
        reason=row.reason,
        expires_on=row.expires_on,
        state=_state(row, today),
        requested_by=row.requested_by,
        requested_name=row.requested_name,
        requested_at=row.recorded_at,
        decided_by=row.decided_by,
        decided_name=row.decided_name,
        decided_at=row.decided_at,
        note=row.note,
        used_on=row.used_on,
    )


def _refused(code: str, message: str, path: str = "", *, kind: str = "state") -> CommandRefused:
    kind = "invalid" if path else kind
    return CommandRefused((Refusal(code=code, message=message, path=path, kind=kind),))
