"""A file of loans over HTTP: checked, boarded, listed."""

from __future__ import annotations

from typing import Any

import httpx

from api.routes import boarding
from tests.api.door import Door

HEADER = (
    "external_id,borrower_name,state,contract_date,original_amount,note_rate,number_of_payments,"
    "remaining_payments,installment_amount,boarded_on,next_due_date,principal_balance"
)
GOOD = "L-1,Ada Quill,TX,2024-01-10,18500.00,0.0799,48,36,451.56,2025-01-10,2025-02-10,14409.29"
BAD = "L-2,Grace Field,TX,2024-13-10,many,0.0799,48,36,451.56,2025-01-10,2025-02-10,14409.29"


async def send(door: Door, text: str | bytes, **parameters: Any) -> httpx.Response:
    return await door.client.post(
        "/api/v1/boardings",
        content=text,
        params={"product": "auto_simple_interest", **parameters},
        headers={"Content-Type": "text/csv"},
    )


async def test_a_file_is_checked_then_boarded_and_can_be_sent_again(door: Door) -> None:
    assert boarding.board_file.opt["scope"] == "boarding:write"
    text = "\n".join([HEADER, GOOD, BAD])
    checked = await send(door, text, dry_run=True)
    assert checked.status_code == 200, checked.text
    report = checked.json()
    assert (report["rows"], report["bad_rows"], report["boarded"]) == (2, 1, 0)
    places = {(fault["line"], fault["column"]) for fault in report["problems"]}
    assert {(3, "contract_date"), (3, "original_amount")} <= places

    boarded = await send(door, text)
    assert boarded.status_code == 201, boarded.text
    assert boarded.json()["boarded"] == 1
    kept = await door.client.get(boarded.headers["Location"])
    assert kept.json() == boarded.json()
    again = await send(door, text)
    assert (again.json()["boarded"], again.json()["already_boarded"]) == (0, 1)
    found = (await door.get("/loans", params={"search": "L-1"})).json()
    assert len(found["items"]) == 1


async def test_what_is_no_boarding_file_is_refused_whole(door: Door) -> None:
    wrong = await send(door, "a,b\n1,2\n")
    assert wrong.status_code == 422
    assert wrong.json()["errors"]
    assert (await send(door, b"\xff\xfe")).status_code == 400
    as_json = await door.post("/boardings", {}, params={"product": "auto_simple_interest"})
    assert as_json.status_code == 415
    nowhere = await send(door, GOOD, product="yacht")
    assert nowhere.status_code == 404


async def test_a_file_too_large_is_refused(door: Door) -> None:
    answer = await send(door, b"x" * (boarding.LARGEST_FILE + 1))
    assert answer.status_code == 413


async def test_no_boarding_is_not_found(door: Door) -> None:
    assert (await door.get("/boardings/boarding_none")).status_code == 404
