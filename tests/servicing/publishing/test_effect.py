"""What a version would do to the live book is known before it is published, loan by loan."""

from __future__ import annotations

import asyncio
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from app.house import open_house
from app.settings import CHECKOUT, read_settings
from engine.errors import DefinitionError
from engine.loan.commands import ReceivePayment
from servicing import daily_run, reads
from servicing.clock import SetClock
from servicing.errors import CommandRefused, Forbidden, NotFound
from servicing.publishing import drafts, effect, effect_crew
from servicing.publishing.candidate import candidate
from servicing.views.effect import EffectView
from tests.servicing.lending import ANYONE, START, Lender
from tests.servicing.publishing.people import ADA, READER, drafted, next_version

TODAY = date(2026, 3, 10)
DUE = date(2026, 2, 15)


async def a_book(lender: Lender) -> dict[str, str]:
    """Loans that paid the first installment on time, within 15 days, later, and never."""
    loans = {name: await lender.lends() for name in ("on_time", "day_12", "day_20", "never")}
    for name, late in (("on_time", 0), ("day_12", 12), ("day_20", 20)):
        day = DUE + timedelta(days=late)
        lender.clock.set(day)
        await daily_run.run(lender.house)
        await lender.does(loans[name], ReceivePayment(amount="242.33", received_on=day))
    lender.clock.set(TODAY)
    await daily_run.run(lender.house)
    return loans


async def finished(lender: Lender, run: EffectView) -> EffectView:
    for _ in range(400):
        found = await effect.find(lender.house, run.run_id)
        if found.state != "running":
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("the run does not end")


async def test_five_more_days_of_grace_are_the_fees_of_days_11_to_15(lender: Lender) -> None:
    loans = await a_book(lender)
    draft = await next_version(
        lender.house, "personal_installment", TODAY + timedelta(days=1), {"grace_days": "15"}
    )
    began = await effect.start(lender.house, ADA, draft.row.draft_id)
    assert (began.state, began.loans_total) == ("running", 4)
    done = await finished(lender, began)
    assert (done.state, done.loans_done) == ("done", 4)
    assert (done.loans_changed, done.other_days) == (1, 2)
    (fees,) = done.fees
    assert (fees.before_count, fees.before, fees.after_count, fees.after) == (
        3, "45.00", 2, "30.00"
    )  # fmt: skip
    assert (done.owed_more, done.owed_less) == ("0.00", "15.00")
    (moved,) = await effect.loans(lender.house, done.run_id)
    assert moved.loan_id == loans["day_12"] and done.largest == (moved,)
    assert (moved.fees_before, moved.fees_after, moved.difference) == ("15.00", "0.00", "-15.00")
    assert moved.first_difference == "2026-02-26: Fee assessed (late fee) of 15.00, no longer"
    assert await effect.last(lender.house, draft.row.draft_id) == done


@pytest.mark.parametrize(
    "changes",
    [
        {"grace_days": "3"},
        {"grace_days": "15", "early_window_days": "0"},
        {"first_payment": "{minimum_days: 10, maximum_days: 45}", "residual": "formula"},
    ],
)
async def test_it_is_what_the_book_would_be_under_the_version(
    lender: Lender, changes: dict[str, str], tmp_path: Path, second_database: str
) -> None:
    """The same loans, lived again in a house whose first version says what the draft says."""
    loans = await a_book(lender)
    draft = await next_version(lender.house, "personal_installment", TODAY, changes)
    _, catalog = candidate(lender.house, await drafts.row_of(lender.house, draft.row.draft_id))
    terms = catalog.terms_in_force("personal_installment", draft.row.version)
    _, moved = await effect.over(lender.house, terms, catalog, TODAY)
    copy = tmp_path / "copy"
    for name in ("products", "rules"):
        shutil.copytree(CHECKOUT / name, copy / name)
    text = draft.text.replace(f"version: {draft.row.version}", "version: 1", 1)
    text = text.replace(f"live_from: {TODAY}", "live_from: 2020-01-01", 1)
    (copy / "products" / "personal_installment" / "v1.yaml").write_text(text)
    (copy / "products" / "published.lock").unlink()
    settings = read_settings({"LOANWRIGHT_HOME": str(tmp_path), "LOANWRIGHT_DATABASE_URL":
                              second_database, "LOANWRIGHT_PRODUCTS": str(copy / "products"),
                              "LOANWRIGHT_RULES": str(copy / "rules")})  # fmt: skip
    clock = SetClock(START)
    async with open_house(settings, second_database, clock=clock) as other:
        twin = Lender(other, clock)
        twins = await a_book(twin)
        after = {effect.loan_id: effect for effect in moved}
        for name, loan_id in loans.items():
            view = await reads.loan(other, ANYONE, twins[name])
            own = await reads.loan(lender.house, ANYONE, loan_id)
            found = after.get(loan_id)
            wanted = found.owed_after if found else own.balances.total_owed
            assert view.balances.total_owed == wanted, name


