"""The chart of accounts as the books use it; its type is a definition and stands in the catalog."""

from __future__ import annotations

from engine.catalog.chart_of_accounts import Account, AccountRole, ChartOfAccounts

__all__ = ["Account", "AccountRole", "ChartOfAccounts"]
