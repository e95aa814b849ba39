"""The interest methods: those a product may choose, and those a schedule can be made for.

A loan is serviced by the methods of ``InterestMethod``. Adding a kind is one file and one name.
"""

from __future__ import annotations

from typing import TypeAlias

from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.scheduled_interest import ScheduledInterest
from engine.interest.simple_interest import SimpleInterest

InterestMethod: TypeAlias = SimpleInterest | ScheduledInterest | NoInterest
"""What a product may choose."""
SchedulableInterest: TypeAlias = InterestMethod | PrecomputedInterest
"""What a schedule can be made for."""
InterestByPeriod: TypeAlias = ScheduledInterest
"""Methods under which the schedule fixes the interest of each period."""
