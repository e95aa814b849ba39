"""The down payment of a contract: what the product wants, and what was asked for beyond it."""

from __future__ import annotations

from typing import assert_never

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal
from engine.loan.commands import RequestedTerms
from engine.loan.decisions.amounts import positive_money
from engine.loan.decisions.within_limits import outside
from engine.loan.events import LoanDisbursed, PaymentReceived
from engine.loan.loan import Loan
from engine.loan.terms import LoanTerms
from engine.product.down_payment import Collection, FixedDownPayment, NoDownPayment, ShareOfPrice
from engine.product.product import Product
from engine.trace import explained
from engine.values.money import ZERO, Money
from engine.values.rounding import round_exact

_PATH = "/terms/down_payment"


def down_payment_asked(requested: RequestedTerms, asked: Money, product: Product) -> Money:
    """The down payment asked for; what the product wants at least when none is."""
    if requested.down_payment is None:
        return least_down_payment(asked, product)
    return positive_money(requested.down_payment, product.currency, _PATH)


@explained
def least_down_payment(asked: Money, product: Product) -> Money:
    """The smallest down payment the product takes for an amount."""
    match product.down_payment:
        case NoDownPayment():
            return ZERO
        case ShareOfPrice(share=share):
            return round_exact(asked.minor * share.exact, product.rounding)
        case FixedDownPayment(amount=amount):
            return amount
        case _ as never:
            assert_never(never)


def outside_down_payment(asked: Money, terms: LoanTerms, in_force: TermsInForce) -> list[Refusal]:
    """Every way in which the down payment leaves what the product offers."""
    product, down = in_force.product, terms.down_payment
    currency, text = product.currency, down.text(product.currency)
    if isinstance(product.down_payment, NoDownPayment):
        message = f"{product.title} takes no down payment."
        return [outside(message, _PATH)] if down else []
    least = least_down_payment(asked, product)
    if down < least:
        return [outside(f"{text} is less than {least.text(currency)}, the least down.", _PATH)]
    if down >= asked:
        message = f"A down payment of {text} leaves nothing of {asked.text(currency)} to lend."
        return [outside(message, _PATH)]
    return []


def collected_at_once(
    loan: Loan, fact: LoanDisbursed, in_force: TermsInForce
) -> PaymentReceived | None:
    """The down payment as a payment, where it is taken with the disbursement."""
    down = loan.agreed.down_payment
    match in_force.product.down_payment:
        case ShareOfPrice(collected=how) | FixedDownPayment(collected=how):
            taken = how is Collection.with_disbursement
        case NoDownPayment():
            taken = False
    if not down or not taken:
        return None
    return PaymentReceived(
        effective_on=fact.effective_on, amount=down, method=fact.method, reference="down payment"
    )
