"""Published versions are sealed: a file that differs is refused, naming both hashes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from engine.errors import DefinitionError
from store.definitions.load import load_catalog
from store.definitions.published_lock import (
    LOCK,
    changed_since_published,
    content_hash,
    published,
    seal,
)
from store.definitions.seal import main
from tests.store.definitions.house import CHECKOUT, copied_house, replaced


@pytest.fixture
def house(tmp_path: Path) -> Path:
    place = copied_house(tmp_path)
    seal(place / "products")
    return place


def test_every_version_in_the_checkout_is_sealed_and_as_it_was() -> None:
    products = CHECKOUT / "products"
    assert changed_since_published(products) == []
    versions = {str(path.relative_to(products)) for path in products.rglob("v*.yaml")}
    assert versions == set(published(products))


def test_a_changed_file_is_refused_at_start_with_both_hashes(house: Path) -> None:
    path = house / "products/pay_in_4/v1.yaml"
    before = content_hash(path.read_bytes())
    replaced(path, "title: Pay in 4", "title: Pay in four")
    after = content_hash(path.read_bytes())
    with pytest.raises(DefinitionError) as refused:
        load_catalog(house / "products", house / "rules")
    (problem,) = refused.value.problems
    assert problem.message == f"published with {before}, it now has {after}"
    assert problem.file == str(path) and before != after


def test_a_published_file_that_is_gone_is_refused(house: Path) -> None:
    (house / "products/pay_in_4/v2.yaml").unlink()
    (problem,) = changed_since_published(house / "products")
    assert problem.message.endswith("and it is gone")


def test_sealing_adds_new_versions_and_never_changes_old_ones(house: Path) -> None:
    products = house / "products"
    before = published(products)
    assert seal(products) == []
    (products / "pay_in_4/v3.yaml").write_text("product: pay_in_4\n", encoding="utf-8")
    assert seal(products) == ["pay_in_4/v3.yaml"]
    assert published(products).items() > before.items()
    replaced(products / "pay_in_4/v1.yaml", "title: Pay in 4", "title: Pay in four")
    with pytest.raises(DefinitionError):
        seal(products)


def test_a_lock_that_cannot_be_read_is_told_by_line(house: Path) -> None:
    lock = house / "products" / LOCK
    lock.write_text(lock.read_text(encoding="utf-8") + "what is this\n", encoding="utf-8")
    with pytest.raises(DefinitionError) as refused:
        published(house / "products")
    assert refused.value.problems[0].line > 1


def test_no_lock_seals_nothing(tmp_path: Path) -> None:
    assert published(tmp_path) == {}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="needs sha256sum")
def test_the_lock_is_in_the_form_of_sha256sum(house: Path) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", LOCK], cwd=house / "products", check=False
    )
    assert checked.returncode == 0


def test_the_command(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    products = house / "products"
    (products / "pay_in_4/v3.yaml").write_text("product: pay_in_4\n", encoding="utf-8")
    assert main([str(products)]) == 0
    assert capsys.readouterr().out == "sealed pay_in_4/v3.yaml\n"
    assert main([]) == 2


def test_the_hash_is_of_the_bytes() -> None:
    assert content_hash(b"a: 1\r\n") == hashlib.sha256(b"a: 1\r\n").hexdigest()
