"""What Litestar hands to handlers beside the request: the house, who asks, and what is asked.

They are ours, so they are not checked again as if a client had sent them.
"""

from __future__ import annotations

from typing import Annotated

from litestar.params import Dependency

from api.as_of import Seen
from api.commanding import Asked
from servicing.actor import Actor
from servicing.house import House

GivenHouse = Annotated[House, Dependency(skip_validation=True)]
GivenActor = Annotated[Actor, Dependency(skip_validation=True)]
GivenSeen = Annotated[Seen, Dependency(skip_validation=True)]
GivenAsked = Annotated[Asked, Dependency(skip_validation=True)]
