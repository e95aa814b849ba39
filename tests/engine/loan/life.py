"""Given, when, then for loans: a loan lived by commands, with what stands at the end of a day."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from engine.amortization.equal_installments import EqualInstallments
from engine.amortization.level_payment import LevelPayment
from engine.catalog.terms_in_force import TermsInForce
from engine.delinquency.stages import Delinquency
from engine.errors import Refusal
from engine.fees.amount import Flat, LesserOf, Percent
from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.fees.returned_payment_fee import ReturnedPaymentFee
from engine.interest.no_interest import NoInterest
from engine.interest.simple_interest import SimpleInterest
from engine.ledger.entry import net
from engine.ledger.journalize import journalize
from engine.loan import observe, reapply
from engine.loan.advance import advance
from engine.loan.commands import (
    AdvanceTo,
    BookLoan,
    Command,
    DisburseLoan,
    ReceivePayment,
    RequestedTerms,
    ReturnPayment,
    ReversePayment,
)
from engine.loan.counts import counts_on
from engine.loan.decide import decide
from engine.loan.decisions.decision import Decision, NeedsHistory
from engine.loan.events import Event, PaymentReceived, Recorded
from engine.loan.invariants import broken
from engine.loan.loan import Loan
from engine.loan.status import PaymentKind
from engine.payments.terms import PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from engine.product.due_dates import DueDates, FirstPayment
from engine.product.limits import AmountRange, CountRange, Limits, RateRange
from engine.product.product import Product
from engine.values.calendar import WEEKENDS_ONLY
from engine.values.day_count import DayCount
from engine.values.frequency import Biweekly, Monthly
from engine.values.money import Money
from engine.values.rate import Rate

WATERFALL = Waterfall(
    style=Style.by_installment,
    order=(
        "past_due.interest", "past_due.principal", "due.interest", "due.principal",
        "past_due.fee", "due.fee", "in_advance.interest", "in_advance.principal",
    ),
    left_over=LeftOver.principal,
)  # fmt: skip
FEES = (
    OriginationFee(
        name="origination_fee",
        title="Origination fee",
        amount=Percent(of="loan_amount", rate=Rate.parse("0.03")),
        finance_charge=True,
    ),
    LateFee(
        name="late_fee",
        title="Late fee",
        grace_days=10,
        amount=LesserOf(
            amounts=(
                Flat(amount=Money(1500)),
                Percent(of="installment_unpaid", rate=Rate.parse("0.05")),
            )
        ),
    ),
    ReturnedPaymentFee(
        name="returned_payment_fee",
        title="Returned payment fee",
        amount=Flat(amount=Money(2500)),
        return_codes=("R01", "R09"),
    ),
    ManualFee(name="copy_fee", title="Copy fee", amount=Flat(amount=Money(500))),
)


def a_product(**changes: Any) -> Product:
    """A personal installment product; what is named is changed."""
    terms: dict[str, Any] = {
        "product": "personal",
        "version": 1,
        "title": "Personal loan",
        "family": "installment",
        "live_from": date(2020, 1, 1),
        "limits": Limits(
            amount=AmountRange(minimum=Money(10_000), maximum=Money(10_000_000)),
            note_rate=RateRange(minimum=Rate.parse("0"), maximum=Rate.parse("0.36")),
            number_of_payments=CountRange(minimum=1, maximum=360),
        ),
        "interest": SimpleInterest(day_count=DayCount.actual_365),
        "amortization": LevelPayment(),
        "due_dates": DueDates(
            frequencies=(Monthly(), Biweekly()),
            first_payment=FirstPayment(minimum_days=5, maximum_days=62),
            calendar="us_federal@1",
        ),
        "fees": FEES,
        "waterfall": WATERFALL,
        "payments": PaymentTerms(early_window_days=15, payoff_tolerance=Money(100)),
        "delinquency": Delinquency(charge_off_proposed_after_days=120),
        "books": "consumer_us@1",
    }
    return Product(**(terms | changes))


def in_force(product: Product | None = None, **others: Any) -> TermsInForce:
    """The product in force with no law asked, unless rules are given."""
    terms: dict[str, Any] = {"rules": None, "calendar": WEEKENDS_ONLY, "waterfall": WATERFALL}
    return TermsInForce(product=product or a_product(), **(terms | others))


PERSONAL = in_force()
THIRTY_360 = in_force(a_product(interest=SimpleInterest(day_count=DayCount("30/360"))))
PAY_IN_4 = in_force(
    a_product(
        product="pay_in_4",
        title="Pay in 4",
        family="bnpl",
        interest=NoInterest(),
        amortization=EqualInstallments(),
        due_dates=DueDates(
            frequencies=(Biweekly(),),
            first_payment=FirstPayment(minimum_days=0, maximum_days=20),
            calendar="us_federal@1",
        ),
        fees=(
            LateFee(
                name="late_fee",
                title="Late fee",
                grace_days=3,
                amount=LesserOf(
                    amounts=(
                        Flat(amount=Money(700)),
                        Percent(of="installment_amount", rate=Rate.parse("0.25")),
                    )
                ),
            ),
        ),
    )
)


class Life:
    """A loan and everything that happened to it."""

    def __init__(self, terms: TermsInForce = PERSONAL, loan_id: str = "loan_test") -> None:
        self.terms = terms
        self.loan_id = loan_id
        self.loan: Loan | None = None
        self.history: list[Recorded] = []

    def ask(self, command: Command, **options: Any) -> Decision | tuple[Refusal, ...]:
        """What a command comes to, without living it."""
        terms = self.known(counts_on(command))
        try:
            return decide(self.loan, command, terms, loan_id=self.loan_id, **options)
        except NeedsHistory:
            return decide(
                self.loan,
                command,
                terms,
                loan_id=self.loan_id,
                history=tuple(self.history),
                **options,
            )

    def known(self, day: date) -> TermsInForce:
        """The terms with the index values known by a day, or by the day lived to."""
        lived = self.loan.last_effective_on if self.loan else None
        today = max(day, lived) if lived else day
        indexes = {
            index: tuple(value for value in values if value.known_on <= today)
            for index, values in self.terms.indexes.items()
        }
        return replace(self.terms, indexes=indexes)

    def live(self, command: Command, **options: Any) -> Decision:
        """Live through a command; it must not be refused."""
        decision = self.ask(command, **options)
        assert isinstance(decision, Decision), decision
        for seq, event in decision.events:
            self.history.append(
                Recorded(
                    seq=seq,
                    event=event,
                    recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
                    posted_on=event.effective_on,
                )
            )
        self.loan = decision.loan
        assert self.broken() == ()
        return decision

    def ask_and_live(self, command: Command) -> bool:
        """Live through a command unless it is refused; whether it was lived."""
        refused = isinstance(self.ask(command), tuple)
        return not refused and bool(self.live(command))

    def broken(self) -> tuple[str, ...]:
        """What does not hold of the loan, its history and its books."""
        assert self.loan is not None and self.loan.last_effective_on is not None
        history = [(item.seq, item.event) for item in self.history]
        books = net(entry for seq, event in history for entry in journalize(seq, event))
        day = self.loan.last_effective_on
        return broken(self.loan, history, books, self.terms, day)

    def refused(self, command: Command, **options: Any) -> tuple[Refusal, ...]:
        """The refusals of a command that must be refused; nothing happens."""
        answer = self.ask(command, **options)
        assert isinstance(answer, tuple), answer
        return answer

    # --- in the reader's words -----------------------------------------------------------------

    def pays(
        self, amount: str, on: date, kind: PaymentKind = PaymentKind.regular, reference: str = ""
    ) -> int:
        """A payment received; its number."""
        command = ReceivePayment(amount=amount, received_on=on, kind=kind, reference=reference)
        decision = self.live(command)
        return next(seq for seq, e in decision.events if isinstance(e, PaymentReceived))

    def comes_back(self, payment: int, on: date, code: str) -> Decision:
        """The bank returns a payment."""
        return self.live(ReturnPayment(payment=payment, returned_on=on, return_code=code))

    def is_reversed(self, payment: int, on: date) -> Decision:
        """We had recorded it wrongly."""
        return self.live(ReversePayment(payment=payment, reversed_on=on, reason="wrong loan"))

    def until(self, day: date) -> Decision:
        """Time passes through a day."""
        return self.live(AdvanceTo(day=day))

    def at(self, day: date) -> Loan:
        """The loan at the end of a day, without living to it."""
        assert self.loan is not None
        return advance(self.loan, day, self.known(day)).loan

    def numbers(self, day: date) -> dict[str, object]:
        """Balances and lateness at the end of a day, as text."""
        loan, rounding = self.at(day), self.terms.product.rounding
        return {
            "principal": loan.principal_balance.text(),
            "interest": observe.interest_owed(loan, day, rounding).text(),
            "fees": observe.fees_owed(loan).text(),
            "past_due": observe.amount_past_due(loan, day, rounding).text(),
            "days": observe.days_past_due(loan, day, rounding),
            "stage": observe.delinquency_stage(loan),
            "status": loan.status.value,
        }

    def events(self, kind: type[Event]) -> list[Any]:
        """Events of a kind that count: undone ones are left out."""
        numbered = [(item.seq, item.event) for item in self.history]
        return [event for _, event in reapply.live(numbered) if isinstance(event, kind)]


def a_loan(
    terms: TermsInForce = PERSONAL,
    amount: str = "10000.00",
    rate: str = "0.1299",
    payments: int = 12,
    on: date = date(2026, 1, 15),
    part: str | None = None,
    **others: Any,
) -> Life:
    """A loan booked and disbursed on a day, or a part of it."""
    life = Life(terms)
    requested = RequestedTerms(
        amount=amount, note_rate=rate, number_of_payments=payments, contract_date=on, **others
    )
    life.live(BookLoan(borrower_id="brw_test", terms=requested))
    life.live(DisburseLoan(disbursed_on=on, amount=part))
    return life
