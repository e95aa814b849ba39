"""Suite ``amortization``: examples of regulators and schedules published by others."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from engine.amortization.amortization import Amortization
from engine.amortization.balloon import Balloon
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment, PaymentBasis, Residual
from engine.interest.simple_interest import Remainders, SimpleInterest
from engine.values.day_count import DayCount
from engine.values.money import Money
from engine.values.rounding import Rounding, round_ratio
from tests.conformance import amortization_examples
from tests.conformance.amortization_loan import PublishedLoan
from tests.conformance.verdict import Case, Differs, Unsupported

_FINE = 10**8  # "carry precision": fractions of a cent, rounded only where they are printed
_ROUNDINGS = {
    "ROUND_HALF_UP": Rounding.half_up,
    "ROUND_HALF_EVEN": Rounding.half_even,
    "ROUND_HALF_DOWN": Rounding.half_down,
    "ROUND_UP": Rounding.up,
    "ROUND_CEILING": Rounding.up,
    "ROUND_DOWN": Rounding.down,
    "ROUND_FLOOR": Rounding.down,
}
_DAY_COUNTS = {
    "30/360": DayCount.periods,
    "actual/360": DayCount.actual_360,
    "actual/365": DayCount.actual_365,
    "actual/actual": DayCount.actual_actual_isda,
}
_COMPOUNDINGS = {"annual": 1, "semi_annual": 2, "quarterly": 4}
"""Rates that compound "monthly" are divided by the payments in a year, however many those are."""
_KNOWN = {
    "principal", "annual_rate", "term_months", "day_count", "payment_rounding",
    "interest_rounding", "compounding", "payment_frequency", "balance_tracking",
    "interest_only_months", "amortization_period_months", "payment_override", "start_date",
    "currency_unit", "rate_schedule", "fee_per_period",
}  # fmt: skip


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The cases of an amortization file."""
    if not isinstance(document, dict) or "published_schedules" not in document:
        return
    for example in document.get("regulatory_examples", ()):
        tags = ("regulatory", example["kind"])
        check = amortization_examples.check
        yield Case(example["id"], tags, lambda check=check, example=example: check(example))
    for published in document["published_schedules"]:
        tags = ("published", published["kind"])
        yield Case(published["id"], tags, lambda published=published: _check(published))


def _check(published: dict[str, Any]) -> None:
    """A case that does not say whether fractions of a cent are carried may mean either."""
    terms = published["loan"]
    strange = terms.keys() - _KNOWN
    if strange:
        raise Unsupported(f"loan with {min(strange)}")
    tracking = terms.get("balance_tracking")
    if terms["day_count"].lower() == "actual/360":
        tracking = "carry_precision"  # days are counted on what is owed to the last digit
    match tracking:
        case "carry_precision":
            _check_rows(published, _FINE)
        case "round_each":
            _check_rows(published, 1)
        case _:
            try:
                _check_rows(published, 1)
            except Differs as difference:
                try:
                    _check_rows(published, _FINE)
                except Differs:
                    raise difference from None


