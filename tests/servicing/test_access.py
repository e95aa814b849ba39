"""Who is asking: passwords, sessions, keys; and what is kept of people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servicing import access, borrowers, keys, permissions, staff
from servicing.actor import Role
from servicing.errors import Forbidden, NotFound, SignInFailed
from store import people
from tests.servicing.lending import ANYONE, START, Lender, actor


async def test_the_right_password_opens_a_session_until_sign_out(lender: Lender) -> None:
    house = lender.house
    await access.create_user(
        house, email="Ann@Example.com", name="Ann", password="right", roles=(Role.auditor,)
    )
    token = await access.sign_in(house, " ann@example.com ", "right")
    who = await access.session(house, token)
    assert who is not None and who.name == "Ann"
    assert permissions.may(who, "loans:read") and not permissions.may(who, "payments:write")
    await access.sign_out(house, token)
    assert await access.session(house, token) is None


@pytest.mark.parametrize("email", ["ann@example.com", "nobody@example.com"])
async def test_a_wrong_password_and_an_unknown_email_fail_alike(lender: Lender, email: str) -> None:
    await access.create_user(
        lender.house, email="ann@example.com", name="Ann", password="right", roles=()
    )
    with pytest.raises(SignInFailed):
        await access.sign_in(lender.house, email, "wrong")


async def test_a_session_ends_by_itself(lender: Lender) -> None:
    await access.create_user(lender.house, email="a@x.com", name="A", password="p", roles=())
    token = await access.sign_in(lender.house, "a@x.com", "p")
    lender.clock.set(START + timedelta(days=1))
    assert await access.session(lender.house, token) is None


async def test_an_email_is_one_person_whose_password_can_be_replaced(lender: Lender) -> None:
    await access.create_user(lender.house, email="a@x.com", name="A", password="p", roles=())
    with pytest.raises(ValueError, match="already"):
        await access.create_user(lender.house, email="A@x.com", name="B", password="q", roles=())
    await access.set_password(lender.house, "a@x.com", "new")
    await access.sign_in(lender.house, "a@x.com", "new")
    with pytest.raises(ValueError, match="no user"):
        await access.set_password(lender.house, "b@x.com", "new")
    assert [user.email for user in await staff.users(lender.house, ANYONE)] == ["a@x.com"]


async def test_a_key_works_until_it_ends_or_is_revoked(lender: Lender) -> None:
    house = lender.house
    key = await access.create_api_key(house, name="k", scopes=frozenset({"loans:read"}), days=1)
    who = await access.actor_for_key(house, key)
    assert who is not None and who.scopes == {"loans:read"}
    (kept,) = await people.api_keys(house.pool)
    assert kept["last_used_at"] is not None and key not in str(dict(kept))
    await keys.revoke(house, ANYONE, kept["key_id"])
    assert await access.actor_for_key(house, key) is None
    short = await access.create_api_key(house, name="k", scopes=frozenset(), days=1)
    lender.clock.set(START + timedelta(days=2))
    assert await access.actor_for_key(house, short) is None


@pytest.mark.parametrize("key", ["", "lw", "lw_x", "lw_x_y", "sk_x_y", "lw_ü_y"])
async def test_what_is_no_key_opens_nothing(lender: Lender, key: str) -> None:
    assert await access.actor_for_key(lender.house, key) is None


async def test_personal_data_is_unreadable_in_the_database(lender: Lender) -> None:
    ident = await borrowers.create(
        lender.house, ANYONE, name="Ulla Thistlewood", email="ulla@example.com"
    )
    row = await lender.house.pool.fetchrow("SELECT * FROM borrower")
    assert b"Ulla" not in row["sealed"] and "ulla" not in str(row["search"])
    seen = await borrowers.borrower(lender.house, ANYONE, ident)
    assert (seen.name, seen.masked) == ("Ulla Thistlewood", False)
    masked = await borrowers.borrower(lender.house, actor("loans:read"), ident)
    assert masked.masked and "lla" not in masked.name + masked.email
    with pytest.raises(NotFound):
        await borrowers.borrower(lender.house, ANYONE, "brw_none")
    with pytest.raises(Forbidden):
        await borrowers.create(lender.house, actor(), name="X")
    assert await borrowers.names(lender.house, ANYONE, ["brw_none"]) == {
        "brw_none": "Unknown borrower"
    }
