"""The chart of accounts in the products folder names an account for every role."""

from __future__ import annotations

from engine.ledger.chart import Account, AccountRole, ChartOfAccounts


def test_a_chart_says_which_roles_it_forgets() -> None:
    cash = Account(code="1000", title="Cash", type="asset")
    chart = ChartOfAccounts(
        chart="tiny", version=1, title="Tiny", accounts={AccountRole.cash: cash}
    )
    assert chart.account(AccountRole.cash) is cash
    assert set(chart.missing()) == set(AccountRole) - {AccountRole.cash}
