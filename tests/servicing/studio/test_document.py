"""A form and a text are two views of one document."""

from __future__ import annotations

import pytest

from servicing.errors import CommandRefused
from servicing.studio.document import data_of, schema_for, written


def test_the_text_follows_the_document_and_keeps_its_notes() -> None:
    text = "title: Loan  # for people\nversion: 1\n"
    said = data_of(text)
    assert said == {"title": "Loan", "version": 1}
    assert written(text, {**said, "version": 2}) == "title: Loan  # for people\nversion: 2\n"


def test_a_text_that_is_no_yaml_says_nothing_and_is_for_a_person() -> None:
    assert data_of("a: [") is None
    with pytest.raises(CommandRefused, match="as text"):
        written("a: [", {"a": 1})


def test_every_kind_has_its_schema() -> None:
    assert "fees" in schema_for("product")["properties"]
    assert "discriminator" in schema_for("rule")
