"""What Litestar hands to handlers beside the request: the house, who asks, and what is asked.

They are ours, so they are not checked again as if a client had sent them.
"""

from __future__ import annotations

from litestar.di import NamedDependency
from litestar.params import SkipValidation

from api.as_of import Seen
from api.commanding import Asked
from api.steps import Step
from servicing.actor import Actor
from servicing.house import House

GivenHouse = NamedDependency[SkipValidation[House]]
GivenActor = NamedDependency[SkipValidation[Actor]]
GivenSeen = NamedDependency[SkipValidation[Seen]]
GivenAsked = NamedDependency[SkipValidation[Asked]]
GivenStep = NamedDependency[SkipValidation[Step]]
