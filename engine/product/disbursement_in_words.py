"""How money goes out, in plain words."""

from __future__ import annotations

from typing import assert_never

from engine.product.disbursement import (
    DisbursementTerms,
    FurtherInstallments,
    SeveralDisbursements,
    SingleDisbursement,
)

_EFFECTS = {
    FurtherInstallments.set_anew: (
        "with each the installments still to come are set anew from all that is owed"
    ),
    FurtherInstallments.added: (
        "installments of each are added to those that stand, over what is left of the term"
    ),
}


def disbursement_in_words(terms: DisbursementTerms) -> str:
    """How the money is paid out, as sentences."""
    match terms:
        case SingleDisbursement():
            return "Paid out at once."
        case SeveralDisbursements():
            return (
                f"Paid out in up to {terms.maximum_count} parts, within {terms.within_days} days "
                f"of the contract. Installments are due on what is paid out; "
                f"{_EFFECTS[terms.installments]}."
            )
        case _ as never:
            assert_never(never)
