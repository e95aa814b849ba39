"""Borrowers: names and contact details, encrypted at rest, masked unless the actor may see them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from servicing.actor import Actor
from servicing.errors import NotFound
from servicing.house import House
from servicing.ids import new_id
from servicing.permissions import may, require
from servicing.views import View
from store import people

SEES_NAMES = "borrowers:read"
_UNKNOWN = "Unknown borrower"


class Contact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is sealed of a borrower."""

    name: str
    email: str = ""
    phone: str = ""


class BorrowerView(View, frozen=True, kw_only=True):
    """A borrower; masked unless the actor may see names."""

    borrower_id: str
    name: str
    email: str
    phone: str
    masked: bool


async def create(house: House, actor: Actor, *, name: str, email: str = "", phone: str = "") -> str:
    """Record a borrower; its id."""
    require(actor, "borrowers:write")
    at = house.clock.now()
    borrower_id = new_id("brw", at)
    contact = Contact(name=name, email=email, phone=phone)
    sealed = house.cipher.seal(msgspec.json.encode(contact), borrower_id)
    await people.add_borrower(
        house.pool, borrower_id, sealed, house.cipher.search_keys(name, email), at
    )
    return borrower_id


async def borrower(house: House, actor: Actor, borrower_id: str) -> BorrowerView:
    """One borrower; NotFound when there is none."""
    require(actor, "loans:read")
    sealed = (await people.borrowers(house.pool, [borrower_id])).get(borrower_id)
    if sealed is None:
        raise NotFound("borrower", borrower_id)
    contact = _opened(house, borrower_id, sealed)
    masked = not may(actor, SEES_NAMES)
    hide = mask if masked else str
    return BorrowerView(
        borrower_id=borrower_id,
        name=hide(contact.name),
        email=hide(contact.email),
        phone=hide(contact.phone),
        masked=masked,
    )


async def names(house: House, actor: Actor, borrower_ids: Sequence[str]) -> dict[str, str]:
    """Names by id in one round trip, masked unless the actor may see them."""
    sealed = await people.borrowers(house.pool, borrower_ids)
    hide = str if may(actor, SEES_NAMES) else mask
    known = {ident: hide(_opened(house, ident, data).name) for ident, data in sealed.items()}
    return {ident: known.get(ident, _UNKNOWN) for ident in borrower_ids}


def mask(text: str) -> str:
    """First letters and dots: "Amara Ashgrove" → "A•••• A•••••••"."""
    return " ".join(word[:1] + "•" * max(3, len(word) - 1) for word in text.split())


def _opened(house: House, borrower_id: str, sealed: bytes) -> Contact:
    return msgspec.json.decode(house.cipher.open(sealed, borrower_id), type=Contact)
