"""Run one suite over a file or a folder of files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tests.conformance import (
    actus,
    amortization,
    daycount,
    escrow,
    eu_aprc,
    fineract,
    peers,
    regz,
    rule_of_78,
    rules,
    us_rule,
)
from tests.conformance.verdict import Case, Suite, Tally

SUITES: dict[str, Suite] = {
    "actus": actus.cases,
    "amortization": amortization.cases,
    "daycount": daycount.cases,
    "escrow": escrow.cases,
    "eu_aprc": eu_aprc.cases,
    "fineract": fineract.cases,
    "peers": peers.cases,
    "regz": regz.cases,
    "rule_of_78": rule_of_78.cases,
    "rules": rules.cases,
    "us_rule": us_rule.cases,
}
_DEVIATIONS = Path(__file__).with_name("deviations.yaml")


class CannotRun(Exception):
    """The suite or the path cannot be run at all; the message says why."""


def run(suite: str, path: Path, only: str | None = None) -> Tally:
    """Check every case of the suite under the path, or those with one tag.

    Raises CannotRun for an unknown suite, a missing path and a path without cases.
    """
    if suite not in SUITES:
        known = ", ".join(sorted(SUITES))
        raise CannotRun(f'"{suite}" is not a suite; there are adapters for: {known}')
    if not path.exists():
        raise CannotRun(f"{path} does not exist")
    tally, aside = Tally(suite), deviations(suite)
    found = False
    for case in _cases(SUITES[suite], path):
        found = True
        if only is not None and only not in case.tags:
            continue
        if case.id in aside:
            tally.deviations += 1
        else:
            tally.add(case)
    if not found:
        raise CannotRun(f"{path} holds no case of {suite}")
    return tally


def deviations(suite: str) -> dict[str, str]:
    """Cases of the suite set aside on purpose: id → reason."""
    listed = yaml.safe_load(_DEVIATIONS.read_text(encoding="utf-8")) or {}
    return {entry["id"]: entry["reason"] for entry in listed.get(suite) or ()}


def _cases(suite: Suite, path: Path) -> Iterator[Case]:
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    for file in files:
        if file.suffix in {".json", ".jsonl"}:
            yield from suite(file, _parsed(file))


def _parsed(file: Path) -> Any:
    text = file.read_text(encoding="utf-8")
    try:
        if file.suffix == ".jsonl":
            return [json.loads(line) for line in text.splitlines() if line.strip()]
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise CannotRun(f"{file} is not JSON: {error}") from error
