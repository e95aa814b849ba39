"""What the linter says of an order is what money does that falls through it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import Citation
from engine.payments.waterfall import LeftOver, Order, Owed, Style, Waterfall, allocate
from engine.payments.waterfall_lint import Owes, Severity, lint_waterfall
from engine.values.money import Money

LATE = Owes(fees=("late_fee",), late_fees=("late_fee",))
PYRAMIDING = Citation(cite="12 CFR 1026.36(c)(2)")
STANDARD = (
    "past_due.interest", "due.interest", "past_due.principal", "due.principal",
    "past_due.fee", "due.fee", "in_advance.interest", "in_advance.principal",
)  # fmt: skip
BUCKETS = (*STANDARD, "past_due.fee:late_fee", "due.fee:late_fee", "in_advance.fee")


def owed(bucket: str, minor: int, installment: int, due: date) -> Owed:
    state, _, component = bucket.partition(".")
    name = "late_fee" if component == "fee" else ""
    return Owed(due_state=state, component=component, amount=Money(minor), installment=installment,
                due_date=due, name=name, fee_id=name and "late_fee/1")  # fmt: skip


FEE = owed("past_due.fee", 1500, 1, date(2026, 3, 11))
OLD = [owed("past_due.interest", 5000, 1, date(2026, 3, 1)),
       owed("past_due.principal", 10000, 1, date(2026, 3, 1))]  # fmt: skip
NOW = [owed("due.interest", 4900, 2, date(2026, 4, 1)),
       owed("due.principal", 10100, 2, date(2026, 4, 1))]  # fmt: skip
EARLY = [owed("in_advance.interest", 4800, 3, date(2026, 5, 1)),
         owed("in_advance.principal", 10200, 3, date(2026, 5, 1))]  # fmt: skip

waterfalls = st.builds(
    Waterfall,
    style=st.sampled_from(Style),
    order=st.lists(st.sampled_from(BUCKETS), min_size=1, max_size=11, unique=True).map(tuple),
    left_over=st.sampled_from(LeftOver),
)
whole = st.builds(
    Waterfall,
    style=st.sampled_from(Style),
    order=st.permutations(BUCKETS).map(tuple),
    left_over=st.sampled_from(LeftOver),
)
"""Orders in which everything owed has its bucket."""


def codes(waterfall: Waterfall, owes: Owes = LATE) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in lint_waterfall(waterfall, owes)}


def paid(waterfall: Waterfall, amount: int, lines: list[Owed]) -> dict[int, int]:
    """Minor units paid of each line, by its identity."""
    found = allocate(Money(amount), lines, waterfall, "regular")
    return {id(line): part.minor for line, part in found.lines}


@given(waterfalls)
@settings(max_examples=300, deadline=None)
def test_what_nothing_pays_stays_owed_and_the_rest_is_paid(waterfall: Waterfall) -> None:
    fee_now = owed("due.fee", 700, 2, date(2026, 4, 1))
    lines = [*OLD, *NOW, FEE, fee_now]
    left = [line for line in lines if id(line) not in paid(waterfall, 10**9, lines)]
    missing = [f for f in lint_waterfall(waterfall, LATE) if f.code == "missing"]
    assert len(missing) == len(left)


@given(waterfalls)
@settings(max_examples=300, deadline=None)
def test_a_bucket_said_never_to_be_reached_takes_nothing_that_another_does_not(
    waterfall: Waterfall,
) -> None:
    never = {f.path for f in lint_waterfall(waterfall, LATE) if f.code == "never_reached"}
    kept = tuple(b for n, b in enumerate(waterfall.order) if f"/order/{n}" not in never)
    if not kept:
        return
    without = Waterfall(style=waterfall.style, order=kept, left_over=waterfall.left_over)
    lines = [*OLD, *NOW, FEE, *EARLY]
    for amount in (700, 5500, 16000, 40000, 10**6):
        assert paid(waterfall, amount, lines) == paid(without, amount, lines)


@given(whole)
@settings(max_examples=300, deadline=None)
def test_pyramiding_is_said_where_a_full_payment_is_made_short_by_a_fee(
    waterfall: Waterfall,
) -> None:
    """Only the fee is owed of the month before; the next installment comes on its day or later."""
    after_its_day = [
        owed("past_due.interest", 4900, 2, date(2026, 4, 1)),
        owed("past_due.principal", 10100, 2, date(2026, 4, 1)),
    ]
    short = False
    for installment in (NOW, after_its_day):
        went = paid(waterfall, 15000, [FEE, *installment])
        short |= any(went.get(id(line), 0) < line.amount.minor for line in installment)
    assert ("late_fee_pyramiding" in codes(waterfall)) is short


@given(whole)
@settings(max_examples=300, deadline=None)
def test_what_is_newer_is_paid_before_what_is_older_where_it_is_said(waterfall: Waterfall) -> None:
    lines, starves = [*OLD, *NOW, *EARLY], False
    for amount in range(100, 45_000, 700):
        went = paid(waterfall, amount, lines)
        for newer, older in ((NOW, OLD), (EARLY, OLD), (EARLY, NOW)):
            short = any(went.get(id(line), 0) < line.amount.minor for line in older)
            starves |= short and any(id(line) in went for line in newer)
    assert ("oldest_starves" in codes(waterfall)) is starves


def test_the_standard_order_has_notes_alone() -> None:
    standard = Waterfall(style=Style.by_component, order=STANDARD)
    assert codes(standard) == {
        "oldest_starves": Severity.note, "fees_before_early_money": Severity.note
    }  # fmt: skip


def test_law_weighs_most_and_is_told_with_its_citation_and_a_mend() -> None:
    order = ("past_due.fee", *(bucket for bucket in STANDARD if bucket != "past_due.fee"))
    bound = Owes(fees=("late_fee",), late_fees=("late_fee",), no_pyramiding=(PYRAMIDING,))
    first, *_ = lint_waterfall(Waterfall(style=Style.by_component, order=order), bound)
    assert (first.code, first.severity, first.path) == (
        "late_fee_pyramiding", Severity.law, "/order/0"
    )  # fmt: skip
    assert "12 CFR 1026.36(c)(2)" in first.message and first.citations == (PYRAMIDING,)
    assert first.mend == "put past_due.fee behind due.principal"


@pytest.mark.parametrize(
    ("order", "owes", "code", "severity"),
    [
        (STANDARD, Owes(fees=("copy_fee",)), "fees_before_early_money", Severity.note),
        (("past_due.fee", *STANDARD), Owes(fees=("copy_fee",)), "fees_before_installment",
         Severity.surprise),
        (("past_due.principal", *STANDARD), Owes(), "principal_first", Severity.surprise),
        (("past_due.principal", *STANDARD), Owes(interest_by_installment=True), "principal_first",
         Severity.note),
        (STANDARD, Owes(interest=False, fees=("copy_fee",)), "never_reached", Severity.note),
        (("in_advance.principal", *STANDARD), LATE, "early_before_fees", Severity.note),
        (("past_due.fee", "past_due.fee:late_fee", *STANDARD), LATE, "never_reached",
         Severity.surprise),
    ],
)  # fmt: skip
def test_what_else_is_noticed(
    order: tuple[str, ...], owes: Owes, code: str, severity: Severity
) -> None:
    once = tuple(dict.fromkeys(order))
    assert codes(Waterfall(style=Style.by_component, order=once), owes)[code] is severity


def test_the_order_of_a_payoff_is_looked_at_for_its_buckets() -> None:
    payoff = Order(style=Style.by_component, order=("due.principal", "due.interest"))
    waterfall = Waterfall(style=Style.by_component, order=STANDARD, by_kind={"payoff": payoff})
    paths = {f.path for f in lint_waterfall(waterfall, LATE) if f.code == "missing"}
    assert paths == {"/by_kind/payoff/order"}


def test_the_order_of_a_state_is_looked_at_whole() -> None:
    late = Order(style=Style.by_component, order=("due.principal", "due.interest"))
    waterfall = Waterfall(
        style=Style.by_component, order=STANDARD, by_state={"stage:late_60": late}
    )
    found = {(f.code, f.path) for f in lint_waterfall(waterfall, LATE) if "late_60" in f.path}
    assert ("missing", "/by_state/stage:late_60/order") in found
    assert ("principal_first", "/by_state/stage:late_60/order/0") in found
