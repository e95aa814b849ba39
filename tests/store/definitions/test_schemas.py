"""The schemas in the checkout are those of the types."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.definitions.schemas import SCHEMAS, main, stale_schemas, write_schemas


def test_the_schemas_in_the_checkout_are_up_to_date() -> None:
    assert stale_schemas() == [], "run: make schemas"
    assert SCHEMAS.name == "schemas"


def test_what_is_missing_or_differs_is_stale_until_written(tmp_path: Path) -> None:
    assert len(stale_schemas(tmp_path)) == 7
    assert len(write_schemas(tmp_path)) == 7
    assert stale_schemas(tmp_path) == write_schemas(tmp_path) == []
    (tmp_path / "rule.schema.json").write_text("{}", encoding="utf-8")
    assert [path.name for path in stale_schemas(tmp_path)] == ["rule.schema.json"]


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0
    assert main(["--other"]) == 2
    assert "usage" in capsys.readouterr().out
