"""ACTUS terms in our words: a contract the engine can project."""

from __future__ import annotations

from engine.projection.contract import (
    Call,
    Contract,
    EarningAmount,
    EarnsOn,
    LastDay,
    Opening,
    Sale,
)
from engine.projection.event_dates import UNMOVED, BusinessDays
from engine.projection.repayment import (
    AtMaturity,
    GivenPayment,
    PrincipalMove,
    PrincipalParts,
    PrincipalPlan,
    Repayment,
    SolvedPayment,
)
from engine.projection.standing import Earning
from engine.values.calendar import WEEKENDS_ONLY, AccrualPeriod, BusinessDayAdjustment
from engine.values.day_count import DayCount, ReferencePeriods
from engine.values.due_dates import due_date
from engine.values.money import ZERO, Exact, Money
from engine.values.rate import Rate
from engine.values.recurrence import Recurrence
from tests.conformance.actus_terms import Terms, day, ends_with_the_day, money, period
from tests.conformance.verdict import Unsupported

_DAY_COUNTS = {
    "A365": DayCount.actual_365,
    "A360": DayCount.actual_360,
    "AA": DayCount.actual_actual_isda,
    "30E360": DayCount.thirty_e_360,
    "30E360ISDA": DayCount.thirty_e_360_isda,
    "B252": DayCount.business_252,
}
_ADJUSTMENTS = {
    "F": BusinessDayAdjustment.following,
    "MF": BusinessDayAdjustment.modified_following,
    "P": BusinessDayAdjustment.preceding,
    "MP": BusinessDayAdjustment.modified_preceding,
}
_BASES = {
    "NT": EarningAmount.outstanding,
    "NTIED": EarningAmount.original,
    "NTL": EarningAmount.lagged,
}


def contract_of(terms: Terms) -> Contract:
    """The contract in the engine's words."""
    start = terms.day("initialExchangeDate") or terms.needed("statusDate")
    standing = terms.kind in {"CLM", "UMP"}
    repayment = _repayment(terms)
    accrued = terms.money("accruedInterest")
    opened = terms.needed("statusDate") >= start
    ends = _last_day(terms, "maturityDate", "amortizationDate")
    return Contract(
        principal=terms.money("notionalPrincipal") or ZERO,
        disbursed_on=start,
        discount=-(terms.money("premiumDiscountAtIED") or ZERO),
        rate=Rate(terms.number("nominalInterestRate", "0")),
        earning=_earning(terms, ends),
        interest_dates=_interest_dates(terms, at_start=terms.kind == "CLM"),
        accrued_at_start=accrued or ZERO,
        capitalized=standing,
        capitalized_until=terms.day("capitalizationEndDate"),
        earns_on=EarnsOn(
            kind=_BASES[terms.text("interestCalculationBase") or "NT"],
            amount=terms.money("interestCalculationBaseAmount"),
            looked_at=terms.cycle("InterestCalculationBase"),
        ),
        repayment=repayment,
        maturity=ends,
        business_days=_business_days(terms),
        opening=_opening(terms, accrued, standing=standing) if opened else None,
        purchase=_sale(terms, "purchaseDate", "priceAtPurchaseDate"),
        termination=_sale(terms, "terminationDate", "priceAtTerminationDate"),
        call=_call(terms),
    )


def _earning(terms: Terms, ends: LastDay | None) -> Earning:
    name = terms.text("dayCountConvention")
    if name is None and terms.kind != "CSH":
        raise Unsupported("no day count")
    if name is not None and name not in _DAY_COUNTS:
        raise Unsupported(f"day count {name}")
    day_count = _DAY_COUNTS[name] if name else DayCount.actual_365
    return Earning(
        day_count=day_count,
        periods=ReferencePeriods(maturity=ends.on if ends else None, calendar=WEEKENDS_ONLY),
    )


def _business_days(terms: Terms) -> BusinessDays:
    convention = terms.text("businessDayConvention") or "NULL"
    if convention in {"NULL", "NOS"} or terms.text("calendar") in {None, "NC"}:
        return UNMOVED
    periods = {"SC": AccrualPeriod.adjusted, "CS": AccrualPeriod.unadjusted}
    return BusinessDays(
        calendar=WEEKENDS_ONLY,
        adjustment=_ADJUSTMENTS[convention[2:]],
        accrual_period=periods[convention[:2]],
    )


def _last_day(terms: Terms, *names: str) -> LastDay | None:
    for name in names:
        if (on := terms.day(name)) is not None:
            return LastDay(on=on, earns=ends_with_the_day(terms.text(name)))
    return None


def _opening(terms: Terms, accrued: Money | None, *, standing: bool) -> Opening:
    """A balance that may be called is taken over with its interest settled, unless it is told."""
    settled = ZERO if standing and accrued is None else accrued
    exact = None if settled is None else Exact(settled.minor)
    return Opening(on=terms.needed("statusDate"), accrued=exact)


def _sale(terms: Terms, when: str, price: str) -> Sale | None:
    on = terms.day(when)
    if on is None:
        return None
    if terms.sign < 0:
        raise Unsupported("accrued interest of a sale with the sign of the other side")
    return Sale(on=on, price=terms.money(price) or ZERO, earns=ends_with_the_day(terms.text(when)))


def _call(terms: Terms) -> Call | None:
    called = [event for event in terms.happened if event["type"] == "XD"]
    if not called:
        return None
    on = day(called[0]["time"])
    settled_on = due_date(on, period(terms.text("xDayNotice") or "P0D"), 2)
    return Call(on=on, settled_on=settled_on, earns_meanwhile=False)


def _interest_dates(terms: Terms, *, at_start: bool) -> tuple[Recurrence, ...]:
    anchors = terms.several("arrayCycleAnchorDateOfInterestPayment")
    if not anchors:
        return terms.cycle("InterestPayment", at_start=at_start)
    cycles = terms.several("arrayCycleOfInterestPayment", len(anchors))
    return tuple(
        terms.recurrence(day(anchor), cycle) for anchor, cycle in zip(anchors, cycles, strict=True)
    )


def _repayment(terms: Terms) -> Repayment:
    match terms.kind:
        case "PAM" | "CLM" | "UMP" | "CSH":
            return AtMaturity()
        case "LAX":
            return _plan(terms)
        case "LAM" | "NAM" | "ANN":
            (dates,) = terms.cycle("PrincipalRedemption")
            given = terms.money("nextPrincipalRedemptionPayment")
        case other:
            raise Unsupported(f"contract type {other}")
    match terms.kind:
        case "LAM":
            return PrincipalParts(dates=dates, part=given)
        case "NAM":
            if given is None:
                raise Unsupported("no payment")
            return GivenPayment(dates=dates, payment=given)
        case _:
            to = terms.day("amortizationDate") if "maturityDate" in terms.given else None
            return SolvedPayment(dates=dates, payment=given, amortized_to=to)


def _plan(terms: Terms) -> PrincipalPlan:
    anchors = terms.several("arrayCycleAnchorDateOfPrincipalRedemption")
    count = len(anchors)
    cycles = terms.several("arrayCycleOfPrincipalRedemption", count)
    amounts = terms.several("arrayNextPrincipalRedemptionPayment", count)
    ways = terms.several("arrayIncreaseDecrease", count)
    return PrincipalPlan(
        moves=tuple(
            PrincipalMove(
                dates=terms.recurrence(day(anchor), cycle),
                amount=money(amount) if way == "DEC" else -money(amount),
            )
            for anchor, cycle, amount, way in zip(anchors, cycles, amounts, ways, strict=True)
        )
    )
