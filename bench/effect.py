"""What a version would do to a loan: its life decided anew twice and compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from msgspec.structs import replace

from bench.harness import Comparison, Way, timed
from bench.loans import lived, personal_terms
from engine.fees.late_fee import LateFee
from engine.loan import observe
from engine.loan.reapply import decide_anew
from servicing.publishing.loan_effect import compare


def comparisons() -> Iterator[Comparison]:
    """A loan of 24 payments made, under its version and under one with five more days of grace."""
    life, own = lived(24), personal_terms()
    assert life.loan is not None
    day = observe.unbilled(life.loan)[0].due_date - timedelta(days=1)
    fees = tuple(
        replace(fee, grace_days=fee.grace_days + 5) if isinstance(fee, LateFee) else fee
        for fee in own.product.fees
    )
    candidate = replace(own, product=replace(own.product, fees=fees, version=9))
    found = compare("loan_bench", life.history, own, candidate, day)
    assert found.effect is None, "a loan always paid on its day has no late fees to lose"
    yield Comparison(
        name="effect",
        title="The effect of a version on a loan that made 24 payments",
        unit="loans",
        ways=(
            Way(
                "decided anew under its own version",
                timed(lambda: decide_anew("loan_bench", life.history, own, day)),
            ),
            Way(
                "compared under both",
                timed(lambda: compare("loan_bench", life.history, own, candidate, day)),
            ),
        ),
    )
