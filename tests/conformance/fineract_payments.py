"""Early money, prepayments and the order of payment of a Fineract case, in a product's words."""

from __future__ import annotations

from typing import Any

from engine.payments.terms import AfterPrepayment, InterestDue, PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from tests.conformance.verdict import Unsupported

_COMPONENTS = {"PENALTY": "fee", "FEE": "fee", "PRINCIPAL": "principal", "INTEREST": "interest"}
_STATES = ("PAST_DUE", "DUE", "IN_ADVANCE")
_AFTER = {
    "REDUCE_EMI_AMOUNT": AfterPrepayment.lower_payment,
    "REDUCE_NUMBER_OF_INSTALLMENTS": AfterPrepayment.shorten_term,
    "RESCHEDULE_NEXT_REPAYMENTS": AfterPrepayment.next_installment,
}


def payments_of(case: dict[str, Any], *, simple: bool) -> tuple[PaymentTerms, Waterfall]:
    """Early money, prepayments and the order of payment, in the product's words."""
    product = case["product"]
    style = Style.by_component if product["schedule_processing"] == "VERTICAL" else (
        Style.by_installment
    )  # fmt: skip
    window, left_over = None, LeftOver.hold_unapplied
    after = AfterPrepayment.shorten_term
    recalculation = product["interest_recalculation"]
    if product["schedule_type"] == "CUMULATIVE":
        order = _legacy_order(case["terms"]["repayment_strategy"], bool(recalculation))
        if recalculation and case["terms"]["interest_method"] != "FLAT":
            after = _AFTER[recalculation["reschedule_strategy"]]
            window, left_over = _one_period(case["terms"]), LeftOver.principal
    else:
        rule, order = _advanced_order(product)
        match rule:
            case "NEXT_INSTALLMENT":
                pass
            case "LAST_INSTALLMENT":
                order = tuple(bucket for bucket in order if not bucket.startswith("in_advance"))
                left_over = LeftOver.last_installment
            case "NEXT_LAST_INSTALLMENT":
                window, left_over = _one_period(case["terms"]), LeftOver.last_installment
            case _:
                raise Unsupported(f"money in advance by {rule}")
    terms = PaymentTerms(
        early_window_days=window,
        interest_due=InterestDue.by_installment if simple else InterestDue.to_payment_day,
        after_prepayment=after,
    )
    return terms, Waterfall(style=style, order=order, left_over=left_over)


def _one_period(terms: dict[str, Any]) -> int:
    """The most days that always reach the next due date and never the one after it."""
    days = {"DAYS": 1, "WEEKS": 7, "MONTHS": 28, "YEARS": 365}[terms["repayment_frequency"]]
    return days * int(terms["repayment_every"]) - 1


def _advanced_order(product: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The rule for money in advance and the order of buckets for a repayment."""
    known = {row["transaction_type"]: row for row in product["payment_allocation"]}
    row = known.get("REPAYMENT", known["DEFAULT"])
    order: list[str] = []
    for place in row["order"]:
        state = next(name for name in _STATES if place.startswith(f"{name}_"))
        component = _COMPONENTS[place.removeprefix(f"{state}_")]
        order.append(f"{state.lower()}.{component}")
    return row["future_installment_rule"], tuple(dict.fromkeys(order))


def _legacy_order(strategy: str, recalculated: bool) -> tuple[str, ...]:
    """The buckets of an older strategy, whose name says its order."""
    name = strategy.removesuffix("-strategy").removesuffix("-order")
    words = {"penalty": "fee", "penalties": "fee", "fee": "fee", "fees": "fee",
             "interest": "interest", "principal": "principal"}  # fmt: skip
    due, _, early = name.removeprefix("due-").partition("-in-advance-")
    if name == "mifos-standard":
        due = "penalty-fee-interest-principal"
        early = "principal-interest" if recalculated else due
    parts = [words.get(word) for word in due.split("-")]
    ahead = [words.get(word) for word in (early or due).split("-")]
    if None in parts or None in ahead:
        raise Unsupported(f"strategy {strategy}")
    order = [f"{state}.{part}" for state in ("past_due", "due") for part in parts]
    order += [f"in_advance.{part}" for part in ahead]
    return tuple(dict.fromkeys(order))
