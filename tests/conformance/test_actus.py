"""The ACTUS adapter on cases worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.runner import run

TERMS = {
    "contractType": "PAM",
    "contractRole": "RPA",
    "statusDate": "2023-12-31T00:00:00",
    "initialExchangeDate": "2024-01-01T00:00:00",
    "maturityDate": "2024-03-15T00:00:00",
    "notionalPrincipal": " 1000",
    "nominalInterestRate": "0.12",
    "dayCountConvention": "30E360",
    "cycleAnchorDateOfInterestPayment": "2024-02-01T00:00:00",
    "cycleOfInterestPayment": "P1ML1",
}
LONG = {**TERMS, "cycleOfInterestPayment": "P1ML0"}
OWED = {**TERMS, "contractRole": "RPL"}
RESULTS = [
    ("2024-01-01", "IED", -1000, 1000, 0),
    ("2024-02-01", "IP", 10, 1000, 0),
    ("2024-03-01", "IP", 10, 1000, 0),
    ("2024-03-15", "IP", "4.666666666666667", 1000, 0),
    ("2024-03-15", "MD", 1000, 0, 0),
]


def case(terms: dict[str, Any], results: list[tuple[Any, ...]], sign: int = 1) -> dict[str, Any]:
    rows = [
        {
            "eventDate": f"{on}T00:00",
            "eventType": kind,
            "payoff": payoff if sign > 0 else str(-float(payoff)),
            "notionalPrincipal": sign * principal,
            "nominalInterestRate": 0.12,
            "accruedInterest": accrued,
        }
        for on, kind, payoff, principal, accrued in results
    ]
    return {"terms": terms, "to": "", "results": rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    at_end = ("2024-03-15", "IP", "14.666666666666667", 1000, 0)
    wrong = [*RESULTS[:4], ("2024-03-15", "MD", "1000.00000002", 0, 0)]
    charged = {**TERMS, "cycleOfFee": "P1ML1"}
    cases = {
        "short": case(TERMS, RESULTS),
        "long": case(LONG, [*RESULTS[:2], at_end, RESULTS[4]]),
        "owed": case(OWED, RESULTS, -1),
        "wrong": case(TERMS, wrong),
        "cut": case(TERMS, RESULTS[:2]),
        "charged": case(charged, RESULTS),
        "future": {"terms": {"contractType": "FUTUR"}, "results": []},
    }
    (tmp_path / "vectors.json").write_text(json.dumps(cases))
    (tmp_path / "quirks.json").write_text(json.dumps({"odd": {"meaning": "", "cases": ["wrong"]}}))
    rows = [{"id": "long", "tags": ["stub:long"]}]
    (tmp_path / "index.json").write_text(json.dumps({"cases": rows}))
    return tmp_path


def test_every_event_and_all_four_numbers_are_compared(folder: Path) -> None:
    tally = run("actus", folder)
    assert (tally.passed, tally.failed, tally.unsupported) == (3, 2, 1)
    assert tally.failures == [
        {"id": "wrong", "why": "2024-03-15 MD payoff 1000.0000000000, expected 1000.0000000200"},
        {"id": "cut", "why": "2024-03-01 IP, expected nothing"},
    ]
    assert dict(tally.reasons) == {"fees in a projection": 1}


def test_cases_are_told_by_type_quirk_and_capability(folder: Path) -> None:
    assert run("actus", folder, "stub:long").passed == 1
    assert run("actus", folder, "quirk:odd").failed == 1
    assert run("actus", folder, "no-quirk").total == 5
    assert run("actus", folder, "PAM").total == run("actus", folder, "dcc:30E360").total == 6


def test_a_reset_stays_within_its_limits(tmp_path: Path) -> None:
    reset = {
        **TERMS,
        "cycleAnchorDateOfRateReset": "2024-02-01T00:00:00",
        "marketObjectCodeOfRateReset": "PRIME",
        "rateSpread": "0.02",
        "lifeCap": "0.15",
    }
    rows = [*RESULTS[:2], ("2024-02-01", "RR", 0, 1000, 0), *RESULTS[2:]]
    capped = case(reset, rows)
    capped["dataObserved"] = {
        "PRIME": {"data": [{"timestamp": "2024-01-31T00:00:00", "value": "0.2"}]}
    }
    for row, payoff in zip(capped["results"][3:5], ("12.5", "5.833333333333333"), strict=True):
        row["payoff"] = payoff
    for row in capped["results"][2:]:
        row["nominalInterestRate"] = "0.15"
    (tmp_path / "vectors.json").write_text(json.dumps({"capped": capped}))
    assert run("actus", tmp_path).as_json()["failures"] == []
