"""A product in plain sentences: what a product manager or a compliance officer reads first."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Iterator
from typing import assert_never

import msgspec

from engine.interest.capitalization import (
    AtConversion,
    Capitalization,
    EveryDueDate,
    GivenMonths,
)
from engine.interest.interest_method import InterestMethod
from engine.interest.no_interest import NoInterest
from engine.interest.period_interest import PayoffInterest
from engine.interest.precomputed_interest import (
    ChargeBasis,
    ChargeParts,
    PrecomputedInterest,
)
from engine.interest.scheduled_interest import LaterInterest, ScheduledInterest
from engine.interest.simple_interest import (
    FirstPeriod,
    InterestOnBalance,
    Remainders,
    SimpleInterest,
)
from engine.payments.terms import AfterPrepayment, InterestDue, PartialPayments
from engine.payments.waterfall import LeftOver, Order, Style, Waterfall
from engine.product.amortization_in_words import amortization_in_words
from engine.product.disbursement_in_words import disbursement_in_words
from engine.product.down_payment_in_words import down_payment_in_words
from engine.product.fee_in_words import fee_in_words
from engine.product.frequency_in_words import due_dates_in_words
from engine.product.product import Product
from engine.product.rate_plan_in_words import default_rate_in_words, rate_plan_in_words
from engine.product.waterfall_choice import SharedWaterfall

_LEFT_OVER = {
    LeftOver.principal: "lowers principal",
    LeftOver.next_installment: "lowers principal and counts towards the coming installments",
    LeftOver.last_installment: "lowers principal and counts towards the last installments",
    LeftOver.reamortize: "lowers principal, and the installments to come with it",
    LeftOver.hold_unapplied: "is held until something falls due",
}
_AFTER_PREPAYMENT = {
    AfterPrepayment.shorten_term: "Principal paid ahead ends the loan sooner.",
    AfterPrepayment.lower_payment: "Principal paid ahead lowers the installments to come.",
    AfterPrepayment.next_installment: "Principal paid ahead lowers the next installments first.",
}


_PAYOFF = {
    PayoffInterest.through_payoff_day: "Whoever pays off owes interest through that day.",
    PayoffInterest.whole_period: "Whoever pays off owes interest of the whole period under way.",
    PayoffInterest.fifteen_day_rule: "Whoever pays off owes interest of the period under way once "
    "more than 15 days of it have gone.",
    PayoffInterest.completed_periods: "Whoever pays off owes interest of ended periods alone.",
}
_CHARGE = {
    ChargeBasis.add_on: "The whole charge is fixed at the start: amount, rate and term multiplied, "
    "added to the amount lent.",
    ChargeBasis.discount: "The whole charge is fixed at the start: amount, rate and term "
    "multiplied, kept out of the proceeds.",
    ChargeBasis.flat: "The whole charge is fixed at the start: amount times rate, once.",
}
_PARTS = {
    ChargeParts.equal: "Each installment earns the same part of it.",
    ChargeParts.by_period: "Each installment earns it by the length of its period.",
    ChargeParts.actuarial: "It is earned as interest on the declining balance.",
    ChargeParts.rule_of_78: "It is earned by the rule of 78: the first installments earn most.",
}


class Clause(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or two about one part of a product."""

    title: str
    text: str
    path: str
    """JSON pointer of the part: "/fees/0"."""


