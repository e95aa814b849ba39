"""What is wrong in an example before it is run: payments and fees it names that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.fees.fee import Fee
from engine.product.example import (
    Example,
    FeeHappens,
    PaymentHappens,
    ReturnHappens,
    ReversalHappens,
)
from engine.product.meaning import wrong


def example_problems(examples: tuple[Example, ...], fees: tuple[Fee, ...]) -> Iterator[Problem]:
    """Every fault of the examples of a product with these fees."""
    known = [fee.name for fee in fees]
    seen: set[str] = set()
    for place, example in enumerate(examples):
        path = f"/examples/{place}"
        if example.name in seen:
            yield wrong(f"{path}/name", "two examples have this name", "say what each shows")
        seen.add(example.name)
        yield from _happenings(example, path, known)
        for number, event in enumerate(example.expect.events):
            if event.name is not None and event.name not in known:
                yield _no_fee(f"{path}/expect/events/{number}/name", event.name, known)
        if example.expect.refusal is not None and example.happenings:
            message = "a loan that is refused has no happenings"
            yield wrong(f"{path}/happenings", message, "leave them out")


def _happenings(example: Example, path: str, known: list[str]) -> Iterator[Problem]:
    for place, happening in enumerate(example.happenings):
        at = f"{path}/happenings/{place}"
        match happening:
            case ReturnHappens(payment=name) | ReversalHappens(payment=name):
                before = [
                    other.name
                    for number, other in enumerate(example.happenings)
                    if isinstance(other, PaymentHappens)
                    and (other.on, number) < (happening.on, place)
                ]
                if not before:
                    yield wrong(at, "no payment was made before it", "add the payment")
                elif name and name not in before:
                    named = ", ".join(word for word in before if word) or "none"
                    message = f"no payment before it is named {name}"
                    yield wrong(f"{at}/payment", message, f"payments named so far: {named}")
            case FeeHappens(fee=name) if name not in known:
                yield _no_fee(f"{at}/fee", name, known)
            case _:
                continue


def _no_fee(path: str, name: str, known: list[str]) -> Problem:
    return wrong(path, f"the product has no fee {name}", f"known: {', '.join(known) or 'none'}")
