"""The problem every check of a product's meaning tells: right in form, wrong in what it says."""

from __future__ import annotations

from engine.errors import Problem


def wrong(path: str, message: str, mend: str) -> Problem:
    """A fault of meaning at a place of the document (JSON pointer), and how to put it right."""
    return Problem(message=message, path=path, mend=mend, code="meaning")
