"""A book of loans whose interest is capitalized, paused or asked for by the balance: it adds up."""

from __future__ import annotations

import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.settings import CHECKOUT
from engine.loan.commands import (
    AdvanceTo,
    ChangeRate,
    Command,
    EndInterestPause,
    PauseInterest,
    ReceivePayment,
    ReturnPayment,
    ReversePayment,
)
from engine.loan.status import PausedAmounts, PausedInstallments
from engine.values.money import Money, total
from servicing import daily_run, reads
from servicing.errors import CommandRefused
from servicing.payments import payments
from servicing.portfolio import portfolio
from servicing.verification import verify
from tests.servicing.lending import ANYONE, START, Lender, lender_on

LEVEL = "amortization:\n  kind: level_payment\n  residual: smallest\n"
KINDS = {
    "deferred": "amortization: {kind: deferred, installments: 4, interest: capitalized}\n",
    "deferred_at_end": "amortization:\n  kind: deferred\n  installments: 3\n"
    "  interest: capitalized_at_end\n  then: {kind: equal_principal}\n",
    "interest_deferred": "amortization: {kind: interest_deferred, installments: 3}\n",
    "bearing_fees": LEVEL,
    "low_payments": 'amortization:\n  kind: explicit_payments\n  payments: ["20.00"]\n',
    "capped": "amortization: {kind: bullet, interest: at_maturity}\n",
    "free": "amortization: {kind: level_payment}\n",
    "moves_on": LEVEL,
    "moves_back": LEVEL,
    "minimum": 'amortization:\n  kind: percent_of_balance\n  share: "0.05"\n'
    '  floor: "25.00"\n  plus_interest: true\n',
}
TIMES = {
    "capped": '  lifetime_cap: {share: "0.03"}\n',
    "free": "  interest_free_installments: 2\n",
}
MOVES = {"moves_on": "following", "moves_back": "preceding"}
EARNS = "  - kind: late_fee\n    interest_bearing: true\n"
LIMITED = '  capitalization: {kind: every_due_date, limit: "1.02"}\n'


def products_of(folder: Path) -> Path:
    """Our products and one of each kind lent here, made from the personal installment loan."""
    shutil.copytree(CHECKOUT / "products", folder)
    whole = (folder / "personal_installment" / "v1.yaml").read_text()
    text = whole[: whole.index("examples:")]
    assert LEVEL in text
    for name, amortization in KINDS.items():
        kind = text.replace("product: personal_installment", f"product: {name}")
        kind = kind.replace(LEVEL, amortization)
        said = {**TIMES, "low_payments": LIMITED}.get(name, "")
        kind = kind.replace("  first_period: actual\n", f"  first_period: actual\n{said}")
        if name in MOVES:
            kind = kind.replace("  kind: simple_interest\n", "  kind: scheduled_interest\n")
            alone = f"  business_days: {MOVES[name]}\n  accrual_period: unadjusted\n"
            kind = kind.replace("  business_days: none\n", alone)
        if name == "bearing_fees":
            kind = kind.replace("  - kind: late_fee\n", EARNS)
        (folder / name).mkdir()
        (folder / name / "v1.yaml").write_text(kind)
    return folder


def something(chance: random.Random, day: date, payment: int) -> Command:
    back = day - timedelta(days=chance.choice((0, 0, 3, 20, 45)))
    return chance.choice(
        [
            ReceivePayment(amount=f"{chance.randrange(5, 400)}.07", received_on=back),
            ReceivePayment(amount=f"{chance.randrange(50, 900)}.11", received_on=back),
            ReturnPayment(payment=payment, returned_on=day, return_code="R01"),
            ReversePayment(payment=payment, reversed_on=day, reason="test"),
            ChangeRate(note_rate="0.0999", effective_on=back, reason="test"),
            PauseInterest(
                from_date=back,
                to_date=day + timedelta(days=chance.choice((3, 40, 75))),
                installments=chance.choice(list(PausedInstallments)),
                amounts=chance.choice(list(PausedAmounts)),
                reason="test",
            ),
            EndInterestPause(ended_on=back, reason="test"),
            AdvanceTo(day=day),
        ]
    )


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_is_done_positions_and_books_are_what_events_give(
    fresh_database: str, tmp_path: Path, seed: int
) -> None:
    folder = products_of(tmp_path / "products")
    async with lender_on(fresh_database, tmp_path, products=folder) as lender:
        await lives(lender, random.Random(seed))


async def lives(lender: Lender, chance: random.Random) -> None:
    loans = [await lender.lends(kind) for kind in (*KINDS, "personal_installment")]
    day, done = START, 0
    for _ in range(50):
        day += timedelta(days=chance.randrange(14))
        lender.clock.set(day)
        loan = chance.choice(loans)
        taken = [p for p in await payments(lender.house, ANYONE, loan) if p.state == "received"]
        number = int(chance.choice(taken).payment_id.rpartition("_")[2]) if taken else 1
        if chance.random() < 0.1:
            await daily_run.run(lender.house)
        try:
            await lender.does(loan, something(chance, day, number))
        except CommandRefused:
            continue
        done += 1
    assert done > 12
    await daily_run.run(lender.house)
    assert (await verify(lender.house)).problems == ()
    views = [await reads.loan(lender.house, ANYONE, loan) for loan in loans]
    book = await portfolio(lender.house, ANYONE)
    assert Money.parse(book.principal, "USD") == total(
        Money.parse(view.balances.principal, "USD") for view in views
    )
    assert Money.parse(book.accrued_interest, "USD") == total(
        Money.parse(view.balances.accrued_interest, "USD") for view in views
    )
