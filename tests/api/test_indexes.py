"""Values of rate indexes over HTTP: published once known, listed, and refused when wrong."""

from __future__ import annotations

from datetime import timedelta

from tests.api.door import Door


async def test_a_value_is_published_and_listed(door: Door) -> None:
    day = door.clock.business_date()
    path = "/indexes/us_prime/values"
    done = await door.post(path, {"value_on": str(day), "value": "0.0750"})
    assert done.status_code == 201, done.text
    listed = (await door.get(path)).json()
    assert listed and listed[-1]["value"] == "0.075" and listed[-1]["value_on"] == str(day)
    ahead = {"value_on": str(day + timedelta(days=1)), "value": "0.08"}
    assert (await door.post(path, ahead)).status_code == 422
    assert (await door.post(path, {"value_on": str(day), "value": "much"})).status_code == 422
    assert (await door.get("/indexes/nothing/values")).json() == []
    reader = await door.with_scopes("products:read")
    refused = await door.post(path, {"value_on": str(day), "value": "0.08"}, headers=reader)
    assert refused.status_code == 403
