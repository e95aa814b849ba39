"""Ids and days as they stand in addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from api.answers import entity_tag
from api.as_of import seen, within_calendar
from api.fee_id import from_address
from api.paging import Limit
from api.payment_id import payment_number
from api.problem import Problem
from servicing.errors import NotFound
from servicing.ids import payment_id

LOAN = "loan_01jdh3m8vk0000000000000000"


def test_the_slash_of_a_fee_id_is_a_tilde_in_an_address() -> None:
    assert from_address("late_fee~3") == "late_fee/3"


def test_a_payment_id_leads_to_its_event() -> None:
    assert payment_number(LOAN, payment_id(LOAN, 7)) == 7


@pytest.mark.parametrize(
    "ident", ["", "pay_", "7", "pay_x_7", "pay_01jdh3m8vk0000000000000000_x", "pay_a_" + "9" * 5000]
)
def test_a_payment_of_another_loan_is_not_found(ident: str) -> None:
    with pytest.raises(NotFound):
        payment_number(LOAN, ident)


def test_a_moment_is_asked_for_with_an_offset() -> None:
    east = timezone(timedelta(hours=3))
    looked = seen(as_known_at=datetime(2026, 1, 31, 2, 0, tzinfo=east))
    assert looked.as_known_at == datetime(2026, 1, 30, 23, 0, tzinfo=UTC)
    with pytest.raises(Problem, match="offset"):
        seen(as_known_at=datetime(2026, 1, 31, 2, 0))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
def test_a_day_beyond_every_calendar_is_refused(day: date) -> None:
    with pytest.raises(Problem, match="not between"):
        within_calendar(as_of=day)


def test_every_parameter_at_fault_is_named() -> None:
    far = date(9999, 12, 31)
    with pytest.raises(Problem) as caught:
        seen(as_of=far, as_known_at=datetime(9999, 12, 31))
    named = [(fault.parameter, "offset" in fault.message) for fault in caught.value.errors]
    assert named == [("as_of", False), ("as_known_at", False), ("as_known_at", True)]
    with pytest.raises(Problem) as caught:
        within_calendar(as_of=far, good_through_date=far)
    assert len(caught.value.errors) == 2


def test_an_entity_tag_begins_with_the_version() -> None:
    assert entity_tag(12, date(2026, 1, 31)) == '"12-20260131"'


def test_pages_are_bounded() -> None:
    assert "le=200" in str(Limit)
