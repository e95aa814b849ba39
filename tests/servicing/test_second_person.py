"""Nobody is their own second person, whatever they sign in with."""

from __future__ import annotations

from datetime import date

from servicing import access, keys, overrides
from servicing.actor import Actor
from tests.servicing.lending import Lender
from tests.servicing.test_overrides import FEE, late, refusal_of


async def test_a_person_and_a_key_of_theirs_are_not_two_people(lender: Lender) -> None:
    house, loan_id = lender.house, await late(lender)
    ann = Actor(actor_id="user_ann", name="Ann", scopes=frozenset({"*"}))

    async def key_of(actor: Actor, name: str) -> Actor:
        made = await keys.make(house, actor, name=name, scopes=frozenset({"*"}), days=None)
        found = await access.actor_for_key(house, made.api_key)
        assert found is not None
        return found

    first, other = await key_of(ann, "One"), await key_of(ann, "Another")
    of_a_key = await key_of(first, "Made by a key")
    bobs = await key_of(Actor(actor_id="user_bob", name="Bob", scopes=frozenset({"*"})), "His")
    asked = await overrides.request(
        house, first, FEE, loan_id=loan_id, reason="The bank erred", expires_on=date(2026, 7, 20)
    )
    for same in (ann, first, other, of_a_key):
        refused = await refusal_of(overrides.approve(house, same, asked.override_id))
        assert refused.code == "own_request"
    assert (await overrides.approve(house, bobs, asked.override_id)).state == "approved"
