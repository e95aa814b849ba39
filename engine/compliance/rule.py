"""A rule as its file says it: limit, requirement or decision table, dated values, citation, tests.

A rule is law: its values are looked up as of the day it names, so a change of law is a new dated
value and never an edit. Its name is its path in the tree, which is the law's own tree.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal

import msgspec

from engine.compliance.fact_words import FACT, GIVEN, UNITS
from engine.errors import Citation
from engine.facts.fact import FactType


class Point(StrEnum):
    """Where in the life of a product or loan a rule is asked."""

    publish = "publish"
    """A product version is checked, at every corner of its limits."""
    quote = "quote"
    """Terms are quoted."""
    originate = "originate"
    """A loan is booked, or boarded from another system."""
    disburse = "disburse"
    """The loan is paid out."""
    assess_fee = "assess_fee"
    """A fee is charged, by a person or as time passes."""
    post_payment = "post_payment"
    """A payment is received."""
    reverse_payment = "reverse_payment"
    """A payment recorded wrongly is taken back."""
    change_rate = "change_rate"
    """The rate of a running loan changes."""
    statement = "statement"
    """A statement or notice is due; no command comes here yet."""
    contact = "contact"
    """The borrower is contacted; no command comes here yet."""
    charge_off = "charge_off"
    """The loss is recognized."""
    payoff = "payoff"
    """The loan is paid off."""
    credit_report = "credit_report"
    """The loan is reported to a bureau; no command comes here yet."""


NOT_ASKED: Final = frozenset({Point.statement, Point.contact, Point.credit_report})
"""Points no command comes to yet: their rules are checked and tested in their files alone."""


class ValueOn(StrEnum):
    """Which day selects the dated values of a rule."""

    contract_date = "contract_date"
    """The day the contract was made: most caps of rates and fees."""
    application_date = "application_date"
    """The day the application was received."""
    event_date = "event_date"
    """The day of what happens."""


class Otherwise(StrEnum):
    """What follows when a requirement does not hold."""

    refuse = "refuse"
    """Nothing happens; the refusal cites the rule."""
    warn = "warn"
    """It happens, with a note on the record."""
    needs_approval = "needs_approval"
    """A second person may let it through, with reason and expiry."""


Outcome = Literal["pass", "warn", "refuse", "needs_approval"]
"""What a requirement or the row of a table says; pass where nothing is wrong."""


class Override(StrEnum):
    """Whether what the rule forbids may be let through on the record."""

    never = "never"
    """Nobody may: the law allows no exception."""
    second_person = "second_person"
    """A second person may, with reason and expiry."""


DatedValues = dict[date, str]
"""Day from which a value holds → the value as text: {2016-10-03: "0.36"}."""


class RuleTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One expectation of a rule, in the file of the rule."""

    on: date
    """The day asked for; it is the contract date too unless ``given`` says otherwise."""
    given: Annotated[dict[str, bool | int | str], GIVEN]
    """Facts by name; money, rates and dates are quoted text."""
    expect: str
    """A requirement: pass, warn, refuse, needs_approval or not_applicable. A limit: the lawful
    amount as text, or not_applicable."""
    name: str = ""
    """What the test shows, in a few words."""
    row: str = ""
    """The row of a decision table that must decide; left out where any may."""


class _Rule(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
):
    rule: str
    """Name, which is the path in the tree: us.federal.military_lending_act.mapr_cap."""
    title: str
    """What it says, in one sentence a person understands."""
    at: tuple[Point, ...]
    """Points in the life of a product or loan at which the rule is asked."""
    citation: Citation
    value_on: ValueOn = ValueOn.event_date
    applies_when: str = "true"
    """Expression: whether the rule concerns this loan at all. Its place is known by its name."""
    in_force_from: date | None = None
    """First day of the law, by the day ``value_on`` names; left out when it always held."""
    in_force_to: date | None = None
    """Last day of the law; left out while it holds."""
    values: dict[str, DatedValues] = {}
    """Figures of the rule by name, each with the days from which they hold."""
    verified: bool = False
    """True once somebody compared the figures with the source of the law; never presumed."""
    note: str = ""
    """Anything a reader of the rule should know."""
    tests: tuple[RuleTest, ...] = ()
    """At least one where the rule bites and one where it lets be; they run when it is checked."""


