"""Whether the process lives, and whether it can do its work."""

from __future__ import annotations

import msgspec
from litestar import Response, get

from api.auth import FOR_ANYONE
from api.given import GivenHouse
from servicing.readiness import OK, readiness


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """Health of the server."""

    status: str
    """ok or unavailable."""
    checks: dict[str, str] = {}
    """What was looked at, with ok or what is wrong."""


@get("/health/live", tags=["Health"], opt=FOR_ANYONE)
async def live() -> Health:
    """Tell that the process lives; touches nothing else."""
    return Health(status="ok")


@get(
    "/health/ready",
    tags=["Health"],
    opt={**FOR_ANYONE, "also": {503: "It cannot do its work now"}},
)
async def ready(house: GivenHouse) -> Response[Health]:
    """Tell whether the server can do its work: the database answers and definitions are loaded."""
    checks = await readiness(house)
    able = all(found == OK for found in checks.values())
    health = Health(status="ok" if able else "unavailable", checks=checks)
    return Response(health, status_code=200 if able else 503)
