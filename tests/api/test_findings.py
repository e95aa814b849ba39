"""The findings log and lists as files over HTTP."""

from __future__ import annotations

import csv
import io

from api.files import kept_as
from tests.api.door import Door


async def test_findings_are_listed_narrowed_and_exported(door: Door, loan: str) -> None:
    for _ in range(2):
        paid = {"amount": "100.00", "reference": "check 7"}
        assert (await door.post(f"/loans/{loan}/payments", paid)).status_code == 201
    asked = {"loan_id": loan, "outcome": "warned"}
    page = (await door.get("/findings", params=asked)).json()
    (entry,) = page["items"]
    assert entry["rule"] == "duplicate_reference" and entry["actor_name"] == "test"
    assert not page["has_more"]
    file = await door.get("/findings.csv", params=asked)
    assert file.headers["content-type"].startswith("text/csv")
    assert kept_as("x")["Content-Disposition"].startswith("attachment")
    (row,) = csv.DictReader(io.StringIO(file.text))
    assert (row["loan_id"], row["command"]) == (loan, "receive_payment")
    assert (await door.get("/findings", params={"outcome": "lost"})).status_code == 422
    assert (await door.get("/findings", params={"cursor": "x"})).status_code == 422
    reader = await door.with_scopes("loans:read")
    assert (await door.get("/findings.csv", headers=reader)).status_code == 403


async def test_loans_are_exported_as_they_are_listed(door: Door, loan: str) -> None:
    listed = (await door.get("/loans", params={"status": "active"})).json()["items"]
    file = await door.get("/loans.csv", params={"status": "active"})
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row["loan_id"] for row in rows] == [each["loan_id"] for each in listed]
    assert "attachment" in file.headers["content-disposition"]
    masked = await door.with_scopes("loans:read")
    named = (await door.get("/loans.csv", params={"search": loan}, headers=masked)).text
    assert loan in named and "Ada Quill" not in named
    before = await door.get("/loans.csv", params={"as_of": "2020-01-01", "search": loan})
    assert list(csv.DictReader(io.StringIO(before.text))) == []
    assert (await door.get("/loans.csv", params={"sort": "color"})).status_code == 422
