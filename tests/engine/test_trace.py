"""An explanation is the call tree of explained functions, recorded only while someone asks."""

from __future__ import annotations

import pytest

from engine.trace import explained, note_source, recording


@explained
def half(amount: int) -> int:
    """Half of the amount.

    More that a person need not read.
    """
    note_source("terms /half")
    return amount // 2


@explained
def quarter(amount: int, *, name: str = "quarter") -> int:
    """A quarter of the amount."""
    return half(half(amount))


@explained
def refusing(amount: int) -> int:
    """Nothing of the amount."""
    raise ValueError(amount)


def test_calls_become_a_tree_with_sentences_inputs_and_outputs() -> None:
    with recording() as recorder:
        assert quarter(100, name="q") == 25
    (step,) = recorder.root.children
    assert (step.label, step.inputs, step.output) == (
        "A quarter of the amount.",
        {"amount": 100, "name": "q"},
        25,
    )
    assert [(child.inputs["amount"], child.output) for child in step.children] == [
        (100, 50),
        (50, 25),
    ]
    assert step.children[0].label == "Half of the amount."
    assert step.children[0].name.endswith(".half")


def test_a_source_is_noted_once_at_the_step_that_rests_on_it() -> None:
    with recording() as recorder:
        half(2)
        note_source("at the root")
        note_source("at the root")
    assert recorder.root.children[0].sources == ["terms /half"]
    assert recorder.root.sources == ["at the root"]


def test_with_nobody_asking_nothing_is_recorded() -> None:
    note_source("nowhere")
    assert quarter(8) == 2
    with recording() as recorder:
        pass
    assert recorder.root.children == []


def test_a_step_that_fails_is_left_again() -> None:
    with recording() as recorder:
        with pytest.raises(ValueError, match="5"):
            refusing(5)
        half(4)
    assert [step.label for step in recorder.root.children] == [
        "Nothing of the amount.",
        "Half of the amount.",
    ]


def test_a_recording_inside_another_keeps_to_itself() -> None:
    with recording() as outer:
        with recording() as inner:
            half(4)
        half(2)
    assert [step.inputs["amount"] for step in inner.root.children] == [4]
    assert [step.inputs["amount"] for step in outer.root.children] == [2]
