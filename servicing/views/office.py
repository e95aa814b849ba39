"""The office: who works here, which systems may ask, and who did what."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from servicing.actor import Role
from servicing.views.view import View


class UserView(View, frozen=True, kw_only=True):
    """A person at the lender."""

    user_id: str
    email: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    """False once deactivated: cannot sign in, and every session has ended."""
    recorded_at: datetime
    signed_in_at: datetime | None
    one_time_until: datetime | None
    """Until then a one-time password is good to choose another; None with one of their own."""


class OneTimePassword(View, frozen=True, kw_only=True):
    """A password shown this once: it is only good to choose another, and only until its end."""

    user: UserView
    password: str
    """Only its hash is kept."""


class ApiKeyView(View, frozen=True, kw_only=True):
    """An API key without its secret."""

    key_id: str
    name: str
    scopes: tuple[str, ...]
    state: str
    """live, expired or revoked."""
    recorded_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    """To the minute; None when it was never used."""


class AuditEntry(View, frozen=True, kw_only=True):
    """Something that a person or a system did."""

    recorded_at: datetime
    actor: str
    actor_name: str
    area: str
    """loan, definition, override or office."""
    action: str
    """Tag of what was done: payment_received, user_created, published …"""
    subject: str
    """Id of what it was done to."""
    number: int
    """Place in the history of the subject: for a loan the number of the event."""
    title: str
    """In words: "Payment received"."""
    detail: dict[str, Any]
    """What was given: for a loan the event, else names and comments."""
    changes: dict[str, tuple[Any, Any]]
    """Field → (before, after), where the entry itself says so; a loan's are asked for."""


class FieldChange(View, frozen=True, kw_only=True):
    """A figure of a loan before and after a command."""

    field: str
    before: str
    after: str


class ChainCheck(View, frozen=True, kw_only=True):
    """What a check of one loan found."""

    loan_id: str
    events: int
    last_hash: str
    """The seal of the last event, which covers every event before it."""
    first_recorded_at: datetime
    last_recorded_at: datetime
    entries: int
    """Journal entries of the loan."""
    sealed_through: date | None
    """Last business date whose events are held together by a hash kept apart."""
    problems: tuple[str, ...]
    """Everything wrong; none where the loan is as its events say."""


class MessageView(View, frozen=True, kw_only=True):
    """A message for the world, written with what it tells."""

    message: int
    """Number in the order of writing."""
    loan_id: str
    seq: int
    """Number of the loan's event it tells of."""
    topic: str
    """loan.payment_received …"""
    body: dict[str, Any]
    recorded_at: datetime
    delivered_at: datetime | None


class Waiting(View, frozen=True, kw_only=True):
    """Messages that nobody has taken yet."""

    count: int
    more: bool
    """True where counting stopped at ``count``."""
    oldest_at: datetime | None


class EntitySettings(View, frozen=True, kw_only=True):
    """A legal entity that lends."""

    legal_entity_id: str
    business_date: date
    time_zone: str
    """In which its days begin and end."""


class HouseSettings(View, frozen=True, kw_only=True):
    """How the house is set up."""

    version: str
    database: str
    """Version of PostgreSQL."""
    database_bytes: int
    definitions: int
    """Files published: products, rules and what they share."""
    products: int
    product_versions: int
    currencies: tuple[str, ...]
    sealed_through: date | None
    """Last business date whose events are held together by a hash."""
    entities: tuple[EntitySettings, ...]
