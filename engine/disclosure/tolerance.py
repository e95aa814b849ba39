"""How far a disclosed APR may be from the exact one before it is wrong.

Source: 12 CFR 1026.22(a)(2) and (3).
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from engine.values.rate import Rate

REGULAR: Final = Rate(Fraction(125, 100_000))
"""One eighth of one percentage point."""
IRREGULAR: Final = Rate(Fraction(25, 10_000))
"""One quarter: multiple advances, irregular periods or irregular payments."""


def is_accurate(disclosed_apr: Rate, exact_apr: Rate, *, irregular: bool = False) -> bool:
    """Whether the disclosed APR is within the tolerance of the exact one."""
    allowed = IRREGULAR if irregular else REGULAR
    return abs(disclosed_apr.exact - exact_apr.exact) <= allowed.exact
