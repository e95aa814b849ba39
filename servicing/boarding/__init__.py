"""Board loans in mid-life from a CSV file: check every row, then board the right ones.

A file may be boarded again: rows that became loans before are passed over, so an interrupted run
goes on where it ended. A row boards whole, by one command, or not at all.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from datetime import date

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from servicing import borrowers
from servicing.actor import Actor
from servicing.boarding.rows import BoardingRow, command_of, judge, read_rows
from servicing.errors import IdempotencyConflict, NotFound
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import require
from servicing.receipts import boarding_key
from servicing.together import together
from servicing.views import BoardingReport, RowProblem
from store import boarding_rows as stored

Progress = Callable[[int, int], None]
AT_ONCE = 6
"""Loans boarded at the same time."""

__all__ = ["board", "report", "validate"]


async def validate(house: House, actor: Actor, text: str, product: str) -> BoardingReport:
    """What boarding the file would come to; nothing is written."""
    require(actor, "boarding:write")
    rows, problems = await asyncio.to_thread(_checked, house, text, product)
    known = await stored.boarded_before(house.pool, product, [row.external_id for row in rows])
    return _report("", rows, problems, boarded=0, already=_count_known(rows, known),
                   state="validated")  # fmt: skip


async def board(
    house: House, actor: Actor, text: str, product: str, progress: Progress | None = None
) -> BoardingReport:
    """Board every row that is right; the report lists every other with what is wrong in it."""
    require(actor, "boarding:write")
    rows, problems = await asyncio.to_thread(_checked, house, text, product)
    if problems:
        return _report("", rows, problems, boarded=0, already=0, state="refused")
    at = house.clock.now()
    boarding_id = await stored.find_or_add_boarding(
        house.pool, new_id("boarding", at), hashlib.sha256(text.encode()).digest(), product,
        len(rows), actor.actor_id, at,
    )  # fmt: skip
    known = await stored.boarded_before(house.pool, product, [row.external_id for row in rows])
    waiting = [row for row in rows if not row.problems and row.external_id not in known]
    boarded = await _board_all(house, actor, boarding_id, product, waiting, progress)
    already = _count_known(rows, known) + len(waiting) - boarded
    answer = _report(boarding_id, rows, [], boarded=boarded, already=already, state="done")
    await stored.finish_boarding(house.pool, boarding_id, "done", msgspec.json.encode(answer))
    return answer


async def report(house: House, actor: Actor, boarding_id: str) -> BoardingReport:
    """How a boarded file fared; NotFound when there is none."""
    require(actor, "boarding:write")
    kept = await stored.boarding_report(house.pool, boarding_id)
    if kept is None:
        raise NotFound("boarding", boarding_id)
    return msgspec.json.decode(kept, type=BoardingReport)


async def _board_all(
    house: House,
    actor: Actor,
    boarding_id: str,
    product: str,
    rows: list[BoardingRow],
    progress: Progress | None,
) -> int:
    """Board rows several at a time; how many became loans here, and not by another run."""
    done = 0

    async def one(row: BoardingRow) -> bool:
        nonlocal done
        boards = await _board_row(house, actor, boarding_id, product, row)
        done += 1
        if progress:
            progress(done, len(rows))
        return boards

    return sum(await together(rows, one, AT_ONCE))


async def _board_row(
    house: House, actor: Actor, boarding_id: str, product: str, row: BoardingRow
) -> bool:
    """Board a row by one command with a key of its own; False when another run was faster."""
    values = row.values
    borrower_id = await borrowers.create(
        house, actor, name=values["borrower_name"], email=values.get("borrower_email", "")
    )
    try:
        receipt = await house.servicer.execute(
            actor,
            command_of(row, borrower_id, product),
            idempotency_key=boarding_key(product, row.external_id),
            request_hash=hashlib.sha256(repr(sorted(row.cells.items())).encode()).digest(),
        )
    except IdempotencyConflict:  # the same loan, told otherwise by another file
        return False
    if receipt.replayed:
        return False
    await stored.add_boarded_row(
        house.pool, boarding_id, row.line, row.external_id, receipt.loan_id
    )
    return True


def _checked(house: House, text: str, product: str) -> tuple[list[BoardingRow], list[RowProblem]]:
    """Rows read and judged by the engine; runs beside the loop, a large file takes a while."""
    in_force = _in_force(house, product)
    rows, problems = read_rows(text)
    for row in rows:
        judge(row, in_force)
        _not_in_the_future(row, house.clock.business_date())
    return rows, problems


def _not_in_the_future(row: BoardingRow, today: date) -> None:
    """A loan boards on a day that has come."""
    boarded_on = row.values.get("boarded_on")
    if boarded_on is not None and boarded_on > today:
        row.wrong("boarded_on", f"{boarded_on} is after the business date {today}.")


def _in_force(house: House, product: str) -> TermsInForce:
    """The version loans board into: the one live today."""
    if product not in house.catalog.products:
        raise NotFound("product", product)
    live = house.catalog.live_version(product, house.clock.business_date())
    if live is None:
        raise NotFound("live version of the product", product)
    return house.catalog.terms_in_force(product, live.version)


def _count_known(rows: list[BoardingRow], known: dict[str, str]) -> int:
    return sum(1 for row in rows if not row.problems and row.external_id in known)


def _report(
    boarding_id: str,
    rows: list[BoardingRow],
    problems: list[RowProblem],
    *,
    boarded: int,
    already: int,
    state: str,
) -> BoardingReport:
    listed = [*problems, *(problem for row in rows for problem in row.problems)]
    return BoardingReport(
        boarding_id=boarding_id,
        rows=len(rows),
        boarded=boarded,
        already_boarded=already,
        bad_rows=sum(1 for row in rows if row.problems),
        problems=tuple(sorted(listed, key=lambda problem: problem.line)),
        state=state,
    )
