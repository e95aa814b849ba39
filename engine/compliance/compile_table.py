"""What is wrong with a decision table: its columns, cells, rows, and what they leave uncovered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, Protocol

from engine.compliance.cells import ReadCell, read_cell
from engine.compliance.dated_values import DatedFigures
from engine.compliance.rule import DefaultRow, Hit, Override, Table, TableRow
from engine.compliance.table_space import Box, Space, TooLarge, space_of
from engine.expressions.scan import did_you_mean
from engine.facts.fact import FactType
from engine.facts.facts import VOCABULARY

Cells = tuple[Mapping[str, ReadCell], ...]
"""The cells of every row, by column."""
MOST_ROWS: Final = 200
MOST_COLUMNS: Final = 12


class Tell(Protocol):
    """Takes a problem at its path."""

    def __call__(self, path: str, message: str, mend: str = "", code: str = "rule") -> None: ...


def read_cells(table: Table, currency: str, tell: Tell) -> Cells:
    """The cells of every row; those that are wrong are told and left out."""
    _columns(table, tell)
    _names(table, tell)
    values = frozenset(table.values)
    rows: list[Mapping[str, ReadCell]] = []
    for at, row in enumerate(table.rows):
        cells: dict[str, ReadCell] = {}
        if not row.when:
            tell(f"/rows/{at}/when", "the row has no cell", "make it the default row")
        for fact, cell in row.when.items():
            path = f"/rows/{at}/when/{fact}"
            if fact not in table.columns:
                hint = did_you_mean(fact, list(table.columns)) or "add it to the columns"
                tell(path, f"{fact} is no column of the table", hint)
                continue
            if not _known_column(fact, table.columns[fact]):
                continue  # told of the column
            try:
                cells[fact] = read_cell(fact, table.columns[fact], cell, currency, values)
            except ValueError as wrong:
                tell(path, str(wrong))
        rows.append({fact: cells[fact] for fact in table.columns if fact in cells})
    return tuple(rows)


def _columns(table: Table, tell: Tell) -> None:
    if not table.columns:
        tell("/columns", "the table has no column", "name a fact and its unit")
    if len(table.columns) > MOST_COLUMNS or len(table.rows) > MOST_ROWS:
        message = f"a table may have {MOST_COLUMNS} columns and {MOST_ROWS} rows at most"
        tell("/rows", message, "make two tables of it")
    if not table.rows:
        tell("/rows", "the table has no row", "add a row, or write a limit")
    for fact, type in table.columns.items():
        declared = VOCABULARY.get(fact)
        if declared is None:
            hint = did_you_mean(fact, list(VOCABULARY)) or "name a fact such as loan_amount"
            tell(f"/columns/{fact}", f"there is no fact named {fact}", hint)
        elif declared.type != type:
            message = f"{fact} is {declared.type}, not {type}"
            tell(f"/columns/{fact}", message, f"write {declared.type}")


def _known_column(fact: str, type: FactType) -> bool:
    declared = VOCABULARY.get(fact)
    return declared is not None and declared.type == type


def _names(table: Table, tell: Tell) -> None:
    """Each row has a name of its own, so that explanations can say which decided."""
    seen: set[str] = set()
    for path, row in given(table):
        if not row.name.strip():
            tell(f"{path}/name", "the row has no name", "say which cases it is for")
        elif row.name in seen:
            tell(f"{path}/name", f'two rows are named "{row.name}"', "give each its own name")
        seen.add(row.name)


def given(table: Table) -> Iterator[tuple[str, TableRow | DefaultRow]]:
    """Every row with its path, the default last."""
    for at, row in enumerate(table.rows):
        yield f"/rows/{at}", row
    if isinstance(table.default, DefaultRow):
        yield "/default", table.default


def check_gives(table: Table, tell: Tell) -> None:
    """What a row gives must be what the table is about: bounds where it narrows, else outcomes."""
    if table.narrows and table.override is Override.second_person:
        tell("/override", "a table that narrows refuses nothing; there is nothing to override")
    for path, row in given(table):
        if row.outcome == "needs_approval" and table.override is Override.never:
            tell(f"{path}/outcome", "what needs approval may be overridden", "say refuse")
        bounds = bool(row.maximum or row.minimum)
        if table.narrows:
            if row.outcome is not None:
                tell(
                    f"{path}/outcome",
                    "the table narrows an amount and gives no outcome",
                    "give a maximum or a minimum",
                )
            if bounds is row.no_limit:
                message = "the row has both a bound and no_limit" if bounds else "no bound is given"
                tell(path, message, "give a maximum or a minimum, or no_limit: true")
            continue
        if bounds or row.no_limit:
            tell(path, "the table narrows nothing; a bound has no meaning", "say what it narrows")
        if row.outcome is None:
            tell(path, "the row gives no outcome", "say pass, warn, refuse or needs_approval")
        elif row.outcome != "pass" and not row.message.strip():
            tell(f"{path}/message", "the message is empty", "say what is wrong and what is allowed")


def check_space(
    table: Table, cells: Cells, figures: DatedFigures, currency: str, tell: Tell
) -> None:
    """Gaps, overlaps and rows never reached, for every set of figures that was ever in force.

    A fault is told once, with the first day of figures that show it where figures change.
    """
    told: set[tuple[str, str]] = set()

    def once(path: str, message: str, mend: str = "", code: str = "table") -> None:
        start = message.partition(":")[0]
        if (path, start) not in told:
            told.add((path, start))
            tell(path, message, mend, code)

    for day in figures.days or [date.max]:
        found = figures.on(day)
        if found is None:
            continue  # one of the figures has no value yet
        named = dict(zip(table.values, found.inner, strict=True))
        try:
            _faults(table, space_of(table.columns, cells, currency, named), once)
        except TooLarge:
            once(
                "/rows",
                "the table falls into too many pieces to be looked over",
                "make two tables of it",
            )
            return


def _faults(table: Table, space: Space, tell: Tell) -> None:
    names = [row.name for row in table.rows]
    for at, box in enumerate(space.rows):
        _reached(space, names, at, box, tell)
    if table.hit is Hit.unique:
        for one, other, box in space.overlaps():
            both = f'the rows "{names[one]}" and "{names[other]}" overlap'
            mend = "narrow one of them, or say hit: first"
            tell(f"/rows/{other}", f"{both}: {space.witness(box)} is in both", mend)
    holes = list(space.holes())
    for below, above, box in holes:
        between = f'there is a gap between "{names[below]}" and "{names[above]}"'
        mend = "let the rows meet, or give the gap a row of its own"
        tell(f"/rows/{max(below, above)}", f"{between}: {space.witness(box)} is in no row", mend)
    left = space.uncovered()
    if isinstance(table.default, DefaultRow):
        if left is None:
            message = "the default row is never reached: the rows cover everything"
            tell("/default", message, "say default: {kind: never}")
    elif left is not None and not holes:
        mend = "add a row for it, or a default row"
        tell("/default", f"there is a gap: {space.witness(left)} is in no row", mend)


def _reached(space: Space, names: list[str], at: int, box: Box, tell: Tell) -> None:
    """Tell of a row that contradicts itself, or that earlier rows leave nothing."""
    if not all(box):
        column = space.columns[next(n for n, places in enumerate(box) if not places)].fact
        message = f'the row "{names[at]}" can never hold: no {column} is all of this at once'
        tell(f"/rows/{at}/when/{column}", message, "mend the cell")
    elif space.never_reached(at) is not None:
        earlier = names[_decides(space, box, at)]
        message = f'the row "{names[at]}" is never reached: for example {space.witness(box)}'
        mend = "move it up, narrow the rows above it, or remove it"
        tell(f"/rows/{at}", f'{message} is decided by "{earlier}"', mend)


def _decides(space: Space, box: Box, row: int) -> int:
    """The first earlier row that holds at the box's witness."""
    point = tuple(places & -places for places in box)
    return next(
        at
        for at in range(row)
        if all(mine & theirs for mine, theirs in zip(space.rows[at], point, strict=True))
    )
