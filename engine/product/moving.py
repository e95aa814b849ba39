"""What a version changes for loans that are moved to it: what may not differ, what is adverse.

The contract itself (how interest is earned, how installments are made) is not moved by a version:
that is a modification, agreed loan by loan. Of the rest, whatever is not plainly as good or better
for the borrower counts as adverse and needs consent.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from engine.fees.amount import FeeAmount, Flat, Percent
from engine.fees.fee import Fee
from engine.product.product import Product
from engine.values.money import ZERO

CONTRACT: Final = (
    "country", "currency", "interest", "amortization", "due_dates", "books", "rounding",
)  # fmt: skip
"""Parts of a product that are the contract itself or the books it stands in."""
_BETTER_WHEN_MORE: Final = {
    "grace_days", "early_window_days", "payoff_tolerance", "charge_off_proposed_after_days",
}  # fmt: skip
_BETTER_WHEN_LESS: Final = {"maximum_per_12_months"}
_OF_NO_WEIGHT: Final = {"title", "stages", "non_accrual_proposed_after_days"}


def contract_differences(before: Product, after: Product) -> tuple[str, ...]:
    """Parts of the contract on which the versions differ; a loan is not moved across them."""
    parts = [part for part in CONTRACT if getattr(before, part) != getattr(after, part)]
    if before.payments.interest_due != after.payments.interest_due:
        parts.append("payments/interest_due")
    return tuple(parts)


def adverse_changes(before: Product, after: Product) -> tuple[str, ...]:
    """Changes that are not plainly as good or better for a borrower, in words."""
    return tuple(_adverse(before, after))


def _adverse(before: Product, after: Product) -> Iterator[str]:
    old = {fee.name: fee for fee in before.fees}
    for fee in after.fees:
        if fee.name not in old:
            yield f"{fee.title} is new"
        else:
            yield from _adverse_fee(old[fee.name], fee)
    if before.waterfall != after.waterfall:
        yield "payments are applied in another order"
    yield from _worse(before.payments, after.payments, "payments")
    yield from _worse(before.delinquency, after.delinquency, "lateness")


def _adverse_fee(before: Fee, after: Fee) -> Iterator[str]:
    if type(before) is not type(after):
        yield f"{after.title} is of another kind"
        return
    if not _as_cheap(before.amount, after.amount):
        yield f"{after.title} is another amount, and may be higher"
    yield from _worse(before, after, after.title)


def _worse(before: msgspec.Struct, after: msgspec.Struct, title: str) -> Iterator[str]:
    """Fields that differ and are not plainly better; the amount of a fee is looked at apart."""
    for name in after.__struct_fields__:
        was, now = getattr(before, name), getattr(after, name)
        if was == now or name in _OF_NO_WEIGHT or name == "amount":
            continue
        if name in _BETTER_WHEN_MORE and (now is None or (was is not None and now > was)):
            continue
        if name in _BETTER_WHEN_LESS and (was is None or (now is not None and now < was)):
            continue
        yield f"{title}: {name.replace('_', ' ')} is {_text(now)} instead of {_text(was)}"


def _as_cheap(before: FeeAmount, after: FeeAmount) -> bool:
    """Whether an amount can never be more than another one."""
    if before == after:
        return True
    if isinstance(before, Flat) and isinstance(after, Flat):
        return after.amount <= before.amount
    if isinstance(before, Percent) and isinstance(after, Percent) and before.of == after.of:
        least = (before.minimum or ZERO) >= (after.minimum or ZERO)
        most = before.maximum is None or (
            after.maximum is not None and after.maximum <= before.maximum
        )
        return after.rate <= before.rate and least and most
    return False


def _text(value: object) -> str:
    return "nothing" if value is None else str(value)
