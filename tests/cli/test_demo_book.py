"""The demo book: made by real commands from a fixed seed, the same every time, nothing wrong."""

from __future__ import annotations

import stat
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from cli.demo_book import book, credentials, happen, lives, people, plan
from servicing import access, demo_mark, reads
from servicing.verification import verify
from tests.servicing.lending import ANYONE, lender_on

TODAY = date(2026, 11, 24)


def test_the_plan_is_the_same_every_time_and_mixes_products_and_habits() -> None:
    first, again = (plan.plan_book(Random(1), 400, 24, TODAY) for _ in range(2))
    assert first == again and len(first) == 400
    assert {each.product for each in first} == {
        "personal_installment", "pay_in_4", "auto_simple_interest", *plan.OTHERS,
    }  # fmt: skip
    assert {each.habit for each in first} == set(lives.Habit)
    assert sum(lives.SHARES.values()) == 100
    assert all(each.contract_date < TODAY for each in first)


def test_people_are_invented_and_told_apart() -> None:
    both = [people.person(Random(1), number) for number in (1, 2)]
    assert both[0].email != both[1].email
    assert both[0].email.endswith(".example")


async def test_a_small_book_is_made_once_and_verifies(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "LOANS", 40)
    async with lender_on(fresh_database, tmp_path, TODAY) as lender:
        assert not await book.is_seeded(lender.house)
        seen: list[tuple[int, int]] = []
        await book.seed(lender.house, progress=lambda done, total: seen.append((done, total)))
        assert seen[-1] == (40, 40)
        assert await demo_mark.is_marked(lender.house)
        report = await verify(lender.house)
        assert (report.loans, report.problems) == (40, ())
        summary = await reads.portfolio(lender.house, ANYONE)
        assert summary.loans == 40 and summary.active_loans > 10
        old = await reads.portfolio(lender.house, ANYONE, as_of=TODAY - timedelta(days=300))
        assert 0 < old.loans < 40


async def test_a_making_that_was_interrupted_goes_on(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book, "LOANS", 12)
    async with lender_on(fresh_database, tmp_path, TODAY) as lender:
        tell, told = happen.Narrator.tell, 0

        async def stops_half_way(self: happen.Narrator, each: plan.LoanPlan, who: str) -> None:
            nonlocal told
            told += 1
            if told > 6:
                raise OSError("the power went out")
            await tell(self, each, who)

        monkeypatch.setattr(happen.Narrator, "tell", stops_half_way)
        with pytest.raises(ExceptionGroup):
            await book.seed(lender.house)
        assert not await book.is_seeded(lender.house)
        monkeypatch.setattr(happen.Narrator, "tell", tell)
        await book.seed(lender.house)
        assert (await reads.portfolio(lender.house, ANYONE)).loans == 12
        assert (await verify(lender.house)).problems == ()


async def test_sign_ins_stand_in_a_private_file_and_work(
    fresh_database: str, tmp_path: Path
) -> None:
    async with lender_on(fresh_database, tmp_path, TODAY) as lender:
        for _ in range(2):  # a second making replaces passwords nobody could read
            await credentials.write_credentials(lender.house, tmp_path)
        path = tmp_path / credentials.CREDENTIALS
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        lines = [line.split() for line in path.read_text().splitlines()]
        signs = {words[0]: words[1] for words in lines if len(words) == 2}
        await access.sign_in(lender.house, "auditor@demo.example", signs["auditor@demo.example"])
        assert await access.actor_for_key(lender.house, signs["api_key"]) is not None
        assert replace(lender.house).catalog is lender.house.catalog
