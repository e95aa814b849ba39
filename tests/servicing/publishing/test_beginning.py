"""Any text ever published can be begun from again, and another definition can be a template."""

from __future__ import annotations

from datetime import timedelta

import pytest

from engine.product.product import Product
from servicing import catalog_reads
from servicing.errors import CommandRefused, NotFound
from servicing.publishing import drafts, review
from servicing.publishing.candidate import candidate
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import ADA, next_version, published, rewritten

PRODUCT = "personal_installment"
RULE = "us.federal.scra.six_percent_cap"


async def test_a_version_published_before_is_restored_and_compared_with_what_is_live(
    lender: Lender,
) -> None:
    house, begins = lender.house, START + timedelta(days=1)
    await published(house, await next_version(house, PRODUCT, begins, {"grace_days": "15"}))
    lender.clock.set(begins)
    back = await drafts.create(house, ADA, kind="product", name=PRODUCT, version=1)
    assert (back.row.version, back.row.began_from) == (4, f"{PRODUCT}@1")
    assert back.history[0].comment == f"from {PRODUCT}@1"
    assert "grace_days: 10" in back.text and back.problems == ()
    found = await review.review(house, back.row.draft_id)
    assert found.compared_with == f"{PRODUCT}@3"
    places = {item.path: (item.before, item.after) for item in found.differences}
    assert places["/fees/1/grace_days"] == ("15", "10")
    with pytest.raises(NotFound):
        await drafts.create(house, ADA, kind="product", name=PRODUCT, version=77)


async def test_a_product_is_a_template_of_another(lender: Lender) -> None:
    house = lender.house
    made = await drafts.create(
        house, ADA, kind="product", name="car_loan", template="auto_simple_interest@1"
    )
    assert (made.row.version, made.row.began_from) == (1, "auto_simple_interest@1")
    assert made.text.splitlines()[1] == "product: car_loan" and made.problems == ()
    definition, _ = candidate(house, await drafts.row_of(house, made.row.draft_id))
    assert isinstance(definition.value, Product) and definition.value.reference == "car_loan@1"
    found = await review.review(house, made.row.draft_id)
    assert found.compared_with == "auto_simple_interest@1"
    assert {item.path for item in found.differences} == {"/product", "/live_from"}
    assert found.where_used == () and found.examples and found.examples[0]["passed"]
    await published(house, made)
    with pytest.raises(CommandRefused, match="published already"):
        await drafts.create(
            house, ADA, kind="product", name="car_loan", template="auto_simple_interest@1"
        )


async def test_a_rule_takes_back_a_text_it_had(lender: Lender) -> None:
    house = lender.house
    first = await drafts.create(house, ADA, kind="rule", name=RULE)
    await published(house, await rewritten(house, first, title="Another title"))
    (was,) = (await catalog_reads.rule(house, RULE)).past
    again = await drafts.create(house, ADA, kind="rule", name=RULE, past=was.content_hash)
    assert again.text == first.text == was.text
    done = await published(house, again)
    assert done.row.state == "published"
    assert (await catalog_reads.rule(house, RULE)).text == first.text
    with pytest.raises(NotFound):
        await drafts.create(house, ADA, kind="rule", name=RULE, past="0" * 64)


async def test_a_rule_is_a_template_of_one_elsewhere_in_the_tree(lender: Lender) -> None:
    name = "policy.our_own_cap"
    made = await drafts.create(lender.house, ADA, kind="rule", name=name, template=RULE)
    assert made.text.splitlines()[0].endswith("$schema=../../schemas/rule.schema.json")
    assert f"rule: {name}" in made.text and made.file == "rules/policy/our_own_cap.yaml"


@pytest.mark.parametrize(
    "asked",
    [{"version": 1, "template": "pay_in_4@1"}, {"template": f"{PRODUCT}@1"}],
)
async def test_two_beginnings_or_itself_as_template_are_refused(
    lender: Lender, asked: dict[str, object]
) -> None:
    with pytest.raises(CommandRefused):
        await drafts.create(lender.house, ADA, kind="product", name=PRODUCT, **asked)  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        await drafts.create(lender.house, ADA, kind="product", name="x", template="nothing@1")
