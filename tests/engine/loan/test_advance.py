"""Time passing: bills, fees and stages on their days, however time is cut into steps."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.commands import (
    AdvanceTo,
    ChangeRate,
    Command,
    ReceivePayment,
    RecordBorrowerStatus,
)
from engine.loan.counts import counts_on
from engine.loan.decisions.decision import Decision
from engine.loan.events import (
    ChargeOffProposed,
    DelinquencyStageChanged,
    FeeAssessed,
    InstallmentBilled,
)
from engine.loan.status import BorrowerStatusKind
from tests.engine.loan.life import PAY_IN_4, PERSONAL, THIRTY_360, Life, a_loan
from tests.engine.loan.standing import standing


def test_an_unpaid_installment_is_billed_then_late_then_charged_for() -> None:
    life = a_loan()
    life.until(date(2026, 2, 26))
    (billed,) = life.events(InstallmentBilled)
    assert (billed.number, billed.effective_on) == (1, date(2026, 2, 15))
    (stage,) = life.events(DelinquencyStageChanged)
    assert (stage.stage, stage.effective_on) == ("late_1", date(2026, 2, 16))
    (fee,) = life.events(FeeAssessed)
    assert (fee.amount.text(), fee.effective_on) == ("15.00", date(2026, 2, 26))


def test_a_payment_on_the_last_grace_day_is_in_time() -> None:
    in_time, too_late = a_loan(), a_loan()
    in_time.pays("892.87", date(2026, 2, 25))
    too_late.pays("892.87", date(2026, 2, 26))
    in_time.until(date(2026, 3, 1))
    too_late.until(date(2026, 3, 1))
    assert not in_time.events(FeeAssessed)
    assert [f.fee_id for f in too_late.events(FeeAssessed)] == ["late_fee/1"]


def test_charge_off_is_proposed_once_and_not_done() -> None:
    life = a_loan()
    life.until(date(2026, 9, 1))
    (proposed,) = life.events(ChargeOffProposed)
    assert proposed.effective_on == date(2026, 2, 15) + timedelta(days=120)
    assert life.numbers(date(2026, 9, 1))["status"] == "active"


def test_advancing_backwards_or_twice_changes_nothing() -> None:
    life = a_loan()
    life.until(date(2026, 3, 1))
    for day in (date(2026, 3, 1), date(2026, 2, 1)):
        answer = life.ask(AdvanceTo(day=day))
        assert isinstance(answer, Decision) and answer.events == ()


def test_a_paid_off_loan_is_left_alone_by_time() -> None:
    life = a_loan(PAY_IN_4, amount="400.00", rate="0", payments=4)
    life.pays("400.00", date(2026, 1, 20))
    assert life.numbers(date(2026, 1, 20))["status"] == "paid_off"
    answer = life.ask(AdvanceTo(day=date(2026, 12, 31)))
    assert isinstance(answer, Decision) and answer.events == ()


START = date(2026, 1, 16)
steps = st.one_of(
    st.tuples(st.just("pay"), st.integers(0, 40), st.sampled_from(["892.87", "50.00", "2000.00"])),
    st.tuples(st.just("serve"), st.integers(0, 40), st.just("")),
    st.tuples(st.just("rate"), st.integers(0, 40), st.just("0.0999")),
)


def commands(drawn: list[tuple[str, int, str]]) -> list[Command]:
    day, made = START, []
    for what, days, text in drawn:
        day += timedelta(days=days)
        command: Command
        match what:
            case "pay":
                command = ReceivePayment(amount=text, received_on=day)
            case "serve":
                command = RecordBorrowerStatus(
                    status=BorrowerStatusKind.military_service,
                    from_date=day,
                    to_date=day + timedelta(days=50),
                )
            case _:
                command = ChangeRate(note_rate=text, effective_on=day, reason="hardship")
        made.append(command)
    return made


def lived(terms: TermsInForce, made: list[Command], end: date, cuts: list[int]) -> Life:
    """The life with time moved in the given steps between commands; at once when there are none."""
    payments, rate = (4, "0") if terms is PAY_IN_4 else (12, "0.1299")
    life = a_loan(terms, payments=payments, rate=rate)
    for command in [*made, AdvanceTo(day=end)]:
        day, place = life.at(START).last_effective_on or START, 0
        while cuts and day < counts_on(command):
            day += timedelta(days=cuts[place % len(cuts)])
            place += 1
            if day <= counts_on(command):
                life.live(AdvanceTo(day=day))
        if isinstance(life.ask(command), Decision):
            life.live(command)
    return life


@given(
    st.lists(steps, max_size=6),
    st.lists(st.integers(1, 20), min_size=1, max_size=4),
    st.sampled_from([PERSONAL, THIRTY_360, PAY_IN_4]),
)
@settings(max_examples=40)
def test_advance_is_split_invariant(
    drawn: list[tuple[str, int, str]], cuts: list[int], terms: TermsInForce
) -> None:
    made = commands(drawn)
    end = (counts_on(made[-1]) if made else START) + timedelta(days=45)
    at_once, in_steps = lived(terms, made, end, []), lived(terms, made, end, cuts)
    assert standing(at_once.at(end)) == standing(in_steps.at(end))
    assert [i.event for i in at_once.history] == [i.event for i in in_steps.history]
