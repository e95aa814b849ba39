"""The kinds of wrong: a bad definition (``Problem``, as data), a declined request (``Refusal``).

A bug is an ``AssertionError`` and ends the transaction. A bad definition file yields every
``Problem`` at once. A request the domain declines yields a ``Refusal`` that says what was asked,
what is allowed and, where law decided, its citation.
"""

from __future__ import annotations

import msgspec


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing wrong in a definition or a request body: where, what was found, how to mend it."""

    message: str
    """What was found and what is allowed, in one sentence."""
    path: str = ""
    """JSON pointer of the place, "/fees/0/amount"; empty for the whole document."""
    file: str = ""
    line: int = 0
    """Line in the file, from 1; 0 when the document did not come from text."""
    column: int = 0
    mend: str = ""
    """How to put it right."""
    code: str = "invalid"
    """Stable name of the kind of fault, for tests and machines."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}: " if self.line else ""
        mend = f" ({self.mend})" if self.mend else ""
        return f"{place}{self.path or '/'}: {self.message}{mend}"


class DefinitionError(Exception):
    """Definitions are wrong; ``problems`` lists every fault found."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a rule stands in the law."""

    cite: str
    """The citation as lawyers write it: "32 CFR 232.4(b)"."""
    href: str = ""
    """Address of the text."""


class Refusal(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The domain declines a command: nothing happened.

    ``code`` is stable and machine-readable, ``message`` says what was asked and what is allowed.
    """

    code: str
    message: str
    path: str = ""
    """JSON pointer into the request where one field is at fault: "/amount"."""
    rule: str = ""
    """Name of the rule that refused, when law or policy did."""
    citation: Citation | None = None
    kind: str = "state"
    """``invalid`` (the request), ``state`` (the loan cannot now), ``rule`` (law refused)."""
    needs_approval: bool = False
    """True when a second person's override lets it through."""


class Refused(Exception):
    """Carries refusals out of nested decisions; ``decide`` turns it back into data."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(refusal.message for refusal in refusals))
        self.refusals = refusals


def refuse(code: str, message: str, *, path: str = "", kind: str = "state") -> Refused:
    """A ``Refused`` holding one refusal; raise what this returns."""
    return Refused(Refusal(code=code, message=message, path=path, kind=kind))
