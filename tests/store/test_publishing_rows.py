"""Rows of drafts, effects and retirements: guarded by revision, ended once, paged by loan."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from store import draft_rows, effect_rows
from store.definition_rows import (
    DefinitionRow,
    definition_row,
    past_texts,
    retirements,
    save_definitions,
    standing,
)
from store.draft_rows import AlreadyPublished, DraftEntry, DraftRow
from store.loans_of_product import loans_of_product
from store.postgres import open_pool

AT = datetime(2026, 1, 15, 15, tzinfo=UTC)
DRAFT = DraftRow(
    draft_id="draft_1", kind="product", name="loan", version=1, text="a", content_hash="h",
    began_from="", began_hash="", state="draft", revision=1, author="ada", recorded_at=AT,
    changed_at=AT,
)  # fmt: skip
ENTRY = DraftEntry(
    revision=1, action="created", actor="ada", actor_name="Ada", comment="", content_hash="h",
    recorded_at=AT,
)  # fmt: skip
PUBLISHED = DefinitionRow(
    kind="product", name="loan", version=1, file="f", content_hash="h", text="a",
    published_by="ben", approved_by="cy",
)  # fmt: skip


async def test_a_draft_changes_from_the_revision_it_stands_at(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        await draft_rows.add_draft(pool, DRAFT, ENTRY)
        second = replace(DRAFT, text="b", revision=2)
        entry = replace(ENTRY, revision=2, action="edited")
        assert await draft_rows.change_draft(pool, 1, second, entry)
        assert not await draft_rows.change_draft(pool, 1, second, entry)
        assert await draft_rows.draft(pool, "draft_1") == second
        assert await draft_rows.drafts(pool) == [second]
        assert await draft_rows.draft_entries(pool, "draft_1") == [ENTRY, entry]
        assert await draft_rows.draft(pool, "draft_2") is None


async def test_what_is_published_twice_is_written_once(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        before = await standing(pool)
        for number in (1, 2):
            await draft_rows.add_draft(pool, replace(DRAFT, draft_id=f"draft_{number}"), ENTRY)
        done, entry = replace(DRAFT, state="published", revision=2), replace(ENTRY, revision=2)
        assert await draft_rows.publish_draft(pool, 1, done, entry, PUBLISHED)
        assert not await draft_rows.publish_draft(pool, 1, done, entry, PUBLISHED)
        with pytest.raises(AlreadyPublished):
            await draft_rows.publish_draft(
                pool, 1, replace(done, draft_id="draft_2"), entry, replace(PUBLISHED, text="other")
            )
        assert await definition_row(pool, "product", "loan", 1) == PUBLISHED
        untouched = await draft_rows.draft(pool, "draft_2")
        assert untouched is not None and untouched.revision == 1
        assert await standing(pool) != before


async def test_a_rule_keeps_the_text_it_had(fresh_database: str) -> None:
    rule = replace(PUBLISHED, kind="rule", name="us.x", version=0)
    async with open_pool(fresh_database, size=2) as pool:
        for number, text in enumerate(("first", "second", "third")):
            await save_definitions(pool, [replace(rule, text=text)], AT + timedelta(days=number))
        past = await past_texts(pool, "rule", "us.x")
        assert [row["text"] for row in past] == ["second", "first"]
        assert past[1]["replaced_at"] == AT + timedelta(days=1)


async def test_a_version_is_retired_once(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        assert await draft_rows.retire(pool, "loan", 1, date(2026, 5, 1), "why", "ada", AT)
        assert not await draft_rows.retire(pool, "loan", 1, date(2026, 6, 1), "why", "ada", AT)
        assert await retirements(pool) == {"loan@1": date(2026, 5, 1)}


async def test_an_effect_run_goes_on_until_it_ends(fresh_database: str) -> None:
    async with open_pool(fresh_database, size=2) as pool:
        await effect_rows.add_run(pool, "run", "draft_1", b"{}", AT)
        found = [("loan_b", -5, b"b"), ("loan_a", 7, b"a")]
        assert await effect_rows.update_run(pool, "run", "running", b"{1}", AT, found)
        assert await effect_rows.loans_of(pool, "run", "", 1) == [b"a"]
        assert await effect_rows.loans_of(pool, "run", "loan_a", 9) == [b"b"]
        assert await effect_rows.end_run(pool, "run", "cancelled", AT)
        assert not await effect_rows.end_run(pool, "run", "done", AT)
        assert not await effect_rows.update_run(pool, "run", "done", b"{2}", AT, [])
        assert (await effect_rows.run(pool, "run"))["state"] == "cancelled"
        assert (await effect_rows.last_run(pool, "draft_1"))["run_id"] == "run"
        assert await effect_rows.last_run(pool, "draft_2") is None
        assert await loans_of_product(pool, "loan") == []
