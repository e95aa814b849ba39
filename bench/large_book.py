"""A large book on a real PostgreSQL: a few hundred lives from the engine, each lent many times.

Every life is decided by real commands, so its positions are what the servicer would have written.
Copies differ by loan id and borrower alone; only what lists and reports read is filled in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

import asyncpg
import msgspec
from rich.console import Console
from rich.progress import Progress

from bench.loans import HERE, Life, personal_terms
from engine.loan import observe
from engine.loan.advance import advance
from engine.loan.commands import BookLoan, DisburseLoan, ReceivePayment, RequestedTerms
from engine.loan.position import Position, positions
from engine.loan.terms import Circumstances
from engine.values.months import add_months
from servicing.catalog_apply import apply
from servicing.clock import SetClock
from store.cipher import Cipher
from store.loan_write import position_columns
from store.migrate import upgrade
from store.postgres import open_pool

TODAY: Final = date(2028, 6, 15)
LIVES: Final = 300
AT_ONCE: Final = 50_000
STATES: Final = ("CA", "TX", "NY")
_COLUMNS: Final = (
    "valid_from", "valid_until", "next_boundary", "status", "principal", "carry_numerator",
    "carry_denominator", "anchor", "day_count", "rate_numerator", "rate_denominator", "fees_owed",
    "unapplied_funds", "recovery_balance", "past_due_first_day", "past_due_after",
    "past_due_fees_first_day", "past_due_fees_after", "all_past_due_after",
    "oldest_unpaid_due_date", "next_due_date", "next_due_amount", "stage",
    "per_day_numerator", "per_day_denominator", "interest_bearing",
)  # fmt: skip
_LOAN: Final = """
INSERT INTO loan (loan_id, borrower_id, legal_entity_id, product, product_version, currency,
                  contract_date, governing_state, recorded_at)
SELECT 'loan_' || lpad(n::text, 8, '0'), 'brw_' || n % $3, 'main', 'personal_installment', 1,
       'USD', l.contract_date, l.state, l.contract_date
FROM generate_series($1::int, $2::int) AS n JOIN bench_life AS l ON l.life = n % $4
"""
_POSITION: Final = f"""
INSERT INTO position (loan_id, known_from, product, currency, rounding, contract_month,
                      {", ".join(_COLUMNS)})
SELECT 'loan_' || lpad(n::text, 8, '0'), p.valid_from, 'personal_installment', 'USD', 'half_up',
       date_trunc('month', l.contract_date)::date, {", ".join(f"p.{column}" for column in _COLUMNS)}
FROM generate_series($1::int, $2::int) AS n JOIN bench_position AS p ON p.life = n % $3
JOIN bench_life AS l ON l.life = p.life
"""


async def make_large_book(url: str, loans: int, cipher: Cipher) -> None:
    """Migrate, publish the definitions, and lend; the progress is shown."""
    await upgrade(url)
    async with open_pool(url, size=1) as pool:
        await apply(pool, HERE / "products", HERE / "rules", SetClock(TODAY))
    connection = await asyncpg.connect(url)
    try:
        with Progress(console=Console(stderr=True), transient=True) as shown:
            lent = shown.add_task(f"A book of {loans:,} loans", total=loans + LIVES)
            await _templates(connection, shown, lent)
            borrowers = max(1, loans // 10)
            await _people(connection, borrowers, cipher)
            for first in range(1, loans + 1, AT_ONCE):
                last = min(first + AT_ONCE - 1, loans)
                await connection.execute(_LOAN, first, last, borrowers, LIVES)
                await connection.execute(_POSITION, first, last, LIVES)
                shown.advance(lent, last - first + 1)
            await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


async def _templates(connection: Any, shown: Progress, task: Any) -> None:
    await connection.execute(
        "CREATE TEMPORARY TABLE bench_life (life int, contract_date date, state text);"
        "CREATE TEMPORARY TABLE bench_position AS SELECT 0 AS life, * FROM position LIMIT 0"
    )
    for number, (contract, state, held) in enumerate(lives()):
        await connection.execute(
            "INSERT INTO bench_life VALUES ($1, $2, $3)", number, contract, state
        )
        rows = zip(*position_columns(held), strict=True)
        await connection.copy_records_to_table(
            "bench_position",
            records=[(number, *row) for row in rows],
            columns=["life", *_COLUMNS],
        )
        shown.advance(task)


async def _people(connection: Any, count: int, cipher: Cipher) -> None:
    def record(number: int) -> tuple[Any, ...]:
        borrower, name = f"brw_{number}", f"Person{number:06d} Family{number % 5000:04d}"
        sealed = cipher.seal(msgspec.json.encode({"name": name}), borrower)
        return borrower, sealed, cipher.search_keys(name), SetClock(TODAY).now()

    await connection.copy_records_to_table(
        "borrower",
        records=(record(number) for number in range(count)),
        columns=["borrower_id", "sealed", "search", "recorded_at"],
    )


def lives() -> Iterator[tuple[date, str, tuple[Position, ...]]]:
    """Contract date, state and positions of each life, the last three of them."""
    terms = personal_terms()
    for number in range(LIVES):
        age, late = 1 + number % 40, number % 7 if number % 4 == 0 else 0
        contract = add_months(TODAY, -age) + timedelta(days=number % 11 - 12)
        state = STATES[number % len(STATES)]
        life = Life()
        terms_asked = RequestedTerms(
            amount=f"{3000 + number * 37 % 22_000}.00", note_rate=f"0.1{number % 10}99",
            number_of_payments=(24, 36, 48, 60)[number % 4], contract_date=contract,
            circumstances=Circumstances(state=state),
        )  # fmt: skip
        life.live(BookLoan(borrower_id="brw_0", product="personal_installment", terms=terms_asked))
        life.live(DisburseLoan(disbursed_on=contract))
        _pay(life, TODAY, late)
        assert life.loan is not None
        run = advance(life.loan, TODAY, terms)
        history = (*life.history, *run.events)
        held = positions(None, history, terms, loan_id=life.loan.loan_id)
        yield contract, state, held[-3:]


def _pay(life: Life, until: date, late: int) -> None:
    """Pay every installment on its day, but for the last ``late`` of those due."""
    assert life.loan is not None
    due = [row for row in observe.unbilled(life.loan) if row.due_date <= until]
    for row in due[: len(due) - late] if late else due:
        life.live(ReceivePayment(amount=row.amount.text(), received_on=row.due_date))
