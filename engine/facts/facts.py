"""``Facts``: what is known of a loan at one moment, and ``VOCABULARY``: every name it may hold.

Grouped so that one part can be replaced cheaply (the fee in question, over the same loan and
day); expressions know no groups, their names are flat and unique. Every fact may be unknown
(``None``): an expression that needs an unknown fact does not guess, it says so.
"""

from __future__ import annotations

from typing import Final

import msgspec

from engine.facts.borrower import BorrowerFacts
from engine.facts.contact import ContactFacts
from engine.facts.cost import CostFacts
from engine.facts.disclosure import DisclosureFacts
from engine.facts.fact import Fact, FactValue, fact_of
from engine.facts.fee import FeeFacts
from engine.facts.loan import LoanFacts
from engine.facts.mortgage import MortgageFacts
from engine.facts.payment import PaymentFacts
from engine.facts.standing import StandingFacts
from engine.values.calendar import WEEKENDS_ONLY, BusinessCalendar

GROUPS: Final[dict[str, type[msgspec.Struct]]] = {
    "loan": LoanFacts,
    "borrower": BorrowerFacts,
    "standing": StandingFacts,
    "fee": FeeFacts,
    "payment": PaymentFacts,
    "mortgage": MortgageFacts,
    "disclosure": DisclosureFacts,
    "contact": ContactFacts,
    "cost": CostFacts,
}


def _vocabulary() -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for group, struct in GROUPS.items():
        described = msgspec.inspect.type_info(struct)
        assert isinstance(described, msgspec.inspect.StructType)
        for field in described.fields:
            assert field.name not in facts, f"two facts are named {field.name}"
            facts[field.name] = fact_of(group, field)
    return facts


VOCABULARY: Final[dict[str, Fact]] = _vocabulary()
"""Every fact by name."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one loan at one moment; immutable, parts are shared."""

    loan: LoanFacts = LoanFacts()
    borrower: BorrowerFacts = BorrowerFacts()
    standing: StandingFacts = StandingFacts()
    fee: FeeFacts = FeeFacts()
    payment: PaymentFacts = PaymentFacts()
    mortgage: MortgageFacts = MortgageFacts()
    disclosure: DisclosureFacts = DisclosureFacts()
    contact: ContactFacts = ContactFacts()
    cost: CostFacts = CostFacts()
    calendar: BusinessCalendar = WEEKENDS_ONLY
    """Business days of the place; what ``is_business_day`` asks."""

    @staticmethod
    def of(**known: FactValue | None) -> Facts:
        """Facts from their flat names: ``Facts.of(state="CA", loan_amount=Money(250000))``."""
        return Facts().given(**known)

    def given(self, **known: FactValue | None) -> Facts:
        """These facts with some replaced, by their flat names."""
        parts: dict[str, dict[str, FactValue | None]] = {}
        for name, value in known.items():
            assert name in VOCABULARY, f"no fact is named {name}"
            parts.setdefault(VOCABULARY[name].group, {})[name] = value
        changed = {
            group: msgspec.structs.replace(getattr(self, group), **values)
            for group, values in parts.items()
        }
        return msgspec.structs.replace(self, **changed)

    def value(self, name: str) -> FactValue | None:
        """The fact of that name; None when it is unknown."""
        found: FactValue | None = getattr(getattr(self, VOCABULARY[name].group), name)
        return found