def _check_rows(published: dict[str, Any], fine: int) -> None:
    terms, expected = published["loan"], published["expected"]
    digits = 0 if str(terms.get("currency_unit", "")) == "1" else 2
    plan = _loan(terms, digits, fine).schedule()
    per_year = PublishedLoan.PER_YEAR[terms.get("payment_frequency", "monthly")]
    fee = Money(int(Fraction(terms.get("fee_per_period") or 0) * 10**digits * fine))

    of_payments, of_interest = (
        _ROUNDINGS[terms[f"{name}_rounding"]] for name in ("payment", "interest")
    )

    def printed(amount: Money, rounding: Rounding = Rounding.half_up) -> Money:
        return Money(round_ratio(amount.minor, fine, rounding))

    def expect(
        name: str, figure: Money, stated: str | None, rounding: Rounding = Rounding.half_up
    ) -> None:
        text = printed(figure, rounding).text("JPY" if digits == 0 else "USD")
        if stated is not None and Fraction(text) != Fraction(stated):
            raise Differs(f"{name} {text}, expected {stated}")

    first = plan.installments[0].payment
    expect("payment", first, expected["periodic_payment"], of_payments)
    last = plan.installments[-1]
    expect("balloon", last.payment - plan.regular_payment, expected.get("balloon_at_term"))
    for row in published["published_rows"]:
        ours = plan.installments[int(row["payment"]) - 1]
        where = f"installment {row['payment']}"
        interest, payment = printed(ours.interest, of_interest), printed(ours.payment, of_payments)
        if ours.number <= (terms.get("interest_only_months") or 0) * per_year // 12:
            payment = interest
        elif fine > 1 and not ours.balance and not terms.get("payment_override"):
            payment = printed(ours.principal, of_interest) + interest
        expect(f"{where} payment", (payment * fine) + fee, row["payment_amount"])
        expect(f"{where} interest", ours.interest, row["interest"], of_interest)
        expect(f"{where} principal", (payment - interest) * fine, row["principal"])
        expect(f"{where} balance", ours.balance, row["balance"], of_interest)
    for span in expected.get("amortization_ranges") or ():
        rows = plan.installments[span["start_payment"] - 1 : span["end_payment"]]
        where = f"installments {span['start_payment']} to {span['end_payment']}"
        expect(f"{where} interest", _sum(row.interest for row in rows), span["interest"])
        expect(f"{where} principal", _sum(row.principal for row in rows), span["principal"])
        expect(f"{where} balance", rows[-1].balance, span["balance"])


def _sum(amounts: Iterator[Money]) -> Money:
    return Money(sum(amount.minor for amount in amounts))


def _loan(terms: dict[str, Any], digits: int, fine: int) -> PublishedLoan:
    day_count = _DAY_COUNTS.get(terms["day_count"].lower())
    if day_count is None:
        raise Unsupported(f"day count {terms['day_count']}")
    scale = 10**digits * fine
    override = terms.get("payment_override")
    return PublishedLoan(
        principal=Money(int(Fraction(terms["principal"]) * scale)),
        rate_percent=Fraction(terms["annual_rate"]),
        frequency=terms.get("payment_frequency", "monthly"),
        months=terms["term_months"],
        start=terms.get("start_date", "2001-01-01"),
        interest=SimpleInterest(
            day_count=day_count,
            rounding=_ROUNDINGS[terms["interest_rounding"]] if fine == 1 else Rounding.half_even,
            remainders=Remainders.dropped,
            compounded_per_year=_COMPOUNDINGS.get(terms.get("compounding", "")),
        ),
        amortization=_amortization(terms, fine),
        payment=Money(int(Fraction(override) * scale)) if override else None,
        rates=tuple(
            (change["effective_payment_number"], Fraction(change["new_annual_rate"]))
            for change in terms.get("rate_schedule", ())
        ),
        payment_rounding=_ROUNDINGS[terms["payment_rounding"]],
        fine=fine,
        payment_caps={
            change["effective_payment_number"]: Fraction(change["payment_cap_factor"])
            for change in terms.get("rate_schedule", ())
            if change.get("payment_cap_factor")
        },
        recast=all(change["recast"] for change in terms.get("rate_schedule", ())),
    )


def _amortization(terms: dict[str, Any], fine: int) -> Amortization:
    per_year = PublishedLoan.PER_YEAR[terms.get("payment_frequency", "monthly")]
    rounding = _ROUNDINGS[terms["payment_rounding"]] if fine == 1 else Rounding.half_even
    level = LevelPayment(
        residual=Residual.formula, basis=PaymentBasis.equal_periods, payment_rounding=rounding
    )
    if terms.get("amortization_period_months"):
        count = terms["amortization_period_months"]
        return Balloon(amortization_installments=count * per_year // 12, payment_rounding=rounding)
    if terms.get("interest_only_months"):
        count = terms["interest_only_months"] * per_year // 12
        return InterestOnly(installments=count, then=level)
    return level
