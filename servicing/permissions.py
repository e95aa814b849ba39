"""Who may do what: scopes, the scopes of each role, and the scope each command asks for."""

from __future__ import annotations

from typing import Final

from engine.loan.commands import (
    AdvanceTo,
    AssessFee,
    BoardLoan,
    BookLoan,
    CancelLoan,
    ChangeRate,
    ChargeOffLoan,
    Command,
    DisburseLoan,
    EndInterestPause,
    MoveLoan,
    PauseInterest,
    PlaceOnNonAccrual,
    ReceivePayment,
    RecordBorrowerStatus,
    ReturnPayment,
    ReturnToAccrual,
    ReverseDisbursement,
    ReversePayment,
    WaiveFee,
)
from servicing.actor import Actor, Role
from servicing.errors import Forbidden

SCOPES: Final[dict[str, str]] = {
    "loans:read": "See loans, schedules, history and explanations",
    "loans:write": "Book, disburse, cancel and charge off loans; non-accrual; borrower status",
    "loans:move": "Move loans to another version of their product",
    "borrowers:read": "See names and contact details of borrowers unmasked",
    "borrowers:write": "Record borrowers",
    "payments:write": "Receive, return and reverse payments",
    "fees:write": "Assess and waive fees",
    "rates:write": "Change note rates, pause interest",
    "indexes:write": "Publish values of rate indexes",
    "quotes:write": "Make quotes",
    "products:read": "See products",
    "rules:read": "See rules",
    "definitions:draft": "Write drafts of products and rules",
    "definitions:approve": "Approve drafts that another person wrote",
    "definitions:publish": "Publish approved drafts and retire versions",
    "overrides:approve": "Let a rule be set aside for a command that another person asked for",
    "portfolio:read": "See the book as a whole",
    "journal:read": "See journal entries and the trial balance",
    "boarding:write": "Board loans from another system",
    "daily:run": "Let time pass over the book",
    "verify:run": "Check the whole book",
    "admin:users": "Keep users and their roles",
    "admin:keys": "Keep API keys",
    "admin:audit": "See who did what",
}
"""Every scope with what it allows; "*" is all of them and "admin:*" all that start so."""

_READ: Final = frozenset(
    {"loans:read", "products:read", "rules:read", "portfolio:read", "journal:read"}
)

COMMAND_SCOPES: Final[dict[type[Command], str]] = {
    BookLoan: "loans:write",
    DisburseLoan: "loans:write",
    ReverseDisbursement: "loans:write",
    CancelLoan: "loans:write",
    ChargeOffLoan: "loans:write",
    MoveLoan: "loans:move",
    PlaceOnNonAccrual: "loans:write",
    ReturnToAccrual: "loans:write",
    RecordBorrowerStatus: "loans:write",
    BoardLoan: "boarding:write",
    ReceivePayment: "payments:write",
    ReturnPayment: "payments:write",
    ReversePayment: "payments:write",
    AssessFee: "fees:write",
    WaiveFee: "fees:write",
    ChangeRate: "rates:write",
    PauseInterest: "rates:write",
    EndInterestPause: "rates:write",
    AdvanceTo: "daily:run",
}
"""The scope each command asks for; a test holds that none is forgotten."""

ROLE_SCOPES: Final[dict[Role, frozenset[str]]] = {
    Role.product_manager: _READ
    | {
        "quotes:write",
        "indexes:write",
        "definitions:draft",
        "definitions:approve",
        "definitions:publish",
        "loans:move",
    },
    Role.compliance: _READ
    | {
        "borrowers:read",
        "verify:run",
        "admin:audit",
        "definitions:draft",
        "definitions:approve",
        "definitions:publish",
        "overrides:approve",
    },
    Role.servicing_agent: _READ
    | {
        "borrowers:read",
        "borrowers:write",
        "loans:write",
        "payments:write",
        "fees:write",
        "rates:write",
        "quotes:write",
        "boarding:write",
    },
    Role.collector: _READ | {"borrowers:read", "payments:write", "fees:write"},
    Role.accountant: _READ | {"indexes:write", "daily:run", "verify:run"},
    Role.auditor: _READ | {"borrowers:read", "verify:run", "admin:audit"},
    Role.administrator: frozenset({"*"}),
}


def scopes_of(roles: tuple[Role, ...]) -> frozenset[str]:
    """All that the roles together allow."""
    return frozenset().union(*(ROLE_SCOPES[role] for role in roles))


def may(actor: Actor, scope: str) -> bool:
    """Whether the actor has the scope, by name, by "*" or by its family ("admin:*")."""
    family, _, _ = scope.partition(":")
    return not actor.scopes.isdisjoint({scope, "*", f"{family}:*"})


def require(actor: Actor, scope: str) -> None:
    """Raise Forbidden unless the actor has the scope."""
    if not may(actor, scope):
        raise Forbidden(scope)


def scope_for(command: Command) -> str:
    """The scope a command asks for."""
    return COMMAND_SCOPES[type(command)]


def scope_for_kind(kind: type[Command]) -> str:
    """The scope a kind of command asks for, before there is one."""
    return COMMAND_SCOPES[kind]
