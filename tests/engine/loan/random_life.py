"""Random lives: products of many kinds, and happenings in any order, backdated ones too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st
from msgspec.structs import replace

from engine.amortization.balloon import Balloon
from engine.amortization.bullet import Bullet
from engine.amortization.deferred import Deferred, DeferredInterest
from engine.amortization.equal_principal import EqualPrincipal
from engine.amortization.explicit_payments import ExplicitPayments
from engine.amortization.interest_deferred import InterestDeferred, InterestFallsDue
from engine.amortization.interest_only import InterestOnly
from engine.amortization.level_payment import LevelPayment
from engine.amortization.percent_of_balance import PercentOfBalance
from engine.amortization.stepped import PaymentStep, Stepped
from engine.catalog.terms_in_force import TermsInForce
from engine.delinquency.stages import Delinquency
from engine.interest.precomputed_interest import PrecomputedInterest
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.loan import observe
from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from engine.loan.events import LoanDisbursed, PaymentReceived
from engine.loan.serviceable import not_serviceable
from engine.loan.status import (
    BorrowerStatusKind,
    PausedAmounts,
    PausedInstallments,
    PaymentKind,
)
from engine.payments.terms import AfterPrepayment, InterestDue, PartialPayments, PaymentTerms
from engine.payments.waterfall import LeftOver, Style, Waterfall
from engine.product.disbursement import (
    FurtherInstallments,
    SeveralDisbursements,
    SingleDisbursement,
)
from engine.product.down_payment import Collection, NoDownPayment, ShareOfPrice
from engine.product.due_dates import DueDates, FirstPayment
from engine.product.product import Product
from engine.values.frequency import Biweekly, EveryDays, Monthly, Semimonthly
from engine.values.money import Money
from engine.values.rate import Rate
from engine.values.rounding import Rounding
from tests.engine.loan.life import FEES, WATERFALL, Life, a_product, in_force
from tests.engine.loan.random_interest import interest_methods
from tests.engine.loan.random_orders import ORDERS_BY_STATE
from tests.engine.loan.rate_plans import INDEXES
from tests.engine.loan.service_law import LAW

START = date(2026, 1, 30)
STEP = PaymentStep(from_installment=3, change=Rate.parse("0.2"))
LOW = PaymentStep(from_installment=1, payment=Money(3_000))
WAYS_DOWN = [
    LevelPayment(), InterestOnly(installments=2), Balloon(amount=Money(200_000)), Bullet(),
    Deferred(installments=2), EqualPrincipal(), Stepped(steps=(STEP,)),
    Deferred(installments=3, interest=DeferredInterest.capitalized),
    *(InterestDeferred(installments=3, interest=due) for due in InterestFallsDue),
    InterestDeferred(installments=3, principal=InterestOnly(installments=2)),
    Deferred(installments=3, interest=DeferredInterest.capitalized_at_end, then=Bullet()),
    Stepped(steps=(LOW, STEP), negative_amortization=True,
            negative_amortization_limit=Rate.parse("1.01")),
    ExplicitPayments(payments=(Money(4_000),)),
    PercentOfBalance(share=Rate.parse("0.1"), floor=Money(20_000), plus_interest=True),
]  # fmt: skip

PARTS = [SeveralDisbursements(maximum_count=4, within_days=90, installments=effect)
         for effect in FurtherInstallments]  # fmt: skip
DOWN = [
    *(NoDownPayment() for _ in range(2)),
    ShareOfPrice(share=Rate.parse("0.2")),
    ShareOfPrice(share=Rate.parse("0.2"), collected=Collection.awaited),
]
BEARING = (FEES[0], *(replace(fee, interest_bearing=True) for fee in FEES[1:]))
WAYS_OUT = [SingleDisbursement(), SingleDisbursement(), *PARTS]
WAYS_DOWN_BANDS = [LevelPayment(), EqualPrincipal(), Bullet()]


class Happening(NamedTuple):
    """Something that happens some days after the last, or is recorded days late."""

    what: str
    gap: int
    late: int
    which: int


def mended(product: Product) -> Product:
    """The product without choices that do not go together."""
    for problem in not_serviceable(product):
        if problem.path == "/disbursement/installments":
            product = replace(product, disbursement=PARTS[0])
        elif problem.path.startswith("/fees"):
            product = replace(product, fees=FEES)
        elif problem.path == "/interest/rate_plan":
            product = replace(product, interest=replace(product.interest, rate_plan=FixedRate()))
        elif problem.path in {"/down_payment", "/due_dates/in_advance"}:
            product = replace(product, disbursement=SingleDisbursement())
        elif problem.path == "/delinquency/non_accrual_proposed_after_days":
            product = replace(product, delinquency=Delinquency(charge_off_proposed_after_days=120))
        elif problem.path == "/interest/interest_free_installments":
            product = replace(product, due_dates=replace(product.due_dates, in_advance=False))
        else:
            field = problem.path.rpartition("/")[2]
            plain = replace(product.payments, **{field: getattr(PaymentTerms(), field)})
            product = replace(product, payments=plain)
    assert not_serviceable(product) == ()
    return product


@st.composite
def products(draw: st.DrawFn) -> TermsInForce:
    """Terms of a product that is serviced, whatever it chooses."""
    rounding = draw(st.sampled_from(Rounding))
    interest = draw(interest_methods(rounding))
    frequency = draw(
        st.sampled_from([Monthly(), Monthly(day=31), Biweekly(), Semimonthly(), EveryDays(days=10)])
    )
    fixed = isinstance(interest, PrecomputedInterest)
    window = [None] if fixed else [0, 15, 40, None]

    def fits(**chosen: Any) -> bool:
        product = a_product(interest=interest, rounding=rounding, **chosen)
        return all(found.path.startswith("/payments") for found in not_serviceable(product))

    ways = [way for way in WAYS_DOWN if fits(amortization=way)]
    outs = [out for out in WAYS_OUT if fits(disbursement=out)]
    product = a_product(
        interest=interest,
        rounding=rounding,
        amortization=draw(st.sampled_from(ways)),
        disbursement=draw(st.sampled_from(outs)),
        delinquency=Delinquency(
            charge_off_proposed_after_days=120,
            non_accrual_proposed_after_days=draw(st.sampled_from([None, 20, 90])),
        ),
        fees=draw(st.sampled_from([FEES, FEES, BEARING])),
        down_payment=draw(st.sampled_from(DOWN[:1] if fixed else DOWN)),
        due_dates=DueDates(
            frequencies=(frequency,),
            first_payment=FirstPayment(minimum_days=1, maximum_days=70),
            in_advance=draw(st.sampled_from([False, False, True])) and not fixed,
            calendar="us_federal@1",
        ),
        payments=PaymentTerms(
            early_window_days=draw(st.sampled_from(window)),
            interest_due=draw(st.sampled_from(InterestDue)),
            after_prepayment=draw(st.sampled_from(AfterPrepayment)),
            payoff_tolerance=Money(draw(st.sampled_from([0, 100]))),
            partial_payments=draw(st.sampled_from(PartialPayments)),
        ),
    )
    product = mended(product)
    waterfall = Waterfall(
        style=draw(st.sampled_from(Style)),
        order=tuple(draw(st.permutations(WATERFALL.order))),
        left_over=draw(st.sampled_from(LeftOver)),
        by_state=draw(st.sampled_from([{}] if fixed else ORDERS_BY_STATE)),
    )
    rules = draw(st.sampled_from([None, LAW]))
    return in_force(product, waterfall=waterfall, rules=rules, indexes=INDEXES)


WHAT = ["pay"] * 6 + [
    "draw", "never_lent", "return", "reverse", "fee", "waive", "serve", "rate", "advance", "off",
    "pause", "resume", "doubt", "trust",
]  # fmt: skip
happenings = st.lists(
    st.builds(
        Happening,
        st.sampled_from(WHAT),
        st.sampled_from([0, 0, 1, 5, 10, 17, 30, 45]),
        st.sampled_from([0, 0, 0, 3, 12, 40]),
        st.integers(0, 11),
    ),
    min_size=2,
    max_size=10,
)
_NUMBERED = ("copy_fee", "returned_payment_fee")
AMOUNTS = ("892.87", "50.00", "2000.00", "0.01", "400.00", "6000.00")


def lived(life: Life, drawn: list[Happening]) -> Iterator[tuple[Happening, Command]]:
    """Each command as its turn comes, for whoever lives it; what makes no sense is left out."""
    day = START
    for happening in drawn:
        day += timedelta(days=happening.gap)
        command = _command(life, happening, day)
        if command is not None and not isinstance(life.ask(command), tuple):
            yield happening, command


def payments_of(life: Life) -> list[int]:
    """Numbers of the payments received, in order."""
    return [item.seq for item in life.history if isinstance(item.event, PaymentReceived)]


def disbursements_of(life: Life) -> list[int]:
    """Numbers of the parts paid out, in order."""
    return [item.seq for item in life.history if isinstance(item.event, LoanDisbursed)]


def _command(life: Life, happening: Happening, day: date) -> Command | None:
    what, _, late, which = happening
    back = max(day - timedelta(days=late), START)
    match what:
        case "pay":
            kind = PaymentKind.principal_only if which > 9 else PaymentKind.regular
            kind = PaymentKind.payoff if which == 8 else kind
            amount = AMOUNTS[which % len(AMOUNTS)]
            return ReceivePayment(amount=amount, received_on=back, kind=kind)
        case "return" | "reverse":
            received = payments_of(life)
            if not received:
                return None
            payment = received[which % len(received)]
            if what == "reverse":
                return ReversePayment(payment=payment, reversed_on=day, reason="not this loan")
            code = ("R01", "R10")[which % 2]
            return ReturnPayment(payment=payment, returned_on=day, return_code=code)
        case "draw":
            amount = ("1000.00", "2500.00")[which % 2]
            return DisburseLoan(disbursed_on=back, amount=amount)
        case "never_lent":
            parts = disbursements_of(life)
            return ReverseDisbursement(
                disbursement=parts[which % len(parts)], reversed_on=day, reason="came back"
            )
        case "fee":
            return AssessFee(fee="copy_fee", assessed_on=back, reason="asked for")
        case "waive":
            owed = [fee for fee in observe.fees(life.at(day)) if fee.owed]
            if not owed:
                return None
            fee = owed[which % len(owed)].charged
            return WaiveFee(fee_id=fee.fee_id, waived_on=day, reason="goodwill")
        case "serve":
            until = back + timedelta(days=50) if which % 2 else None
            military = BorrowerStatusKind.military_service
            return RecordBorrowerStatus(status=military, from_date=back, to_date=until)
        case "rate":
            rate = ("0.0999", "0.05", "0")[which % 3]
            return ChangeRate(note_rate=rate, effective_on=back, reason="hardship")
        case "pause":
            return PauseInterest(
                from_date=back,
                to_date=back + timedelta(days=(5, 30, 47)[which % 3]),
                installments=tuple(PausedInstallments)[which % 2],
                amounts=tuple(PausedAmounts)[which // 6],
                reason="hardship",
            )
        case "resume":
            return EndInterestPause(ended_on=back, reason="back at work")
        case "doubt":
            return PlaceOnNonAccrual(placed_on=back, reason="unlikely to pay")
        case "trust":
            return ReturnToAccrual(returned_on=back, reason="pays again")
        case "off":
            return ChargeOffLoan(charged_off_on=day, reason="gone") if which > 8 else None
        case _:
            return AdvanceTo(day=day)


def without_numbers(state: dict[str, Any]) -> dict[str, Any]:
    """A standing in which fees are known by name alone: their numbers depend on the recording."""

    def bare(found: Any) -> Any:
        if isinstance(found, str):
            name, _, number = found.partition("/")
            return name if number.isdigit() and name in _NUMBERED else found
        return tuple(map(bare, found)) if isinstance(found, tuple) else found

    fees = {name: sorted(str(bare(row)) for row in state[name]) for name in ("fees", "fees_paid")}
    sums = {
        name: sorted((bare(fee), amount.minor) for fee, amount in state[name].items())
        for name in ("fee_paid", "fee_waived")
    }
    return state | fees | sums
