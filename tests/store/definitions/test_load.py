"""Loading the catalog from its folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import DefinitionError
from store.definitions.assemble import check_meaning
from store.definitions.definition import read_definition
from store.definitions.folder import Folders, definition_files, folders_around, read_house
from store.definitions.load import load_catalog, sorted_problems
from store.definitions.published_lock import content_hash
from tests.store.definitions.house import CHECKOUT, copied_house, replaced


def test_the_catalog_holds_every_version_with_its_hash() -> None:
    catalog = load_catalog(CHECKOUT / "products", CHECKOUT / "rules")
    assert {name: len(versions) for name, versions in catalog.products.items()} == {
        "adjustable_installment": 1,
        "auto_simple_interest": 2,
        "balance_tier_installment": 1,
        "billed_installment": 1,
        "home_improvement": 1,
        "introductory_installment": 1,
        "pay_in_4": 2,
        "personal_installment": 2,
        "precomputed_installment": 1,
        "scheduled_installment": 1,
        "quarter_down_in_4": 1,
        "study_loan": 1,
        "step_up_installment": 1,
    }
    content = (CHECKOUT / "products/pay_in_4/v1.yaml").read_bytes()
    assert catalog.hashes["pay_in_4@1"] == content_hash(content)
    assert catalog.rules is not None and "us.federal.scra.six_percent_cap" in catalog.rules.rules


def test_line_ends_are_hashed_as_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "v1.yaml"
    path.write_bytes(b"calendar: plain\r\nversion: 1\r\ntitle: Weekends\r\n")
    definition = read_definition(path, "v1.yaml")
    assert definition.value.title == "Weekends"
    assert content_hash(definition.document.text.encode()) == content_hash(path.read_bytes())


def test_every_problem_of_every_file_refuses_the_start(tmp_path: Path) -> None:
    house = copied_house(tmp_path)
    (house / "products/published.lock").unlink(missing_ok=True)
    replaced(house / "products/pay_in_4/v1.yaml", "family: bnpl", "family: bnlp")
    replaced(house / "products/books/consumer_us/v1.yaml", "version: 1", "version: 1.0")
    with pytest.raises(DefinitionError) as refused:
        load_catalog(house / "products", house / "rules")
    files = [Path(problem.file).parent.name for problem in refused.value.problems]
    assert {"pay_in_4", "consumer_us"} <= set(files)
    assert files == sorted(files, key=files.index), "problems of one file stand together"


def test_what_is_right_is_usable_beside_what_is_wrong(tmp_path: Path) -> None:
    house = copied_house(tmp_path)
    replaced(house / "products/pay_in_4/v1.yaml", "family: bnpl", "family: bnlp")
    definitions = read_house(folders_around(house))
    catalog = check_meaning(definitions)
    assert [product.version for product in catalog.versions("pay_in_4")] == [2]
    assert len(sorted_problems(definitions)) == 1


def test_folders_are_found_around_a_path() -> None:
    inside = CHECKOUT / "products" / "pay_in_4" / "v1.yaml"
    assert folders_around(inside) == Folders(CHECKOUT / "products", CHECKOUT / "rules")
    assert folders_around(CHECKOUT) == Folders(CHECKOUT / "products", CHECKOUT / "rules")


def test_hidden_files_and_other_files_are_no_definitions(tmp_path: Path) -> None:
    for name in (".draft.yaml", "cap.yaml", "notes.md"):
        (tmp_path / name).write_text("x: 1\n", encoding="utf-8")
    assert [path.name for path in definition_files(tmp_path)] == ["cap.yaml"]