def product_in_words(product: Product, waterfall: Waterfall | None = None) -> tuple[Clause, ...]:
    """The product's clauses in the order they stand; ``waterfall`` is the shared one it names."""
    parts = [
        ("What may be asked for", _limits(product), "/limits"),
        ("Interest", interest_in_words(product.interest, product.currency), "/interest"),
        (
            "Installments",
            amortization_in_words(product.amortization, product.currency),
            "/amortization",
        ),
        ("Due dates", due_dates_in_words(product.due_dates), "/due_dates"),
        ("Money out", disbursement_in_words(product.disbursement), "/disbursement"),
    ]
    down = down_payment_in_words(product.down_payment, product.currency)
    parts += [("Down payment", down, "/down_payment")] if down else []
    parts += [
        (fee.title, fee_in_words(fee, product.currency), f"/fees/{place}")
        for place, fee in enumerate(product.fees)
    ]
    parts += [
        ("Order of payment", _order(product, waterfall), "/waterfall"),
        ("Payments", _payments(product), "/payments"),
        ("Lateness", _delinquency(product), "/delinquency"),
        ("Quotes", _quotes(product), "/quote_valid_days"),
    ]
    return tuple(Clause(title=title, text=text, path=path) for title, text, path in parts)


def _limits(product: Product) -> str:
    limits, currency = product.limits, product.currency
    low, high = (limits.amount.minimum.text(currency), limits.amount.maximum.text(currency))
    least, most = limits.note_rate.minimum, limits.note_rate.maximum
    rate = f"from {least.percent()} to {most.percent()} a year" if most else "without interest"
    few, many = limits.number_of_payments.minimum, limits.number_of_payments.maximum
    count = f"{few} payments" if few == many else f"{few} to {many} payments"
    where = f" Offered in {', '.join(limits.states)} only." if limits.states else ""
    return f"{low} to {high} {currency}, {rate}, in {count}.{where}"


def interest_in_words(interest: InterestMethod, currency: str = "USD") -> str:
    """The interest method as sentences."""
    match interest:
        case NoInterest():
            return "The balance earns no interest."
        case SimpleInterest():
            return " ".join(_simple_interest(interest, currency))
        case ScheduledInterest():
            return " ".join(_scheduled_interest(interest, currency))
        case PrecomputedInterest():
            return " ".join(_precomputed_interest(interest))


def _simple_interest(interest: SimpleInterest, currency: str) -> Iterator[str]:
    yield f"Interest is earned every day on the balance owed, counted {interest.day_count.value}."
    yield _first_period(interest)
    if interest.remainders is Remainders.carried:
        yield "Fractions of a cent are carried to the next installment."
    yield from rate_plan_in_words(interest.rate_plan, currency)
    if interest.default_rate is not None:
        yield default_rate_in_words(interest.default_rate)
    if interest.interest_free_installments:
        yield f"The first {interest.interest_free_installments} installments are free of interest."
    cap = interest.lifetime_cap
    if cap is not None and cap.share is not None:
        yield f"Interest over the whole life is at most {cap.share.percent()} of what was lent."
    elif cap is not None and cap.amount is not None:
        yield f"Interest over the whole life is at most {cap.amount.text(currency)}."
    if interest.payoff is PayoffInterest.whole_period:
        yield "Whoever pays off owes the interest of the whole period under way."
    if interest.capitalization is not None:
        yield capitalization_in_words(interest.capitalization)


def capitalization_in_words(capitalization: Capitalization) -> str:
    """When unpaid interest is added to the principal, as a sentence or two."""
    match capitalization:
        case EveryDueDate(limit=limit):
            added = "On every due date interest the installment does not cover is added to the"
            if limit is None:
                return f"{added} principal."
            most = f"up to {limit.percent()} of what was lent"
            return f"{added} principal, {most}; then level payments pay the loan off."
        case GivenMonths(months=months):
            named = ", ".join(month_name[month] for month in months)
            return f"Unpaid interest is added to the principal on the last due date in {named}."
        case AtConversion():
            return "Unpaid interest is added to the principal once, before the loan amortizes."
        case _ as never:
            assert_never(never)


def _first_period(interest: InterestOnBalance) -> str:
    if interest.first_period is FirstPeriod.actual:
        return "The first period is paid for by its days."
    return "The first period is paid for as a regular one, whatever its days."


