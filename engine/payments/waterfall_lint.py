"""Waterfall linter: what in an order of buckets would surprise, or is at odds with law.

It cannot see a product: it takes an order and what can be owed under it. What a finding says holds
for every payment; a product that has nothing of the kind owed is told nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import msgspec
from msgspec.structs import replace

from engine.errors import Citation
from engine.payments.waterfall import Order, Style, Waterfall

STATES: Final = ("past_due", "due", "in_advance")


class Severity(StrEnum):
    """How much a finding weighs."""

    law = "law"
    """A law that binds loans of the product speaks of it; its rules hold whatever the order."""
    surprise = "surprise"
    """Money goes where hardly anyone expects it."""
    note = "note"
    """Worth knowing; often meant."""


class Owes(msgspec.Struct, frozen=True, kw_only=True):
    """What can be owed under a waterfall, and which law speaks of its late fees."""

    interest: bool = True
    interest_by_installment: bool = False
    """Whether each installment asks for the interest of its own period."""
    fees: tuple[str, ...] = ()
    """Names of every fee."""
    late_fees: tuple[str, ...] = ()
    """Names of those charged for an installment that is late."""
    no_pyramiding: tuple[Citation, ...] = ()
    """Law that forbids a late fee where only an earlier late fee left the installment short."""


class WaterfallFinding(msgspec.Struct, frozen=True, kw_only=True):
    """Something about a waterfall that its author should know."""

    code: str
    """never_reached, missing, late_fee_pyramiding, fees_before_installment, principal_first,
    oldest_starves, fees_before_early_money, early_before_fees."""
    severity: Severity
    path: str
    """JSON pointer below the waterfall: "/order/3", "/by_kind/payoff/order/0"."""
    message: str
    mend: str
    citations: tuple[Citation, ...] = ()


def lint_waterfall(waterfall: Waterfall, owes: Owes) -> tuple[WaterfallFinding, ...]:
    """Everything that would surprise: what weighs most first, then by place.

    In the order of a payoff all that is owed is paid, so only buckets are looked at there.
    """
    found = [*_of_buckets(waterfall, owes, ""), *_of_order(waterfall, owes)]
    for kind, order in waterfall.by_kind.items():
        found += _of_buckets(order, owes, f"/by_kind/{kind}")
    for state, order in waterfall.by_state.items():
        path = f"/by_state/{state}"
        found += _of_buckets(order, owes, path)
        found += [replace(one, path=path + one.path) for one in _of_order(order, owes)]
    weights = list(Severity)
    return tuple(sorted(found, key=lambda finding: weights.index(finding.severity)))


def _of_buckets(order: Order, owes: Owes, path: str) -> Iterator[WaterfallFinding]:
    yield from _never_reached(order, owes, path)
    for state in STATES[:2]:
        for component, name in _components(owes):
            if _place(order, state, component, name) is None:
                bucket = _bucket(state, component, name)
                yield WaterfallFinding(
                    code="missing",
                    severity=Severity.surprise,
                    path=f"{path}/order",
                    message=f"nothing pays {bucket}: money passes it by and it stays owed",
                    mend=f"add {bucket} to the order",
                )


def _never_reached(order: Order, owes: Owes, path: str) -> Iterator[WaterfallFinding]:
    for place, bucket in enumerate(order.order):
        state, _, component = bucket.partition(".")
        kind, _, name = component.partition(":")
        before = order.order[:place]
        weight = Severity.note
        if bucket in before or (name and f"{state}.fee" in before):
            taker = bucket if bucket in before else f"{state}.fee"
            weight, why = Severity.surprise, f"{taker} before it takes all of it"
        elif kind == "fee" and state == "in_advance":
            why = "a fee is owed from the day it is charged, never in advance"
        elif kind == "interest" and not owes.interest:
            why = "no interest is earned"
        elif name and name not in owes.fees:
            why = f"there is no fee {name}"
        elif kind == "fee" and not owes.fees:
            why = "there are no fees"
        else:
            continue
        yield WaterfallFinding(
            code="never_reached",
            severity=weight,
            path=f"{path}/order/{place}",
            message=f"no money ever meets {bucket}: {why}",
            mend=f"leave {bucket} out",
        )


def _of_order(order: Order, owes: Owes) -> Iterator[WaterfallFinding]:
    """What the usual order does to installments, the oldest first."""
    yield from _fees_first(order, owes)
    if owes.interest:
        yield from _principal_first(order, owes)
    if order.style is Style.by_component:
        yield from _oldest_starves(order, owes)
        yield from _early_before_fees(order, owes)


def _fees_first(order: Order, owes: Owes) -> Iterator[WaterfallFinding]:
    """Fees charged before that are paid out of the money for an installment that falls due."""
    installment = [
        place
        for state in STATES[:2]
        for component in ("interest", "principal")
        if (place := _place(order, state, component)) is not None
        and (component == "principal" or owes.interest)
    ]
    for name in owes.fees:
        place = _place(order, "past_due", "fee", name)
        if place is None or not installment:
            continue
        if order.style is Style.by_component:
            if place > max(installment):
                yield from _early_made_short(order, name, place)
                continue
            how, mend = f"{order.order[place]} stands before {order.order[max(installment)]}", (
                f"put {order.order[place]} behind {order.order[max(installment)]}"
            )  # fmt: skip
        else:
            how = "by_installment pays what is older first, and a fee is older than the next one"
            mend = "choose by_component with fees behind the installments due"
        late = name in owes.late_fees
        weight = Severity.law if late and owes.no_pyramiding else Severity.surprise
        cites = " and ".join(each.cite for each in owes.no_pyramiding)
        law = (
            f"; {cites} allow no late fee for that, and its rule refuses one"
            if late and owes.no_pyramiding
            else ""
        )
        yield WaterfallFinding(
            code="late_fee_pyramiding" if late else "fees_before_installment",
            severity=weight,
            path=f"/order/{place}",
            message=f"a full payment is made short by an unpaid {name}: {how}{law}",
            mend=mend,
            citations=owes.no_pyramiding if late else (),
        )


def _early_made_short(order: Order, name: str, place: int) -> Iterator[WaterfallFinding]:
    """The one way left for a fee to make a payment short: money that comes before the due date."""
    early = _place(order, "in_advance", "principal")
    if early is None or place > early:
        return
    yield WaterfallFinding(
        code="fees_before_early_money",
        severity=Severity.note,
        path=f"/order/{place}",
        message=f"a payment made before its due date pays an unpaid {name} first",
        mend=f"put {order.order[place]} behind {order.order[early]}, if it should not",
    )


def _principal_first(order: Order, owes: Owes) -> Iterator[WaterfallFinding]:
    for state in STATES:
        interest, principal = _place(order, state, "interest"), _place(order, state, "principal")
        if principal is None or (state == "in_advance" and interest is None):
            continue
        if interest is not None and interest < principal:
            continue
        said = "note" if owes.interest_by_installment else "surprise"
        yield WaterfallFinding(
            code="principal_first",
            severity=Severity(said),
            path=f"/order/{principal}",
            message=f"{state}.principal is paid before the interest of the same installment",
            mend=f"put {state}.interest before {state}.principal",
        )


def _oldest_starves(order: Order, owes: Owes) -> Iterator[WaterfallFinding]:
    """By component, a newer installment can be paid while an older one stays short."""
    parts = ("interest", "principal") if owes.interest else ("principal",)
    for later, earlier in (("due", "past_due"), ("in_advance", "past_due"), ("in_advance", "due")):
        for part in parts:
            place = _place(order, later, part)
            older = [
                (found, old)
                for old in parts
                if (found := _place(order, earlier, old)) is not None
                and place is not None
                and found > place
            ]
            if place is None or not older:
                continue
            behind, old = max(older)
            meant = later == "due" and part == "interest" and old == "principal"
            yield WaterfallFinding(
                code="oldest_starves",
                severity=Severity.note if meant else Severity.surprise,
                path=f"/order/{place}",
                message=f"{later}.{part} is paid before {earlier}.{old}: a payment in part leaves "
                "the oldest installment short, so the loan stays past due from that day",
                mend=f"put {order.order[behind]} before {order.order[place]}",
            )


def _early_before_fees(order: Order, owes: Owes) -> Iterator[WaterfallFinding]:
    early = _place(order, "in_advance", "principal")
    fees = [_place(order, "past_due", "fee", name) for name in owes.fees]
    behind = [place for place in fees if place is not None and early is not None and place > early]
    if early is None or not behind:
        return
    yield WaterfallFinding(
        code="early_before_fees",
        severity=Severity.note,
        path=f"/order/{early}",
        message="installments to come are paid while fees stay owed",
        mend=f"put {order.order[max(behind)]} before {order.order[early]}",
    )


def _components(owes: Owes) -> Iterator[tuple[str, str]]:
    if owes.interest:
        yield "interest", ""
    yield "principal", ""
    for name in owes.fees:
        yield "fee", name


def _bucket(state: str, component: str, name: str) -> str:
    return f"{state}.{component}:{name}" if name else f"{state}.{component}"


def _place(order: Order, state: str, component: str, name: str = "") -> int | None:
    """Where in the order an amount is paid; None when no bucket takes it."""
    takers = {f"{state}.{component}", _bucket(state, component, name)}
    return next((place for place, bucket in enumerate(order.order) if bucket in takers), None)
