"""Checking a house of definitions: the one of the checkout, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.definitions.check import check_folder, check_folders
from tests.store.definitions.house import CHECKOUT, copied_house, replaced

POLICY = """\
rule: policy.rate_cap
title: We lend at 30 percent at most
kind: requirement
at: [publish]
must_hold: note_rate <= maximum
otherwise: refuse
message: Our own limit is {maximum}.
citation: {cite: lender policy}
values: {maximum: {2000-01-01: "0.30"}}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    place = copied_house(tmp_path)
    (place / "products" / "published.lock").unlink(missing_ok=True)
    return place


def told(path: Path, place: Path) -> list[str]:
    return [
        f"{Path(problem.file).relative_to(place)} {problem.path} {problem.message}"
        for problem in check_folder(path, points=2).problems
    ]


def test_the_definitions_of_the_checkout_are_sound() -> None:
    report = check_folder(CHECKOUT, points=0)  # their corners are tried in tests/engine/proof
    assert report.problems == ()
    assert report.sound
    assert report.documents >= 14 and report.examples >= 20 and report.tests >= 10


def test_progress_is_told_file_by_file(house: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = check_folders(
        house / "products",
        house / "rules",
        progress=lambda done, of: seen.append((done, of)),
        points=0,
    )
    assert seen[-1] == (report.documents, report.documents)
    assert len(seen) == report.documents


def test_only_what_stands_under_the_path_is_told(house: Path) -> None:
    replaced(house / "products/pay_in_4/v1.yaml", "version: 1", "version: one")
    replaced(house / "products/auto_simple_interest/v1.yaml", "version: 1", "version: two")
    (found,) = told(house / "products/pay_in_4", house)
    assert found == 'products/pay_in_4/v1.yaml /version found "one"; a whole number is wanted'
    assert len(told(house, house)) == 2


def test_an_example_that_no_longer_holds_is_told_at_its_number(house: Path) -> None:
    replaced(house / "products/pay_in_4/v1.yaml", 'amount: "7.00"}', 'amount: "6.00"}')
    found = told(house / "products/pay_in_4/v1.yaml", house)
    assert found == [
        "products/pay_in_4/v1.yaml /examples/2/expect/balances/1/fees_owed "
        "One late fee of 7.00 for a part, however long it stays unpaid: expected 7.00, found 6.00",
        "products/pay_in_4/v1.yaml /examples/2/expect/balances/1/payoff "
        "One late fee of 7.00 for a part, however long it stays unpaid: "
        "expected 157.00, found 156.00",
        "products/pay_in_4/v1.yaml /examples/2/expect/events/0 "
        "One late fee of 7.00 for a part, however long it stays unpaid: "
        "expected 1 × fee_assessed, found 0; of that kind: late_fee 2026-04-03 6.00",
    ]


def test_a_file_in_the_wrong_place_is_told(house: Path) -> None:
    (house / "products/pay_in_4/v2.yaml").rename(house / "products/pay_in_4/v3.yaml")
    assert told(house, house) == ["products/pay_in_4/v3.yaml /version version 2 stands in v3.yaml"]


def test_a_rule_is_called_by_its_place(house: Path) -> None:
    rule = house / "rules/us/federal/military_lending_act/mapr_cap.yaml"
    rule.rename(rule.with_name("mapr.yaml"))
    (found,) = told(rule.with_name("mapr.yaml"), house)
    assert found.endswith(
        "/rule the rule us.federal.military_lending_act.mapr_cap stands in "
        "us/federal/military_lending_act/mapr.yaml"
    )


def test_a_definition_stands_once(house: Path) -> None:
    twin = house / "products/pay_in_4/copy/v1.yaml"
    twin.parent.mkdir()
    twin.write_text((house / "products/pay_in_4/v1.yaml").read_text(encoding="utf-8"), "utf-8")
    found = told(house, house)
    assert any("pay_in_4 stands in" in problem for problem in found)


def test_two_versions_never_begin_on_one_day(house: Path) -> None:
    replaced(house / "products/pay_in_4/v2.yaml", "2040-01-01", "2020-01-01")
    found = told(house / "products/pay_in_4/v2.yaml", house)
    assert found == ["products/pay_in_4/v2.yaml /live_from version 1 begins on 2020-01-01 too"]


def test_a_version_may_come_before_one_that_is_scheduled(house: Path) -> None:
    third = house / "products/pay_in_4/v3.yaml"
    third.write_text((house / "products/pay_in_4/v1.yaml").read_text(encoding="utf-8"), "utf-8")
    replaced(third, "version: 1", "version: 3")
    replaced(third, "2020-01-01", "2026-11-24")
    assert told(third, house) == []


def test_a_role_without_an_account_is_told(house: Path) -> None:
    chart = house / "products/books/consumer_us/v1.yaml"
    replaced(chart, '  cash: {code: "1000", title: Cash, type: asset}\n', "")
    assert told(chart, house) == [
        "products/books/consumer_us/v1.yaml /accounts the role cash has no account"
    ]


def test_a_corner_of_the_limits_that_law_refuses_is_told(house: Path) -> None:
    rule = house / "rules/policy/rate_cap.yaml"
    rule.parent.mkdir(parents=True, exist_ok=True)
    rule.write_text(POLICY, encoding="utf-8")
    found = told(house / "products/personal_installment/v1.yaml", house)
    assert found == [
        "products/personal_installment/v1.yaml /limits the limits allow 1000.00 at 0.3599 in "
        "6 payments, which is refused: Our own limit is 30%."
    ]


def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    report = check_folder(tmp_path / "none")
    assert [problem.code for problem in report.problems] == ["file"]


def test_a_file_outside_the_house_is_checked_too() -> None:
    report = check_folder(CHECKOUT / "tests/refused/meaning_unknown_chart.yaml")
    assert [problem.message for problem in report.problems] == [
        "there is no chart of accounts consumer_uk@1"
    ]


def test_a_rule_the_register_does_not_list_is_told_at_the_register(tmp_path: Path) -> None:
    register = tmp_path / "rules" / "coverage.yaml"
    register.parent.mkdir()
    register.write_text(
        "coverage: rules\njurisdictions:\n  - {jurisdiction: uk, models: [uk.conc.gone]}\n",
        encoding="utf-8",
    )
    (problem,) = check_folder(register).problems
    assert (problem.line, problem.code) == (3, "coverage")
    assert problem.message == "uk.conc.gone is listed but not in the tree"


def test_an_order_that_would_surprise_is_told_at_its_line_and_is_no_problem() -> None:
    report = check_folder(CHECKOUT / "products" / "billed_installment")
    (look,) = report.looks
    assert report.sound and look.message.startswith("law: a full payment is made short")
    assert look.line > 1 and look.file.endswith("v1.yaml") and look.mend
    note = check_folder(CHECKOUT / "products" / "waterfalls").looks[-1]
    assert note.path == "/order/1" and note.message.startswith("note: ")
