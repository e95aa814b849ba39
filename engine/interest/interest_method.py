"""The interest methods a product may choose from; adding a kind is one file and one name here."""

from __future__ import annotations

from typing import TypeAlias

from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import SimpleInterest

InterestMethod: TypeAlias = SimpleInterest | PrecomputedInterest | NoInterest
