"""Drafts become what is offered through a second person, and never change again."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from app.house import open_house
from app.settings import read_settings
from engine.errors import DefinitionError
from engine.loan.commands import BookLoan, RequestedTerms
from servicing import borrowers, catalog_reads, quotes
from servicing.clock import SetClock
from servicing.errors import CommandRefused, DraftChanged, Forbidden, NotFound
from servicing.publishing import drafts, publish, review
from tests.servicing.lending import ANYONE, START, Lender
from tests.servicing.publishing.people import (
    ADA,
    BEN,
    READER,
    approved,
    drafted,
    next_version,
    published,
    rewritten,
)

TOMORROW = START + timedelta(days=1)


def terms(on: date) -> RequestedTerms:
    return RequestedTerms(
        amount="5000.00", note_rate="0.1499", number_of_payments=24, contract_date=on
    )


async def test_a_draft_begins_from_the_version_live_today(lender: Lender) -> None:
    draft = await drafted(lender.house)
    assert (draft.row.version, draft.row.began_from) == (3, "personal_installment@1")
    assert f"live_from: {TOMORROW}" in draft.text and "version: 3" in draft.text
    assert "# yaml-language-server" in draft.text
    assert draft.row.state == "draft" and draft.history[0].action == "created"
    assert draft.problems == () and draft.file == "products/personal_installment/v3.yaml"
    (row,) = await drafts.listed(lender.house)
    assert row == draft.row


async def test_from_draft_to_offer(lender: Lender) -> None:
    draft = await next_version(lender.house, "personal_installment", TOMORROW, {"grace_days": "15"})
    done = await published(lender.house, draft)
    assert done.row.state == "published" and done.row.approved_by == "user_ben"
    assert [entry.action for entry in done.history] == [
        "created", "edited", "edited", "submitted", "approved", "published"
    ]  # fmt: skip
    rows = {row.version: row for row in await catalog_reads.products(lender.house)
            if row.product == "personal_installment"}  # fmt: skip
    assert (rows[3].state, rows[1].state, rows[1].live_until) == ("scheduled", "live", START)
    lender.clock.set(TOMORROW)
    quote = await quotes.make(lender.house, ANYONE, "personal_installment", terms(TOMORROW))
    assert quote.product_version == 3


async def test_a_product_is_refused_with_everything_wrong_at_its_place(lender: Lender) -> None:
    draft = await drafted(lender.house, grace_days="-1", calendar="nowhere@1")
    with pytest.raises(DefinitionError) as refused:
        await drafts.submit(lender.house, ADA, draft.row.draft_id, draft.row.revision, "")
    assert {problem.path for problem in refused.value.problems} >= {"/fees/1/grace_days"}
    assert all(p.line > 1 and p.file.endswith("v3.yaml") for p in refused.value.problems)
    assert draft.problems == refused.value.problems


async def test_an_example_that_no_longer_holds_stops_the_submission(lender: Lender) -> None:
    draft = await drafted(lender.house, grace_days="15")
    assert draft.problems == ()
    with pytest.raises(DefinitionError) as refused:
        await drafts.submit(lender.house, ADA, draft.row.draft_id, draft.row.revision, "")
    assert {problem.code for problem in refused.value.problems} == {"example"}


async def test_who_wrote_it_cannot_approve_it(lender: Lender) -> None:
    draft = await drafted(lender.house)
    ident = draft.row.draft_id
    edited = await drafts.edit(lender.house, BEN, ident, draft.row.revision, draft.text + "\n")
    submitted = await drafts.submit(lender.house, ADA, ident, edited.row.revision, "")
    for writer in (ADA, BEN):
        with pytest.raises(CommandRefused, match="another person must approve"):
            await drafts.approve(lender.house, writer, ident, submitted.row.revision, "")
    with pytest.raises(CommandRefused, match="only an approved draft"):
        await publish.publish(lender.house, ADA, ident, submitted.row.revision)
    for act in (drafts.submit, drafts.approve, drafts.withdraw, drafts.send_back):
        with pytest.raises(Forbidden):
            await act(lender.house, READER, ident, submitted.row.revision, "")


async def test_an_edit_after_approval_needs_another_approval(lender: Lender) -> None:
    ready = await approved(lender.house, await drafted(lender.house))
    edited = await rewritten(lender.house, ready, title="Another title")
    assert (edited.row.state, edited.row.approved_by) == ("draft", "")


async def test_two_who_edit_one_draft(lender: Lender) -> None:
    draft = await drafted(lender.house)
    await rewritten(lender.house, draft, title="The first title")
    with pytest.raises(DraftChanged) as told:
        await drafts.edit(lender.house, BEN, draft.row.draft_id, draft.row.revision, "mine")
    assert "Ada edited it" in str(told.value) and "The first title" in told.value.text
    assert told.value.revision == 2


async def test_two_who_publish_at_once(lender: Lender) -> None:
    ready = await approved(lender.house, await drafted(lender.house))
    ident, revision = ready.row.draft_id, ready.row.revision
    answers = await asyncio.gather(
        publish.publish(lender.house, ADA, ident, revision),
        publish.publish(lender.house, BEN, ident, revision),
        return_exceptions=True,
    )
    won = [answer for answer in answers if not isinstance(answer, BaseException)]
    (told,) = [answer for answer in answers if isinstance(answer, BaseException)]
    assert len(won) == 1 and isinstance(told, DraftChanged | CommandRefused)


async def test_two_drafts_of_one_version_number(lender: Lender) -> None:
    first, second = await drafted(lender.house), await drafted(lender.house)
    second = await rewritten(lender.house, second, live_from=str(START + timedelta(days=9)))
    both = [await approved(lender.house, draft) for draft in (first, second)]
    answers = await asyncio.gather(
        *(publish.publish(lender.house, ADA, d.row.draft_id, d.row.revision) for d in both),
        return_exceptions=True,
    )
    (told,) = [answer for answer in answers if isinstance(answer, BaseException)]
    assert isinstance(told, CommandRefused | DefinitionError)
    assert "published" in str(told)


async def test_two_versions_never_begin_on_one_day(lender: Lender) -> None:
    await published(lender.house, await drafted(lender.house))
    draft = await drafted(lender.house)
    with pytest.raises(DefinitionError, match=f"version 3 begins on {TOMORROW} too"):
        await drafts.submit(lender.house, ADA, draft.row.draft_id, draft.row.revision, "")


async def test_a_start_in_the_past_is_refused_once_loans_were_made_since(lender: Lender) -> None:
    await lender.lends(on=START)
    lender.clock.set(START + timedelta(days=10))
    await lender.lends(on=START + timedelta(days=10))
    draft = await approved(
        lender.house,
        await next_version(
            lender.house, "personal_installment", START + timedelta(days=5), {"grace_days": "15"}
        ),
    )
    with pytest.raises(DefinitionError, match="contracted under other versions up to 2026-01-25"):
        await publish.publish(lender.house, ADA, draft.row.draft_id, draft.row.revision)


async def test_a_quote_is_honored_after_its_version_was_retired(lender: Lender) -> None:
    house = lender.house
    quote = await quotes.make(house, ANYONE, "personal_installment", terms(START))
    await publish.retire(house, ADA, "personal_installment", 1, START, "replaced")
    lender.clock.set(TOMORROW)
    with pytest.raises(CommandRefused, match="personal_installment"):
        await quotes.make(house, ANYONE, "personal_installment", terms(TOMORROW))
    borrower = await borrowers.create(house, ANYONE, name="Ann", email="a@example.com")
    booking = BookLoan(borrower_id=borrower, terms=terms(START), quote_id=quote.quote_id)
    receipt = await house.servicer.execute(ANYONE, booking)
    assert receipt.loan_id
    rows = await catalog_reads.products(house)
    states = {(row.version, row.state, row.live_until) for row in rows
              if row.product == "personal_installment"}  # fmt: skip
    assert (1, "retired", START) in states


async def test_a_gap_between_versions_offers_nothing_and_the_next_one_ends_it(
    lender: Lender,
) -> None:
    house, later = lender.house, START + timedelta(days=20)
    await publish.retire(house, ADA, "personal_installment", 1, START, "")
    await published(house, await next_version(house, "personal_installment", later, {}))
    lender.clock.set(later - timedelta(days=1))
    with pytest.raises(CommandRefused):
        await quotes.make(house, ANYONE, "personal_installment", terms(TOMORROW))
    lender.clock.set(later)
    quote = await quotes.make(house, ANYONE, "personal_installment", terms(later))
    assert quote.product_version == 3


async def test_retiring_is_refused_in_the_past_twice_and_for_nothing(lender: Lender) -> None:
    house = lender.house
    with pytest.raises(CommandRefused, match="past"):
        await publish.retire(house, ADA, "pay_in_4", 1, START - timedelta(days=1), "")
    with pytest.raises(NotFound):
        await publish.retire(house, ADA, "pay_in_4", 77, START, "")
    await publish.retire(house, ADA, "pay_in_4", 1, START, "")
    with pytest.raises(CommandRefused, match="retired before"):
        await publish.retire(house, ADA, "pay_in_4", 1, START, "")


async def test_a_rule_takes_its_new_text_and_keeps_the_old_one(lender: Lender) -> None:
    house, name = lender.house, "us.federal.scra.six_percent_cap"
    first = await drafts.create(house, ADA, kind="rule", name=name)
    second = await drafts.create(house, BEN, kind="rule", name=name)
    assert first.row.version == 0 and first.file.startswith("rules/us/federal/")
    changed = first.text.replace("title: ", "title: New. ", 1)
    edited = await drafts.edit(house, ADA, first.row.draft_id, 1, changed)
    await published(house, edited)
    view = await catalog_reads.rule(house, name)
    assert view.row.title.startswith("New. ")
    assert [text.text for text in view.past] == [first.text]
    submitted = await drafts.submit(house, BEN, second.row.draft_id, 1, "")
    ready = await drafts.approve(house, ADA, second.row.draft_id, submitted.row.revision, "")
    with pytest.raises(CommandRefused, match="published anew"):
        await publish.publish(house, BEN, second.row.draft_id, ready.row.revision)


async def test_what_is_sent_back_withdrawn_or_unknown(lender: Lender) -> None:
    house = lender.house
    draft = await drafted(house)
    ident = draft.row.draft_id
    submitted = await drafts.submit(house, ADA, ident, draft.row.revision, "")
    said = await drafts.comment(house, READER, ident, submitted.row.revision, "Why 3 percent?")
    assert said.history[-1].comment == "Why 3 percent?" and said.row.state == "in_review"
    back = await drafts.send_back(house, BEN, ident, said.row.revision, "too dear")
    assert back.row.state == "draft" and back.history[-1].action == "returned"
    gone = await drafts.withdraw(house, ADA, ident, back.row.revision, "")
    with pytest.raises(CommandRefused, match="withdrawn"):
        await drafts.edit(house, ADA, ident, gone.row.revision, "x")
    with pytest.raises(NotFound):
        await drafts.find(house, "draft_none")
    with pytest.raises(NotFound):
        await drafts.create(house, ADA, kind="product", name="no_such_product")
    with pytest.raises(CommandRefused, match="no kind"):
        await drafts.create(house, ADA, kind="thing", name="x")


async def test_something_new_is_written_from_nothing(lender: Lender) -> None:
    house = lender.house
    begun = await drafts.create(house, ADA, kind="product", name="pay_in_4")
    text = begun.text.replace("product: pay_in_4", "product: pay_in_four", 1)
    text = text.replace(f"version: {begun.row.version}", "version: 1", 1)
    new = await drafts.create(house, ADA, kind="product", name="pay_in_four", text=text)
    assert new.row.began_from == "" and new.problems == () and new.row.version == 1
    await published(house, new)
    assert house.catalog.products["pay_in_four"][0].version == 1
    misnamed = await drafts.create(house, ADA, kind="product", name="another", text=text)
    assert "this is a draft of another" in misnamed.problems[0].message


async def test_a_restart_knows_what_was_published_and_a_changed_row_is_refused(
    lender: Lender, tmp_path: object, fresh_database: str
) -> None:
    await published(lender.house, await drafted(lender.house))
    settings = read_settings(
        {"LOANWRIGHT_HOME": str(tmp_path), "LOANWRIGHT_DATABASE_URL": fresh_database}
    )
    async with open_house(settings, fresh_database, clock=SetClock(START)) as again:
        assert again.catalog.product("personal_installment", 3).live_from == TOMORROW
    await lender.house.pool.execute(
        "UPDATE definition SET text = replace(text, '0.03', '0.04') WHERE version = 3"
    )
    with pytest.raises(DefinitionError) as refused:
        async with open_house(settings, fresh_database, clock=SetClock(START)):
            pass
    (problem,) = [p for p in refused.value.problems if p.code == "sealed"]
    assert problem.message.count("SHA-256") == 1 and "v3.yaml" in problem.message


async def test_another_process_hears_of_it(
    lender: Lender, tmp_path: object, fresh_database: str
) -> None:
    settings = read_settings(
        {"LOANWRIGHT_HOME": str(tmp_path), "LOANWRIGHT_DATABASE_URL": fresh_database}
    )
    async with open_house(settings, fresh_database, clock=SetClock(START)) as other:
        listening = asyncio.create_task(publish.keep_current(other, every=0.05))
        await asyncio.sleep(0.2)
        await published(lender.house, await drafted(lender.house))
        for _ in range(100):
            if len(other.catalog.versions("personal_installment")) == 3:
                break
            await asyncio.sleep(0.05)
        assert other.catalog.product("personal_installment", 3).live_from == TOMORROW
        listening.cancel()


@pytest.mark.parametrize("text", ["", "null", "- a list", "just words", "{", "product: [1]"])
async def test_a_text_that_is_no_definition_is_kept_and_told(lender: Lender, text: str) -> None:
    house = lender.house
    draft = await drafts.create(house, ADA, kind="product", name="odd", text=text)
    assert draft.problems and draft.text == text
    with pytest.raises(DefinitionError):
        await drafts.submit(house, ADA, draft.row.draft_id, 1, "")
    found = await review.review(house, draft.row.draft_id)
    assert found.draft.problems == draft.problems
