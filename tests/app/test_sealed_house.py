"""A house does not open on what is not what was published: both hashes are told."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import asyncpg
import pytest

from app.house import open_house
from app.settings import CHECKOUT, read_settings
from engine.errors import DefinitionError

FILE = "products/pay_in_4/v1.yaml"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_a_changed_byte_in_a_published_row(fresh_database: str, tmp_path: Path) -> None:
    settings = read_settings({"LOANWRIGHT_HOME": str(tmp_path)})
    async with open_house(settings, fresh_database):
        pass
    owner = await asyncpg.connect(fresh_database)
    try:
        text: str = await owner.fetchval("SELECT text FROM definition WHERE file = $1", FILE)
        changed = text.replace("grace_days: ", "grace_days:  ", 1)
        assert changed != text
        await owner.execute("UPDATE definition SET text = $2 WHERE file = $1", FILE, changed)
    finally:
        await owner.close()
    for publish in (True, False):
        with pytest.raises(DefinitionError) as refused:
            async with open_house(settings, fresh_database, publish=publish):
                pass
        told = str(refused.value)
        assert sha(text.encode()) in told and sha(changed.encode()) in told and FILE in told


async def test_a_changed_byte_in_a_published_file(fresh_database: str, tmp_path: Path) -> None:
    for name in ("products", "rules"):
        shutil.copytree(CHECKOUT / name, tmp_path / name)
    settings = read_settings(
        {
            "LOANWRIGHT_HOME": str(tmp_path / "home"),
            "LOANWRIGHT_PRODUCTS": str(tmp_path / "products"),
            "LOANWRIGHT_RULES": str(tmp_path / "rules"),
        }
    )
    async with open_house(settings, fresh_database):
        pass
    file = tmp_path / FILE
    was = file.read_bytes()
    file.write_bytes(was + b"\n")
    with pytest.raises(DefinitionError) as refused:
        async with open_house(settings, fresh_database):
            pass
    assert sha(was) in str(refused.value) and sha(was + b"\n") in str(refused.value)
