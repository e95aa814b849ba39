"""What every test may ask for: a real PostgreSQL, a migrated database of its own, the golden files.

The server is the embedded one, shared by the whole run and by all of its workers; or the one that
LOANWRIGHT_TEST_DATABASE_URL names, whose role may then create roles and databases.
"""

from __future__ import annotations

import asyncio
import fcntl
import importlib
import importlib.util
import inspect
import os
import secrets
import shutil
import tempfile
from collections.abc import AsyncIterator, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from hypothesis import HealthCheck, settings

from store.embedded import EmbeddedPostgres

R = TypeVar("R")

TEST_HOME = "LOANWRIGHT_TEST_HOME"
"""Set by the run for its workers: the home of the embedded server they share."""
OTHER_SERVER = "LOANWRIGHT_TEST_DATABASE_URL"
TEMPLATE_TURN = "template.turn"
"""File in that home: the name of the template database, locked while it is made."""
GOLDEN = "LOANWRIGHT_GOLDEN"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "10min",
}

settings.register_profile(
    "house",
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
    # The same draws each time, so that a change is judged by what it changes; others are sought by
    # LOANWRIGHT_SEEK=1, which is how faults are found.
    derandomize=not os.environ.get("LOANWRIGHT_SEEK"),
)
settings.load_profile("house")


def browser_path() -> str | None:
    """The Chromium that browser journeys drive; None where there is none."""
    found = (shutil.which(name) for name in BROWSERS)
    return next((path for path in found if path), None)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[TEST_HOME] = tempfile.mkdtemp(prefix="lw-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    home = os.environ.get(TEST_HOME)
    if not home or hasattr(config, "workerinput"):
        return
    template = Path(home) / TEMPLATE_TURN
    if OTHER_SERVER in os.environ and template.exists():
        drop = f'DROP DATABASE IF EXISTS "{template.read_text()}" WITH (FORCE)'
        run_apart(execute_on(os.environ[OTHER_SERVER], drop))
    EmbeddedPostgres(home).forget()
    shutil.rmtree(home, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    without_browser = pytest.mark.skip(reason="no Chromium on this machine")
    for item in items:
        if item.get_closest_marker("browser") and browser_path() is None:
            item.add_marker(without_browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if GOLDEN not in os.environ:
        terminalreporter.write_line(f"Golden suites did NOT run: {GOLDEN} is not set.")
    journeys = sum("no Chromium on this machine" in str(report.longrepr) for report in skipped)
    if journeys:
        terminalreporter.write_line(
            f"{journeys} browser journeys did NOT run: no Chromium found. "
            "Install one (Debian: apt-get install chromium) to run them."
        )
    editors = sum("yaml-language-server" in str(report.longrepr) for report in skipped)
    if editors:
        terminalreporter.write_line(
            f"{editors} tests of editors did NOT run: no yaml-language-server found. "
            "npm install -g yaml-language-server to run them."
        )


def run_apart(coroutine: Coroutine[Any, Any, R]) -> R:
    """Run a coroutine in a loop of its own, away from the one that tests share."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def at_database(url: str, name: str) -> str:
    """The same server and role, another database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


async def execute_on(url: str, statement: str) -> None:
    """Run one statement in a connection of its own."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL: url of a role that may create databases and roles."""
    if other := os.environ.get(OTHER_SERVER):
        yield other
        return
    with EmbeddedPostgres(os.environ[TEST_HOME], UNSAFE_AND_FAST) as server:
        yield server.url


@pytest.fixture(scope="session")
def template_database(postgres_url: str) -> Iterator[str]:
    """Name of a migrated database that others are copied from, made once for all workers."""
    home = Path(os.environ[TEST_HOME])
    with (home / TEMPLATE_TURN).open("a+") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        turn.seek(0)
        name = turn.read().strip()
        if not name:
            name = f"lw_template_{secrets.token_hex(4)}"
            _make_template(postgres_url, name)
            turn.write(name)
            turn.flush()
    yield name


def _make_template(server: str, name: str) -> None:
    run_apart(execute_on(server, f'CREATE DATABASE "{name}"'))
    if importlib.util.find_spec("store.migrate") is None:
        return
    upgrade = importlib.import_module("store.migrate").upgrade
    with ThreadPoolExecutor(1) as thread:
        pending = thread.submit(upgrade, at_database(server, name)).result()
    if inspect.iscoroutine(pending):
        run_apart(pending)


@asynccontextmanager
async def _copied(server: str, template: str) -> AsyncIterator[str]:
    name = f"lw_{secrets.token_hex(6)}"
    # Copying files is 6 times as fast as writing the copy to the log.
    copy = f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy'
    await execute_on(server, copy)
    try:
        yield at_database(server, name)
    finally:
        await execute_on(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture
async def fresh_database(postgres_url: str, template_database: str) -> AsyncIterator[str]:
    """Url of a migrated, empty database of this test's own."""
    async with _copied(postgres_url, template_database) as url:
        yield url


@pytest.fixture
async def second_database(postgres_url: str, template_database: str) -> AsyncIterator[str]:
    """Url of another migrated, empty database of this test's own."""
    async with _copied(postgres_url, template_database) as url:
        yield url


@pytest.fixture(scope="module")
async def module_database(postgres_url: str, template_database: str) -> AsyncIterator[str]:
    """Url of a migrated, empty database that the tests of one module share."""
    async with _copied(postgres_url, template_database) as url:
        yield url


@pytest.fixture(scope="session")
def golden() -> Path:
    """Folder of the golden files, which not every checkout has."""
    folder = os.environ.get(GOLDEN)
    if not folder or not Path(folder).is_dir():
        pytest.skip(f"set {GOLDEN} to the folder of golden files")
    return Path(folder)


@pytest.fixture(scope="session")
def browser() -> str:
    """Path of a Chromium."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium on this machine")
    return path
