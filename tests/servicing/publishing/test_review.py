"""What a reviewer is shown: words, places, examples, rules and what a loan costs."""

from __future__ import annotations

from datetime import timedelta

from servicing.publishing import drafts, review
from servicing.publishing.differences import differences, in_words
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import ADA, drafted, next_version, rewritten


async def test_a_fee_that_changes_is_told_in_business_words(lender: Lender) -> None:
    await lender.lends()
    draft = await next_version(
        lender.house, "personal_installment", START + timedelta(days=1), {"grace_days": "15"}
    )
    cheaper = draft.text.replace('rate: "0.03"', 'rate: "0.02"')
    draft = await drafts.edit(lender.house, ADA, draft.row.draft_id, draft.row.revision, cheaper)
    found = await review.review(lender.house, draft.row.draft_id)
    assert found.compared_with == "personal_installment@1" and found.loans == 1
    words = {item.title: (item.before, item.after) for item in found.in_words}
    assert "10 days" in words["Late fee"][0] and "15 days" in words["Late fee"][1]
    places = {item.path: (item.title, item.before, item.after) for item in found.differences}
    assert places["/fees/1/grace_days"] == ("Late fee", "10", "15")
    assert places["/fees/0/amount/rate"] == ("Origination fee", "0.03", "0.02")
    before, after = found.sample
    assert (before.version, after.version) == ("personal_installment@1", "personal_installment@3")
    assert before.installment == after.installment and before.apr > after.apr
    assert "us.federal.truth_in_lending.scope" in {rule.rule for rule in found.rules}
    assert found.examples == () and found.live_from == START + timedelta(days=1)


async def test_examples_are_told_red_and_green(lender: Lender) -> None:
    draft = await drafted(lender.house, grace_days="15")
    found = await review.review(lender.house, draft.row.draft_id)
    passed = [example["passed"] for example in found.examples]
    assert True in passed and False in passed
    assert any("expected" in str(example["difference"]) for example in found.examples)


async def test_a_draft_that_is_wrong_is_reviewed_as_far_as_it_goes(lender: Lender) -> None:
    draft = await drafted(lender.house, grace_days="-1")
    found = await review.review(lender.house, draft.row.draft_id)
    assert found.draft.problems and found.sample == () and found.rules == ()
    assert any(item.path == "/fees/1/grace_days" for item in found.differences)


async def test_where_a_shared_definition_is_used(lender: Lender) -> None:
    draft = await drafts.create(lender.house, ADA, kind="waterfall", name="consumer_standard")
    found = await review.review(lender.house, draft.row.draft_id)
    assert "personal_installment@1" in found.used_by


async def test_a_rule_is_reviewed_in_words(lender: Lender) -> None:
    draft = await drafts.create(
        lender.house, ADA, kind="rule", name="us.federal.scra.six_percent_cap"
    )
    draft = await rewritten(lender.house, draft, title="Six percent and no more")
    found = await review.review(lender.house, draft.row.draft_id)
    assert [item.after for item in found.in_words] == ["Six percent and no more."]


def test_items_are_one_by_their_name_wherever_they_stand() -> None:
    before = {"fees": [{"name": "a", "amount": "1"}, {"name": "b", "title": "Bee", "amount": "2"}]}
    after = {"fees": [{"name": "b", "title": "Bee", "amount": "3"}, {"name": "c", "amount": "4"}]}
    found = [
        (item.title, item.path, item.before, item.after) for item in differences(before, after)
    ]
    assert found == [
        ("Bee", "/fees/0/amount", "2", "3"),
        ("C", "/fees/1", "", "{name: c, amount: 4}"),
        ("A", "/fees/0", "{name: a, amount: 1}", ""),
    ]
    assert differences({"a": [1, 2]}, {"a": [1, 3, 4]})[1].path == "/a/2"
    assert differences(before, before) == ()


def test_sentences_of_one_title_are_taken_in_their_order() -> None:
    found = in_words([("Fee", "one"), ("Fee", "two")], [("Fee", "one"), ("Rate", "six")])
    assert [(item.title, item.before, item.after) for item in found] == [
        ("Fee", "two", ""), ("Rate", "", "six")
    ]  # fmt: skip
