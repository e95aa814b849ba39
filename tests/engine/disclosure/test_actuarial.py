"""The actuarial equation is solved to far more digits than anyone is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.disclosure.actuarial import Flow, periodic_rate

NONE = Fraction(0)


@given(
    st.integers(-300, 4000).map(lambda n: Fraction(n, 1000)),
    st.lists(st.tuples(st.integers(1, 40), st.integers(1, 10**7)), min_size=1, max_size=12),
    st.sampled_from([NONE, Fraction(7, 15), Fraction(29, 30)]),
)
def test_the_rate_that_priced_the_payments_is_found(
    rate: Fraction, payments: list[tuple[int, int]], fraction: Fraction
) -> None:
    worth = sum(
        (amount / ((1 + fraction * rate) * (1 + rate) ** at) for at, amount in payments), NONE
    )
    if worth < 10_000:
        return
    scale = 10**12
    flows = [Flow(amount * scale, at, fraction) for at, amount in payments]
    flows.append(Flow(-round(worth * scale), 0, NONE))
    assert abs(periodic_rate(flows) - rate) < Fraction(1, 10**12)


@given(
    st.integers(-200, 3000).map(lambda n: Fraction(n, 1000)),
    st.lists(st.tuples(st.integers(0, 9), st.integers(1, 10**7)), min_size=2, max_size=6),
    st.lists(st.integers(1, 10**7), min_size=0, max_size=8),
    st.integers(10, 60),
)
def test_the_rate_of_several_advances_is_found(
    rate: Fraction, advances: list[tuple[int, int]], payments: list[int], last: int
) -> None:
    scale, flows = 10**24, []
    for at, amount in advances:
        flows.append(Flow(-amount * scale, at, NONE))
    flows += [Flow(amount * scale, 10 + at, NONE) for at, amount in enumerate(payments)]
    left = -sum((Fraction(flow.amount) / (1 + rate) ** flow.full for flow in flows), NONE)
    final = round(left * (1 + rate) ** (10 + last))
    if final < scale:
        return
    flows.append(Flow(final, 10 + last, NONE))
    assert abs(periodic_rate(flows) - rate) < Fraction(1, 10**10)


def test_a_long_gap_at_a_high_rate_keeps_its_digits() -> None:
    rate, periods, lent = Fraction(2783, 1000), 52, 10**24
    flows = [Flow(-lent, 0, NONE), Flow(round(lent * (1 + rate) ** periods), periods, NONE)]
    assert abs(periodic_rate(flows) - rate) < Fraction(1, 10**20)


def test_several_advances() -> None:
    # Appendix J (c)(7)(i): three advances of 20,000 repaid by 240 payments of 612.36.
    advances = [(0, "0"), (2, "1/15"), (5, "4/15")]
    flows = [Flow(-2_000_000, at, Fraction(odd)) for at, odd in advances]
    flows += [Flow(61_236, at, NONE) for at in range(8, 248)]
    assert round(periodic_rate(flows) * 12 * 100, 2) == Fraction("10.25")


def test_no_cost_is_no_rate() -> None:
    assert periodic_rate([Flow(-300, 0, NONE), Flow(100, 1, NONE), Flow(200, 2, NONE)]) == 0


def test_nothing_paid_has_no_rate() -> None:
    with pytest.raises(ValueError, match="no rate"):
        periodic_rate([Flow(-300, 0, NONE)])
