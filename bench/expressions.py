"""Expressions of products and rules: compiled beside traced, together beside one by one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.harness import Comparison, Way, timed
from bench.loans import CONTRACT, lived, personal_terms
from engine.compliance.finding import Finding
from engine.compliance.requirements import check, finding_of
from engine.compliance.rule import Otherwise, Point, Requirement, ValueOn
from engine.compliance.rule_book import RuleBook
from engine.errors import Citation
from engine.expressions.expression import compile_expression
from engine.facts.fact import FactType
from engine.facts.facts import Facts
from engine.loan.facts_on import facts_on
from engine.values.money import Money
from engine.values.rate import Rate

FEE = 'min(installment_unpaid * percent(5), money("15.00"))'
RULE = "covered_borrower and not mla_exempt and military_apr > percent(36)"
RULES = 30
APPLIES = ("true", "note_rate > percent(5)", "covered_borrower and not mla_exempt and apr > 0.36")
MUST_HOLD: tuple[tuple[str, dict[str, str]], ...] = (
    ("note_rate <= maximum", {"maximum": "0.36"}),
    ("loan_amount >= least and number_of_payments <= 360", {"least": "100.00"}),
    ("days_past_due < most or charged_off", {"most": "90"}),
    ("principal_balance * note_rate <= loan_amount * maximum", {"maximum": "0.36"}),
    ('state in ["CA", "NY", "TX"]', {}),
)


def comparisons() -> Iterator[Comparison]:
    """A fee's amount and a rule's condition."""
    facts = _facts()
    yield _rules(facts)
    for name, text, type_ in (("fee", FEE, FactType.money), ("rule", RULE, FactType.flag)):
        checked = compile_expression(text, type_)
        traced, _ = checked.evaluate_traced(facts)
        assert traced == checked.evaluate(facts)
        yield Comparison(
            name=f"expression_{name}",
            title=f"An expression: {text}",
            unit="evaluations",
            ways=(
                Way("interpreted, every part told", timed(partial(checked.evaluate_traced, facts))),
                Way("compiled", timed(partial(checked.evaluate, facts))),
                Way("checked and compiled anew", timed(partial(compile_expression, text, type_))),
            ),
        )


def _rules(facts: Facts) -> Comparison:
    """Thirty requirements, a third of which do not concern the loan, none broken."""
    book = RuleBook.of(_requirement(number) for number in range(RULES))
    asked = book.verdicts(Point.originate, facts).requirements
    assert len(check(book, Point.originate, facts, CONTRACT)) == RULES * 2 // 3

    def one_by_one() -> list[Finding | None]:
        return [finding_of(requirement, facts, CONTRACT) for requirement in asked]

    assert [said for said in one_by_one() if said] == list(
        check(book, Point.originate, facts, CONTRACT)
    )
    return Comparison(
        name="rules",
        title=f"{RULES} requirements of law on one loan, its facts at hand",
        unit="loans",
        ways=(
            Way("one by one", timed(one_by_one)),
            Way(
                "as one piece of code",
                timed(partial(check, book, Point.originate, facts, CONTRACT)),
            ),
        ),
    )


def _requirement(number: int) -> Requirement:
    must_hold, values = MUST_HOLD[number % len(MUST_HOLD)]
    return Requirement(
        rule=f"policy.bench.number_{number}",
        title="A requirement to measure with",
        at=(Point.originate,),
        citation=Citation(cite="none"),
        value_on=ValueOn.contract_date,
        otherwise=Otherwise.refuse,
        message="This does not hold for a loan at {note_rate}.",
        values={name: {CONTRACT: text} for name, text in values.items()},
        applies_when=APPLIES[number % len(APPLIES)],
        must_hold=must_hold,
    )


def _facts() -> Facts:
    loan = lived(3).loan
    assert loan is not None
    return facts_on(loan, loan.billed[-1].due_date, personal_terms()).given(
        installment_unpaid=Money(33_691),
        covered_borrower=True,
        mla_exempt=False,
        military_apr=Rate.parse("0.3599"),
        apr=Rate.parse("0.1399"),
    )
