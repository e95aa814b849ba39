"""Facts of the borrower: military service, bankruptcy, and what else changes the law."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from engine.facts.fact import FactType, fact


class BorrowerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """Circumstances of the borrower on the day; co-borrowers count as the borrower."""

    covered_borrower: Annotated[
        bool | None,
        fact(FactType.flag, "Covered by the Military Lending Act on the contract date."),
    ] = None
    mla_exempt: Annotated[
        bool | None,
        fact(
            FactType.flag,
            "The credit is outside the Military Lending Act (a purchase-money vehicle or home "
            "loan, 32 CFR 232.3(f)(2)).",
        ),
    ] = None
    in_military_service: Annotated[
        bool | None, fact(FactType.flag, "In military service on the day.")
    ] = None
    service_began_on: Annotated[
        date | None, fact(FactType.date, "First day of the military service.")
    ] = None
    service_ended_on: Annotated[
        date | None,
        fact(FactType.date, "Last day of the military service; unknown while it lasts."),
    ] = None
    obligation_predates_service: Annotated[
        bool | None, fact(FactType.flag, "The contract was made before the military service began.")
    ] = None
    in_bankruptcy: Annotated[
        bool | None,
        fact(FactType.flag, "A bankruptcy petition stands and the automatic stay is not lifted."),
    ] = None
    deceased: Annotated[bool | None, fact(FactType.flag, "The borrower has died.")] = None
    in_disaster_area: Annotated[
        bool | None, fact(FactType.flag, "The borrower is in a declared disaster area.")
    ] = None
