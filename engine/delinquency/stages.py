"""Stages of lateness: names the product gives to days past due, and when a loss is proposed."""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.trace import explained

CURRENT = "current"


class Stage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stage begins on a day past due and lasts until the next one begins."""

    name: Annotated[
        str,
        msgspec.Meta(
            description="Name of the stage.",
            pattern=r"^[a-z0-9][a-z0-9_]{0,40}$",
            examples=["late_30"],
        ),
    ]
    days_past_due: Annotated[
        int, msgspec.Meta(description="First day past due of it.", ge=1, le=3660)
    ]


class Delinquency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stages of lateness, ascending, and the days non-accrual and charge-off are proposed."""

    stages: tuple[Stage, ...] = (
        Stage(name="late_1", days_past_due=1),
        Stage(name="late_30", days_past_due=30),
        Stage(name="late_60", days_past_due=60),
        Stage(name="late_90", days_past_due=90),
        Stage(name="late_120", days_past_due=120),
    )
    charge_off_proposed_after_days: Annotated[
        Annotated[int, msgspec.Meta(ge=1, le=3660)] | None,
        msgspec.Meta(
            description="Days past due at which charge-off is proposed; a person decides."
        ),
    ] = None
    non_accrual_proposed_after_days: Annotated[
        Annotated[int, msgspec.Meta(ge=1, le=3660)] | None,
        msgspec.Meta(
            description="Days past due at which non-accrual is proposed: that the books stop "
            "recognizing interest before it is paid; a person decides.",
            examples=[90],
        ),
    ] = None


@explained
def stage_for(days_past_due: int, delinquency: Delinquency) -> str:
    """The stage a loan so many days past due is in; "current" when none has begun."""
    reached = [row for row in delinquency.stages if row.days_past_due <= days_past_due]
    return max(reached, key=lambda row: row.days_past_due).name if reached else CURRENT
