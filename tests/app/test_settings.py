"""Settings come from the environment, have defaults, and say which variable is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.settings import SettingsError, read_settings


def test_nothing_need_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings({})
    assert settings.home == tmp_path / ".loanwright"
    assert settings.embedded
    assert settings.address == "http://127.0.0.1:8000"
    assert settings.products.name == "products"
    assert settings.rules.name == "rules"


def test_an_empty_variable_counts_as_not_set() -> None:
    assert read_settings({"PORT": "", "LOANWRIGHT_DATABASE_URL": " "}) == read_settings({})


def test_everything_can_be_set(tmp_path: Path) -> None:
    settings = read_settings(
        {
            "LOANWRIGHT_HOME": str(tmp_path / "home"),
            "LOANWRIGHT_DATABASE_URL": "postgres://ada:secret@db:5432/book",
            "LOANWRIGHT_HOST": "0.0.0.0",
            "PORT": "8765",
            "LOANWRIGHT_PRODUCTS": str(tmp_path),
            "LOANWRIGHT_RULES": str(tmp_path),
            "LOANWRIGHT_POOL_SIZE": "4",
        }
    )
    assert settings.home == tmp_path / "home"
    assert settings.database_url == "postgresql://ada:secret@db:5432/book"
    assert settings.address == "http://127.0.0.1:8765"
    assert (settings.products, settings.rules) == (tmp_path, tmp_path)
    assert settings.pool_size == 4
    assert not settings.embedded


def test_sqlalchemys_spelling_of_the_url_is_understood() -> None:
    settings = read_settings({"LOANWRIGHT_DATABASE_URL": "postgresql+asyncpg://ada@db/book"})
    assert settings.database_url == "postgresql://ada@db/book"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("LOANWRIGHT_POOL_SIZE", "1"),
        ("LOANWRIGHT_DATABASE_URL", "mysql://db/book"),
        ("LOANWRIGHT_DATABASE_URL", "postgresql://db"),
        ("LOANWRIGHT_RULES", "/no/such/folder"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({name: value})
