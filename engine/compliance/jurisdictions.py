"""Where a rule holds: the branches of the tree that are places, and how a loan is in one."""

from __future__ import annotations

from typing import Final

from engine.facts.facts import Facts

US_STATES: Final[dict[str, str]] = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "district_of_columbia": "DC",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new_hampshire": "NH", "new_jersey": "NJ", "new_mexico": "NM", "new_york": "NY",
    "north_carolina": "NC", "north_dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "rhode_island": "RI", "south_carolina": "SC", "south_dakota": "SD",
    "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT", "virginia": "VA",
    "washington": "WA", "west_virginia": "WV", "wisconsin": "WI", "wyoming": "WY",
}  # fmt: skip
COUNTRIES: Final[dict[str, str]] = {"us": "US", "uk": "GB", "eu": "EU", "au": "AU", "in": "IN"}
POLICY: Final = "policy"
"""The branch of the lender's own policy, which holds everywhere."""


def jurisdiction(rule: str) -> str:
    """The place a rule's name says: "US", "US-CA", "EU"; empty for policy."""
    parts = rule.split(".")
    if parts[0] == POLICY:
        return ""
    country = COUNTRIES.get(parts[0], parts[0].upper())
    if parts[1:2] == ["states"] and len(parts) > 2:
        return f"{country}-{US_STATES.get(parts[2], parts[2].upper())}"
    return country


def holds_for(place: str, facts: Facts) -> bool:
    """Whether the loan is in the place; a country not known is the rule's own."""
    if not place:
        return True
    country, _, state = place.partition("-")
    if facts.loan.country is not None and facts.loan.country != country:
        return False
    return not state or facts.loan.state == state
