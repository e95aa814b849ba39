"""Which loans a condition holds for: SQL narrows the book, the engine decides what SQL cannot."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from engine.errors import DefinitionError, Refusal
from engine.expressions.expression import CheckedExpression, compile_expression
from engine.expressions.faults import ExpressionFault
from engine.facts.fact import FactType
from engine.loan.facts_on import facts_on
from servicing.actor import Actor
from servicing.errors import CommandRefused
from servicing.house import House
from servicing.loan_list import NOW_AND_LATER
from servicing.permissions import require
from servicing.standing import standings
from store.loans_where import loans_where


class WhichLoans(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of the book to a condition."""

    as_of: date
    loans: tuple[str, ...]
    """Ids of loans for which it holds."""
    cannot_tell: tuple[str, ...]
    """Ids of loans for which a fact it needs is not known."""
    decided_by_engine: int
    """How many loans the database could not decide by itself."""
    undecided: tuple[str, ...]
    """Facts and functions for which the engine was asked."""


async def which_loans(
    house: House,
    actor: Actor,
    condition: str,
    *,
    as_of: date | None = None,
    as_known_at: datetime | None = None,
) -> WhichLoans:
    """The loans for which a condition holds on a day, as known at a moment.

    Raises Forbidden, and CommandRefused with every fault of the condition.
    """
    require(actor, "portfolio:read")
    checked = _checked(condition)
    day = as_of or house.clock.business_date()
    answer = await loans_where(house.pool, checked.tree, day, as_known_at or NOW_AND_LATER)
    found, cannot_tell = list(answer.certain), []
    for at in await standings(house, answer.to_decide, day, as_known_at):
        try:
            if checked.is_true(facts_on(at.loan, day, at.terms)):
                found.append(at.loan.loan_id)
        except ExpressionFault:
            cannot_tell.append(at.loan.loan_id)
    return WhichLoans(
        as_of=day,
        loans=tuple(sorted(found)),
        cannot_tell=tuple(cannot_tell),
        decided_by_engine=len(answer.to_decide),
        undecided=answer.undecided,
    )


def _checked(condition: str) -> CheckedExpression:
    try:
        return compile_expression(condition, FactType.flag)
    except DefinitionError as wrong:
        raise CommandRefused(
            tuple(
                Refusal(
                    code=problem.code,
                    message=f"At character {problem.column}: {problem.message}."
                    + (f" {problem.mend}." if problem.mend else ""),
                    path="/condition",
                    kind="invalid",
                )
                for problem in wrong.problems
            )
        ) from None
