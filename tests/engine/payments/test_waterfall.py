"""How a payment falls through the buckets: in order, to the cent, never more than is owed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.payments.waterfall import (
    LeftOver,
    Order,
    Owed,
    Style,
    Waterfall,
    allocate,
    in_order,
    left_over_of,
    order_for,
    order_path,
)
from engine.trace import recording
from engine.values.money import ZERO, Money, total

FEB, MAR, APR = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)

INTEREST_FIRST = (
    "past_due.interest", "past_due.principal", "due.interest", "due.principal",
    "past_due.fee", "due.fee", "in_advance.interest", "in_advance.principal",
)  # fmt: skip
FEES_FIRST = (
    "past_due.fee", "past_due.interest", "past_due.principal",
    "due.fee", "due.interest", "due.principal", "in_advance.principal",
)  # fmt: skip


def usd(text: str) -> Money:
    return Money.parse(text, "USD")


def owes(bucket: str, amount: str, installment: int, due: date, name: str = "") -> Owed:
    state, _, component = bucket.partition(".")
    return Owed(
        due_state=state,
        component=component,
        amount=usd(amount),
        installment=installment,
        fee_id=f"{name}/{installment}" if name else "",
        name=name,
        due_date=due,
    )


# Two installments past due with a late fee on the first, one due today, one to come.
OWED = (
    owes("past_due.fee", "15.00", 1, FEB, "late_fee"),
    owes("past_due.interest", "60.00", 1, FEB),
    owes("past_due.principal", "180.00", 1, FEB),
    owes("past_due.interest", "55.00", 2, MAR),
    owes("past_due.principal", "185.00", 2, MAR),
    owes("due.interest", "50.00", 3, APR),
    owes("due.principal", "190.00", 3, APR),
    owes("in_advance.principal", "240.00", 4, date(2026, 5, 15)),
)


def went(amount: str, waterfall: Waterfall, kind: str = "regular") -> list[str]:
    """Where a payment went, as "installment component amount", then what was left over."""
    allocation = allocate(usd(amount), OWED, waterfall, kind)
    lines = [
        f"{line.installment} {line.component} {part.text()}" for line, part in allocation.lines
    ]
    left = allocation.left_over
    return [*lines, f"left {left.text()}"] if left else lines


BY_INSTALLMENT = Waterfall(style=Style.by_installment, order=FEES_FIRST)
BY_COMPONENT = Waterfall(style=Style.by_component, order=INTEREST_FIRST)


@pytest.mark.parametrize(
    ("amount", "waterfall", "lines"),
    [
        ("10.00", BY_INSTALLMENT, ["1 fee 10.00"]),
        ("100.00", BY_INSTALLMENT, ["1 fee 15.00", "1 interest 60.00", "1 principal 25.00"]),
        (
            "300.00",
            BY_INSTALLMENT,
            ["1 fee 15.00", "1 interest 60.00", "1 principal 180.00", "2 interest 45.00"],
        ),
        ("100.00", BY_COMPONENT, ["1 interest 60.00", "2 interest 40.00"]),
        (
            "500.00",
            BY_COMPONENT,
            ["1 interest 60.00", "2 interest 55.00", "1 principal 180.00", "2 principal 185.00",
             "3 interest 20.00"],
        ),
        ("975.00", BY_INSTALLMENT, [
            "1 fee 15.00", "1 interest 60.00", "1 principal 180.00", "2 interest 55.00",
            "2 principal 185.00", "3 interest 50.00", "3 principal 190.00", "4 principal 240.00",
        ]),
        ("0.00", BY_COMPONENT, []),
    ],
)  # fmt: skip
def test_a_payment_falls_through(amount: str, waterfall: Waterfall, lines: list[str]) -> None:
    assert went(amount, waterfall) == lines


def test_what_no_bucket_takes_is_left_over() -> None:
    assert went("1000.00", BY_INSTALLMENT)[-1] == "left 25.00"


def test_a_bucket_the_order_forgets_is_not_paid() -> None:
    interest_only = Waterfall(style=Style.by_component, order=("past_due.interest",))
    assert went("500.00", interest_only) == ["1 interest 60.00", "2 interest 55.00", "left 385.00"]


def test_a_fee_is_named_where_only_that_fee_is_meant() -> None:
    owed = (
        owes("past_due.fee", "25.00", 1, FEB, "returned_payment_fee"),
        owes("past_due.fee", "15.00", 1, FEB, "late_fee"),
        owes("past_due.interest", "60.00", 1, FEB),
    )
    order = ("past_due.fee:late_fee", "past_due.interest", "past_due.fee")
    paid = allocate(usd("80.00"), owed, Waterfall(style=Style.by_component, order=order), "regular")
    assert [(line.name or line.component, part.text()) for line, part in paid.lines] == [
        ("late_fee", "15.00"),
        ("interest", "60.00"),
        ("returned_payment_fee", "5.00"),
    ]


def test_a_kind_of_payment_may_have_an_order_and_a_left_over_of_its_own() -> None:
    fees_last = Order(
        style=Style.by_component,
        order=("past_due.principal", "past_due.fee"),
        left_over=LeftOver.hold_unapplied,
    )
    both = Waterfall(style=Style.by_installment, order=FEES_FIRST, by_kind={"payoff": fees_last})
    assert went("100.00", both)[0] == "1 fee 15.00"
    assert went("100.00", both, "payoff") == ["1 principal 100.00"]
    assert left_over_of(both, "payoff") is LeftOver.hold_unapplied
    assert left_over_of(both, "regular") is LeftOver.principal


def test_a_state_may_have_an_order_of_its_own_and_the_first_written_counts() -> None:
    late = Order(style=Style.by_component, order=("past_due.principal",))
    bankrupt = Order(
        style=Style.by_component, order=("past_due.fee",), left_over=LeftOver.hold_unapplied
    )
    by_state = {"borrower:bankruptcy": bankrupt, "stage:late_60": late}
    waterfall = Waterfall(
        style=Style.by_installment, order=FEES_FIRST, by_kind={"payoff": late}, by_state=by_state
    )
    both = frozenset(by_state)
    assert order_for(waterfall, "regular") is waterfall
    assert order_for(waterfall, "regular", frozenset({"stage:late_60", "stage:other"})) is late
    assert order_for(waterfall, "regular", both) is bankrupt
    assert left_over_of(waterfall, "regular", both) is LeftOver.hold_unapplied
    assert order_for(waterfall, "payoff", both) is late
    assert order_path(waterfall, "payoff", both) == "/waterfall/by_kind/payoff"
    assert order_path(waterfall, "regular", both) == "/waterfall/by_state/borrower:bankruptcy"
    assert order_path(waterfall, "regular", frozenset()) == "/waterfall"


def test_an_allocation_is_a_step_of_an_explanation() -> None:
    with recording() as recorder:
        allocate(usd("10.00"), OWED, BY_INSTALLMENT, "regular")
    (step,) = recorder.root.children
    assert (
        step.label
        == "Let a payment fall through the buckets in order; what none takes is left over."
    )
    assert step.inputs["amount"] == usd("10.00")


BUCKETS = [f"{state}.{component}" for state in ("past_due", "due", "in_advance")
           for component in ("fee", "fee:late_fee", "interest", "principal")]  # fmt: skip


@st.composite
def amounts_owed(draw: st.DrawFn) -> tuple[Owed, ...]:
    return tuple(
        Owed(
            due_state=draw(st.sampled_from(("past_due", "due", "in_advance"))),
            component=draw(st.sampled_from(("fee", "interest", "principal"))),
            amount=Money(draw(st.integers(0, 50_000))),
            installment=number,
            name=draw(st.sampled_from(("late_fee", "copy_fee"))),
            due_date=draw(st.dates(FEB, APR)),
        )
        for number in range(draw(st.integers(0, 8)))
    )


@given(
    st.integers(0, 300_000).map(Money),
    amounts_owed(),
    st.sampled_from(Style),
    st.lists(st.sampled_from(BUCKETS), min_size=1, unique=True),
)
@settings(max_examples=120, deadline=None)
def test_every_cent_is_kept_and_no_bucket_gets_more_than_it_is_owed(
    amount: Money, owed: tuple[Owed, ...], style: Style, order: list[str]
) -> None:
    waterfall = Waterfall(style=style, order=tuple(order))
    allocation = allocate(amount, owed, waterfall, "regular")
    assert total(part for _, part in allocation.lines) + allocation.left_over == amount
    assert allocation.left_over >= ZERO
    assert all(ZERO < part <= line.amount for line, part in allocation.lines)
    # Money stops at the first amount it cannot cover: all before it are paid in full.
    assert all(part == line.amount for line, part in allocation.lines[:-1])
    if allocation.left_over:
        taken = [line for line in in_order(owed, waterfall) if line.amount]
        assert [line for line, _ in allocation.lines] == taken
    paid = {id(line) for line, _ in allocation.lines}
    assert len(paid) == len(allocation.lines), "an amount owed is paid twice"


@given(st.integers(0, 200_000), st.integers(0, 200_000), amounts_owed(), st.sampled_from(Style))
@settings(max_examples=60, deadline=None)
def test_a_payment_in_two_parts_comes_to_the_same_as_one(
    first: int, second: int, owed: tuple[Owed, ...], style: Style
) -> None:
    waterfall = Waterfall(style=style, order=INTEREST_FIRST)
    once = allocate(Money(first + second), owed, waterfall, "regular")
    start = allocate(Money(first), owed, waterfall, "regular")
    rest = tuple(
        Owed(
            due_state=line.due_state, component=line.component, installment=line.installment,
            name=line.name, due_date=line.due_date,
            amount=line.amount - total(part for paid, part in start.lines if paid is line),
        )
        for line in owed
    )  # fmt: skip
    end = allocate(Money(second), rest, waterfall, "regular")
    by_number: dict[int, Money] = {}
    for line, part in (*start.lines, *end.lines):
        by_number[line.installment] = by_number.get(line.installment, ZERO) + part
    assert by_number == {line.installment: part for line, part in once.lines}
    assert start.left_over + end.left_over == once.left_over
