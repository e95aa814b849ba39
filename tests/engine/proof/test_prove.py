"""Examples are run through the engine, and every number that differs is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from engine.catalog.catalog import Catalog
from engine.catalog.terms_in_force import TermsInForce
from engine.product.example import (
    Example,
    ExampleLoan,
    Expected,
    ExpectedBalances,
    ExpectedEvent,
    ExpectedRow,
    FeeHappens,
    Happening,
    PaymentHappens,
    RateHappens,
    ReturnHappens,
    ReversalHappens,
    ServiceHappens,
)
from engine.proof.prove import prove
from engine.proof.run_example import ExampleRun, requested_terms
from engine.values.money import Money
from engine.values.rate import Rate
from store.definitions.load import load_catalog

CHECKOUT = Path(__file__).parents[3]
LOAN = ExampleLoan(
    amount=Money(1800000),
    note_rate=Rate.parse("0.0899"),
    number_of_payments=60,
    contract_date=date(2026, 3, 2),
    first_payment_date=date(2026, 4, 17),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(CHECKOUT / "products", CHECKOUT / "rules")


@pytest.fixture(scope="module")
def auto(catalog: Catalog) -> TermsInForce:
    return catalog.terms_in_force("auto_simple_interest", 1)


def example(expect: Expected, *happenings: Happening) -> Example:
    return Example(name="an example", loan=LOAN, happenings=happenings, expect=expect)


def told(terms: TermsInForce, expect: Expected, *happenings: Happening) -> list[str]:
    found = prove(example(expect, *happenings), terms)
    return [f"{mismatch.path}: {mismatch}" for mismatch in found.mismatches]


def test_every_example_of_every_product_holds(catalog: Catalog) -> None:
    count = 0
    for versions in catalog.products.values():
        for product in versions:
            terms = catalog.terms_in_force(product.product, product.version)
            for each in product.examples:
                assert prove(each, terms).mismatches == (), f"{product.reference}: {each.name}"
                count += 1
    assert count >= 20


def test_a_figure_that_differs_is_told_with_both(auto: TermsInForce) -> None:
    expect = Expected(installment=Money(37509), apr=Rate.parse("0.0899"))
    assert told(auto, expect) == [
        "/expect/installment: expected 375.09, found 375.08",
        "/expect/apr: expected 0.0899, found 0.09",
    ]


def test_rows_of_the_schedule(auto: TermsInForce) -> None:
    rows = (
        ExpectedRow(number=1, interest=Money(20394)),
        ExpectedRow(number=2, balance=Money(1)),
        ExpectedRow(number=61),
    )
    assert told(auto, Expected(rows=rows)) == [
        "/expect/rows/1/balance: expected 0.01, found 17585.52",
        "/expect/rows/2/number: expected 61, found 60 installments",
    ]


def test_balances_are_those_at_the_end_of_the_day(auto: TermsInForce) -> None:
    paid = PaymentHappens(on=date(2026, 4, 17), amount=Money(37508))
    balances = (
        ExpectedBalances(on=date(2026, 4, 16), principal_balance=Money(1800000)),
        ExpectedBalances(on=date(2026, 4, 17), principal_balance=Money(1782886), days_past_due=0),
        ExpectedBalances(on=date(2026, 4, 18), principal_balance=Money(0)),
    )
    assert told(auto, Expected(balances=balances), paid) == [
        "/expect/balances/2/principal_balance: expected 0.00, found 17828.86"
    ]


def test_events_are_counted(auto: TermsInForce) -> None:
    late = ExpectedEvent(event="fee_assessed", name="late_fee", on=date(2026, 4, 28))
    none = ExpectedEvent(event="fee_assessed", times=0)
    found = told(auto, Expected(events=(late, none)))
    assert found == [
        "/expect/events/1: expected 0 × fee_assessed, "
        "found 1; of that kind: late_fee 2026-04-28 18.75"
    ]


def test_a_kind_of_event_that_does_not_exist_is_told(auto: TermsInForce) -> None:
    (found,) = told(auto, Expected(events=(ExpectedEvent(event="fee_asessed", times=0),)))
    assert found.endswith("found fee_asessed; did you mean fee_assessed?")


def test_a_refusal_is_expected_by_its_code(auto: TermsInForce) -> None:
    too_much = msgspec.structs.replace(LOAN, amount=Money(99999999))
    refused = Example(
        name="too much", loan=too_much, expect=Expected(refusal="outside_product_limits")
    )
    assert prove(refused, auto).holds
    offered = example(Expected(refusal="outside_product_limits"))
    assert str(prove(offered, auto).mismatches[0]) == (
        "expected outside_product_limits, found an offer"
    )


def test_a_happening_that_is_refused_is_told(auto: TermsInForce) -> None:
    fee = FeeHappens(on=date(2026, 4, 1), fee="no_such_fee")
    (found,) = told(auto, Expected(), fee)
    assert found.startswith("/happenings/0: expected it happens, found a refusal:")


def test_a_return_of_a_payment_that_was_refused_is_told_too(auto: TermsInForce) -> None:
    happenings: tuple[Happening, ...] = (
        PaymentHappens(on=date(2026, 4, 17), amount=Money(1900000), purpose="payoff"),
        PaymentHappens(on=date(2026, 5, 17), amount=Money(37508), name="late"),
        ReturnHappens(on=date(2026, 5, 19), payment="late"),
    )
    refused, unknown = told(auto, Expected(), *happenings)
    assert refused.startswith("/happenings/1: expected it happens, found a refusal:")
    assert unknown == (
        "/happenings/2: expected it happens, "
        "found a refusal: No payment named late was received before 2026-05-19."
    )


def test_what_may_happen_to_a_loan(auto: TermsInForce) -> None:
    happenings: tuple[Happening, ...] = (
        PaymentHappens(on=date(2026, 4, 17), amount=Money(37508), name="first"),
        PaymentHappens(on=date(2026, 5, 17), amount=Money(37508), name="second"),
        ReturnHappens(on=date(2026, 5, 19), payment="second", return_code="R01"),
        ReversalHappens(on=date(2026, 5, 20), payment="first"),
        FeeHappens(on=date(2026, 5, 21), fee="lien_release_copy_fee"),
        ServiceHappens(on=date(2026, 6, 1), from_date=date(2026, 5, 25)),
        RateHappens(on=date(2026, 6, 2), note_rate=Rate.parse("0.05")),
    )
    run = ExampleRun(example(Expected(), *happenings), auto)
    assert run.begin()
    for happening in happenings:
        assert run.happen(happening), run.refusals
    assert [made.undone for made in run.standing.payments] == [True, True]
    kinds = {type(event).__name__ for event in run.live_events()}
    assert {"FeeAssessed", "BorrowerStatusRecorded", "RateChanged"} <= kinds


def test_the_loan_of_an_example_asks_like_any_other() -> None:
    asked = requested_terms(LOAN, "USD")
    assert (asked.amount, asked.note_rate, asked.frequency) == ("18000.00", "0.0899", None)
