"""What comes of a case: passed, failed with the difference, or unsupported with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


class Unsupported(Exception):
    """The product cannot express the case; the message says what is missing."""


class Differs(Exception):
    """The engine's number is another one than the case expects; the message says both."""


@dataclass(frozen=True)
class Case:
    """One published expectation and how to check it: ``check`` returns when it is met."""

    id: str
    tags: tuple[str, ...]
    check: Callable[[], None]


Suite = Callable[[Path, Any], Iterator[Case]]
"""Yields the cases of one parsed file; nothing for a file of another suite."""


@dataclass
class Tally:
    """Counts of one run; ``deviations`` are cases set aside on purpose and counted nowhere else."""

    suite: str
    passed: int = 0
    failed: int = 0
    unsupported: int = 0
    deviations: int = 0
    by_tag: dict[str, Counter[str]] = field(default_factory=dict)
    failures: list[dict[str, str]] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.passed + self.failed + self.unsupported

    def add(self, case: Case) -> None:
        """Check one case and count what comes of it."""
        try:
            case.check()
        except Unsupported as reason:
            self.unsupported += 1
            self.reasons[str(reason)] += 1
            outcome = "unsupported"
        except Differs as difference:
            outcome = self._fail(case, str(difference))
        except (
            AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError
        ) as error:  # fmt: skip
            outcome = self._fail(case, f"{type(error).__name__}: {error}")
        else:
            self.passed += 1
            outcome = "passed"
        for tag in case.tags:
            self.by_tag.setdefault(tag, Counter())[outcome] += 1

    def _fail(self, case: Case, why: str) -> str:
        self.failed += 1
        self.failures.append({"id": case.id, "why": why})
        return "failed"

    def as_json(self) -> dict[str, Any]:
        """The result for machines."""
        return {
            "suite": self.suite,
            "passed": self.passed,
            "failed": self.failed,
            "unsupported": self.unsupported,
            "deviations": self.deviations,
            "total": self.total,
            "by_tag": {tag: dict(counts) for tag, counts in sorted(self.by_tag.items())},
            "failures": self.failures,
            "reasons": dict(self.reasons.most_common()),
        }
