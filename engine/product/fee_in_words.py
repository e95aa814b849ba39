"""A fee in plain words: how much, when, how often."""

from __future__ import annotations

from typing import assert_never

from engine.fees.amount import (
    Brackets,
    FeeAmount,
    Flat,
    Formula,
    GreaterOf,
    LesserOf,
    Percent,
    Stated,
)
from engine.fees.fee import Fee
from engine.fees.late_fee import Grace, LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.fees.returned_payment_fee import ReturnedPaymentFee

_BASES = {
    "installment_unpaid": "what is unpaid of the installment",
    "installment_amount": "the installment",
    "loan_amount": "the loan amount",
    "principal_balance": "the principal balance",
}


def fee_in_words(fee: Fee, currency: str) -> str:
    """The fee as sentences."""
    amount = amount_in_words(fee.amount, currency)
    match fee:
        case OriginationFee():
            how = {
                "from_proceeds": "kept from the money paid out",
                "financed": "added to the principal",
            }[fee.collected]
            text = f"{amount}, charged when the loan is paid out and {how}."
        case LateFee():
            days = "business days" if fee.grace is Grace.business else "days"
            when = f"once for an installment still unpaid after {fee.grace_days} {days} of grace"
            text = f"{amount}, {when}.{_at_most(fee.maximum_per_12_months)}"
        case ReturnedPaymentFee():
            codes = ", ".join(fee.return_codes)
            when = f"for a payment returned with {codes}"
            text = f"{amount}, {when}.{_at_most(fee.maximum_per_12_months)}"
        case ManualFee():
            text = f"{amount}, charged by a person."
        case _ as never:
            assert_never(never)
    if fee.charged_when is not None:
        text += f" Only when {fee.charged_when}."
    counted = " It is a finance charge." if fee.finance_charge else ""
    counted += " It earns interest while unpaid." if fee.interest_bearing else ""
    return f"{text[:1].upper()}{text[1:]}{counted}"


def amount_in_words(amount: FeeAmount, currency: str) -> str:
    """How much a fee is, as part of a sentence."""
    match amount:
        case Flat():
            return amount.amount.text(currency)
        case Percent():
            text = f"{amount.rate.percent()} of {_amount_name(amount.of)}"
            if amount.minimum is not None:
                text += f", at least {amount.minimum.text(currency)}"
            if amount.maximum is not None:
                text += f", at most {amount.maximum.text(currency)}"
            return text
        case GreaterOf():
            return f"the greatest of {_listed(amount.amounts, currency)}"
        case LesserOf():
            return f"the least of {_listed(amount.amounts, currency)}"
        case Brackets():
            return _table(amount, currency)
        case Stated():
            if amount.maximum is None:
                return "an amount stated when it is charged"
            return f"an amount stated when it is charged, at most {amount.maximum.text(currency)}"
        case Formula():
            return f"the amount of {amount.expression}"
        case _ as never:
            assert_never(never)


def _amount_name(name: str) -> str:
    return _BASES.get(name, name.replace("_", " "))


def _table(table: Brackets, currency: str) -> str:
    lines = [
        f"{amount_in_words(bracket.amount, currency)} up to {bracket.up_to.text(currency)}"
        for bracket in table.brackets
    ]
    above = amount_in_words(table.above, currency)
    return f"by {_amount_name(table.of)}: {', '.join(lines)}, {above} above"


def _listed(amounts: tuple[FeeAmount, ...], currency: str) -> str:
    return " and ".join(amount_in_words(part, currency) for part in amounts)


def _at_most(times: int | None) -> str:
    return f" At most {times} in twelve months." if times else ""