async def test_a_run_can_be_cancelled_and_says_what_it_found(lender: Lender) -> None:
    for _ in range(3):
        await lender.lends()
    draft = await drafted(lender.house)
    began = await effect.start(lender.house, ADA, draft.row.draft_id)
    stopped = await effect.cancel(lender.house, ADA, began.run_id)
    assert stopped.state in {"cancelled", "done"}
    assert (await effect.find(lender.house, began.run_id)).state == stopped.state


async def test_what_has_no_effect_to_work_out(lender: Lender) -> None:
    draft = await drafted(lender.house, grace_days="-1")
    with pytest.raises(DefinitionError):
        await effect.start(lender.house, ADA, draft.row.draft_id)
    rule = await drafts.create(
        lender.house, ADA, kind="rule", name="us.federal.scra.six_percent_cap"
    )
    with pytest.raises(CommandRefused, match="for products"):
        await effect.start(lender.house, ADA, rule.row.draft_id)
    with pytest.raises(Forbidden):
        await effect.start(lender.house, READER, draft.row.draft_id)
    with pytest.raises(NotFound):
        await effect.find(lender.house, "effect_none")


async def test_a_book_without_loans_has_an_effect_of_nothing(lender: Lender) -> None:
    draft = await drafted(lender.house)
    done = await finished(lender, await effect.start(lender.house, ADA, draft.row.draft_id))
    assert (done.state, done.loans_total, done.loans_changed) == ("done", 0, 0)


async def test_processes_of_a_crew_come_to_the_same(
    lender: Lender, monkeypatch: pytest.MonkeyPatch
) -> None:
    loans = await a_book(lender)
    draft = await next_version(
        lender.house, "personal_installment", TODAY + timedelta(days=1), {"grace_days": "15"}
    )
    row = await drafts.row_of(lender.house, draft.row.draft_id)
    terms, catalog = effect.candidate_terms(lender.house, row)
    alone = await effect.over(lender.house, terms, catalog, TODAY, row=row)
    monkeypatch.setattr(effect_crew, "MANY", 1)
    monkeypatch.setattr(effect_crew, "BATCH", 1)
    told: list[tuple[int, int]] = []
    crew = await effect.over(
        lender.house, terms, catalog, TODAY, lambda *far: told.append(far), row=row
    )
    assert crew == alone and len(alone[1]) == 1 and alone[1][0].loan_id == loans["day_12"]
    assert told == [(done, 4) for done in range(1, 5)]
    async with effect_crew.crew_for(lender.house, terms, catalog, TODAY, 4, row) as more:
        first = await anext(more.compared(list(loans.values())))
        assert len(first) == 1 and more.hands > 1, "what is left is given up cleanly"


async def test_a_run_ends_with_its_house_and_says_so(
    fresh_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = read_settings(
        {"LOANWRIGHT_HOME": str(tmp_path), "LOANWRIGHT_DATABASE_URL": fresh_database}
    )
    monkeypatch.setattr(effect_crew, "BATCH", 1)
    clock = SetClock(START)
    async with open_house(settings, fresh_database, clock=clock) as house:
        twin = Lender(house, clock)
        for _ in range(3):
            await twin.lends()
        draft = await drafted(house)
        begun = await effect.start(house, ADA, draft.row.draft_id)
    async with open_house(settings, fresh_database, clock=clock) as house:
        found = await effect.find(house, begun.run_id)
        assert found.state == "interrupted" and found.loans_done < 3
        assert asyncio.all_tasks() and not [t for t in asyncio.all_tasks()
                                            if t.get_name() == begun.run_id]  # fmt: skip
