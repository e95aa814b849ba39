"""What is kept in the findings log: everything a rule said that is more than that all is well.

Of a command that was carried out it is written in the same statement; of one that was refused, by
itself. A dry run keeps nothing, as it writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from engine.compliance.finding import Finding
from engine.errors import Refusal
from engine.loan.commands import BookLoan, Command
from engine.loan.counts import counts_on
from engine.loan.decisions.decision import Decision
from engine.loan.events import Because, Event, RuleUse
from servicing.actor import Actor
from servicing.telling import title_of
from store.finding_rows import FindingRow, add_findings

if TYPE_CHECKING:
    from servicing.servicer import Servicer


def of_decision(decision: Decision, command: Command) -> tuple[FindingRow, ...]:
    """Findings of a command that was carried out, each with the event it is about.

    Set aside is what a second person let through; adjusted is an amount that law made smaller or a
    fee it let nobody charge; warned is all the rest.
    """
    said = [finding for finding in decision.findings if finding.outcome != "pass"]
    named = command_name(command)
    rows: list[FindingRow] = []
    for seq, event in decision.events:
        asides = {aside.rule: aside for aside in event.set_aside}
        for aside in asides.values():
            _take(said, aside.rule)
            rows.append(
                FindingRow(
                    effective_on=event.effective_on, seq=seq, command=named, rule=aside.rule,
                    outcome="set_aside", message=aside.message, citation=aside.citation,
                    detail={"override_id": aside.override_id, "reason": aside.reason},
                )
            )  # fmt: skip
        for use in _used(event):
            if use.rule not in asides:
                rows.append(_of_event(seq, event, use, _take(said, use.rule), named))
    number = decision.events[0][0] if decision.events else 0
    rows += (_of_command(finding, counts_on(command), number, named) for finding in said)
    return tuple(rows)


async def keep_refusal(
    servicer: Servicer,
    actor: Actor,
    command: Command,
    loan_id: str | None,
    refusals: Iterable[Refusal],
) -> None:
    """Keep the rules that refused a command; refusals that no rule made are nobody's finding."""
    rows = [
        FindingRow(
            effective_on=counts_on(command), seq=0, command=command_name(command),
            rule=refusal.rule, outcome="refused", message=refusal.message,
            citation=refusal.citation.cite if refusal.citation else "",
            detail=_asked(command) | {"may_be_set_aside": refusal.needs_approval},
        )
        for refusal in refusals
        if refusal.rule
    ]  # fmt: skip
    if rows:
        await add_findings(
            servicer.pool, rows, loan_id=loan_id or "", actor=actor.actor_id,
            posted_on=servicer.clock.business_date(), recorded_at=servicer.clock.now(),
        )  # fmt: skip


def command_name(command: Command) -> str:
    """Tag of a command: "receive_payment"."""
    return str(type(command).__struct_config__.tag)


def _asked(command: Command) -> dict[str, Any]:
    """What tells a refused booking from others, as it has no loan."""
    if isinstance(command, BookLoan):
        return {"borrower_id": command.borrower_id, "product": command.product}
    return {}


def _used(event: Event) -> list[RuleUse]:
    because = getattr(event, "because", None)
    if not isinstance(because, Because):
        return []
    return [use for use in because.rules if use.outcome != "pass"]


def _take(said: list[Finding], rule: str) -> Finding | None:
    """The finding of a rule, taken out of what is left to tell."""
    found = next((finding for finding in said if finding.rule == rule), None)
    if found is not None:
        said.remove(found)
    return found


def _of_event(
    seq: int, event: Event, use: RuleUse, finding: Finding | None, command: str
) -> FindingRow:
    return FindingRow(
        effective_on=event.effective_on,
        seq=seq,
        command=command,
        rule=use.rule,
        outcome="warned" if use.outcome == "warn" else "adjusted",
        message=finding.message if finding else _limited(event),
        citation=use.citation,
        detail={"figures": dict(use.values), "row": use.row},
    )


def _of_command(finding: Finding, day: date, seq: int, command: str) -> FindingRow:
    return FindingRow(
        effective_on=day,
        seq=seq,
        command=command,
        rule=finding.rule,
        outcome="adjusted" if finding.forbids else "warned",
        message=finding.message,
        citation=finding.citation.cite if finding.citation else "",
        detail={"figures": dict(finding.values), "row": finding.row},
    )


def _limited(event: Event) -> str:
    """What a limit did: "Late fee assessed: the note allows 35.00, the law less."."""
    because = getattr(event, "because", None)
    allowed = because.figures.get("allowed_by_note") if isinstance(because, Because) else None
    if allowed:
        return f"{title_of(event)}: the note allows {allowed}, the law less."
    return f"{title_of(event)}: the law sets another figure than the contract."
