"""People at the lender: made, changed and deactivated by an administrator, and never the last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from servicing import access, audit, staff
from servicing.actor import Actor, Role
from servicing.errors import CommandRefused, Forbidden, NotFound, SignInFailed
from servicing.permissions import scopes_of
from tests.servicing.lending import ANYONE, START, Lender, actor

LONG = "a password of their own"


async def administrator(lender: Lender, email: str = "root@example.com") -> Actor:
    made = await staff.create(
        lender.house, ANYONE, email=email, name="Root", roles=(Role.administrator,)
    )
    return Actor(actor_id=made.user.user_id, name="Root", scopes=scopes_of((Role.administrator,)))


async def test_a_one_time_password_opens_nothing_but_the_choice_of_another(lender: Lender) -> None:
    house = lender.house
    made = await staff.create(
        house, ANYONE, email=" Ann@Example.com", name="Ann", roles=(Role.collector,)
    )
    assert made.user.email == "ann@example.com" and made.user.signed_in_at is None
    token = await access.sign_in(house, "ann@example.com", made.password)
    who = await access.session(house, token)
    assert who is not None and who.one_time and not who.scopes
    for present, wanted, place in (
        ("wrong", LONG, "/present"), (made.password, "short", "/wanted"),
        (made.password, made.password, "/wanted"),
    ):  # fmt: skip
        with pytest.raises(CommandRefused) as refused:
            await access.choose_password(house, token, present, wanted)
        assert refused.value.refusals[0].path == place
    other = await access.sign_in(house, "ann@example.com", made.password)
    await access.choose_password(house, token, made.password, LONG)
    assert await access.session(house, other) is None
    who = await access.session(house, token)
    assert who is not None and not who.one_time and who.scopes
    with pytest.raises(SignInFailed):
        await access.sign_in(house, "ann@example.com", made.password)
    await access.sign_in(house, "ann@example.com", LONG)
    (user,) = await staff.users(house, ANYONE)
    assert user.one_time_until is None and user.signed_in_at is not None


async def test_a_one_time_password_is_good_for_a_week(lender: Lender) -> None:
    made = await staff.create(
        lender.house, ANYONE, email="a@example.com", name="A", roles=(Role.auditor,)
    )
    lender.clock.set(START + timedelta(days=staff.ONE_TIME_DAYS + 1))
    with pytest.raises(SignInFailed):
        await access.sign_in(lender.house, "a@example.com", made.password)


async def test_what_is_wrong_with_a_new_user_is_told_all_at_once(lender: Lender) -> None:
    with pytest.raises(CommandRefused) as refused:
        await staff.create(lender.house, ANYONE, email="ann@", name=" ", roles=())
    assert {each.path for each in refused.value.refusals} == {"/name", "/email", "/roles"}
    await administrator(lender)
    with pytest.raises(CommandRefused) as taken:
        await administrator(lender, "ROOT@example.com")
    assert taken.value.refusals[0].code == "taken"


async def test_a_deactivated_person_is_out_at_once_and_comes_back_as_before(
    lender: Lender,
) -> None:
    house = lender.house
    root = await administrator(lender)
    made = await staff.create(
        house, root, email="ann@example.com", name="Ann", roles=(Role.collector,)
    )
    token = await access.sign_in(house, "ann@example.com", made.password)
    assert await access.still_going_on(house, [token, "another"]) == {token}
    user = await staff.deactivate(house, root, made.user.user_id)
    assert not user.active
    assert await access.session(house, token) is None
    assert await access.still_going_on(house, [token]) == set()
    with pytest.raises(SignInFailed):
        await access.sign_in(house, "ann@example.com", made.password)
    assert (await staff.activate(house, root, made.user.user_id)).active
    await access.sign_in(house, "ann@example.com", made.password)
    page = await audit.entries(house, ANYONE, subject=made.user.user_id)
    assert [each.action for each in page.items] == [
        "signed_in", "user_activated", "user_deactivated", "signed_in", "user_created",
    ]  # fmt: skip
    assert page.items[2].changes == {"active": (True, False)}


async def test_reset_replaces_the_password_and_ends_sessions(lender: Lender) -> None:
    house = lender.house
    root = await administrator(lender)
    made = await staff.create(
        house, root, email="ann@example.com", name="Ann", roles=(Role.collector,)
    )
    token = await access.sign_in(house, "ann@example.com", made.password)
    again = await staff.reset_password(house, root, made.user.user_id)
    assert again.password != made.password
    assert await access.session(house, token) is None
    await access.sign_in(house, "ann@example.com", again.password)


async def test_somebody_who_keeps_users_is_always_left(lender: Lender) -> None:
    house = lender.house
    root = await administrator(lender)
    with pytest.raises(CommandRefused, match="Another administrator"):
        await staff.deactivate(house, root, root.actor_id)
    with pytest.raises(CommandRefused, match="last administrator"):
        await staff.set_roles(house, root, root.actor_id, (Role.auditor,))
    with pytest.raises(CommandRefused, match="last administrator"):
        await staff.deactivate(house, ANYONE, root.actor_id)
    second = await administrator(lender, "second@example.com")
    changed = await staff.set_roles(house, second, root.actor_id, (Role.auditor,))
    assert changed.roles == (Role.auditor,)
    with pytest.raises(CommandRefused, match="one role"):
        await staff.set_roles(house, second, root.actor_id, ())


async def test_nobody_hands_out_or_takes_away_more_than_they_hold(lender: Lender) -> None:
    house = lender.house
    root = await administrator(lender)
    keeper = actor("admin:users", *scopes_of((Role.collector,)))
    made = await staff.create(
        house, keeper, email="c@example.com", name="C", roles=(Role.collector,)
    )
    with pytest.raises(Forbidden):
        await staff.set_roles(house, keeper, made.user.user_id, (Role.administrator,))
    for act in (staff.deactivate, staff.reset_password):
        with pytest.raises(Forbidden):
            await act(house, keeper, root.actor_id)
    with pytest.raises(Forbidden):
        await staff.users(house, actor("loans:read"))
    with pytest.raises(NotFound):
        await staff.activate(house, ANYONE, "user_none")
