"""Loans moved to another version: what falls due from then on is under it, the past is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.fees.late_fee import LateFee
from engine.loan.commands import AdvanceTo, MoveLoan
from engine.loan.events import FeeAssessed
from engine.loan.explain import explain
from engine.loan.versions import terms_now, terms_on, version_on
from engine.product.product import Product
from tests.engine.loan.life import Life, a_loan, a_product, in_force
from tests.engine.loan.standing import standing

START = date(2026, 1, 15)
FIRST, SECOND, THIRD = date(2026, 2, 15), date(2026, 3, 15), date(2026, 4, 15)


def with_grace(days: int, version: int, **changes: object) -> Product:
    product = a_product(version=version)
    fees = tuple(
        replace(fee, grace_days=days) if isinstance(fee, LateFee) else fee for fee in product.fees
    )
    return replace(product, fees=fees, **changes)


def family() -> TermsInForce:
    """Version 1 with 10 days of grace; 2 has 15, 3 has 5, 4 another contract."""
    products = {
        1: with_grace(10, 1), 2: with_grace(15, 2), 3: with_grace(5, 3),
        4: with_grace(15, 4, rounding="half_even"),
    }  # fmt: skip
    terms: dict[int, TermsInForce] = {}
    for number, product in products.items():
        terms[number] = in_force(product, versions=terms.get)
    return terms[1]


def moved(life: Life, to: int, on: date, consent: str = "") -> None:
    life.live(MoveLoan(to_version=to, moved_on=on, consent=consent, reason="campaign"))


def fee_days(life: Life) -> list[date]:
    return [fee.effective_on for fee in life.events(FeeAssessed)]


def test_installments_due_from_the_move_on_have_the_new_grace() -> None:
    life = a_loan(family(), on=START)
    moved(life, 2, date(2026, 2, 20))
    life.until(date(2026, 4, 10))
    assert fee_days(life) == [FIRST + timedelta(days=11), SECOND + timedelta(days=16)]
    because = [fee.because.product for fee in life.events(FeeAssessed)]
    assert because == ["personal@1", "personal@2"]


def test_a_move_back_on_the_same_day_leaves_nothing() -> None:
    life, still = a_loan(family(), on=START), a_loan(family(), on=START)
    moved(life, 2, date(2026, 2, 20))
    life.until(date(2026, 4, 10))
    moved(life, 1, date(2026, 2, 20), "undone")
    life.until(date(2026, 4, 10))
    still.until(date(2026, 4, 10))
    assert life.loan is not None and still.loan is not None
    ours, theirs = standing(life.loan), standing(still.loan)
    for state in (ours, theirs):
        for name in ("versions", "first_version"):
            state.pop(name, None)
    assert ours == theirs
    assert fee_days(life) == fee_days(still)


def test_a_move_recorded_late_takes_back_the_fees_it_forbids() -> None:
    life = a_loan(family(), on=START)
    life.until(date(2026, 3, 27))
    assert len(fee_days(life)) == 2
    moved(life, 2, date(2026, 3, 1))
    assert fee_days(life) == [FIRST + timedelta(days=11)]
    life.until(date(2026, 3, 31))
    assert fee_days(life) == [FIRST + timedelta(days=11), SECOND + timedelta(days=16)]


def test_what_a_move_is_refused_for() -> None:
    life = a_loan(family(), on=START)

    def code(to: int, consent: str = "") -> str:
        command = MoveLoan(to_version=to, moved_on=FIRST, consent=consent, reason="x")
        return life.refused(command)[0].code

    assert code(1) == "same_version"
    assert code(9) == "unknown_version"
    assert code(4) == "another_contract"
    assert code(3) == "consent_needed"
    moved(life, 3, FIRST, consent="letter of 1 February")
    assert life.loan is not None and life.loan.product_version == 3


def test_the_version_of_a_day() -> None:
    terms, life = family(), a_loan(family(), on=START)
    assert life.loan is not None
    assert terms_on(life.loan, FIRST, terms) is terms
    moved(life, 2, FIRST)
    moved(life, 1, THIRD, "c")
    days = (START, FIRST, SECOND, THIRD)
    assert [version_on(life.loan, day) for day in days] == [1, 2, 2, 1]
    assert [terms_on(life.loan, day, terms).product.version for day in days] == [1, 2, 2, 1]
    assert terms_now(life.loan, terms.of(2)).product.version == 1


def test_a_fee_from_before_the_move_is_explained_by_its_own_version() -> None:
    terms = family()
    life = a_loan(terms, on=START)
    life.until(SECOND)
    moved(life, 2, SECOND)
    history = [(item.seq, item.event) for item in life.history]
    found = explain("loan_test", history, "fee:late_fee/1", THIRD, terms.of(2))
    assert found.agrees and isinstance(found.event, FeeAssessed)
    assert found.event.because.product == "personal@1"


@given(
    st.lists(st.tuples(st.integers(1, 75), st.sampled_from([1, 2, 3])), min_size=1, max_size=3),
    st.lists(st.integers(1, 110), max_size=5),
    st.lists(st.integers(1, 100), max_size=2),
)
def test_time_is_split_anywhere_and_moves_are_recorded_in_any_order(
    moves: list[tuple[int, int]], stops: list[int], payments: list[int]
) -> None:
    """The same moves, recorded as they come or all at the end, come to the same loan."""
    end = START + timedelta(days=120)
    steps: list[tuple[int, str, int]] = [(day, "move", to) for day, to in dict(moves).items()]
    steps += [(day, "pay", 0) for day in payments] + [(day, "stop", 0) for day in stops]
    lived = a_loan(family(), on=START)
    for day, what, to in sorted(steps):
        on = START + timedelta(days=day)
        if what == "stop":
            lived.live(AdvanceTo(day=on))
        elif what == "pay":
            lived.pays("300.00", on)
        else:
            lived.ask_and_live(MoveLoan(to_version=to, moved_on=on, consent="c", reason="r"))
    lived.until(end)
    late = a_loan(family(), on=START)
    for day in sorted(payments):
        late.pays("300.00", START + timedelta(days=day))
    late.until(end)
    for day, to in sorted(dict(moves).items()):
        late.ask_and_live(
            MoveLoan(to_version=to, moved_on=START + timedelta(days=day), consent="c", reason="r")
        )
    late.until(end)
    assert lived.loan is not None and late.loan is not None
    both = [standing(lived.loan), standing(late.loan)]
    for state in both:
        state["versions"] = [(day, to) for day, _, to in state.get("versions", ())]
    assert both[0] == both[1]
    assert sorted(fee_days(lived)) == sorted(fee_days(late))


@pytest.mark.parametrize("day", [FIRST, THIRD])
def test_a_loan_that_ended_is_not_moved(day: date) -> None:
    life = a_loan(family(), on=START, amount="100.00", payments=1)
    life.pays("110.00", FIRST)
    assert life.refused(MoveLoan(to_version=2, moved_on=day, reason="x"))[0].code
