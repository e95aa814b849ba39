"""Suite ``peers``: numbers from the tests of two other lending systems, facts only.

Each has a module of its own that says what it means by its words.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conformance import peers_lending, peers_timetables
from tests.conformance.verdict import Case


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of either file, tagged by category or by type of timetable."""
    if not isinstance(document, dict) or "cases" not in document:
        return
    for case in _whole(document["cases"]):
        if "category" in case:
            tags = ("lending", case["category"])
            yield Case(case["id"], tags, lambda case=case: peers_lending.check(case))
        elif "columns" in case["expected"]:
            tags = ("timetable", case["inputs"]["type"])
            yield Case(case["id"], tags, lambda case=case: peers_timetables.check(case))


def _whole(cases: list[Any]) -> Iterator[dict[str, Any]]:
    """The cases, each with the inputs of the one it says it is the same as."""
    known = {case.get("id"): case for case in cases if isinstance(case, dict)}
    for case in cases:
        if not isinstance(case, dict) or "expected" not in case or "inputs" not in case:
            continue
        same = known.get(case["inputs"].get("same_as"), {}).get("inputs", {})
        yield {**case, "inputs": {**same, **case["inputs"]}}
