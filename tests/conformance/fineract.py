"""Suite ``fineract``: what Apache Fineract's end-to-end scenarios expect of a loan.

Before any payment the schedule of the contract; then the loan is lived through the engine that
services loans, and its installments, payments and status are compared. What Fineract means by its
words is in the README beside its cases. Derived data of Apache Fineract, Apache License 2.0, The
Apache Software Foundation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from engine.amortization.installment import Installment
from engine.loan.installments import InstallmentRow
from tests.conformance.fineract_contract import contract_of, contract_schedule
from tests.conformance.fineract_replay import Transaction, replayed
from tests.conformance.verdict import Case, Differs, Unsupported

Row = TypeVar("Row")

_OPENING = {"approve", "disburse", "rejected_attempt"}
_TABLES = ("transactions", "transactions_without_accruals")
_MONEY = {"Repayment", "Down Payment"}
"""Types of transactions that are compared."""


def cases(file: Path, document: Any) -> Iterator[Case]:
    """The checkpoints of a tier file."""
    if not isinstance(document, list):
        return
    for case in document:
        if not isinstance(case, dict) or "actions" not in case or "terms" not in case:
            continue
        checkpoints = case.get("checkpoints") or [case["expect"]]
        for number, checkpoint in enumerate(checkpoints):
            identity = case["id"] if len(checkpoints) == 1 else f"{case['id']}/{number}"
            actions = _actions_before(case, checkpoint)
            tags = (*case["tags"], f"tier{case.get('tier', 1)}", _stage(actions))
            yield Case(
                identity,
                tags,
                lambda case=case, checkpoint=checkpoint: _check(case, checkpoint),
            )


def _actions_before(case: dict[str, Any], checkpoint: dict[str, Any]) -> list[dict[str, Any]]:
    last = checkpoint.get("after_action")
    return [action for action in case["actions"] if last is None or action["seq"] <= last]


def _stage(actions: list[dict[str, Any]]) -> str:
    kinds = {action["type"] for action in actions}
    return "before-payment" if kinds <= _OPENING else "after-payment"


def _check(case: dict[str, Any], checkpoint: dict[str, Any]) -> None:
    if not {"schedule", "status", *_TABLES} & checkpoint.keys():
        raise Unsupported("a checkpoint without a schedule, transactions or status")
    actions = _actions_before(case, checkpoint)
    if _is_lived(case, checkpoint, actions):
        _check_replay(case, checkpoint, actions)
        return
    if "schedule" not in checkpoint:
        raise Unsupported("a checkpoint before money is out, without a schedule")
    installments = contract_schedule(case, actions)
    _compare(installments, checkpoint["schedule"])


def _is_lived(
    case: dict[str, Any], checkpoint: dict[str, Any], actions: list[dict[str, Any]]
) -> bool:
    """Whether more than a contract is asked for: payments, or money recorded after its day."""
    lived = {action["type"] for action in actions}
    if lived - _OPENING or case["terms"]["down_payment"]["enabled"]:
        return True
    late = any(
        action["type"] == "disburse" and action["date"] < actions[-1]["business_date"]
        for action in actions
    )
    return "disburse" in lived and (late or "schedule" not in checkpoint)


def _check_replay(
    case: dict[str, Any], checkpoint: dict[str, Any], actions: list[dict[str, Any]]
) -> None:
    """Live through the actions, then compare installments, transactions and status."""
    replay = replayed(case, actions, contract_of(case, actions))
    lived = [action for action in actions if action["type"] != "rejected_attempt"]
    if not any(action["type"] == "disburse" for action in lived):
        if "schedule" in checkpoint:
            _compare(replay.agreed(), checkpoint["schedule"])
        return
    day = max(date.fromisoformat(action["business_date"]) for action in lived)
    disbursed = sum(action["type"] == "disburse" for action in lived)
    if "schedule" in checkpoint:
        _compare_rows(replay.rows(day), checkpoint["schedule"], disbursed)
    _compare_transactions(replay.transactions(), checkpoint)
    status = checkpoint.get("status", replay.status())
    if status != replay.status():
        raise Differs(f"status {replay.status()}, expected {status}")


def _compare_rows(
    ours: tuple[InstallmentRow, ...], expected: list[dict[str, Any]], disbursed: int
) -> None:
    found = list(ours)
    while found and not found[-1].amount:
        found.pop()
    # A disbursement that is only expected stands in Fineract's balances, and in nothing else.
    as_disbursed = sum(row["kind"] == "disbursement" for row in expected) == disbursed
    for row, theirs in _paired(found, expected):
        figures = {
            "due_date": row.due_date.isoformat(),
            "principal": row.principal.text(),
            "interest": row.interest.text(),
            "due": row.amount.text(),
            "paid": row.paid.text(),
            "in_advance": row.paid_in_advance.text(),
            "late": row.paid_late.text(),
            "outstanding": row.outstanding.text(),
            "paid_date": row.paid_on.isoformat() if row.paid_on else None,
            "balance": row.balance.text() if as_disbursed else theirs["balance"],
        }
        _same(theirs["due_date"], figures, theirs)


def _compare_transactions(ours: list[Transaction], checkpoint: dict[str, Any]) -> None:
    """Money that moved and stands; accruals are booked outside a loan's history."""
    for table in _TABLES:
        if table in checkpoint:
            rows = [row for row in checkpoint[table] if row["type"] in _MONEY]
            break
    else:
        return
    rows = [row for row in rows if not row.get("reverted")]
    if len(rows) != len(ours):
        raise Differs(f"{len(ours)} transactions, expected {len(rows)}")
    for made, theirs in zip(ours, rows, strict=True):
        figures = {
            "date": made.on.isoformat(),
            "type": made.kind,
            "amount": made.amount.text(),
            "principal": made.principal.text(),
            "interest": made.interest.text(),
            "fees": made.fees.text(),
            "loan_balance": made.balance.text(),
        }
        if theirs.get("overpayment") is not None:
            figures["overpayment"] = made.over.text()
        _same(f"payment of {theirs['date']}:", figures, theirs)


def _compare(installments: tuple[Installment, ...], expected: list[dict[str, Any]]) -> None:
    for ours, theirs in _paired(installments, expected):
        figures = {
            "due_date": ours.due_date.isoformat(),
            "principal": ours.principal.text(),
            "interest": ours.interest.text(),
            "due": ours.payment.text(),
        }
        _same(theirs["due_date"], figures, theirs)


def _paired(
    ours: Sequence[Row], expected: list[dict[str, Any]]
) -> Iterator[tuple[Row, dict[str, Any]]]:
    """Each installment beside the row expected of it; as many are wanted on both sides."""
    rows = [row for row in expected if row["kind"] == "installment"]
    while len(rows) > len(ours) and rows[-1]["due"] == "0.00":
        rows.pop()  # nothing is due after the balance is gone: no installment
    if len(rows) != len(ours):
        raise Differs(f"{len(ours)} installments, expected {len(rows)}")
    return zip(ours, rows, strict=True)


def _same(what: str, figures: dict[str, str | None], theirs: dict[str, Any]) -> None:
    for name, figure in figures.items():
        if figure != theirs[name]:
            raise Differs(f"{what} {name} {figure}, expected {theirs[name]}")
