"""A served house with a small book, and a real browser that walks through its admin."""

from __future__ import annotations

import secrets
import signal
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from engine.loan.commands import AdvanceTo, AssessFee
from engine.loan.terms import Circumstances
from servicing import overrides
from servicing.access import create_user
from servicing.actor import Actor, Role
from servicing.clock import SystemClock
from servicing.publishing import drafts
from tests.app.programs import start
from tests.conftest import at_database, execute_on, run_apart
from tests.servicing.lending import Lender, lender_on

PASSWORD = "correct horse battery"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


@dataclass(frozen=True)
class Site:
    """Where the admin answers, and the loans in its book."""

    address: str
    paid: str
    """A loan that is paid as agreed."""
    late: str
    """A loan whose second installment is past due."""
    charged: str
    """A loan nobody paid, with three late fees; a fourth waits for a second person."""
    draft: str
    """A draft of a product that nobody changes."""


STAFF = (
    Role.administrator, Role.auditor, Role.product_manager, Role.compliance, Role.servicing_agent
)  # fmt: skip


async def _lend(database_url: str, home: Path) -> tuple[str, str, str, str]:
    today = SystemClock().business_date()
    async with lender_on(database_url, home) as lender:
        for role in STAFF:
            await create_user(
                lender.house,
                email=f"{role}@example.com",
                name=f"{role} Example".title(),
                password=PASSWORD,
                roles=(role,),
            )
        paid, late = await _one(lender, today, 2), await _one(lender, today, 1)
        charged = await _charged(lender, today)
        # A loan in Ohio of which nothing is paid: what a rule of Ohio would mean for the book.
        await lender.lends(on=today - timedelta(days=75), circumstances=Circumstances(state="OH"))
        lender.clock.set(today)
        writer = Actor(actor_id="user_writer", name="Writer", scopes=frozenset({"*"}))
        draft = await drafts.create(lender.house, writer, kind="product", name="pay_in_4")
        return paid, late, charged, draft.row.draft_id


async def _charged(lender: Lender, today: date) -> str:
    """A loan of half a year ago that nobody paid, and a late fee too many asked for by Ann."""
    loan_id = await lender.lends(on=today - timedelta(days=180))
    lender.clock.set(today)
    await lender.does(loan_id, AdvanceTo(day=today))
    ann = Actor(actor_id="user_ann", name="Ann Archer", scopes=frozenset({"fees:write"}))
    fee = AssessFee(fee="late_fee", assessed_on=today, reason="Agreed by phone")
    await overrides.request(
        lender.house, ann, fee, loan_id=loan_id, reason="The bank erred", expires_on=today
    )
    return loan_id


async def _one(lender: Lender, today: date, payments: int) -> str:
    """A loan of 75 days ago, of whose two installments so many were paid."""
    loan_id = await lender.lends(on=today - timedelta(days=75))
    for number in range(payments):
        on = today - timedelta(days=75 - 30 * (number + 1))
        await lender.is_paid(loan_id, "242.42", on)
    return loan_id


@pytest.fixture(scope="session")
def site(
    browser: str,
    postgres_url: str,
    template_database: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Site]:
    """The served admin."""
    home = tmp_path_factory.mktemp("home")
    name = f"lw_browser_{secrets.token_hex(4)}"
    run_apart(execute_on(postgres_url, f'CREATE DATABASE "{name}" TEMPLATE "{template_database}"'))
    url = at_database(postgres_url, name)
    paid, late, charged, draft = run_apart(_lend(url, home))
    program = start(home, "serve", LOANWRIGHT_DATABASE_URL=url)
    try:
        program.wait_until_ready()
        yield Site(program.address, paid, late, charged, draft)
    finally:
        program.end(signal.SIGTERM)
        run_apart(execute_on(postgres_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


@pytest.fixture(scope="module")
def chromium(browser: str) -> Iterator[BrowserContext]:
    """A browser with a profile of its own; closed with the module, as its loop shuts out others."""
    with sync_playwright() as play, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as room:
        context = play.chromium.launch_persistent_context(
            room,
            executable_path=browser,
            args=ARGUMENTS,
            viewport={"width": 1360, "height": 900},
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.fixture
def page(chromium: BrowserContext) -> Iterator[Page]:
    """A tab in which no script may fail and nothing is fetched from elsewhere."""
    tab = chromium.new_page()
    tab.set_viewport_size({"width": 1360, "height": 900})
    faults: list[str] = []
    tab.on("pageerror", lambda fault: faults.append(str(fault)))
    tab.on(
        "request",
        lambda asked: (
            None
            if asked.url.startswith(("http://127.0.0.1", "data:", "blob:"))
            else faults.append(asked.url)
        ),
    )
    yield tab
    tab.close()
    assert not faults
