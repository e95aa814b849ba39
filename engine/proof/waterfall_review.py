"""A product's waterfall reviewed: what can be owed under it, which law speaks, three samples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from engine.compliance.compiled_rule import CompiledRule
from engine.compliance.gap_map import Offered, speaks_of
from engine.compliance.rule import Requirement
from engine.compliance.rule_book import RuleBook
from engine.errors import Citation
from engine.facts.facts import Facts
from engine.fees.amount import Flat
from engine.fees.late_fee import LateFee
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan.outcomes.fees import fee_kind
from engine.payments.sample_falls import Fall, sample_falls
from engine.payments.terms import InterestDue
from engine.payments.waterfall import Owed, Waterfall
from engine.payments.waterfall_lint import Owes, WaterfallFinding, lint_waterfall
from engine.product.product import Product
from engine.values.money import Money, minor_digits

_SHORT_BY = "late_fees_paid_since_due"
"""The fact by which a rule knows that earlier late fees took money of an installment."""


def offered(product: Product) -> Offered:
    """What a product tells of every loan of it, as rules are asked about a whole product."""
    return Offered(
        product=product.product,
        title=product.title,
        country=product.country,
        states=product.limits.states,
        facts=Facts.of(product=product.product, product_family=product.family),
        fee_kinds=tuple(dict.fromkeys(fee_kind(fee) for fee in product.fees)),
    )


def owes_of(product: Product, rules: RuleBook | None, on: date) -> Owes:
    """What loans of a product can owe, and the law on a day that speaks of their late fees."""
    interest = product.interest
    by_period = not isinstance(interest, SimpleInterest | NoInterest)
    late = tuple(fee.name for fee in product.fees if isinstance(fee, LateFee))
    return Owes(
        interest=not isinstance(interest, NoInterest),
        interest_by_installment=by_period
        or product.payments.interest_due is InterestDue.by_installment,
        fees=tuple(fee.name for fee in product.fees),
        late_fees=late,
        no_pyramiding=tuple(_no_pyramiding(product, rules, on)) if late else (),
    )


def review_waterfall(
    waterfall: Waterfall,
    products: Iterable[Product],
    rules: RuleBook | None,
    on: date = date.min,
) -> tuple[WaterfallFinding, ...]:
    """Findings about a waterfall for everything the products that use it can owe.

    Law is asked as of a day, or of a product's first day where that is later. Without a product,
    for interest, principal and a fee as any product may have them.
    """
    owes = [owes_of(product, rules, max(on, product.live_from)) for product in products]
    if not owes:
        return lint_waterfall(waterfall, Owes(fees=("fee",)))
    citations = [citation for each in owes for citation in each.no_pyramiding]
    return lint_waterfall(
        waterfall,
        Owes(
            interest=any(each.interest for each in owes),
            interest_by_installment=all(each.interest_by_installment for each in owes),
            fees=tuple(dict.fromkeys(name for each in owes for name in each.fees)),
            late_fees=tuple(dict.fromkeys(name for each in owes for name in each.late_fees)),
            no_pyramiding=tuple({each.cite: each for each in citations}.values()),
        ),
    )


def falls_of(waterfall: Waterfall, product: Product | None, on: date) -> tuple[Fall, ...]:
    """Three sample payments of an installment loan with one late fee, on a day.

    Amounts are an illustration: installments of 150.00 and the product's flat late fee, or 25.00.
    """
    unit = 10 ** minor_digits(product.currency if product else "USD")
    interest = product is None or not isinstance(product.interest, NoInterest)
    lines: list[Owed] = []
    for number, state in enumerate(("past_due", "due", "in_advance"), start=1):
        due_date = on + timedelta(days=30 * (number - 2))
        parts = {"interest": (52 - 2 * number) * unit if interest else 0}
        parts["principal"] = 150 * unit - parts["interest"]
        lines += [
            Owed(due_state=state, component=component, amount=Money(amount), installment=number,
                 due_date=due_date)
            for component, amount in parts.items() if amount
        ]  # fmt: skip
    fees = product.fees if product else ()
    late = next((fee for fee in fees if isinstance(fee, LateFee)), None)
    if late is not None or product is None:
        flat = late.amount.amount if late and isinstance(late.amount, Flat) else Money(25 * unit)
        lines.append(
            Owed(due_state="past_due", component="fee", amount=flat, due_date=on - timedelta(19),
                 name=late.name if late else "fee", fee_id="late_fee/1", installment=1)
        )  # fmt: skip
    return sample_falls(waterfall, lines)


def _no_pyramiding(product: Product, rules: RuleBook | None, on: date) -> Iterator[Citation]:
    """Citations of rules that forbid a late fee where only an earlier one left money short."""
    whole = offered(product)
    for compiled in rules.rules.values() if rules else ():
        if _forbids(compiled) and speaks_of(compiled, whole, on):
            yield compiled.rule.citation


def _forbids(compiled: CompiledRule) -> bool:
    rule = compiled.rule
    return isinstance(rule, Requirement) and _SHORT_BY in rule.must_hold
