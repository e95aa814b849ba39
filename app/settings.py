"""What a person may set about a running Loanwright: read from the environment once, at the start.

Everything has a default, so that nothing need be set on a laptop.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

CHECKOUT = Path(__file__).resolve().parent.parent
"""Where products/ and rules/ stand beside the packages."""


class SettingsError(ValueError):
    """An environment variable has a value that cannot be used; the message names it."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of one run."""

    home: Path
    """LOANWRIGHT_HOME: the database, keys and the demo's sign-ins."""
    database_url: str | None
    """LOANWRIGHT_DATABASE_URL: a PostgreSQL of your own (15 or later) instead of the embedded."""
    host: str
    """LOANWRIGHT_HOST: address to serve on."""
    port: int
    """PORT to serve on."""
    products: Path
    """LOANWRIGHT_PRODUCTS: folder of product definitions."""
    rules: Path
    """LOANWRIGHT_RULES: folder of rule definitions."""
    pool_size: int
    """LOANWRIGHT_POOL_SIZE: database connections of the hot path."""

    @property
    def embedded(self) -> bool:
        """Whether the database is the one that comes along."""
        return self.database_url is None

    @property
    def address(self) -> str:
        """Where a browser on this machine finds it."""
        reachable = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return f"http://{reachable}:{self.port}"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Settings from environment variables; an empty variable counts as not set."""
    given = {
        name: value.strip()
        for name, value in (os.environ if environment is None else environment).items()
        if value.strip()
    }
    return Settings(
        home=Path(os.path.abspath(given.get("LOANWRIGHT_HOME", ".loanwright"))),
        database_url=_database_url(given.get("LOANWRIGHT_DATABASE_URL")),
        host=given.get("LOANWRIGHT_HOST", "127.0.0.1"),
        port=_whole(given, "PORT", default=8000, least=1, most=65535),
        products=_folder(given, "LOANWRIGHT_PRODUCTS", CHECKOUT / "products"),
        rules=_folder(given, "LOANWRIGHT_RULES", CHECKOUT / "rules"),
        pool_size=_whole(given, "LOANWRIGHT_POOL_SIZE", default=8, least=2, most=100),
    )


def _whole(given: Mapping[str, str], name: str, *, default: int, least: int, most: int) -> int:
    text = given.get(name, str(default))
    if not text.isascii() or not text.isdecimal() or not least <= int(text) <= most:
        raise SettingsError(f"{name} is {text!r}: it must be a number from {least} to {most}.")
    return int(text)


def _folder(given: Mapping[str, str], name: str, default: Path) -> Path:
    folder = Path(os.path.abspath(given.get(name, default)))
    if name in given and not folder.is_dir():
        raise SettingsError(f"{name} is {given[name]!r}: there is no such folder.")
    return folder


def _database_url(url: str | None) -> str | None:
    if url is None:
        return None
    scheme, plus, rest = url.partition("://")
    scheme = scheme.removesuffix("+asyncpg")
    if not plus or scheme not in {"postgresql", "postgres"} or not urlsplit(url).path.strip("/"):
        raise SettingsError(
            "LOANWRIGHT_DATABASE_URL must look like postgresql://user:password@host:5432/database."
        )
    return f"postgresql://{rest}"
