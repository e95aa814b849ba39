"""Settings become a house: database migrated, definitions published, personal data sealed."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.house import open_house
from app.settings import read_settings
from engine.errors import DefinitionError


async def test_an_open_house_offers_the_products_of_the_folder(
    fresh_database: str, tmp_path: Path
) -> None:
    settings = read_settings({"LOANWRIGHT_HOME": str(tmp_path)})
    async with open_house(settings, fresh_database) as house:
        assert await house.pool.fetchval("SELECT count(*) FROM definition") > 3
        assert await house.pool.fetchval("SELECT current_user::text") == "loanwright_app"


async def test_opening_it_again_publishes_nothing_twice(
    fresh_database: str, tmp_path: Path
) -> None:
    settings = read_settings({"LOANWRIGHT_HOME": str(tmp_path)})
    counts = []
    for _ in range(2):
        async with open_house(settings, fresh_database) as house:
            counts.append(await house.pool.fetchval("SELECT count(*) FROM definition"))
    assert counts[0] == counts[1]


async def test_wrong_definitions_keep_it_closed(fresh_database: str, tmp_path: Path) -> None:
    product = tmp_path / "products" / "wrong" / "1.yaml"
    product.parent.mkdir(parents=True)
    product.write_text("product: wrong\nfees: 3\n")
    (tmp_path / "rules").mkdir()
    settings = read_settings(
        {
            "LOANWRIGHT_HOME": str(tmp_path),
            "LOANWRIGHT_PRODUCTS": str(tmp_path / "products"),
            "LOANWRIGHT_RULES": str(tmp_path / "rules"),
        }
    )
    with pytest.raises(DefinitionError):
        async with open_house(settings, fresh_database):
            pass
