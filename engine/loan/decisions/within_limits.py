"""Whether terms stay within what a product offers, and every way in which they do not."""

from __future__ import annotations

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal
from engine.loan.outcomes.rate_path import due_days
from engine.loan.terms import LoanTerms
from engine.values.due_dates import due_date
from engine.values.frequency import ExplicitDates, Single
from engine.values.money import Money


def outside_limits(asked: Money, terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """Every way in which the terms leave what the product offers."""
    product, limits = in_force.product, in_force.product.limits
    currency = product.currency
    found: list[Refusal] = []

    def beyond(path: str, asked_for: str, allowed: str) -> None:
        message = f"{asked_for} is outside what {product.title} offers: {allowed}."
        found.append(outside(message, path))

    low, high = limits.amount.minimum, limits.amount.maximum
    if not low <= asked <= high:
        allowed = f"{low.text(currency)} to {high.text(currency)} {currency}"
        beyond("/terms/amount", f"An amount of {asked.text(currency)}", allowed)
    least, most = limits.note_rate.minimum, limits.note_rate.maximum
    if not least <= terms.note_rate <= most:
        allowed = f"{least.percent()} to {most.percent()}"
        beyond("/terms/note_rate", f"A note rate of {terms.note_rate.percent()}", allowed)
    few, many = limits.number_of_payments.minimum, limits.number_of_payments.maximum
    if not few <= terms.number_of_payments <= many:
        count = f"{terms.number_of_payments} payments"
        beyond("/terms/number_of_payments", count, f"{few} to {many}")
    if terms.frequency not in product.due_dates.frequencies:
        names = ", ".join(str(f.__struct_config__.tag) for f in product.due_dates.frequencies)
        tag = str(terms.frequency.__struct_config__.tag)
        beyond("/terms/frequency", f"A {tag} frequency", names)
    if limits.states and terms.circumstances.state not in limits.states:
        state = terms.circumstances.state or "none given"
        beyond("/terms/circumstances/state", f"State {state}", ", ".join(limits.states))
    days = (terms.first_payment_date - terms.contract_date).days
    if terms.in_advance:
        if days:
            asked_for = f"A first payment on {terms.first_payment_date}"
            beyond("/terms/first_payment_date", asked_for, f"on {terms.contract_date}, in advance")
        return found
    soonest = max(product.due_dates.first_payment.minimum_days, 1)  # money goes out before it
    latest = product.due_dates.first_payment.maximum_days
    if not soonest <= days <= latest:
        asked_for = f"A first payment {days} days after the contract"
        beyond("/terms/first_payment_date", asked_for, f"{soonest} to {latest} days")
    return found


def beyond_the_dates(terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """Ways in which the terms ask for days that a single payment or listed dates do not have, or
    that business days move to where no money is out."""
    return _not_listed(terms) or _moved_onto_the_money(terms, in_force)


def _not_listed(terms: LoanTerms) -> list[Refusal]:
    match terms.frequency:
        case Single():
            listed, first = 1, terms.first_payment_date
        case ExplicitDates(dates=dates) if dates:
            listed, first = len(dates), dates[0]
        case _:
            return []
    found: list[Refusal] = []
    if terms.number_of_payments > listed:
        message = f"{terms.number_of_payments} payments are asked for; there are {listed} due dates"
        found.append(outside(f"{message}.", "/terms/number_of_payments"))
    if terms.first_payment_date != first:
        message = f"The first of the due dates is {first}, not {terms.first_payment_date}."
        found.append(outside(message, "/terms/first_payment_date"))
    return found


def _moved_onto_the_money(terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """A payment that a business day moves back to where the money is not out yet.

    The first payment in advance falls due with the money, whenever that goes out.
    """
    place = int(terms.in_advance)
    offered = terms.frequency in in_force.product.due_dates.frequencies
    if not offered or terms.number_of_payments <= place:
        return []
    day = due_days(terms, place + 1, in_force)[place]
    if day > terms.contract_date:
        return []
    regular = due_date(terms.first_payment_date, terms.frequency, place + 1)
    message = (
        f"The payment of {regular} would move to {day}, and the money goes out on "
        f"{terms.contract_date}; a payment must fall due after it."
    )
    path = "/terms/contract_date" if terms.in_advance else "/terms/first_payment_date"
    return [outside(message, path)]


def outside(message: str, path: str) -> Refusal:
    return Refusal(code="outside_product_limits", message=message, path=path, kind="invalid")
