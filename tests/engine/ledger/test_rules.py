"""The table of booking rules: complete, without a row nobody needs, one row per part."""

from __future__ import annotations

import pytest

from engine.ledger.chart import AccountRole
from engine.ledger.journalize import basis_of, parts_of
from engine.ledger.rules import INTEREST_EARNED, RULES, Basis, Component, rule_for
from engine.loan.events import OutcomeUndone
from tests.engine.ledger.events import MOVES_MONEY


def needed() -> set[tuple[str, Component, Basis]]:
    """Parts with money in the examples of every kind of event."""
    return {
        (str(type(event).__struct_config__.tag), component, basis_of(event))
        for event in MOVES_MONEY
        if not isinstance(event, OutcomeUndone)
        for component, amount in parts_of(event)
        if amount
    }


def test_every_part_of_every_event_has_a_rule_and_every_rule_a_use() -> None:
    table = {(rule.event, rule.component, rule.basis) for rule in RULES}
    assert table == needed() | {(INTEREST_EARNED, Component.interest, Basis.accrual)}


def test_a_rule_moves_money_between_two_accounts() -> None:
    assert all(rule.debit is not rule.credit for rule in RULES)


def test_every_account_is_used_by_some_rule() -> None:
    assert {role for rule in RULES for role in (rule.debit, rule.credit)} == set(AccountRole)


def test_a_part_without_a_rule_is_a_bug() -> None:
    with pytest.raises(KeyError):
        rule_for("fee_waived", Component.recovery)
