"""Suite ``rules``: published vectors of consumer-credit rules, asked of the files under ``rules/``.

Each vector is one question in its author's words. The tables beside this file, by field of law,
say it in ours: which rule, with which facts; and read the answer back. A limit
asked of an amount without end answers with its bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.conformance.rules_asked import Not
from tests.conformance.rules_mortgage import MORTGAGE
from tests.conformance.rules_servicing import SERVICED
from tests.conformance.rules_states import STATES
from tests.conformance.rules_us import US
from tests.conformance.rules_world import WORLD
from tests.conformance.verdict import Case, Differs, Unsupported

ANSWERS = {**US, **STATES, **MORTGAGE, **SERVICED, **WORLD}


def cases(file: Path, document: Any) -> Iterator[Case]:
    """Every vector of a file of rules."""
    if not isinstance(document, dict) or "rules" not in document:
        return
    for rule in document["rules"]:
        for vector in rule.get("test_vectors", ()):
            tags = (rule["jurisdiction"], rule["id"])
            yield Case(vector["id"], tags, lambda r=rule, v=vector: _check(r["id"], v))


def _check(rule: str, vector: dict[str, Any]) -> None:
    if rule not in ANSWERS:
        raise Unsupported(f"no rule says what {rule} asks")
    found, expected = ANSWERS[rule](vector["facts"]), vector["expected"]
    if isinstance(found, Not) and isinstance(expected, str) and expected != str(found):
        return
    if _plain(found) != _plain(expected):
        raise Differs(f"{found}, expected {expected}")


def _plain(answer: Any) -> Any:
    """Answers alike whatever type they came in; numbers to four decimals."""
    match answer:
        case Not():
            return f"not {answer}"
        case bool() | str():
            return answer
        case int() | float() | Fraction() | Decimal():
            return round(Fraction(str(answer)), 4)
        case dict():
            return {name: _plain(value) for name, value in answer.items()}
        case list() | tuple():
            return [_plain(value) for value in answer]
        case date():
            return answer.isoformat()
        case _:
            return answer
