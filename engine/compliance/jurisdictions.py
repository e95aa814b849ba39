"""Where a rule holds, read from its name: the rules tree is the law's tree.

``us.states.california.late_fees.mortgage`` concerns loans governed by California;
``us.federal.…`` every US loan; ``policy.…`` is the lender's own and concerns every loan. One line
here adds a place.
"""

from __future__ import annotations

from typing import Final

import msgspec

_US_STATES: Final = {
    "alabama": "AL", "alaska": "AK", "arizona": "AZ", "arkansas": "AR", "california": "CA",
    "colorado": "CO", "connecticut": "CT", "delaware": "DE", "district_of_columbia": "DC",
    "florida": "FL", "georgia": "GA", "hawaii": "HI", "idaho": "ID", "illinois": "IL",
    "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA",
    "maine": "ME", "maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN",
    "mississippi": "MS", "missouri": "MO", "montana": "MT", "nebraska": "NE", "nevada": "NV",
    "new_hampshire": "NH", "new_jersey": "NJ", "new_mexico": "NM", "new_york": "NY",
    "north_carolina": "NC", "north_dakota": "ND", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
    "pennsylvania": "PA", "puerto_rico": "PR", "rhode_island": "RI", "south_carolina": "SC",
    "south_dakota": "SD", "tennessee": "TN", "texas": "TX", "utah": "UT", "vermont": "VT",
    "virginia": "VA", "washington": "WA", "west_virginia": "WV", "wisconsin": "WI",
    "wyoming": "WY",
}  # fmt: skip
_EU_MEMBERS: Final = (
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV",
    "LT", "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE",
)  # fmt: skip


POLICY: Final = "policy"
"""The branch of the lender's own policy, which holds everywhere."""


class Jurisdiction(msgspec.Struct, frozen=True, kw_only=True):
    """A place whose law a part of the tree holds."""

    prefix: str
    """Beginning of the rules' names: "us.states.california"."""
    title: str
    countries: tuple[str, ...] = ()
    """ISO 3166 alpha-2; none means every loan."""
    state: str = ""
    """US state, two letters; empty for the whole country."""
    currency: str = "USD"
    """Currency of the amounts its rules name."""

    def governs(self, country: str | None, state: str | None) -> bool:
        """Whether loans of that country and state are under its law.

        A country not known is taken for the rule's own: law is not skipped for want of an answer.
        """
        if self.countries and country is not None and country not in self.countries:
            return False
        return not self.state or self.state == state

    @property
    def code(self) -> str:
        """Short name: "US", "US-CA", "EU"; empty for policy."""
        if self.prefix == POLICY:
            return ""
        country = self.countries[0] if len(self.countries) == 1 else self.prefix.upper()
        return f"{country}-{self.state}" if self.state else country


JURISDICTIONS: Final[tuple[Jurisdiction, ...]] = (
    Jurisdiction(prefix=POLICY, title="Lender policy"),
    Jurisdiction(prefix="us.federal", title="United States, federal", countries=("US",)),
    Jurisdiction(prefix="us.industry", title="United States, industry rules", countries=("US",)),
    *(
        Jurisdiction(
            prefix=f"us.states.{name}",
            title=name.replace("_", " ").title().replace(" Of ", " of "),
            countries=("US",),
            state=code,
        )
        for name, code in _US_STATES.items()
    ),
    Jurisdiction(prefix="uk", title="United Kingdom", countries=("GB",), currency="GBP"),
    Jurisdiction(prefix="eu", title="European Union", countries=_EU_MEMBERS, currency="EUR"),
    Jurisdiction(prefix="au", title="Australia", countries=("AU",), currency="AUD"),
    Jurisdiction(prefix="in", title="India", countries=("IN",), currency="INR"),
    Jurisdiction(prefix="za", title="South Africa", countries=("ZA",), currency="ZAR"),
    Jurisdiction(prefix="ke", title="Kenya", countries=("KE",), currency="KES"),
    Jurisdiction(prefix="ph", title="Philippines", countries=("PH",), currency="PHP"),
)
_BY_PREFIX: Final = {place.prefix: place for place in JURISDICTIONS}


def jurisdiction_of(rule: str) -> Jurisdiction | None:
    """The place a rule of that name holds in; None when its path names none we know."""
    parts = rule.split(".")
    for length in range(len(parts) - 1, 0, -1):
        place = _BY_PREFIX.get(".".join(parts[:length]))
        if place is not None:
            return place
    return None


def jurisdiction(rule: str) -> str:
    """The place a rule's name says, in short: "US", "US-CA", "EU"; empty for policy."""
    place = jurisdiction_of(rule)
    return place.code if place else ""
