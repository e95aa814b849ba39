"""Rate indexes: values published, and publishing one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from api.given import GivenActor, GivenHouse
from servicing import indexes
from servicing.views import IndexPublication, IndexValueView


class IndexValueBody(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A value of an index."""

    value_on: date
    """The day the value is of; not after the business date."""
    value: Annotated[
        str,
        msgspec.Meta(
            pattern=r"^-?[0-9]{1,3}(\.[0-9]{1,12})?$",
            description="The value as decimal text; 0.0750 is 7.50 percent",
            examples=["0.0750"],
        ),
    ]


@get(
    "/indexes/{index:str}/values",
    tags=["Rate indexes"],
    opt={"scope": "products:read"},
)
async def index_values(
    house: GivenHouse, actor: GivenActor, index: FromPath[str]
) -> tuple[IndexValueView, ...]:
    """Values of an index in the order they became known."""
    return await indexes.values(house, actor, index)


@post(
    "/indexes/{index:str}/values",
    tags=["Rate indexes"],
    status_code=201,
    opt={"scope": "indexes:write", "example": {"value_on": "2026-03-02", "value": "0.0750"}},
)
async def publish_index_value(
    house: GivenHouse, actor: GivenActor, index: FromPath[str], data: JSONBody[IndexValueBody]
) -> IndexPublication:
    """Publish the value of an index for a day; resets that waited for it are decided."""
    return await indexes.publish(house, actor, index, data.value_on, data.value)
