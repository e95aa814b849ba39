"""What reads and receipts answer: plain structs with amounts as decimal text, for every door."""

from __future__ import annotations

from servicing.views.boarding import BoardingReport, RowProblem
from servicing.views.definitions import PastText, ProductVersionRow, ProductView, RuleRow, RuleView
from servicing.views.explanation import Explanation, ExplanationStep
from servicing.views.history import HistoryItem
from servicing.views.index import IndexPublication, IndexValueView
from servicing.views.journal import JournalEntryView, PostingView
from servicing.views.loan import Balances, FeeView, LoanRow, LoanView, ScheduleRow
from servicing.views.override import OverrideView, RefusedRule
from servicing.views.payoff import PayoffQuote
from servicing.views.portfolio import MonthRow, PortfolioSummary, StageRow
from servicing.views.quote import (
    ItemizationView,
    ItemizedChargeView,
    QuoteView,
    TruthInLendingView,
)
from servicing.views.receipt import AllocationView, Finding, Receipt
from servicing.views.verification import VerifyReport
from servicing.views.view import Page, View

__all__ = [
    "AllocationView",
    "Balances",
    "BoardingReport",
    "Explanation",
    "ExplanationStep",
    "FeeView",
    "Finding",
    "HistoryItem",
    "IndexPublication",
    "IndexValueView",
    "ItemizationView",
    "ItemizedChargeView",
    "JournalEntryView",
    "LoanRow",
    "LoanView",
    "MonthRow",
    "OverrideView",
    "Page",
    "PastText",
    "PayoffQuote",
    "PortfolioSummary",
    "PostingView",
    "ProductVersionRow",
    "ProductView",
    "QuoteView",
    "Receipt",
    "RefusedRule",
    "RowProblem",
    "RuleRow",
    "RuleView",
    "ScheduleRow",
    "StageRow",
    "TruthInLendingView",
    "VerifyReport",
    "View",
]
