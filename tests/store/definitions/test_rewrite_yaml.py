"""A text made to say other data says exactly that, and keeps what a person wrote beside it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.definitions.read_yaml import read_yaml
from store.definitions.rewrite_yaml import CannotRewrite, matched, rewritten, same

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = sorted(
    path.read_text(encoding="utf-8")
    for folder in ("products", "rules")
    for path in (ROOT / folder).rglob("*.yaml")
)
TEXT = """\
# Approved in March
product: pay_in_4   # the id
fees:  # in this order
  # late ones first
  - kind: late_fee
    amount:
      kind: flat
      amount: "7.00"   # was 5.00
    grace_days: 3  # three

  # then the paper
  - {kind: manual_fee, amount: "5.00"}  # rarely
order: [due.fee, due.interest]
summary: >-
  What it is, in
  two lines.
"""


def changed(change: Any) -> str:
    """TEXT after a change of its data."""
    wanted = copy.deepcopy(read_yaml(TEXT, "").data)
    change(wanted)
    return rewritten(TEXT, wanted)


def test_a_figure_changes_alone_and_its_note_stays() -> None:
    new = changed(lambda data: data["fees"][0]["amount"].update(amount="9.00"))
    assert new == TEXT.replace('"7.00"', '"9.00"')


def test_a_new_key_stands_behind_the_one_before_it() -> None:
    new = changed(lambda data: data["fees"][0].update(title="Late fee"))
    assert "    grace_days: 3  # three\n    title: Late fee\n\n  # then" in new


def test_items_take_their_notes_along() -> None:
    new = changed(lambda data: data["fees"].reverse())
    assert new.index("# then the paper") < new.index("manual_fee") < new.index("late_fee")
    assert "# rarely" in new
    assert "# three" in new


def test_what_is_removed_takes_its_notes_along_and_no_others() -> None:
    new = changed(lambda data: data["fees"].pop(0))
    assert "# three" not in new
    assert "# in this order" in new
    assert '- {kind: manual_fee, amount: "5.00"}  # rarely' in new


def test_a_choice_of_another_kind_is_set_out_anew() -> None:
    new = changed(lambda data: data["fees"][0].update(amount={"kind": "percent", "rate": "0.05"}))
    assert '      kind: percent\n      rate: "0.05"\n    grace_days: 3  # three' in new


def test_an_emptied_list_keeps_the_note_of_its_key() -> None:
    assert "fees: []  # in this order\n" in changed(lambda data: data["fees"].clear())


def test_a_folded_text_stays_folded() -> None:
    new = changed(lambda data: data.update(summary="Other " + "words " * 30 + "end."))
    assert new.endswith("words end.\n")
    assert "summary: >-\n  Other words" in new
    assert max(map(len, new.splitlines())) <= 98


def test_order_in_a_line_changes_in_the_line() -> None:
    assert "order: [due.interest, due.fee]\n" in changed(lambda data: data["order"].reverse())


@pytest.mark.parametrize("text", ["a: [", "- 1", "a: 1\na: 2"])
def test_a_text_that_is_no_sound_map_is_for_a_person(text: str) -> None:
    with pytest.raises(CannotRewrite):
        rewritten(text, {"a": 2})


def test_a_part_that_stands_for_another_is_for_a_person() -> None:
    with pytest.raises(CannotRewrite):
        rewritten("a: &x {b: 1}\nc: *x\n", {"a": {"b": 1}, "c": {"b": 2}})


def test_true_is_not_one() -> None:
    assert not same({"a": True}, {"a": 1})
    assert rewritten("a: 1\n", {"a": True}) == "a: true\n"


def test_items_are_known_by_what_they_say_then_by_name() -> None:
    before = [{"name": "a", "n": 1}, {"name": "b", "n": 2}]
    assert matched(before, [{"name": "b", "n": 3}, {"name": "a", "n": 1}]) == [1, 0]
    assert matched(before, [{"name": "c"}, *before]) == [None, 0, 1]


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-999, 9999),
    st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=30),
    st.sampled_from(
        ["yes", "012", "1e3", "a: b", "x #y", "- z", "{q", "2026-01-01", "a,b", "it's"]
    ),
)
TREES = st.recursive(
    VALUES,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.from_regex(r"[a-z_]{1,9}", fullmatch=True), inner, max_size=4)
    ),
    max_leaves=12,
)


def _mangled(data: Any, draw: Any) -> Any:
    """The data with one thing in it changed, added, removed or moved."""
    if isinstance(data, dict) and data and draw(st.integers(0, 4)):
        key = draw(st.sampled_from(sorted(data)))
        match draw(st.integers(0, 5)):
            case 0:
                return {k: v for k, v in data.items() if k != key}
            case 1:
                return {**data, draw(st.sampled_from(["added", "title", "name"])): draw(TREES)}
        return {**data, key: _mangled(data[key], draw)}
    if isinstance(data, list) and data and draw(st.integers(0, 4)):
        match draw(st.integers(0, 4)):
            case 0:
                return draw(st.permutations(data))
            case 1:
                at = draw(st.integers(0, len(data)))
                return [*data[:at], draw(TREES), *data[at:]]
            case 2:
                at = draw(st.integers(0, len(data) - 1))
                return data[:at] + data[at + 1 :]
        at = draw(st.integers(0, len(data) - 1))
        return [*data[:at], _mangled(data[at], draw), *data[at + 1 :]]
    return draw(TREES)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_change_of_any_shipped_definition_says_what_was_wanted(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SHIPPED))
    wanted = read_yaml(text, "").data
    for _ in range(data.draw(st.integers(1, 4))):
        wanted = _mangled(wanted, data.draw)
    if not isinstance(wanted, dict) or not wanted:
        return
    new = rewritten(text, wanted)
    assert same(read_yaml(new, "").data, wanted)
    assert rewritten(new, read_yaml(text, "").data)
