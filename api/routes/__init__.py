"""One file per resource; this list is the API."""

from __future__ import annotations

from typing import Final

from api.routes import (
    access,
    boarding,
    borrowers,
    daily_runs,
    fees,
    health,
    loan_changes,
    loan_reads,
    loans,
    payments,
    portfolio,
    problems,
    products,
    quotes,
    rules,
)

PUBLIC_HANDLERS: Final = (
    health.live,
    health.ready,
    problems.list_problems,
    problems.read_problem,
)
"""Outside the versioned API, for anyone."""

V1_HANDLERS: Final = (
    products.list_products,
    products.read_product,
    products.read_sample,
    quotes.make_quote,
    quotes.read_quote,
    borrowers.create_borrower,
    borrowers.read_borrower,
    rules.list_rules,
    rules.read_rule,
    rules.read_coverage,
    loans.book_loan,
    loans.list_loans,
    loans.read_loan,
    loans.disburse_loan,
    loans.reverse_disbursement,
    loans.cancel_loan,
    loan_reads.read_schedule,
    loan_reads.read_history,
    loan_reads.read_journal,
    loan_reads.explain,
    loan_reads.read_payoff_quote,
    payments.list_payments,
    payments.receive_payment,
    payments.return_payment,
    payments.reverse_payment,
    fees.list_fees,
    fees.assess_fee,
    fees.waive_fee,
    loan_changes.record_borrower_status,
    loan_changes.change_rate,
    loan_changes.pause_interest,
    loan_changes.end_interest_pause,
    loan_changes.charge_off_loan,
    loan_changes.command_loan,
    portfolio.read_portfolio,
    daily_runs.run_daily,
    boarding.board_file,
    boarding.read_boarding,
    access.create_api_key,
    access.create_user,
)
