"""YAML read safely: bounded, every fault at once, the place of everything known."""

from __future__ import annotations

import time

import pytest

from store.definitions.read_yaml import path_of, pointer, read_yaml

SAMPLE = """\
product: small_loan   # a comment
fees:
  - name: late_fee
    amount: {kind: flat, amount: "15.00"}
  - name: other
"""


def test_everything_has_its_line_and_column() -> None:
    document = read_yaml(SAMPLE, "sample.yaml")
    assert document.data["fees"][0]["amount"] == {"kind": "flat", "amount": "15.00"}
    assert document.place(("fees", 0, "amount", "amount")) == (4, 34)
    assert document.place(("fees", 0, "amount", "amount"), key=True) == (4, 26)
    assert document.place(("fees", 1)) == (5, 5)


def test_a_missing_part_is_told_at_what_is_around_it() -> None:
    document = read_yaml(SAMPLE, "sample.yaml")
    assert document.place(("fees", 1, "amount", "rate")) == (5, 5)
    assert document.place(("nothing",)) == (1, 1)


def test_every_fault_is_found_in_one_reading() -> None:
    document = read_yaml("a: no\nb: 012\nb: 1\nc: [1e3, !!str x]\n", "f.yaml")
    assert [(problem.line, problem.column) for problem in document.problems] == [
        (1, 4),
        (2, 4),
        (3, 1),
        (4, 5),
        (4, 10),
    ]
    assert not document.broken


def test_an_alias_stands_for_the_value_it_names() -> None:
    document = read_yaml("a: &stage {name: late, days: 1}\nb: *stage\n", "f.yaml")
    assert document.data["b"] == {"name": "late", "days": 1}
    assert not document.problems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "deeper than 40 levels"),
        ("a: &a [*a]", "names no finished value"),
        ("a: &a [x]\nb: [" + ", ".join(["*a"] * 60) + "]", "more than 50 aliases"),
        ("a: &a [" + "x, " * 600 + "]\nb: *a", "too large a value"),
        ("- x\n" * 60_000, "more than 50,000 values"),
        ("x" * 1_000_001, "larger than 1,000,000 bytes"),
        ('a: "\\ud800"', "not YAML"),
        ("a: \x00", "not YAML"),
        ("? [a, b]\n: c", "a key must be a word"),
    ],
)
def test_a_bound_passed_ends_the_reading_at_once(text: str, words: str) -> None:
    began = time.perf_counter()
    document = read_yaml(text, "f.yaml")
    assert time.perf_counter() - began < 2
    assert document.broken
    assert words in document.problems[-1].message


def test_a_hundred_aliases_of_aliases_do_not_grow() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 9)]
    document = read_yaml("\n".join(lines), "f.yaml")
    assert document.broken, "eight to the eighth values would follow"


LAUGHS = "\n".join(
    ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
)
"""A billion laughs: nine lists of nine aliases each, 387,420,489 values when written out."""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LAUGHS, "more than 50 aliases"),
        ("title: x\n" * 1_100_000, "larger than 1,000,000 bytes"),
        ("a: !!python/object/apply:os.system [ls]\n", "tag"),
        ("a: 1\n" * 2_000, "stands twice"),
    ],
    ids=["billion laughs", "ten megabytes", "tag", "keys twice"],
)
def test_hostile_files_are_refused_in_under_a_tenth_of_a_second(text: str, words: str) -> None:
    fastest = 1.0
    for _ in range(5):  # the best of five: the machine may be busy with something else
        began = time.perf_counter()
        document = read_yaml(text, "f.yaml")
        fastest = min(fastest, time.perf_counter() - began)
    assert any(words in problem.message for problem in document.problems), document.problems[:2]
    assert fastest < 0.1


def test_pointers_and_paths() -> None:
    assert pointer(("fees", 0, "a/b~c")) == "/fees/0/a~1b~0c"
    assert path_of("/fees/0/a~1b~0c") == ("fees", 0, "a/b~c")
    assert path_of("") == ()
