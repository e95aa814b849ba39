"""Every template is sound, and a product begun from one can be submitted as it is."""

from __future__ import annotations

import pytest

from engine.errors import DefinitionError
from servicing.errors import NotFound
from servicing.publishing import drafts
from servicing.studio.templates import ORDER, templates, text_from
from tests.servicing.lending import Lender
from tests.servicing.publishing.people import ADA


async def test_a_draft_from_any_template_is_sound(lender: Lender) -> None:
    assert [template.name for template in templates()] == list(ORDER)
    for template in templates():
        name = f"our_{template.name}"
        text = text_from(lender.house, template.name, name, "Our own loan")
        draft = await drafts.create(lender.house, ADA, kind="product", name=name, text=text)
        assert draft.problems == () and "title: Our own loan" in draft.text
        try:
            await drafts.submit(lender.house, ADA, draft.row.draft_id, 1, "")
        except DefinitionError as wrong:
            pytest.fail(f"{template.name}: {wrong}")


async def test_an_unknown_template_is_told(lender: Lender) -> None:
    with pytest.raises(NotFound):
        text_from(lender.house, "payday", "ours", "")
