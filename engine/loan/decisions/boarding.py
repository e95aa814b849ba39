"""Boarding: judge what another system says of a loan in mid-life, all problems at once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from msgspec.structs import replace

from engine.catalog.terms_in_force import TermsInForce
from engine.errors import Refusal, Refused, refuse
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.simple_interest import SimpleInterest
from engine.loan.commands import BoardLoan
from engine.loan.decisions.amounts import money_of, positive_money, rate_of
from engine.loan.decisions.interest_times import by_period, principal_alone
from engine.loan.decisions.offer import (
    day_count,
    day_one_accrues,
    minimum_payment,
)
from engine.loan.decisions.rate_terms import (
    compounded_per_year,
    is_variable,
    rate_bands,
    whole_period_at_payoff,
)
from engine.loan.events import LoanBoarded, OpenFee
from engine.loan.outcomes.fees import fee_kind
from engine.loan.outcomes.rate_path import period_ends
from engine.loan.terms import LoanTerms
from engine.product.capitalizing import can_capitalize
from engine.values.due_dates import due_date
from engine.values.frequency import Frequency
from engine.values.money import ZERO, Exact, Money, minor_digits

_MOST_MISSED = 600


def board(command: BoardLoan, in_force: TermsInForce) -> LoanBoarded:
    """The loan as it stands on its first day here."""
    problems: list[Refusal] = []
    product = in_force.product
    if isinstance(product.interest, PrecomputedInterest):
        raise refuse(
            "interest_fixed",
            f"How much of the charge of a loan of {product.title} is earned depends on its whole "
            "schedule, which boarding does not tell.",
            path="/product",
        )

    def amount(text: str, path: str, *, positive: bool = False) -> Money:
        try:
            return (positive_money if positive else money_of)(text, product.currency, path)
        except Refused as refused:
            problems.extend(refused.refusals)
            return ZERO

    original = amount(command.original_amount, "/original_amount", positive=True)
    principal = amount(command.principal_balance, "/principal_balance", positive=True)
    level = amount(command.installment_amount, "/installment_amount", positive=True)
    late = amount(command.past_due_amount, "/past_due_amount")
    amounts = [
        amount(fee.amount, f"/fees_owed/{place}/amount", positive=True)
        for place, fee in enumerate(command.fees_owed)
    ]
    frequency = command.frequency or product.due_dates.frequencies[0]
    problems += _wrong_dates(command, original, principal, late, frequency, in_force)
    problems += _unknown_before(in_force)
    if problems:
        raise Refused(*problems)
    past_due = _missed(command, frequency, level, late)
    scale = 10 ** minor_digits(product.currency)
    return LoanBoarded(
        effective_on=command.boarded_on,
        borrower_id=command.borrower_id,
        product=product.product,
        product_version=product.version,
        currency=product.currency,
        terms=_terms(command, in_force, original, frequency),
        principal_balance=principal,
        accrued_interest=Exact(Fraction(command.accrued_interest) * scale),
        installment_amount=level,
        past_due=past_due,
        installments_before=command.number_of_payments - command.remaining_payments,
        fees_owed=_open_fees(command, amounts, in_force),
        late_fees_last_12_months=command.late_fees_last_12_months,
        paid_through_date=command.paid_through_date,
        legal_entity_id=command.legal_entity_id,
        external_id=command.external_id,
    )


def _unknown_before(in_force: TermsInForce) -> list[Refusal]:
    """What a boarded loan cannot tell: how much of a lifetime cap other systems have earned."""
    method = in_force.product.interest
    if not isinstance(method, SimpleInterest) or method.lifetime_cap is None:
        return []
    message = (
        f"{in_force.product.title} caps the interest of a loan's whole life, and what was earned "
        "before boarding is not known."
    )
    return [Refusal(code="invalid_boarding", message=message, path="/product", kind="invalid")]


def _terms(
    command: BoardLoan, in_force: TermsInForce, original: Money, frequency: Frequency
) -> LoanTerms:
    terms = LoanTerms(
        loan_amount=original,
        note_rate=rate_of(command.note_rate, "/note_rate"),
        number_of_payments=command.number_of_payments,
        frequency=frequency,
        contract_date=command.contract_date,
        first_payment_date=command.next_due_date,
        day_count=day_count(in_force),
        rate_bands=rate_bands(in_force),
        day_one_accrues=day_one_accrues(in_force),
        whole_period_at_payoff=whole_period_at_payoff(in_force),
        compounded_per_year=compounded_per_year(in_force),
        interest_due=in_force.product.payments.interest_due,
        minimum_payment=minimum_payment(in_force),
        principal_alone=principal_alone(command.number_of_payments, in_force),
        by_period=by_period(in_force),
        circumstances=command.circumstances,
    )
    method = in_force.product.interest
    behind = command.number_of_payments - command.remaining_payments
    free = method.interest_free_installments if isinstance(method, SimpleInterest) else 0
    if free <= behind:
        return terms
    return replace(terms, interest_free_until=period_ends(terms, free - behind, in_force)[-1])


def _open_fees(
    command: BoardLoan, amounts: list[Money], in_force: TermsInForce
) -> tuple[OpenFee, ...]:
    """Fees brought in; one that the product knows by name stays what it is for law and lateness."""
    known = {fee.name: fee for fee in in_force.product.fees}
    opened: list[OpenFee] = []
    for place, (told, amount) in enumerate(zip(command.fees_owed, amounts, strict=True), start=1):
        fee = known.get(told.name)
        opened.append(
            OpenFee(
                fee_id=f"{told.name}/boarded-{place}",
                name=told.name,
                amount=amount,
                assessed_on=told.assessed_on,
                kind=fee_kind(fee) if fee else "boarded",
                counts_towards_past_due=fee.counts_towards_past_due if fee else False,
                interest_bearing=fee.interest_bearing if fee else False,
            )
        )
    return tuple(opened)


def _wrong_dates(
    command: BoardLoan,
    original: Money,
    principal: Money,
    late: Money,
    frequency: Frequency,
    in_force: TermsInForce,
) -> list[Refusal]:
    """Figures and dates that contradict each other or the product."""
    found: list[Refusal] = []

    def wrong(path: str, message: str) -> None:
        found.append(Refusal(code="invalid_boarding", message=message, path=path, kind="invalid"))

    try:
        rate_of(command.note_rate, "/note_rate")
    except Refused as refused:
        found.extend(refused.refusals)
    if is_variable(in_force):
        wrong(
            "/product", "A rate linked to an index cannot be boarded: its last reset is not told."
        )
    if principal > original and not can_capitalize(in_force.product):
        wrong("/principal_balance", "The principal balance is above the original amount.")
    if command.boarded_on <= command.contract_date:
        wrong("/boarded_on", f"Boarding must come after the contract date {command.contract_date}.")
    if command.next_due_date < command.boarded_on:
        wrong(
            "/next_due_date",
            f"The next due date {command.next_due_date} is before the boarding day "
            f"{command.boarded_on}; give the first one not yet billed.",
        )
    if not 1 <= command.remaining_payments <= command.number_of_payments:
        wrong(
            "/remaining_payments",
            f"{command.remaining_payments} is not between 1 and the contract's "
            f"{command.number_of_payments} payments.",
        )
    if frequency not in in_force.product.due_dates.frequencies:
        wrong("/frequency", f"The frequency is not one of {in_force.product.title}'s.")
    if late > ZERO and command.oldest_unpaid_due_date is None:
        wrong(
            "/oldest_unpaid_due_date",
            "Something is past due, so the due date of the oldest unpaid installment is needed.",
        )
    if late == ZERO and command.oldest_unpaid_due_date is not None:
        wrong("/past_due_amount", "An oldest unpaid due date is given but nothing is past due.")
    if command.oldest_unpaid_due_date and command.oldest_unpaid_due_date >= command.boarded_on:
        wrong("/oldest_unpaid_due_date", "It must lie before the boarding day.")
    if not found and late > ZERO:
        found += _wrong_lateness(command, frequency, late, principal, in_force)
    return found


def _wrong_lateness(
    command: BoardLoan,
    frequency: Frequency,
    late: Money,
    principal: Money,
    in_force: TermsInForce,
) -> list[Refusal]:
    currency = in_force.product.currency
    level = Money.parse(command.installment_amount, currency)
    dates = _missed_dates(command, frequency)
    missed = command.number_of_payments - command.remaining_payments
    if len(dates) > missed:
        message = f"{len(dates)} installments lie between then and now, but only {missed} were due."
    elif late > level * len(dates):
        most = (level * len(dates)).text(currency)
        message = f"{len(dates)} missed installments come to {most} at most."
    elif late <= level * (len(dates) - 1):
        over = (level * (len(dates) - 1)).text(currency)
        message = f"With {len(dates)} installments past due the amount must be above {over}."
    else:
        return []
    return [
        Refusal(code="invalid_boarding", message=message, path="/past_due_amount", kind="invalid")
    ]


def _missed_dates(command: BoardLoan, frequency: Frequency) -> list[date]:
    """Due dates from the oldest unpaid one up to the next one, ascending."""
    oldest = command.oldest_unpaid_due_date
    if oldest is None:
        return []
    dates: list[date] = []
    for back in range(_MOST_MISSED):
        day = due_date(command.next_due_date, frequency, -back)
        if day < oldest:
            break
        dates.append(day)
    return sorted(dates) or [oldest]


def _missed(
    command: BoardLoan, frequency: Frequency, level: Money, late: Money
) -> tuple[tuple[date, Money], ...]:
    """Unpaid installments by due date: whole ones but the oldest, which has the rest."""
    dates = _missed_dates(command, frequency)
    if not dates:
        return ()
    rest = late - level * (len(dates) - 1)
    oldest = command.oldest_unpaid_due_date
    assert oldest is not None
    return ((oldest, rest), *((day, level) for day in dates[1:]))
