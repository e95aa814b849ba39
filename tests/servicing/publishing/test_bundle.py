"""Bundles carry what is published to another house, signed, and only what was signed comes in."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.house import open_house
from app.settings import CHECKOUT, read_settings
from engine.errors import DefinitionError
from servicing.catalog_apply import apply_plan, plan
from servicing.clock import SetClock
from servicing.publishing.bundle import bundled, export, read_bundle, unpacked
from store.signing import Signer, is_signed
from tests.servicing.lending import START, Lender
from tests.servicing.publishing.people import next_version, published


async def test_a_bundle_moves_what_is_published_and_then_there_are_no_changes(
    lender: Lender, second_database: str, tmp_path: Path
) -> None:
    day = START + timedelta(days=3)
    await published(
        lender.house, await next_version(lender.house, "pay_in_4", day, {"grace_days": "12"})
    )
    signer = Signer.in_home(tmp_path / "test_system")
    content = await bundled(lender.house.pool, signer)
    assert content == await bundled(lender.house.pool, signer)
    settings = read_settings(
        {"LOANWRIGHT_HOME": str(tmp_path), "LOANWRIGHT_DATABASE_URL": second_database}
    )
    clock = SetClock(START)
    async with open_house(settings, second_database, clock=clock) as production:
        with unpacked(read_bundle(content, [signer.public])) as folders:
            wanted, _ = await plan(production.pool, folders)
            new = [row.file for row in wanted.new]
            assert len(new) == 1 and new[0].startswith("products/pay_in_4/v")
            await apply_plan(production.pool, wanted, clock)
            again, _ = await plan(production.pool, folders)
            assert again.empty
    async with open_house(settings, second_database, clock=clock, publish=False) as production:
        assert production.catalog.hashes == lender.house.catalog.hashes


async def test_an_export_is_byte_for_byte_what_was_published(
    lender: Lender, tmp_path: Path
) -> None:
    files = await export(lender.house.pool, tmp_path)
    assert "products/pay_in_4/v1.yaml" in files and len(files) > 100
    for file in files:
        assert (tmp_path / file).read_bytes() == (CHECKOUT / file).read_bytes()


def changed(content: bytes, **fields: Any) -> bytes:
    return json.dumps({**json.loads(content), **fields}).encode()


async def test_what_was_not_signed_does_not_come_in(lender: Lender, tmp_path: Path) -> None:
    signer, other = Signer.in_home(tmp_path / "a"), Signer.in_home(tmp_path / "b")
    content = await bundled(lender.house.pool, signer)
    with pytest.raises(DefinitionError, match="not trusted here"):
        read_bundle(content, [other.public])
    data = json.loads(content)
    data["definitions"][0]["text"] += "# more\n"
    with pytest.raises(DefinitionError, match="not what was signed"):
        read_bundle(json.dumps(data).encode(), [signer.public])
    with pytest.raises(DefinitionError, match="format 9"):
        read_bundle(changed(content, format=9), [signer.public])
    with pytest.raises(DefinitionError, match="no bundle"):
        read_bundle(b"PK\x03\x04", [signer.public])
    with pytest.raises(DefinitionError, match="no bundle"):
        read_bundle(changed(content, surprise=1), [signer.public])


async def test_a_signed_bundle_still_tells_a_wrong_place_and_a_wrong_hash(tmp_path: Path) -> None:
    signer = Signer.in_home(tmp_path)
    definitions = [{"file": "../etc/passwd", "content_hash": "0", "text": "x"}]
    data = {"format": 1, "definitions": definitions, "signed_by": signer.public}
    unsigned = json.dumps([1, definitions], separators=(",", ":")).encode()
    content = json.dumps({**data, "signature": signer.sign(unsigned)}).encode()
    with pytest.raises(DefinitionError) as refused:
        read_bundle(content, [signer.public])
    assert len(refused.value.problems) == 2


def test_a_house_keeps_its_signing_key(tmp_path: Path) -> None:
    signer = Signer.in_home(tmp_path)
    assert Signer.in_home(tmp_path).public == signer.public
    assert (tmp_path / "signing-key").stat().st_mode & 0o077 == 0
    assert is_signed(b"x", signer.sign(b"x"), signer.public)
    assert not is_signed(b"y", signer.sign(b"x"), signer.public)
    assert not is_signed(b"x", "zz", signer.public)
