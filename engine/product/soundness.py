"""What a product must mean beyond its form: floors under ceilings, references, nothing unpaid.

Each check needs some sections of the document and runs when those are readable, so that one
broken section does not hide what is wrong in another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from typing import Any, Final

import msgspec

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.level_payment import LevelPayment, PaymentBasis
from engine.delinquency.stages import CURRENT, Delinquency
from engine.errors import Problem
from engine.fees.fee import Fee
from engine.interest.interest_method import InterestMethod, default_rate_of, rate_plan_of
from engine.interest.no_interest import NoInterest
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import SimpleInterest
from engine.payments.terms import AfterPrepayment, PaymentTerms
from engine.payments.waterfall import Order, Style, Waterfall
from engine.product.amortization_soundness import amortization_problems
from engine.product.capitalization_soundness import capitalization_problems
from engine.product.down_payment import DownPaymentTerms, FixedDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates
from engine.product.example import Example
from engine.product.example_soundness import example_problems
from engine.product.fee_soundness import fee_problems
from engine.product.frequency_soundness import frequency_problems, moves_alone_problems
from engine.product.limits import Limits
from engine.product.meaning import wrong
from engine.product.rate_plan_soundness import default_rate_problems, rate_plan_problems
from engine.product.waterfall_choice import SharedWaterfall, WaterfallChoice
from engine.values.frequency import ExplicitDates, Single
from engine.values.money import ZERO

Sections = Mapping[str, Any]
"""Name of a product's field → its value, for those that could be read."""


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a product may refer to."""

    waterfalls: Mapping[str, Waterfall] = {}
    calendars: Set[str] = frozenset()
    charts: Set[str] = frozenset()


def soundness_problems(sections: Sections, known: Known) -> list[Problem]:
    """Everything that is wrong in what the product says, as far as its sections can be read."""
    found: list[Problem] = []
    for needs, check in _CHECKS:
        if all(name in sections for name in needs):
            found.extend(check(*(sections[name] for name in needs), known))
    return found


def _limits(limits: Limits, _: Known) -> Iterator[Problem]:
    for name in ("amount", "note_rate", "number_of_payments"):
        span = getattr(limits, name)
        if span.minimum > span.maximum:
            yield wrong(f"/limits/{name}", "the minimum is above the maximum", "swap the two")
    if limits.amount.minimum <= ZERO:
        yield wrong("/limits/amount/minimum", "an amount of nothing cannot be lent", "raise it")
    if limits.note_rate.minimum.exact < 0:
        yield wrong("/limits/note_rate/minimum", "a note rate is not below 0", "raise it to 0")


def _interest(interest: InterestMethod, limits: Limits, _: Known) -> Iterator[Problem]:
    if isinstance(interest, NoInterest) and limits.note_rate.maximum.exact > 0:
        message = "a product without interest cannot offer a note rate above 0"
        yield wrong("/limits/note_rate/maximum", message, 'write "0"')
    yield from rate_plan_problems(rate_plan_of(interest), limits, "/interest/rate_plan")
    default = default_rate_of(interest)
    if default is not None:
        yield from default_rate_problems(default, "/interest/default_rate")
    if not isinstance(interest, SimpleInterest):
        return
    cap, free = interest.lifetime_cap, interest.interest_free_installments
    most = (cap.amount.minor if cap.amount else cap.share.exact if cap.share else 0) if cap else 1
    if most <= 0:
        message = "a cap of nothing lets no interest be earned"
        yield wrong("/interest/lifetime_cap", message, "raise it, or choose no interest at all")
    if free and free >= limits.number_of_payments.minimum:
        message = f"a loan of {free} payments would earn nothing"
        mend = "raise the least number of payments, or let fewer be free"
        yield wrong("/interest/interest_free_installments", message, mend)


def _capitalization(
    interest: InterestMethod, amortization: Amortization, _: Known
) -> Iterator[Problem]:
    yield from capitalization_problems(interest, amortization)


def _amortization(amortization: Amortization, _: Known) -> Iterator[Problem]:
    yield from amortization_problems(amortization, "/amortization")


def _down_payment(down: DownPaymentTerms, limits: Limits, _: Known) -> Iterator[Problem]:
    match down:
        case ShareOfPrice(share=share) if not 0 < share.exact < 1:
            message = f"{share.percent()} leaves nothing to lend or nothing to pay down"
            yield wrong("/down_payment/share", message, "write more than 0 and less than 1")
        case FixedDownPayment(amount=amount) if not ZERO < amount < limits.amount.minimum:
            message = "it must be above nothing and below the smallest amount offered"
            yield wrong("/down_payment/amount", message, "write another amount")
        case _:
            return


def _in_advance(amortization: Amortization, due_dates: DueDates, _: Known) -> Iterator[Problem]:
    if not due_dates.in_advance:
        return
    for place, frequency in enumerate(due_dates.frequencies):
        if isinstance(frequency, Single | ExplicitDates):
            message = "payments in advance need a rhythm that begins with the disbursement"
            yield wrong(f"/due_dates/frequencies/{place}", message, "choose a regular one")
    match amortization:
        case LevelPayment(basis=PaymentBasis.equal_periods):
            path = "/amortization/basis"
        case Balloon(amortization_installments=int()):
            path = "/amortization/amortization_installments"
        case _:
            return
    message = "equal periods end with their payment, and in advance it comes when they begin"
    yield wrong(path, message, "let the dates tell the periods")


def _due_dates(due_dates: DueDates, known: Known) -> Iterator[Problem]:
    first = due_dates.first_payment
    if first.minimum_days > first.maximum_days:
        yield wrong("/due_dates/first_payment", "the minimum is above the maximum", "swap the two")
    if not first.minimum_days and not due_dates.in_advance:
        message = "a payment on the day the money goes out is one in advance"
        mend = "write 1 or more, or let payments fall due in advance"
        yield wrong("/due_dates/first_payment/minimum_days", message, mend)
    for place, frequency in enumerate(due_dates.frequencies):
        path = f"/due_dates/frequencies/{place}"
        yield from frequency_problems(frequency, path)
        if frequency in due_dates.frequencies[:place]:
            yield wrong(path, "the same frequency stands here twice", "keep one")
    yield from moves_alone_problems(due_dates)
    if due_dates.calendar not in known.calendars:
        yield _unknown("/due_dates/calendar", "calendar", due_dates.calendar, known.calendars)


def _fees(fees: tuple[Fee, ...], currency: str, _: Known) -> Iterator[Problem]:
    names = [fee.name for fee in fees]
    for place, fee in enumerate(fees):
        if fee.name in names[:place]:
            message = f"two fees are named {fee.name}"
            yield wrong(f"/fees/{place}/name", message, "give each its own name")
        yield from fee_problems(fee, f"/fees/{place}", currency)


def _waterfall(
    choice: WaterfallChoice, fees: tuple[Fee, ...], interest: InterestMethod, known: Known
) -> Iterator[Problem]:
    if isinstance(choice, SharedWaterfall):
        if choice.waterfall not in known.waterfalls:
            yield _unknown("/waterfall/waterfall", "waterfall", choice.waterfall, known.waterfalls)
            return
        waterfall = known.waterfalls[choice.waterfall]
    else:
        waterfall = choice
    styles = {waterfall.style, *(order.style for order in waterfall.by_state.values())}
    if isinstance(interest, PrecomputedInterest) and Style.by_component in styles:
        message = "money paid ahead would take the charge of every installment to come first"
        yield wrong("/waterfall", message, "choose a waterfall by_installment")
    components = ["principal"]
    if not isinstance(interest, NoInterest):
        components.append("interest")
    yield from forgotten_buckets(waterfall, tuple(components), tuple(fee.name for fee in fees))


def forgotten_buckets(
    waterfall: Waterfall, components: tuple[str, ...], fees: tuple[str, ...]
) -> Iterator[Problem]:
    """What the product can owe and no bucket takes, in the usual order and those by kind."""
    orders: list[tuple[str, Order]] = [("/waterfall", waterfall)]
    orders += [(f"/waterfall/by_kind/{kind}", order) for kind, order in waterfall.by_kind.items()]
    orders += [(f"/waterfall/by_state/{name}", order) for name, order in waterfall.by_state.items()]
    for path, order in orders:
        for state in ("past_due", "due"):
            for component in components:
                if f"{state}.{component}" not in order.order:
                    bucket = f"{state}.{component}"
                    yield wrong(path, f"nothing pays {bucket}", f"add {bucket} to the order")
            for fee in fees:
                if not {f"{state}.fee", f"{state}.fee:{fee}"} & set(order.order):
                    message = f"nothing pays the fee {fee} when {state}"
                    yield wrong(path, message, f"add {state}.fee or {state}.fee:{fee} to it")
        twice = [bucket for bucket, count in Counter(order.order).items() if count > 1]
        for bucket in twice:
            yield wrong(path, f"{bucket} stands twice in the order", "keep one of the two")


def _states(choice: WaterfallChoice, delinquency: Delinquency, known: Known) -> Iterator[Problem]:
    """Orders for stages that no loan of the product is ever in."""
    waterfall: Waterfall | None
    match choice:
        case SharedWaterfall():
            waterfall = known.waterfalls.get(choice.waterfall)
        case _:
            waterfall = choice
    stages = ["current", *(stage.name for stage in delinquency.stages)]
    for state in waterfall.by_state if waterfall else ():
        kind, _, name = state.partition(":")
        if kind == "stage" and name not in stages:
            message = f"the product has no stage {name}"
            mend = f"its stages are {', '.join(stages)}"
            yield wrong(f"/waterfall/by_state/{state}", message, mend)


def _own_fees(choice: WaterfallChoice, fees: tuple[Fee, ...], _: Known) -> Iterator[Problem]:
    if isinstance(choice, SharedWaterfall):
        return
    names = {fee.name for fee in fees}
    for place, bucket in enumerate(choice.order):
        name = bucket.partition(":")[2]
        if name and name not in names:
            message = f"the product has no fee {name}"
            yield wrong(f"/waterfall/order/{place}", message, "name one of its fees")


def _examples(examples: tuple[Example, ...], fees: tuple[Fee, ...], _: Known) -> Iterator[Problem]:
    yield from example_problems(examples, fees)


def _prepayment(payments: PaymentTerms, amortization: Amortization, _: Known) -> Iterator[Problem]:
    lowers = payments.after_prepayment is AfterPrepayment.lower_payment
    if lowers and isinstance(amortization, ExplicitPayments):
        message = "payments listed in the contract cannot be set anew"
        yield wrong("/payments/after_prepayment", message, "write shorten_term")


def _tolerance(payments: PaymentTerms, limits: Limits, _: Known) -> Iterator[Problem]:
    if payments.payoff_tolerance >= limits.amount.minimum > ZERO:
        message = "the first cent paid would have the smallest loan forgiven"
        yield wrong("/payments/payoff_tolerance", message, "write what a small residue is")


def _delinquency(delinquency: Delinquency, _: Known) -> Iterator[Problem]:
    days = [stage.days_past_due for stage in delinquency.stages]
    for place, stage in enumerate(delinquency.stages):
        if place and days[place] <= days[place - 1]:
            message = "stages must begin one after the other"
            path = f"/delinquency/stages/{place}/days_past_due"
            yield wrong(path, message, f"write more than {days[place - 1]}")
        if stage.name == CURRENT:
            message = f"{CURRENT} is the name of a loan that is not late"
            yield wrong(f"/delinquency/stages/{place}/name", message, "choose another name")


def _books(books: str, known: Known) -> Iterator[Problem]:
    if books not in known.charts:
        yield _unknown("/books", "chart of accounts", books, known.charts)


def _unknown(path: str, kind: str, name: str, known: Set[str] | Mapping[str, Any]) -> Problem:
    names = ", ".join(sorted(known)) or "none"
    return Problem(
        message=f"there is no {kind} {name}",
        path=path,
        mend=f"known: {names}",
        code="unknown_reference",
    )


_CHECKS: Final[tuple[tuple[tuple[str, ...], Callable[..., Iterator[Problem]]], ...]] = (
    (("limits",), _limits),
    (("interest", "limits"), _interest),
    (("amortization",), _amortization),
    (("interest", "amortization"), _capitalization),
    (("due_dates",), _due_dates),
    (("amortization", "due_dates"), _in_advance),
    (("down_payment", "limits"), _down_payment),
    (("fees", "currency"), _fees),
    (("waterfall", "fees", "interest"), _waterfall),
    (("waterfall", "fees"), _own_fees),
    (("waterfall", "delinquency"), _states),
    (("payments", "amortization"), _prepayment),
    (("payments", "limits"), _tolerance),
    (("delinquency",), _delinquency),
    (("books",), _books),
    (("examples", "fees"), _examples),
)
