"""A sample loan is what a loan of the product would be, through the engine itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from engine.catalog.catalog import Catalog
from engine.product.example import PaymentHappens
from engine.values.money import Money
from servicing.studio.sample import Scenario, Size, lived, loan_of, moments, sample, standing
from store.definitions.load import load_catalog
from tests.servicing.lending import START

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(ROOT / "products", ROOT / "rules")


def test_every_product_has_a_sample_loan_in_every_scenario(catalog: Catalog) -> None:
    for name in catalog.products:
        live = catalog.live_version(name, START)
        assert live is not None
        terms = catalog.terms_in_force(name, live.version)
        for scenario in Scenario:
            found = sample(terms, loan_of(terms.product, Size.middle, START), scenario)
            assert found.loan is not None, (name, found.refusals)
            assert (
                scenario is not Scenario.paid_off
                or found.loan.at.payoff == "0.00"
                or (name == "study_loan")
            ), name


def test_a_missed_payment_costs_the_fee_the_product_says(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("pay_in_4", 1)
    loan = loan_of(terms.product, Size.middle, START)
    missed = sample(terms, loan, Scenario.missed).loan
    agreed = sample(terms, loan, Scenario.as_agreed).loan
    assert missed is not None and agreed is not None
    assert missed.late_fee is not None and missed.late_fee.amount == "7.00"
    due = missed.quote.schedule[0].due_date
    assert missed.late_fee.on == due + timedelta(days=4), "three days of grace"
    assert agreed.late_fee is None and agreed.at.payoff == "0.00"


def test_sizes_are_the_ends_of_the_limits(catalog: Catalog) -> None:
    product = catalog.terms_in_force("personal_installment", 1).product
    least, most = (loan_of(product, size, START) for size in (Size.smallest, Size.largest))
    assert (least.amount, most.amount) == (
        product.limits.amount.minimum, product.limits.amount.maximum
    )  # fmt: skip
    assert least.note_rate < most.note_rate and least.number_of_payments < most.number_of_payments


def test_what_the_law_refuses_is_told(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("personal_installment", 1)
    loan = loan_of(terms.product, Size.middle, START)
    beyond = type(loan)(
        amount=Money(1), note_rate=loan.note_rate, number_of_payments=12, contract_date=START
    )
    found = sample(terms, beyond, Scenario.missed)
    assert found.loan is None and found.refusals[0].code == "outside_product_limits"


def test_a_life_stops_at_what_is_refused_and_keeps_why(catalog: Catalog) -> None:
    terms = catalog.terms_in_force("pay_in_4", 1)
    loan = loan_of(terms.product, Size.middle, START)
    day = START + timedelta(days=20)
    run = lived(terms, loan, [PaymentHappens(on=day, amount=Money(0))], day)
    assert run.refusals and standing(run).principal == "700.00"
    assert moments(run)[0].event == "loan_booked"


def test_a_rate_plan_is_foreseen(catalog: Catalog) -> None:
    def rates(name: str) -> list[str]:
        terms = catalog.terms_in_force(name, 1)
        found = sample(terms, loan_of(terms.product, Size.middle, START), Scenario.missed).loan
        assert found is not None
        return [rate for _, rate in found.rates]

    assert len(rates("personal_installment")) == 1
    stepped = rates("introductory_installment")
    assert len(stepped) == 2 and stepped[0] < stepped[1]
