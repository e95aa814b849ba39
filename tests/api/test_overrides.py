"""The fourth late fee of a year over HTTP: refused with its citation, let through by another."""

from __future__ import annotations

from datetime import date

from api.routes import overrides
from tests.api.door import Door, lend

POLICY = "policy.late_fees.three_in_twelve_months"
DAY = date(2026, 7, 10)
FEE = {"fee": "late_fee", "assessed_on": str(DAY), "reason": "Agreed by phone"}
COMMAND = {"command": "assess_fee", **FEE}


async def late(door: Door) -> str:
    loan_id = await lend(door, circumstances={"state": "TX", "purpose": "vehicle"})
    door.clock.set(DAY)
    passed = await door.post(
        f"/loans/{loan_id}/commands", {"command": "advance_to", "day": str(DAY)}
    )
    assert passed.status_code == 201, passed.text
    return loan_id


async def test_a_rule_is_set_aside_by_a_second_person_and_the_loan_says_so(door: Door) -> None:
    loan_id = await late(door)
    refused = await door.post(f"/loans/{loan_id}/fees", FEE)
    assert refused.status_code == 422, refused.text
    (fault,) = refused.json()["errors"]
    assert (fault["rule"], fault["needs_approval"]) == (POLICY, True)
    assert fault["citation"] == "Lender policy on late fees, section 2"

    body = {"loan_id": loan_id, "command": COMMAND, "reason": "The bank erred",
            "expires_on": "2026-07-20"}  # fmt: skip
    asked = await door.post("/overrides", body, key=None)
    assert asked.status_code == 201, asked.text
    there = asked.headers["Location"].removeprefix("/api/v1")
    own = await door.post(f"{there}/approve", {}, key=None)
    assert own.status_code == 422 and own.json()["errors"][0]["code"] == "own_request"
    early = await door.post(f"{there}/carry_out", key=None)
    assert early.status_code == 409

    second = await door.with_scopes("overrides:approve", "loans:read")
    waiting = (await door.get("/overrides", params={"state": "requested"})).json()
    assert [row["loan_id"] for row in waiting] == [loan_id]
    approved = await door.post(f"{there}/approve", {"note": "Yes"}, key=None, headers=second)
    assert approved.status_code == 200 and approved.json()["state"] == "approved"
    not_mine = await door.post(f"{there}/carry_out", key=None, headers=second)
    assert not_mine.status_code == 403

    done = await door.post(f"{there}/carry_out", key=None)
    assert done.status_code == 201, done.text
    again = await door.post(f"{there}/carry_out", key=None)
    assert (
        again.headers["Idempotent-Replayed"] == "true" and again.json()["seq"] == done.json()["seq"]
    )
    history = (await door.get(f"/loans/{loan_id}/history")).json()
    items = history["items"] if isinstance(history, dict) else history
    asides = [aside for item in items for aside in item["detail"].get("set_aside", [])]
    (aside,) = asides
    assert (aside["rule"], aside["reason"]) == (POLICY, "The bank erred")
    assert aside["requested_by"] != aside["approved_by"]
    assert (await door.get(there)).json()["state"] == "used"


async def test_scopes_and_what_cannot_be_asked(door: Door) -> None:
    assert overrides.approve_override.opt["scope"] == "overrides:approve"
    loan_id = await lend(door)
    fine = {"loan_id": loan_id, "reason": "x", "expires_on": str(door.clock.business_date()),
            "command": {"command": "receive_payment", "amount": "10.00",
                        "received_on": str(door.clock.business_date())}}  # fmt: skip
    nothing = await door.post("/overrides", fine, key=None)
    assert nothing.status_code == 409, nothing.text
    assert nothing.json()["errors"][0]["code"] == "nothing_to_override"
    reader = await door.with_scopes("loans:read")
    assert (await door.post("/overrides", fine, key=None, headers=reader)).status_code == 403
    assert (await door.get("/overrides/override_none")).status_code == 404
