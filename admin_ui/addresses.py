"""Where every page is: a page is one file in ``pages`` and one line here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from admin_ui.pages import (
    account,
    audit,
    boarding,
    bulk,
    bulk_run,
    coverage,
    daily_run,
    dashboard,
    draft,
    draft_life,
    draft_review,
    drafts,
    findings,
    keys,
    loan,
    loans,
    missing,
    move,
    moves,
    new_draft,
    outbox,
    overrides,
    product,
    products,
    rule,
    rules,
    settings,
    sign_in,
    users,
)

PAGES: tuple[tuple[str, Callable[..., Awaitable[None]]], ...] = (
    ("/", dashboard.page),
    ("/loans", loans.page),
    ("/loans/{loan_id}", loan.page),
    ("/bulk", bulk.page),
    ("/bulk/{run_id}", bulk_run.page),
    ("/boarding", boarding.page),
    ("/daily-run", daily_run.page),
    ("/overrides", overrides.page),
    ("/users", users.page),
    ("/keys", keys.page),
    ("/audit", audit.page),
    ("/outbox", outbox.page),
    ("/settings", settings.page),
    ("/account", account.page),
    ("/products", products.page),
    ("/products/{product}", product.page),
    ("/drafts", drafts.page),
    ("/drafts/new", new_draft.page),
    ("/drafts/{draft_id}", draft.page),
    ("/drafts/{draft_id}/life", draft_life.page),
    ("/drafts/{draft_id}/review", draft_review.page),
    ("/moves", moves.page),
    ("/moves/{plan_id}", move.page),
    ("/rules", rules.page),
    ("/coverage", coverage.page),
    ("/findings", findings.page),
    ("/rules/{rule:path}", rule.page),
)


def register() -> None:
    """Put every page at its address."""
    ui.page("/sign-in", response_timeout=15)(sign_in.page)
    for path, page in PAGES:
        ui.page(path, response_timeout=15)(missing.or_why_not(page))
    missing.register()
