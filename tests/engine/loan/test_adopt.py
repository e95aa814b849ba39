"""Index values that have come are adopted before a loan is asked anything."""

from __future__ import annotations

from datetime import date

import pytest

from engine.loan.adopt import adopt
from engine.loan.decisions.decision import NeedsHistory
from engine.loan.events import RateIndexPublished, RateResetAwaited
from tests.engine.loan.life import Life, a_loan
from tests.engine.loan.rate_plans import INDEX
from tests.engine.loan.test_rate_plan_lives import under

KNOWN = date(2026, 6, 18)


def waiting() -> Life:
    life = a_loan(under(INDEX), rate="0.10")
    life.until(date(2026, 5, 20))
    assert life.events(RateResetAwaited)
    return life


def test_every_value_that_has_come_is_adopted_at_once() -> None:
    life = waiting()
    assert life.loan is not None
    numbered = [(item.seq, item.event) for item in life.history]
    adopted = adopt(life.loan, life.known(KNOWN), numbered, frozenset())
    assert adopted.loan.resets_awaited == ()
    taken = [event for _, event in adopted.events if isinstance(event, RateIndexPublished)]
    assert [event.effective_on for event in taken] == list(life.loan.resets_awaited)
    assert adopted.numbered == [*numbered, *adopted.events]


def test_nothing_comes_of_what_is_not_known_yet() -> None:
    life = waiting()
    assert life.loan is not None
    adopted = adopt(life.loan, life.known(date(2026, 5, 21)), None, frozenset())
    assert (adopted.loan, adopted.events) == (life.loan, [])


def test_the_past_is_asked_for_where_it_is_decided_anew() -> None:
    life = waiting()
    assert life.loan is not None
    with pytest.raises(NeedsHistory):
        adopt(life.loan, life.known(KNOWN), None, frozenset())
