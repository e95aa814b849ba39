"""The day and the knowledge a page looks from stand in its address."""

from __future__ import annotations

from datetime import UTC, date, datetime

from admin_ui.components.as_of import chosen_moment
from admin_ui.moment import Moment, end_of, moment_of


def test_an_address_carries_the_moment_there_and_back() -> None:
    at = Moment(date(2026, 5, 1), end_of(date(2026, 6, 1)))
    address = at.address("/loans/loan_1", tab="journal", empty="")
    assert address.startswith("/loans/loan_1?tab=journal&as_of=2026-05-01&as_known_at=2026-06-01")
    query = {"as_of": "2026-05-01", "as_known_at": end_of(date(2026, 6, 1)).isoformat()}
    assert moment_of(query) == at


def test_nonsense_in_an_address_means_now() -> None:
    assert moment_of({"as_of": "soon", "as_known_at": "never"}).is_now
    assert Moment().address("/") == "/"


def test_a_day_beyond_every_calendar_means_now() -> None:
    for far in ("0001-01-01", "9999-12-31"):
        assert moment_of({"as_of": far, "as_known_at": f"{far}T23:59:59-12:00"}).is_now
    assert chosen_moment("9999-12-31", "9999-12-31").is_now


def test_a_moment_without_zone_is_utc() -> None:
    found = moment_of({"as_known_at": "2026-05-01T12:00:00"}).as_known_at
    assert found == datetime(2026, 5, 1, 12, tzinfo=UTC)
