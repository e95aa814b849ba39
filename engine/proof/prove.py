"""Prove an example: run it and compare every number it expects with what came out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from datetime import date
from typing import Any, Final, get_args

import msgspec

from engine.amortization.installment import Installment, Schedule
from engine.catalog.terms_in_force import TermsInForce
from engine.loan import observe
from engine.loan.closing import owed_at_payoff
from engine.loan.decisions.offer import Offer
from engine.loan.events import Event
from engine.payments.payoff import payoff_total
from engine.product.example import (
    Example,
    Expected,
    ExpectedBalances,
    ExpectedEvent,
    ExpectedRow,
    Happening,
)
from engine.proof.run_example import ExampleRun
from engine.values.money import Money
from engine.values.rate import Rate


class Mismatch(msgspec.Struct, frozen=True, kw_only=True):
    """A number of an example that came out otherwise."""

    path: str
    """JSON pointer inside the example: "/expect/balances/0/payoff"."""
    expected: str
    found: str

    def __str__(self) -> str:
        return f"expected {self.expected}, found {self.found}"


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """What an example came to."""

    name: str
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def holds(self) -> bool:
        return not self.mismatches


def prove(example: Example, terms: TermsInForce) -> Proof:
    """Run an example under the terms and tell every number that came out otherwise."""
    return Proof(name=example.name, mismatches=tuple(_Comparison(example, terms).mismatches()))


class _Comparison:
    """One example being compared."""

    def __init__(self, example: Example, terms: TermsInForce) -> None:
        self.expected: Expected = example.expect
        self.currency = terms.product.currency
        self.rounding = terms.product.rounding
        self.run = ExampleRun(example, terms)

    def mismatches(self) -> Iterator[Mismatch]:
        offer = self.run.offer()
        if offer is None or self.expected.refusal is not None:
            yield from self.refusal()
            return
        yield from self.figures(offer)
        if self.lives():
            yield from self.life()

    def refusal(self) -> Iterator[Mismatch]:
        said = [word for refusal in self.run.refusals for word in (refusal.code, refusal.rule)]
        wanted = self.expected.refusal
        if wanted is None or wanted not in said:
            reasons = "; ".join(refusal.message for refusal in self.run.refusals)
            found = f"a refusal: {reasons}" if reasons else "an offer"
            yield self.other("/expect/refusal", wanted or "an offer", found)

    def figures(self, offer: Offer) -> Iterator[Mismatch]:
        rows = offer.schedule.installments
        disclosed = offer.truth_in_lending
        found: dict[str, Any] = {
            "installment": offer.first_payment.payment,
            "last_installment": rows[-1].payment,
            "apr": disclosed.disclosed_apr,
            "finance_charge": disclosed.finance_charge,
            "amount_financed": disclosed.amount_financed,
            "total_of_payments": disclosed.total_of_payments,
            "disbursed_amount": offer.disbursed_amount,
            "maturity_date": offer.schedule.maturity_date,
        }
        yield from self.fields(self.expected, found, "/expect")
        for place, row in enumerate(self.expected.rows):
            yield from self.row(row, offer.schedule, f"/expect/rows/{place}")

    def row(self, expected: ExpectedRow, schedule: Schedule, path: str) -> Iterator[Mismatch]:
        rows: dict[int, Installment] = {row.number: row for row in schedule.installments}
        if expected.number not in rows:
            yield self.other(f"{path}/number", str(expected.number), f"{len(rows)} installments")
            return
        yield from self.fields(expected, msgspec.structs.asdict(rows[expected.number]), path)

    def lives(self) -> bool:
        """Whether the example follows the loan beyond its offer."""
        wanted = self.expected
        return bool(self.run.example.happenings or wanted.balances or wanted.events)

    def life(self) -> Iterator[Mismatch]:
        if not self.run.begin():
            yield from self.refusal()
            return
        for place, part in self.in_time():
            if isinstance(part, ExpectedBalances):
                self.run.advance(part.on)
                yield from self.balances(part, f"/expect/balances/{place}")
            elif not self.run.happen(part):
                reasons = "; ".join(refusal.message for refusal in self.run.refusals)
                yield self.other(f"/happenings/{place}", "it happens", f"a refusal: {reasons}")
        last = [event.on for event in self.expected.events if event.on is not None]
        if last:
            self.run.advance(max(last))
        events = self.run.live_events()
        for place, event in enumerate(self.expected.events):
            yield from self.event(event, events, f"/expect/events/{place}")

    def in_time(self) -> list[tuple[int, Happening | ExpectedBalances]]:
        """Happenings and looks at the balances by day; on one day it happens before the look."""
        happenings = enumerate(self.run.example.happenings)
        looks = enumerate(self.expected.balances)
        steps: list[tuple[date, int, int, Happening | ExpectedBalances]] = []
        steps += [(happening.on, 0, place, happening) for place, happening in happenings]
        steps += [(look.on, 1, place, look) for place, look in looks]
        return [(place, part) for _, _, place, part in sorted(steps, key=lambda step: step[:3])]

    def balances(self, expected: ExpectedBalances, path: str) -> Iterator[Mismatch]:
        loan, day, rounding = self.run.standing, expected.on, self.rounding
        found: dict[str, Any] = {
            "status": loan.status.value,
            "principal_balance": loan.principal_balance,
            "accrued_interest": observe.interest_owed(loan, day, rounding),
            "fees_owed": observe.fees_owed(loan),
            "amount_past_due": observe.amount_past_due(loan, day, rounding),
            "days_past_due": observe.days_past_due(loan, day, rounding),
            "payoff": payoff_total(owed_at_payoff(loan, day, rounding), loan.unapplied_funds),
            "unapplied_funds": loan.unapplied_funds,
            "delinquency_stage": observe.delinquency_stage(loan),
        }
        yield from self.fields(expected, found, path)

    def event(self, expected: ExpectedEvent, events: list[Event], path: str) -> Iterator[Mismatch]:
        if expected.event not in _KINDS:
            near = difflib.get_close_matches(expected.event, _KINDS, n=1)
            known = f"did you mean {near[0]}?" if near else ", ".join(sorted(_KINDS))
            yield self.other(f"{path}/event", "a kind of event", f"{expected.event}; {known}")
            return
        named = [event for event in events if _tag(event) == expected.event]
        alike = [event for event in named if _fits(event, expected)]
        if len(alike) != expected.times:
            others = ", ".join(self.event_in_words(event) for event in named) or "none"
            wanted = f"{expected.times} × {expected.event}"
            yield self.other(path, wanted, f"{len(alike)}; of that kind: {others}")

    def event_in_words(self, event: Event) -> str:
        amount = getattr(event, "amount", None)
        words = [getattr(event, "name", ""), str(event.effective_on)]
        words += [amount.text(self.currency)] if isinstance(amount, Money) else []
        return " ".join(word for word in words if word)

    def fields(self, expected: Any, found: dict[str, Any], path: str) -> Iterator[Mismatch]:
        for name, value in found.items():
            wanted = getattr(expected, name, None)
            if wanted is not None and wanted != value:
                yield self.other(f"{path}/{name}", self.text(wanted), self.text(value))

    def text(self, value: Any) -> str:
        if isinstance(value, Money):
            return value.text(self.currency)
        return value.text() if isinstance(value, Rate) else str(value)

    def other(self, path: str, expected: str, found: str) -> Mismatch:
        return Mismatch(path=path, expected=expected, found=found)


def _tag(event: Event | type[Event]) -> str:
    return str(event.__struct_config__.tag)


_KINDS: Final = frozenset(_tag(kind) for kind in get_args(Event))


def _fits(event: Event, expected: ExpectedEvent) -> bool:
    if expected.on is not None and event.effective_on != expected.on:
        return False
    if expected.name is not None and getattr(event, "name", None) != expected.name:
        return False
    return expected.amount is None or getattr(event, "amount", None) == expected.amount
