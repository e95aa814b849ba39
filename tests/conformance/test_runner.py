"""The runner itself: counts, exit codes, reasons and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.__main__ import main

EXAMPLE = {
    "id": "x1", "convention": "ACT/365F", "start": "2024-01-01", "end": "2024-03-14",
    "expected_days": 73, "expected_fraction": 0.2,
}  # fmt: skip


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    wrong = {**EXAMPLE, "id": "x2", "expected_fraction": 0.21}
    strange = {**EXAMPLE, "id": "x3", "convention": "Moon/Lunar"}
    document = {"examples": [EXAMPLE, wrong, strange]}
    (tmp_path / "day_count.json").write_text(json.dumps(document))
    (tmp_path / "another.json").write_text("[]")
    return tmp_path


def last_line(text: str) -> dict[str, object]:
    result: dict[str, object] = json.loads(text.splitlines()[-1])
    return result


def test_a_difference_fails_the_run(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["daycount", str(cases), "--json"]) == 1
    result = last_line(capsys.readouterr().out)
    counts = [result[key] for key in ("passed", "failed", "unsupported", "total", "deviations")]
    assert counts == [1, 1, 1, 3, 0]
    assert result["failures"] == [{"id": "x2", "why": "0.2 of a year, expected 0.21"}]
    assert result["reasons"] == {"convention Moon/Lunar": 1}
    assert result["by_tag"] == {
        "ACT/365F": {"passed": 1, "failed": 1},
        "Moon/Lunar": {"unsupported": 1},
    }


def test_one_tag_alone(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["daycount", str(cases / "day_count.json"), "--only", "Moon/Lunar"]) == 0
    printed = capsys.readouterr().out
    assert "unsupported ×1: convention Moon/Lunar" in printed
    assert "passed 0 failed 0 unsupported 1 total 1" in printed


@pytest.mark.parametrize(
    ("suite", "path", "message"),
    [
        ("astrology", "", "is not a suite"),
        ("daycount", "missing", "does not exist"),
        ("regz", "", "holds no case"),
    ],
)
def test_what_cannot_be_run_is_refused(
    cases: Path, capsys: pytest.CaptureFixture[str], suite: str, path: str, message: str
) -> None:
    assert main([suite, str(cases / path)]) == 2
    assert message in capsys.readouterr().err


def test_a_deviation_leaves_the_denominator(
    cases: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = cases / "deviations.yaml"
    listed.write_text("daycount: [{id: x2, reason: it says so}]")
    monkeypatch.setattr("tests.conformance.runner._DEVIATIONS", listed)
    assert main(["daycount", str(cases), "--json"]) == 0
    result = last_line(capsys.readouterr().out)
    assert [result[key] for key in ("passed", "total", "deviations")] == [1, 2, 1]
