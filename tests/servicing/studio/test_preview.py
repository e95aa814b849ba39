"""A draft's text as it is typed: what is wrong, what it says, what a loan costs."""

from __future__ import annotations

from servicing.publishing import drafts
from servicing.studio.document import written
from servicing.studio.preview import mended_example, preview
from servicing.studio.sample import Scenario
from servicing.views.studio import DraftPreview
from tests.servicing.lending import Lender
from tests.servicing.publishing.people import ADA, drafted


async def look(lender: Lender, text: str, scenario: Scenario = Scenario.missed) -> DraftPreview:
    return await preview(
        lender.house, "product", "personal_installment", 3, text, scenario=scenario
    )


async def test_a_sound_text_has_a_sample_loan_words_and_checks(lender: Lender) -> None:
    draft = await drafted(lender.house)
    view = await look(lender, draft.text)
    assert view.problems == () and view.sample is not None and view.data is not None
    assert all(check.passed for check in view.checks) and len(view.checks) == 6
    assert any(title == "Late fee" for title, _ in view.in_words)
    assert view.waterfall is not None and len(view.waterfall.falls) == 3


async def test_a_change_shows_in_the_figures_and_in_the_examples(lender: Lender) -> None:
    draft = await drafted(lender.house)
    view = await look(lender, draft.text.replace("grace_days: 10", "grace_days: 3"))
    before = await look(lender, draft.text)
    assert view.sample is not None and before.sample is not None
    assert view.sample.late_fee is not None and before.sample.late_fee is not None
    assert (before.sample.late_fee.on - view.sample.late_fee.on).days == 7
    assert any(not check.passed for check in view.checks)


async def test_what_is_wrong_is_told_at_its_line_and_the_rest_waits(lender: Lender) -> None:
    draft = await drafted(lender.house)
    view = await look(lender, draft.text.replace("grace_days: 10", "grace_days: soon"))
    (problem,) = view.problems
    line = draft.text.splitlines().index("    grace_days: 10") + 1
    assert (problem.path, problem.line) == ("/fees/1/grace_days", line)
    assert view.sample is None and view.data is not None and view.checks == ()
    assert (await look(lender, "product: [")).data is None


async def test_an_example_can_be_made_to_expect_what_comes_out(lender: Lender) -> None:
    draft = await drafted(lender.house)
    text = draft.text.replace("grace_days: 10", "grace_days: 3")
    view = await look(lender, text)
    assert view.data is not None
    examples = list(view.data["examples"])
    for place, check in enumerate(view.checks):
        if not check.passed:
            new = mended_example(lender.house, "product", "personal_installment", 3, text, place)
            assert new is not None and new != examples[place]
            examples[place] = new
    again = await look(lender, written(text, {**view.data, "examples": examples}))
    assert all(check.passed for check in again.checks)


async def test_a_rule_shows_its_tests(lender: Lender) -> None:
    name = "us.federal.military_lending_act.mapr_cap"
    draft = await drafts.create(lender.house, ADA, kind="rule", name=name)
    changed = draft.text.replace('2016-10-03: "0.36"', '2016-10-03: "0.30"')
    view = await preview(lender.house, "rule", name, 0, changed)
    assert view.problems == () and view.sample is None
    assert [check.passed for check in view.checks].count(False) == 1
