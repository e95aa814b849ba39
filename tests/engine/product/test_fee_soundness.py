"""What is wrong in a fee beyond its form, each fault at its place."""

from __future__ import annotations

import pytest

from engine.fees.amount import Bracket, Brackets, FeeAmount, Flat, Formula, Percent, Stated
from engine.fees.fee import Fee
from engine.fees.late_fee import LateFee
from engine.fees.manual_fee import ManualFee
from engine.fees.origination_fee import OriginationFee
from engine.product.fee_soundness import fee_problems
from engine.values.money import Money
from engine.values.rate import Rate

FLAT = Flat(amount=Money(1000))


def late(amount: FeeAmount, when: str | None = None) -> Fee:
    return LateFee(name="late_fee", title="Late", amount=amount, grace_days=10, charged_when=when)


def share(of: str) -> Percent:
    return Percent(of=of, rate=Rate.parse("0.05"))


def table(*up_to: int, of: str = "loan_amount") -> Brackets:
    brackets = tuple(Bracket(up_to=Money(cents), amount=FLAT) for cents in up_to)
    return Brackets(of=of, brackets=brackets, above=FLAT)


@pytest.mark.parametrize(
    ("fee", "faults"),
    [
        (late(share("installment_unpaid")), []),
        (late(table(100_000, 500_000)), []),
        (
            late(table(100_000, 100_000)),
            [
                "/fees/0/amount/brackets/1/up_to the bracket does not reach beyond 1000.00, "
                "where the one before it ends"
            ],
        ),
        (
            late(table(100_000, of="loan_amonut")),
            ["/fees/0/amount/of loan_amonut is no amount of a loan"],
        ),
        (
            late(FLAT, when="installment_unpaid > 10"),
            ["/fees/0/charged_when "],
        ),
        (late(FLAT, when="installment_unpaid"), ["/fees/0/charged_when "]),
        (
            OriginationFee(name="fee", title="Fee", amount=share("installment_unpaid")),
            ["/fees/0 installment_unpaid is not known when fee is charged"],
        ),
        (
            OriginationFee(name="fee", title="Fee", amount=FLAT, charged_when="days_past_due > 1"),
            ["/fees/0 days_past_due is not known when fee is charged"],
        ),
        (late(Stated()), ["/fees/0 fee_amount is not known when late_fee is charged"]),
        (ManualFee(name="tow", title="Towing", amount=Stated(maximum=Money(30_000))), []),
        (
            ManualFee(name="tow", title="Towing", amount=Stated(maximum=Money(0))),
            ["/fees/0/amount/maximum a fee of nothing is no fee"],
        ),
        (late(Formula(expression="loan_amount * 0.01")), []),
        (late(Formula(expression="loan_amount * ")), ["/fees/0/amount/expression "]),
    ],
)
def test_faults_of_a_fee(fee: Fee, faults: list[str]) -> None:
    found = [f"{problem.path} {problem.message}" for problem in fee_problems(fee, "/fees/0", "USD")]
    assert len(found) == len(faults)
    assert all(said.startswith(fault) for said, fault in zip(found, faults, strict=True)), found
