"""A product document judged, mended where it is refused, and lived, 25 loans of each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, Final

import yaml
from msgspec.structs import replace

from app.settings import CHECKOUT
from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Problem
from engine.loan.commands import (
    BookLoan,
    Command,
    DisburseLoan,
    ReceivePayment,
    RequestedTerms,
)
from engine.loan.counts import counts_on
from engine.product.disbursement import SeveralDisbursements
from engine.product.product import Product
from engine.proof.corners import loans_within
from engine.values.money import Money, minor_digits
from store.definitions.beside import beside
from store.definitions.definition import Definition, definition_of
from store.definitions.load import load_catalog
from tests.engine.loan.life import Life
from tests.engine.loan.random_life import START, WHAT, Happening, lived
from tests.engine.loan.rate_plans import INDEXES
from tests.engine.loan.test_random_lives import books, same

LIVES: Final = 25
LONGEST: Final = 18
"""Payments of a loan that is lived, at most; schedules of years are proved elsewhere."""
STEPPED_EVERY: Final = 5
"""Every so manyth life is lived in steps of three days too, and compared."""
_TOGETHER: Final = {"interest", "amortization", "payments", "fees", "waterfall", "due_dates"}
"""Sections that must fit one another."""
_MAY_MISS: Final = {"fees", "country", "currency", "rounding", "quote_valid_days", "down_payment"}
_ITSELF: Final = {"product", "version", "title", "live_from"}
_GAPS: Final = (0, 0, 1, 5, 10, 17, 30, 45)
_LATE: Final = (0, 0, 0, 3, 12, 40)


@cache
def standing() -> Catalog:
    """Everything shipped: what a product may refer to, and the law."""
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


_SOUND: Final = {
    "precomputed_interest": "precomputed_installment",
    "scheduled_interest": "scheduled_installment",
    "no_interest": "pay_in_4",
}
"""Interest method → the product whose sections go with it; else a personal loan's."""


@cache
def plain(method: str) -> dict[str, Any]:
    """The sections of a product that is sound, to put in place of those that are refused."""
    name = _SOUND.get(method, "personal_installment")
    text = (CHECKOUT / "products" / name / "v1.yaml").read_text()
    found: dict[str, Any] = definition_of(text, "").document.data
    return {name: part for name, part in found.items() if name not in ("examples", "summary")}


@dataclass
class Came:
    """What a document came to."""

    problems: tuple[Problem, ...]
    """Why it was refused as it was drawn."""
    text: str
    product: Product | None
    """What is lived: as drawn, or with the sections that were refused put in order."""
    lived: int = 0
    refused: int = 0
    """Loans within the limits that the product, or law, does not make."""
    sections: set[str] = field(default_factory=set)
    """Sections put in order."""


def judged(document: dict[str, Any]) -> Came:
    """A document refused with located reasons or sound; then made sound, section by section."""
    definition = _read(document)
    problems = tuple(definition.problems)
    for problem in problems:
        assert problem.message and problem.line > 0 and problem.file, problem
        assert problem.path.startswith("/"), problem
    came = Came(problems=problems, text=definition.document.text, product=definition.value)
    for attempt in range(8):
        if not definition.problems:
            break
        paths = [problem.path.split("/")[1:] for problem in definition.problems]
        sound = plain(_method(document) if attempt < 5 else "")
        deep = [path for path in paths if len(path) > 1] if attempt < 2 else []
        for path in deep:
            document = _without(document, path)
        sections = {path[0] for path in paths if path not in deep and any(path)}
        if attempt > 2 and any(document.get(name) == sound.get(name) for name in sections):
            sections |= _TOGETHER if attempt < 5 else set(document)
        sections |= sound.keys() - document.keys() - _MAY_MISS
        came.sections |= sections
        document = {n: part for n, part in document.items() if n not in sections - _ITSELF}
        document |= {name: sound[name] for name in sections - _ITSELF if name in sound}
        definition = _read(document)
    came.text = definition.document.text
    came.product = None if definition.problems else definition.value
    return came


