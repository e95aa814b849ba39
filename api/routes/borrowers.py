"""Borrowers: who owes, sealed at rest and masked unless the key may see names."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody

from api.given import GivenActor, GivenHouse
from servicing import borrowers
from servicing.borrowers import BorrowerView

TAGS = ["Borrowers"]
ADDRESS: Final = r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+"
"""Pattern of an email address; that mail arrives there only a letter can tell."""
Name = Annotated[
    str,
    msgspec.Meta(min_length=1, max_length=120, pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f]$"),
]
Email = Annotated[
    str,
    msgspec.Meta(
        max_length=200,
        pattern=f"^({ADDRESS})?$",
        examples=["ada@example.com"],
    ),
]
Phone = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[0-9+() .-]*$")]


class BorrowerBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A person who owes or will owe."""

    name: Name
    email: Email = ""
    phone: Phone = ""


@post(
    "/borrowers",
    tags=TAGS,
    opt={
        "scope": "borrowers:write",
        "example": {"name": "Ada Quill", "email": "ada@example.com", "phone": "+1 555 010 2030"},
    },
)
async def create_borrower(
    house: GivenHouse, actor: GivenActor, data: JSONBody[BorrowerBody]
) -> Response[BorrowerView]:
    """Record a borrower. Name and contact details are encrypted at rest."""
    borrower_id = await borrowers.create(
        house, actor, name=data.name, email=data.email, phone=data.phone
    )
    made = BorrowerView(
        borrower_id=borrower_id, name=data.name, email=data.email, phone=data.phone, masked=False
    )
    return Response(made, headers={"Location": f"/api/v1/borrowers/{borrower_id}"})


@get("/borrowers/{borrower_id:str}", tags=TAGS, opt={"scope": "loans:read"})
async def read_borrower(
    house: GivenHouse, actor: GivenActor, borrower_id: FromPath[str]
) -> BorrowerView:
    """Read a borrower: masked unless the key carries ``borrowers:read``."""
    return await borrowers.borrower(house, actor, borrower_id)