def _scheduled_interest(interest: ScheduledInterest, currency: str) -> Iterator[str]:
    yield (
        "Interest is earned by installment period on the scheduled balance, whatever day the money "
        f"comes, counted {interest.day_count.value}; a part of a period earns it evenly by days."
    )
    yield _first_period(interest)
    yield from rate_plan_in_words(interest.rate_plan, currency)
    match interest.after_prepayment:
        case LaterInterest.stays:
            yield "Paying principal early leaves the interest of later periods as it is."
        case LaterInterest.set_anew:
            yield "Paying principal early lowers the interest of periods that have not begun."
    yield _PAYOFF[interest.payoff]


def _precomputed_interest(interest: PrecomputedInterest) -> Iterator[str]:
    yield _CHARGE[interest.charge]
    yield _PARTS[interest.parts]
    yield f"{_PAYOFF[interest.payoff]} The rest of the charge is rebated."
    if interest.minimum_charge:
        yield f"A charge of {interest.minimum_charge.text()} is kept in any case."


def _order(product: Product, waterfall: Waterfall | None) -> str:
    choice = product.waterfall
    shared = isinstance(choice, SharedWaterfall)
    named = f"As {choice.waterfall} says. " if isinstance(choice, SharedWaterfall) else ""
    order = waterfall if shared else choice
    if not isinstance(order, Waterfall):
        return named.strip()
    others = [*(f"For a {kind}" for kind in order.by_kind), *map(_state, order.by_state)]
    said = zip(others, (*order.by_kind.values(), *order.by_state.values()), strict=True)
    return " ".join(
        [named + order_in_words(order), *(f"{who}: {order_in_words(o)}" for who, o in said)]
    )


def _state(state: str) -> str:
    """While which state an order of its own holds, as the beginning of a sentence."""
    kind, _, name = state.partition(":")
    name = name.replace("_", " ")
    return f"While the loan is {name}" if kind == "stage" else f"While there is {name}"


def order_in_words(order: Order) -> str:
    """A waterfall's order as a sentence."""
    first = "Oldest installment first" if order.style is Style.by_installment else "In this order"
    buckets = ", ".join(_bucket(bucket) for bucket in order.order)
    return f"{first}: {buckets}. Money beyond that {_LEFT_OVER[order.left_over]}."


def _bucket(bucket: str) -> str:
    state, _, component = bucket.partition(".")
    kind, _, name = component.partition(":")
    what = name.replace("_", " ") if name else {"fee": "fees"}.get(kind, kind)
    return f"{what} {state.replace('_', ' ')}"


def _payments(product: Product) -> str:
    terms = product.payments
    partial = {
        PartialPayments.apply: "A partial payment is applied at once.",
        PartialPayments.hold_until_full: "A partial payment is held until it covers what is due.",
    }[terms.partial_payments]
    window = terms.early_window_days
    early = (
        "Money satisfies every installment to come, however early."
        if window is None
        else f"Money satisfies an installment up to {window} days before it is due."
    )
    said = [partial, early, _AFTER_PREPAYMENT[terms.after_prepayment]]
    if terms.interest_due is InterestDue.by_installment:
        said.append("Each installment asks for the interest of its own period.")
    if terms.payoff_tolerance:
        residue = terms.payoff_tolerance.text(product.currency)
        said.append(f"A residue of up to {residue} is forgiven so that a loan can close.")
    return " ".join(said)


def _delinquency(product: Product) -> str:
    terms = product.delinquency
    stages = ", ".join(f"{stage.name} from day {stage.days_past_due}" for stage in terms.stages)
    text = f"Stages past due: {stages}." if stages else "No stages of lateness."
    if terms.non_accrual_proposed_after_days is not None:
        day = terms.non_accrual_proposed_after_days
        text += f" Non-accrual is proposed at {day} days past due; a person decides."
    if terms.charge_off_proposed_after_days is None:
        return text
    day = terms.charge_off_proposed_after_days
    return f"{text} Charge-off is proposed at {day} days past due; a person decides."


def _quotes(product: Product) -> str:
    days = product.quote_valid_days
    return f"A quote may be booked as shown for {days} {'day' if days == 1 else 'days'}."
