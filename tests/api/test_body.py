"""A body is read whole or refused with every fault at once, whatever bytes arrive."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.body import read_body
from api.body_faults import faults_of
from api.problem import Problem
from api.routes.loan_changes import LoanCommand
from api.routes.loans import BookBody
from api.routes.payments import PaymentBody


def refused(body: bytes, kind: Any = PaymentBody) -> Problem:
    with pytest.raises(Problem) as caught:
        read_body(body, kind)
    return caught.value


def places(problem: Problem) -> list[str]:
    return [fault.pointer for fault in problem.errors]


def test_a_right_body_becomes_the_struct() -> None:
    body = read_body(b'{"amount": "451.46", "received_on": "2026-01-15"}', PaymentBody)
    assert body == PaymentBody(amount="451.46", received_on=date(2026, 1, 15))


def test_every_fault_is_told_at_once_with_its_place() -> None:
    problem = refused(b'{"amount": 12, "received_on": "15.1.2026", "kind": "gift", "amont": 1}')
    assert problem.status_code == 422
    assert places(problem) == ["/amont", "/amount", "/kind", "/received_on"]
    words = {fault.pointer: fault.message for fault in problem.errors}
    assert "there are: amount, kind" in words["/amont"]
    assert "451.46" in words["/amount"]
    assert "principal_only" in words["/kind"]
    assert "YYYY-MM-DD" in words["/received_on"]


def test_what_is_missing_is_named() -> None:
    assert places(refused(b"{}")) == ["/amount"]


def test_faults_inside_an_optional_struct_are_found() -> None:
    problem = refused(b'{"borrower_id": "b", "terms": {"amount": "1e5", "note_rate": 8}}', BookBody)
    assert "/terms/amount" in places(problem)
    assert "/terms/note_rate" in places(problem)
    assert "/terms/contract_date" in places(problem)


def test_a_tag_chooses_the_command_whose_faults_are_told() -> None:
    problem = refused(b'{"command": "receive_payment", "amount": "1", "fee": "x"}', LoanCommand)
    assert places(problem) == ["/fee", "/received_on"]


def test_an_unknown_tag_is_answered_with_the_known() -> None:
    problem = refused(b'{"command": "forgive_loan"}', LoanCommand)
    assert places(problem) == ["/command"]
    assert "receive_payment" in problem.errors[0].message


@pytest.mark.parametrize(
    "amount",
    ['"NaN"', '"Infinity"', '"1e999999"', '"1_000"', '"١٢"', '"-5"', '"1."', '" 1"', "1.5", "true"],
)
def test_an_amount_that_is_not_plain_decimal_text_is_refused(amount: str) -> None:
    assert places(refused(f'{{"amount": {amount}}}'.encode())) == ["/amount"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"amount": NaN}', "not JSON"),
        (b'{"amount": "1"', "not JSON"),
        (b'\xef\xbb\xbf{"amount": "1"}', "not JSON"),
        (b'{"amount": "\xff"}', "not UTF-8"),
        (b'{"amount": "\\ud800"}', "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
    ],
)
def test_what_is_not_json_is_malformed(body: bytes, words: str) -> None:
    problem = refused(body)
    assert problem.status_code == 400
    assert words in problem.detail


@pytest.mark.parametrize("day", ["20260115", "2026-02-30", "2026-1-5", "2026-W01-1", "9999999-1-1"])
def test_a_day_that_no_calendar_has_is_refused(day: str) -> None:
    body = f'{{"amount": "1", "received_on": "{day}"}}'.encode()
    assert places(refused(body)) == ["/received_on"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_beyond_every_calendar_is_refused(day: str) -> None:
    assert places(refused(f'{{"amount": "1", "received_on": "{day}"}}'.encode())) == [
        "/received_on"
    ]
    terms = (
        f'{{"amount": "1", "note_rate": "0", "number_of_payments": 1, "contract_date": "{day}"}}'
    )
    body = f'{{"borrower_id": "b", "terms": {terms}}}'.encode()
    assert places(refused(body, BookBody)) == ["/terms/contract_date"]


def test_days_beyond_and_nul_are_told_with_all_other_faults() -> None:
    problem = refused(
        b'{"amount": 1, "received_on": "9999-12-31", "reference": "a\\u0000", "x": "\\u0000"}'
    )
    assert places(problem) == ["/amount", "/received_on", "/reference", "/x"]


class Note(msgspec.Struct):
    text: str
    more: dict[str, str] = {}


def test_nul_is_refused_where_a_pattern_does_not() -> None:
    problem = refused(b'{"text": "a\\u0000b", "more": {"k": "\\u0000"}}', Note)
    assert places(problem) == ["/text", "/more/k"]
    assert read_body(b'{"text": "a\\\\u0000b"}', Note).text == "a\\u0000b"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(body: bytes) -> None:
    try:
        read_body(body, LoanCommand)
    except Problem as problem:
        assert problem.status_code in {400, 422}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["command", "amount", "received_on", "kind", "reason", "fee", "x"]),
        json_values | st.sampled_from(["receive_payment", "assess_fee", "1.00", "2026-01-01"]),
    )
)
def test_the_schema_refuses_whatever_decoding_refuses(value: dict[str, Any]) -> None:
    try:
        msgspec.convert(value, LoanCommand)
    except msgspec.ValidationError:
        assert faults_of(value, LoanCommand)
    else:
        assert not faults_of(value, LoanCommand)