class Requirement(_Rule, frozen=True, kw_only=True, tag="requirement"):
    """Something that must hold."""

    must_hold: str
    """Expression of a flag."""
    otherwise: Otherwise
    message: str
    """What a person reads when it does not hold; names in braces are filled in."""
    override: Override | None = None
    """Default: second_person where it needs approval, never where it refuses."""

    def overridable(self, outcome: Outcome) -> bool:
        """Whether a second person may let through what it forbids, whatever it said this time."""
        return _may_be_overridden(self.override, self.otherwise is Otherwise.needs_approval)


def _may_be_overridden(said: Override | None, needs_approval: bool) -> bool:
    """What a rule says of overriding, or what follows where it says nothing."""
    return said is Override.second_person or (said is None and needs_approval)


class Limit(_Rule, frozen=True, kw_only=True, tag="limit"):
    """Narrows an amount, a rate, a count or a date to what is lawful."""

    narrows: Annotated[str, FACT]
    """Name of the fact it narrows: fee_amount, note_rate, late_fees_last_12_months …"""
    maximum: str = ""
    """Expression of the highest lawful value; one of maximum and minimum is given."""
    minimum: str = ""
    """Expression of the lowest lawful value."""
    message: str = ""
    """What a person reads when it bound the value; names in braces are filled in."""


class Hit(StrEnum):
    """Which row of a decision table decides."""

    first = "first"
    """The first row from above whose cells all hold; later rows may overlap earlier ones."""
    unique = "unique"
    """The only row whose cells all hold; two rows that overlap are refused."""


Cell = str | bool | int
"""What a column must be: "<= 500.00", "> 500.00 and <= 1500.00", "bnpl, auto", true."""


class _Gives(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    """What explanations call the row: "up to 500"."""
    maximum: str = ""
    """Of a table that narrows: expression of the highest lawful value."""
    minimum: str = ""
    """Of a table that narrows: expression of the lowest lawful value."""
    no_limit: bool = False
    """Of a table that narrows: said where the row binds nothing."""
    outcome: Outcome | None = None
    """Of a table that narrows nothing: pass, warn, refuse or needs_approval."""
    message: str = ""
    """What a person reads; names in braces are filled in."""


class TableRow(_Gives, frozen=True, kw_only=True, omit_defaults=True):
    """One row of a decision table: its cells, and what holds where they all do."""

    when: dict[str, Cell]
    """Column → its cell; a column left out may be anything. Amounts, rates, dates, texts and
    named values are compared by <, <=, >, >=; a list of texts is any of them, after "not" none."""


class DefaultRow(
    _Gives, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind", tag="row"
):
    """What holds where no row does."""


class NeverReached(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="kind",
    tag="never",
):
    """The rows cover everything; a gap between them is refused with a value that falls in it."""


class Table(_Rule, frozen=True, kw_only=True, tag="table"):
    """A decision table: columns with units, rows from above, what each row gives."""

    columns: Annotated[dict[str, FactType], UNITS]
    """Fact → its unit, in the order the cells are asked: {loan_amount: money}."""
    hit: Hit = Hit.first
    rows: tuple[TableRow, ...]
    """From above; each has cells for the columns and what it gives."""
    default: DefaultRow | NeverReached
    """What holds where no row does; always said."""
    override: Override | None = None
    """Of a table of outcomes. Default: second_person where a row needs approval, never where it
    refuses."""
    narrows: Annotated[str, FACT] = ""
    """Name of the fact the rows give a maximum or minimum of; empty where they give an outcome."""

    def overridable(self, outcome: Outcome) -> bool:
        """Whether a second person may let through what a row forbids by its outcome."""
        return _may_be_overridden(self.override, outcome == "needs_approval")


Rule = Requirement | Limit | Table
