"""While a loan is in a state, money falls through the order its product has for that state."""

from __future__ import annotations

from datetime import date

from engine.loan.commands import RecordBorrowerStatus
from engine.loan.events import PaymentAllocated
from engine.loan.outcomes.allocation import states_on
from engine.loan.status import BorrowerStatusKind, PaymentKind
from engine.payments.waterfall import LeftOver, Order, Style, Waterfall
from tests.engine.loan.life import WATERFALL, Life, a_loan, a_product, in_force

COST_RECOVERY = Order(
    style=Style.by_component,
    order=(
        "past_due.principal", "due.principal", "past_due.interest", "due.interest",
        "past_due.fee", "due.fee",
    ),
)  # fmt: skip
"""Principal first: money of a doubtful loan lowers what may be lost."""
HELD = Order(style=Style.by_component, order=COST_RECOVERY.order, left_over=LeftOver.hold_unapplied)


def lent() -> Life:
    waterfall = Waterfall(
        style=Style.by_installment,
        order=WATERFALL.order,
        by_state={"borrower:bankruptcy": HELD, "stage:late_60": COST_RECOVERY},
    )
    return a_loan(in_force(a_product(fees=()), waterfall=waterfall))


def last(life: Life) -> tuple[str, str, str]:
    event = life.events(PaymentAllocated)[-1]
    return event.principal.text(), event.interest.text(), event.because.term


def test_two_months_late_principal_comes_first() -> None:
    life = lent()
    day = date(2026, 4, 20)  # 64 days after 15 February
    assert "stage:late_60" in states_on(life.at(day), day)
    life.pays("500.00", day)
    assert last(life) == ("500.00", "0.00", "/waterfall/by_state/stage:late_60")


def test_in_time_it_is_the_usual_order() -> None:
    life = lent()
    life.pays("500.00", date(2026, 2, 15))
    principal, interest, term = last(life)
    assert (interest, term) == ("110.33", "/waterfall") and principal == "389.67"


def test_a_borrower_status_has_its_order_and_what_is_left_over_is_held() -> None:
    life = lent()
    life.live(
        RecordBorrowerStatus(
            status=BorrowerStatusKind.bankruptcy,
            from_date=date(2026, 2, 1),
            to_date=date(2026, 3, 1),
        )
    )
    life.pays("2000.00", date(2026, 2, 15))
    assert last(life)[2] == "/waterfall/by_state/borrower:bankruptcy"
    assert life.loan is not None and life.loan.unapplied_funds.minor > 100_000


def test_recorded_later_it_decides_the_payment_again() -> None:
    life, told = lent(), lent()
    status = RecordBorrowerStatus(
        status=BorrowerStatusKind.bankruptcy, from_date=date(2026, 2, 1), to_date=None
    )
    told.live(status)
    for each in (life, told):
        each.pays("300.00", date(2026, 2, 16))
    life.live(status)
    assert life.numbers(date(2026, 3, 1)) == told.numbers(date(2026, 3, 1))
    assert last(life) == last(told)


def test_a_payoff_pays_everything_in_any_state() -> None:
    life = lent()
    life.pays("12000.00", date(2026, 4, 20), PaymentKind.payoff)
    assert life.numbers(date(2026, 4, 20))["status"] == "paid_off"
