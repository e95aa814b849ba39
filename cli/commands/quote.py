"""``loanwright quote`` and ``schedule``: what a loan would cost, by the definition files alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from app.settings import read_settings
from cli.output import as_json, print_json, print_table
from engine.compliance.rule import Point
from engine.errors import Refused
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.offer import Offer, make_offer
from engine.loan.terms import Circumstances
from servicing.errors import CommandRefused, NotFound
from store.definitions import load_catalog


def _terms(command: Any) -> Any:
    """The options that say which loan is meant."""
    for option in reversed(
        (
            click.argument("product"),
            click.option("--version", type=int, help="Version; default: the one live that day."),
            click.option("--amount", required=True, help='Amount asked for, "5000.00".'),
            click.option("--rate", required=True, help='Yearly rate, "0.1299" is 12.99 percent.'),
            click.option("--payments", type=int, required=True, help="Number of payments."),
            click.option("--contract-date", default=None, help="Default: today."),
            click.option("--first-payment", default=None, help="Default: one period later."),
            click.option("--state", default="", help="State whose law governs, CA."),
            as_json,
        )
    ):
        command = option(command)
    return command


@click.command()
@_terms
def quote(as_json: bool, **asked: Any) -> None:
    """The Truth in Lending figures of a loan under PRODUCT."""
    offer, currency = _offer(**asked)
    figures = _figures(offer, currency)
    if as_json:
        print_json(figures)
    else:
        print_table(asked["product"], ("figure", "value"), list(figures.items()), numbers=(1,))


@click.command()
@_terms
def schedule(as_json: bool, **asked: Any) -> None:
    """Every installment of a loan under PRODUCT."""
    offer, currency = _offer(**asked)
    columns = ("number", "due_date", "payment", "interest", "principal", "balance")
    rows = [
        (
            str(row.number),
            row.due_date.isoformat(),
            *(
                amount.text(currency)
                for amount in (row.payment, row.interest, row.principal, row.balance)
            ),
        )
        for row in offer.schedule.installments
    ]
    if as_json:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    else:
        print_table(asked["product"], columns, rows, numbers=(0, 2, 3, 4, 5))


def _offer(
    product: str,
    version: int | None,
    amount: str,
    rate: str,
    payments: int,
    contract_date: str | None,
    first_payment: str | None,
    state: str,
) -> tuple[Offer, str]:
    """The offer, and the currency its amounts are in."""
    settings = read_settings()
    catalog = load_catalog(settings.products, settings.rules)
    day = date.fromisoformat(contract_date) if contract_date else date.today()
    if version is None:
        live = catalog.live_version(product, day)
        if live is None:
            raise NotFound("version of the product live on that day:", f"{product}, {day}")
        version = live.version
    in_force = catalog.terms_in_force(product, version)
    requested = RequestedTerms(
        amount=amount,
        note_rate=rate,
        number_of_payments=payments,
        contract_date=day,
        first_payment_date=date.fromisoformat(first_payment) if first_payment else None,
        circumstances=Circumstances(state=state),
    )
    try:
        return make_offer(requested, in_force, Point.quote), in_force.product.currency
    except Refused as refused:
        raise CommandRefused(refused.refusals) from None


def _figures(offer: Offer, currency: str) -> dict[str, str]:
    disclosed = offer.truth_in_lending
    first = offer.first_payment
    return {
        "installment": first.payment.text(currency),
        "first_payment_date": first.due_date.isoformat(),
        "number_of_payments": str(offer.terms.number_of_payments),
        "apr": disclosed.disclosed_apr.text(),
        "finance_charge": disclosed.finance_charge.text(currency),
        "amount_financed": disclosed.amount_financed.text(currency),
        "total_of_payments": disclosed.total_of_payments.text(currency),
        "origination_fee": offer.origination_fee.text(currency),
        "down_payment": offer.terms.down_payment.text(currency),
        "disbursed_amount": offer.disbursed_amount.text(currency),
        "military_apr": offer.military_apr.text(),
    }
