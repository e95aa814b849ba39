"""Quotes: terms worked out for an applicant, kept as shown, bookable until they expire."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from engine.compliance.rule import Point
from engine.disclosure.itemization import Itemization
from engine.errors import Refusal, Refused
from engine.loan.commands import BoardLoan, BookLoan, RequestedTerms
from engine.loan.decisions.offer import Offer, make_offer
from engine.product.product import Product
from servicing.actor import Actor
from servicing.errors import CommandRefused, NotFound
from servicing.finding_view import finding_view
from servicing.house import House
from servicing.ids import new_id
from servicing.index_book import with_indexes
from servicing.permissions import require
from servicing.views import (
    ItemizationView,
    ItemizedChargeView,
    QuoteView,
    ScheduleRow,
    TruthInLendingView,
)
from store import quotes as stored


async def make(
    house: House,
    actor: Actor,
    product: str,
    requested: RequestedTerms,
    version: int | None = None,
    *,
    save: bool = True,
) -> QuoteView:
    """Work out terms under a product; CommandRefused when product or law does not allow them.

    Without ``version`` the one live on the contract date is taken.
    """
    require(actor, "quotes:write")
    chosen = version if version is not None else live_version(house, product, requested)
    in_force = await with_indexes(house.pool, house.catalog.terms_in_force(product, chosen))
    try:
        offer = make_offer(requested, in_force, Point.quote)
    except Refused as refused:
        raise CommandRefused(refused.refusals) from None
    expires_on = house.clock.business_date() + timedelta(days=in_force.product.quote_valid_days)
    view = quote_view(offer, in_force.product, new_id("quote", house.clock.now()), expires_on)
    if save:
        await stored.add_quote(
            house.pool,
            view.quote_id,
            product,
            chosen,
            msgspec.json.encode(requested),
            msgspec.json.encode(view),
            view.expires_on,
            actor.actor_id,
            house.clock.now(),
        )
    return view


async def find(house: House, actor: Actor, quote_id: str) -> QuoteView:
    """A quote as it was shown; NotFound when there is none."""
    require(actor, "loans:read")
    row = await stored.quote(house.pool, quote_id)
    if row is None:
        raise NotFound("quote", quote_id)
    return msgspec.json.decode(row["view"], type=QuoteView)


async def booking_of(house: House, command: BookLoan) -> tuple[str, int]:
    """Product and version a booking falls under: those of its quote, which must still hold.

    The booking must ask for what was quoted; CommandRefused says what differs or that it is over.
    """
    row = await stored.quote(house.pool, command.quote_id)
    if row is None:
        raise NotFound("quote", command.quote_id)
    quoted = msgspec.json.decode(row["requested"], type=RequestedTerms)
    wrong = []
    if house.clock.business_date() > row["expires_on"]:
        message = f"The quote could be booked until {row['expires_on']}; make a new one."
        wrong.append(Refusal(code="quote_expired", message=message, path="/quote_id"))
    if quoted != command.terms:
        message = "The terms differ from those quoted; book the quote as it was shown."
        wrong.append(Refusal(code="not_as_quoted", message=message, path="/terms", kind="invalid"))
    if wrong:
        raise CommandRefused(tuple(wrong))
    return row["product"], row["product_version"]


async def product_of(house: House, command: BookLoan | BoardLoan) -> tuple[str, int]:
    """Product and version a new loan falls under.

    Those of the quote it accepts; else the product named, in the version live on the contract
    date, or today for a loan that boards.
    """
    if isinstance(command, BookLoan) and command.quote_id:
        return await booking_of(house, command)
    if isinstance(command, BookLoan):
        return command.product, live_version(house, command.product, command.terms)
    if command.product not in house.catalog.products:
        raise NotFound("product", command.product)
    live = house.catalog.live_version(command.product, house.clock.business_date())
    if live is None:
        raise NotFound("live version of the product", command.product)
    return command.product, live.version


async def requested_by(house: House, quote_id: str) -> RequestedTerms:
    """The terms a quote was made for, to book it exactly so; NotFound when there is none."""
    row = await stored.quote(house.pool, quote_id)
    if row is None:
        raise NotFound("quote", quote_id)
    return msgspec.json.decode(row["requested"], type=RequestedTerms)


def live_version(house: House, product: str, requested: RequestedTerms) -> int:
    """The version offered on the contract date; CommandRefused when none is."""
    if product not in house.catalog.products:
        raise NotFound("product", product)
    live = house.catalog.live_version(product, requested.contract_date)
    if live is None:
        message = f"No version of {product} is offered on {requested.contract_date}."
        refusal = Refusal(
            code="not_offered", message=message, path="/terms/contract_date", kind="invalid"
        )
        raise CommandRefused((refusal,))
    return live.version


def _itemization(itemization: Itemization, currency: str) -> ItemizationView:
    return ItemizationView(
        given_to_borrower=itemization.given_to_borrower.text(currency),
        prepaid_finance_charge=itemization.prepaid_finance_charge.text(currency),
        charges=tuple(
            ItemizedChargeView(
                title=charge.title,
                amount=charge.amount.text(currency),
                finance_charge=charge.finance_charge,
                financed=charge.financed,
            )
            for charge in itemization.charges
        ),
    )


def quote_view(offer: Offer, product: Product, quote_id: str, expires_on: date) -> QuoteView:
    """An offer as doors show it."""
    currency, disclosed = product.currency, offer.truth_in_lending
    terms, first = offer.terms, offer.first_payment
    return QuoteView(
        quote_id=quote_id,
        product=product.product,
        product_version=product.version,
        currency=currency,
        expires_on=expires_on,
        contract_date=terms.contract_date,
        first_payment_date=first.due_date,
        loan_amount=terms.loan_amount.text(currency),
        note_rate=terms.note_rate.text(),
        number_of_payments=terms.number_of_payments,
        frequency=str(terms.frequency.__struct_config__.tag),
        installment_amount=first.payment.text(currency),
        down_payment=terms.down_payment.text(currency),
        origination_fee=offer.origination_fee.text(currency),
        disbursed_amount=offer.disbursed_amount.text(currency),
        truth_in_lending=TruthInLendingView(
            apr=disclosed.disclosed_apr.text(),
            finance_charge=disclosed.finance_charge.text(currency),
            amount_financed=disclosed.amount_financed.text(currency),
            total_of_payments=disclosed.total_of_payments.text(currency),
            payments=tuple(
                (run.count, run.amount.text(currency), run.first_due_date)
                for run in disclosed.payment_schedule
            ),
        ),
        itemization=_itemization(offer.itemization, currency),
        military_apr=offer.military_apr.text(),
        schedule=schedule_rows(offer, currency),
        findings=tuple(finding_view(finding) for finding in offer.findings),
    )


def schedule_rows(offer: Offer, currency: str) -> tuple[ScheduleRow, ...]:
    """The contract's installments, none of them billed."""
    return tuple(
        ScheduleRow(
            number=row.number,
            due_date=row.due_date,
            amount=row.payment.text(currency),
            interest=row.interest.text(currency),
            principal=row.principal.text(currency),
            balance_after=row.balance.text(currency),
            paid="0.00",
            state="upcoming",
            projected=True,
        )
        for row in offer.schedule.installments
    )
