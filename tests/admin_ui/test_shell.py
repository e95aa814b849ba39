"""Around every page: only those places a role may visit, and its look."""

from __future__ import annotations

from nicegui import ui

from admin_ui.open_pages import OpenPages
from admin_ui.shell import DARK, LOOK_ICONS, NEXT_LOOK
from admin_ui.visitor import Visitor
from servicing.actor import Actor, Role
from tests.admin_ui.conftest import Admin, Arrive


async def test_navigation_offers_what_the_role_may_visit(arrive: Arrive) -> None:
    agent = await arrive("/products", Role.servicing_agent)
    await agent.should_see("Boarding")
    auditor = await arrive("/products", Role.auditor)
    await auditor.should_not_see("Boarding")
    await auditor.should_see("Rules")


async def test_the_look_is_chosen_in_turn(arrive: Arrive) -> None:
    user = await arrive("/products")
    button = next(
        element
        for element in user.find(ui.button).elements
        if str(element.props.get("aria-label", "")).startswith("Look:")
    )
    assert button.props["icon"] == LOOK_ICONS["auto"]
    assert set(NEXT_LOOK) == set(NEXT_LOOK.values()) == set(DARK)


def test_dark_is_chosen_or_preferred(admin: Admin) -> None:
    actor = Actor(actor_id="user_1", name="One")
    house = admin.lender.house
    assert Visitor(house, "t", actor, "dark").dark
    assert not Visitor(house, "t", actor, "light", prefers_dark=True).dark
    assert Visitor(house, "t", actor, "auto", prefers_dark=True).dark


def test_nobody_is_left_when_no_page_is_open() -> None:
    assert OpenPages().leave("unknown") == 0
