"""Products drawn from the schema validate and live without breaking what must hold, or are refused
with a reason at its place.

``LOANWRIGHT_PRODUCTS=2000 python -m pytest -m proof tests/generated`` draws so many others.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from tests.generated.generated_lives import judged, live_through
from tests.generated.schema_products import documents

SOUGHT = os.environ.get("LOANWRIGHT_PRODUCTS", "")
"""How many products to draw anew; the same 200 every time when it is not set."""
IN_PROOF = int(SOUGHT or 200)
slow = settings(
    deadline=None,
    derandomize=not SOUGHT,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # the text is told; shrinking takes long
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
counted: Counter[str] = Counter()


def lives(document: dict[str, Any], seed: int, loans: int) -> None:
    came = judged(document)
    note(came.text)
    counted["drawn"] += 1
    counted["refused"] += bool(came.problems)
    assert came.product is not None, "what is refused is not mended by the sections it names"
    live_through(came, seed, loans)
    counted["loans"] += came.lived
    counted["not made"] += came.refused


@given(documents(), st.integers(0, 2**32))
@settings(slow, max_examples=8)
def test_a_few_products_live_or_are_refused_at_a_place(document: dict[str, Any], seed: int) -> None:
    lives(document, seed, 4)


@pytest.mark.proof
@given(documents(), st.integers(0, 2**32))
@settings(slow, max_examples=IN_PROOF)
def test_products_live_or_are_refused_at_a_place(document: dict[str, Any], seed: int) -> None:
    lives(document, seed, 25)