def live_through(came: Came, seed: int, lives: int = LIVES) -> None:
    """Loans of the product lived; every invariant is asserted at every step of each."""
    assert came.product is not None
    chance = random.Random(seed)
    for number, requested in enumerate(_requested(came.product, lives)):
        drawn = [
            Happening(chance.choice(WHAT), chance.choice(_GAPS), chance.choice(_LATE),
                      chance.randint(0, 11))
            for _ in range(chance.randint(2, 10))
        ]  # fmt: skip
        life = _begun(came.product, requested)
        if life is None:
            came.refused += 1
            continue
        came.lived += 1
        _live(life, drawn)
        end = (life.at(START).last_effective_on or START) + timedelta(days=60)
        life.until(end)
        books(life, end)
        if number % STEPPED_EVERY == 0:
            stepped = _begun(came.product, requested)
            assert stepped is not None, "the same loan is made twice"
            _live(stepped, drawn, steps=3)
            same(life, stepped)


def _requested(product: Product, lives: int) -> Iterator[RequestedTerms]:
    """Loans at the corners of the limits and between, short enough to be lived."""
    limits = product.limits
    most = max(limits.number_of_payments.minimum, min(limits.number_of_payments.maximum, LONGEST))
    count = replace(limits.number_of_payments, maximum=most)
    short = replace(product, limits=replace(limits, number_of_payments=count))
    frequencies = len(product.due_dates.frequencies)
    found = list(loans_within(short, max(0, -(-lives // frequencies) - 8)))
    return iter(found[:: max(1, len(found) // lives)][:lives])


def _begun(product: Product, requested: RequestedTerms) -> Life | None:
    """A loan booked and disbursed; None where product or law does not make it."""
    catalog = beside_all(product)
    terms = replace(catalog, indexes=INDEXES)
    life = Life(terms)
    if not life.ask_and_live(BookLoan(borrower_id="brw_generated", terms=requested)):
        return None
    part = None
    if isinstance(product.disbursement, SeveralDisbursements):
        whole = Money.parse(requested.amount, product.currency)
        part = Money(max(1, whole.minor * 3 // 5)).text(product.currency)
    # A due date moved to the day before a weekend may be the day of disbursement: it is refused.
    return life if life.ask_and_live(DisburseLoan(disbursed_on=START, amount=part)) else None


def beside_all(product: Product) -> TermsInForce:
    """The product in force beside everything shipped."""
    found = standing()
    products = {**found.products, product.product: (product,)}
    return replace(found, products=products).terms_in_force(product.product, product.version)


def _live(life: Life, drawn: list[Happening], steps: int = 0) -> None:
    """Each happening lived as it comes, where it makes sense; time in steps of so many days."""
    for _, command in lived(life, drawn):
        fitting = _in_currency(command, life.terms.product.currency)
        day = life.at(START).last_effective_on or START
        while steps and (day := day + timedelta(days=steps)) <= counts_on(fitting):
            life.until(day)
        life.ask_and_live(fitting)


def _in_currency(command: Command, currency: str) -> Command:
    """A payment with no more decimals than the currency has."""
    if isinstance(command, ReceivePayment) and not minor_digits(currency):
        return replace(command, amount=command.amount.partition(".")[0])
    return command


def _method(document: dict[str, Any]) -> str:
    interest = document.get("interest")
    return str(interest.get("kind", "")) if isinstance(interest, dict) else ""


def _without(part: Any, path: list[str]) -> Any:
    """A part of a document without what stands at a place in it, where something does."""
    if not path:
        return part
    head, rest = path[0], path[1:]
    if isinstance(part, dict) and head in part:
        if rest and isinstance(part[head], dict | list):
            return part | {head: _without(part[head], rest)}
        return {name: value for name, value in part.items() if name != head}
    if isinstance(part, list) and head.isdecimal() and int(head) < len(part):
        place = int(head)
        inner = [_without(part[place], rest)] if rest and isinstance(part[place], dict) else []
        return [*part[:place], *inner, *part[place + 1 :]]
    return part


def _read(document: dict[str, Any]) -> Definition:
    text = yaml.safe_dump(document, sort_keys=False)
    definition = definition_of(text, "products/generated/v1.yaml")
    beside(definition, standing())
    return definition
