"""Events, commands, state: each event applies and takes back, each command has its day."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from engine.loan import (
    commands,
    correct,
    decide,
    events,
    evolve,
    facts_on,
    follow,
    loan,
    observe,
    opening,
    status,
    terms,
    texts,
)
from engine.loan.counts import counts_on
from engine.loan.status import BorrowerStatusKind
from tests.engine.loan.life import PERSONAL, a_loan
from tests.engine.loan.rate_plans import SLICES

DAY = date(2026, 3, 1)


def test_every_command_knows_the_day_it_counts_from() -> None:
    made = commands.ReceivePayment(amount="1.00", received_on=DAY)
    assert counts_on(made) == DAY
    assert counts_on(commands.AdvanceTo(day=DAY)) == DAY
    service = commands.RecordBorrowerStatus(
        status=BorrowerStatusKind.military_service, from_date=DAY
    )
    assert counts_on(service) == DAY


def test_undoing_an_outcome_restores_the_state_but_for_its_number() -> None:
    life = a_loan()
    life.until(DAY)
    fee = events.FeeAssessed(
        effective_on=DAY, fee_id="x/1", name="x", kind="manual_fee", amount=observe.ZERO
    )
    before = life.at(DAY)
    after = evolve.evolve(before, before.seq + 1, fee)
    undo = events.OutcomeUndone(effective_on=DAY, undoes=before.seq + 1, outcome=fee)
    again = evolve.evolve(after, before.seq + 2, undo)
    assert again.fees == before.fees and after.fees != before.fees


def test_undoing_what_was_never_applied_is_a_bug() -> None:
    life = a_loan()
    bill = events.InstallmentBilled(effective_on=DAY, number=9, amount=observe.ZERO)
    undo = events.OutcomeUndone(effective_on=DAY, undoes=99, outcome=bill)
    with pytest.raises(AssertionError, match="never applied"):
        evolve.evolve(life.at(DAY), 100, undo)


def test_folding_splits_anywhere() -> None:
    life = a_loan()
    life.pays("892.87", date(2026, 2, 15))
    life.until(DAY)
    numbered = [(item.seq, item.event) for item in life.history]
    whole = evolve.fold("loan_test", numbered)
    for place in range(len(numbered)):
        part = evolve.fold("loan_test", numbered[:place])
        for seq, event in numbered[place:]:
            part = evolve.evolve(part, seq, event)
        assert part == whole


def test_facts_know_the_loan_the_borrower_and_the_day() -> None:
    life = a_loan()
    life.live(
        commands.RecordBorrowerStatus(
            status=BorrowerStatusKind.disaster, from_date=DAY, to_date=DAY
        )
    )
    facts = facts_on.facts_on(life.at(DAY), DAY, PERSONAL)
    assert facts.value("in_disaster_area") is True
    assert facts.value("days_past_due") == 14
    assert facts_on.borrower_facts(life.at(DAY), date(2026, 3, 2)).in_disaster_area is False


def test_facts_and_outcomes_are_told_apart() -> None:
    paid = events.PaymentReceived(effective_on=DAY, amount=observe.ZERO)
    billed = events.InstallmentBilled(effective_on=DAY, number=1, amount=observe.ZERO)
    assert events.is_fact(paid) and not events.is_fact(billed)
    assert follow.acts_on(paid) == DAY


def test_a_loan_begins_with_nothing() -> None:
    empty = loan.Loan(loan_id="loan_new")
    assert empty.status is status.LoanStatus.booked
    with pytest.raises(AssertionError, match="no terms"):
        _ = empty.agreed
    assert terms.Circumstances().country == "US"
    assert correct.DRIFT == "drift"


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        (texts.AmountText, "451.46", "-1"),
        (texts.RateText, "0.0799", "7.99 %"),
        (texts.Reason, "goodwill", ""),
        (texts.ShortText, "", "two\nlines"),
    ],
)
def test_texts_of_a_command_are_held_to_their_form(kind: Any, right: str, wrong: str) -> None:
    assert msgspec.convert(right, kind) == right
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, kind)


def test_a_loan_in_bands_begins_at_the_most_it_may_come_to() -> None:
    agreed = a_loan().history[0].event
    assert isinstance(agreed, events.LoanBooked)
    in_bands = msgspec.structs.replace(agreed.terms, rate_bands=SLICES)
    booked = msgspec.structs.replace(agreed, terms=in_bands)
    [(_, seq, rate)] = opening.agreed(booked, 7)["rate_changes"]
    assert (seq, rate.text()) == (7, "0.18")


def test_only_booking_and_boarding_need_no_loan() -> None:
    with pytest.raises(AssertionError, match="AdvanceTo needs a loan"):
        decide.decide(None, commands.AdvanceTo(day=DAY), PERSONAL, loan_id="loan_new")
