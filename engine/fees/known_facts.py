"""Which facts are known when a fee is charged: what its amount and condition may rest on.

A fee that rests on a fact nobody knows at that moment would fail on a live loan; a product is told
so when it is checked (``engine.fees.rests_on``).
"""

from __future__ import annotations

from typing import Final

OF_CONTRACT: Final = frozenset({
    "country", "state", "product", "product_family", "creditor_type", "purpose", "contract_date",
    "application_date", "loan_amount", "note_rate", "number_of_payments", "dwelling_secured",
})  # fmt: skip
"""Known as soon as there are terms."""
OF_LOAN: Final = OF_CONTRACT | frozenset({
    "covered_borrower", "mla_exempt", "in_military_service", "obligation_predates_service",
    "in_bankruptcy", "deceased", "in_disaster_area", "event_date", "days_past_due",
    "amount_past_due", "principal_balance", "accrued_interest", "fees_owed", "current_rate",
    "delinquency_stage", "charged_off", "fee_kind", "fee_name", "installment_amount",
    "late_fees_last_12_months", "returns_last_12_months",
})  # fmt: skip
"""Known of any loan that was paid out."""
OF_INSTALLMENT: Final = OF_LOAN | frozenset({
    "installment_unpaid", "installment_due_date", "days_since_due", "late_fees_on_installment",
    "late_fees_paid_since_due",
})  # fmt: skip
"""Known of an installment that fell due."""
OF_RETURN: Final = OF_LOAN | frozenset({"return_code", "payment_amount"})
"""Known of a payment that came back."""
