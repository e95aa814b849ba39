"""What is wrong in a rate plan: steps out of order, bands that overlap, a cap under a floor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from engine.errors import Problem
from engine.interest.default_rate import AboveContractRate, DefaultRate
from engine.interest.rate_plan.fixed_rate import FixedRate
from engine.interest.rate_plan.given_rate import GivenRate, OwnRate, rate_given
from engine.interest.rate_plan.index_linked import IndexLinked
from engine.interest.rate_plan.introductory_rate import IntroductoryRate
from engine.interest.rate_plan.rate_plan import RatePlan
from engine.interest.rate_plan.stepped_rate import RateStep, SteppedRate
from engine.interest.rate_plan.tiered_by_balance import RateBand, TieredByBalance
from engine.product.limits import Limits
from engine.product.meaning import wrong
from engine.values.money import ZERO
from engine.values.rate import Rate


def rate_plan_problems(plan: RatePlan, limits: Limits, path: str) -> Iterator[Problem]:
    """Every fault of a rate plan within what may be asked for; ``path`` is where it stands."""
    match plan:
        case FixedRate():
            pass
        case SteppedRate():
            yield from _steps(plan.steps, f"{path}/steps")
        case IntroductoryRate():
            yield from _below_nothing(plan.rate, f"{path}/rate")
        case TieredByBalance():
            yield from _bands(plan.bands, f"{path}/bands")
        case IndexLinked():
            yield from _index_linked(plan, path)
            yield from _lifetime(plan, limits, path)
        case _ as never:
            assert_never(never)


def default_rate_problems(default: DefaultRate, path: str) -> Iterator[Problem]:
    """A default rate that never raises the rate."""
    match default.rate:
        case AboveContractRate(margin=margin) if margin.exact <= 0:
            message = "a margin of nothing or less never raises the rate in default"
            yield wrong(f"{path}/rate/margin", message, "raise it, or leave out the default rate")
        case OwnRate(rate=rate) if rate.exact <= 0:
            message = "a rate of nothing or less never raises the rate in default"
            yield wrong(f"{path}/rate/rate", message, "raise it, or leave out the default rate")
        case _:
            pass


def _steps(steps: tuple[RateStep, ...], path: str) -> Iterator[Problem]:
    for place, step in enumerate(steps):
        yield from _below_nothing(step.rate, f"{path}/{place}/rate")
        before = [one for one in steps[:place] if type(one.after) is type(step.after)]
        if before and before[-1].after.count >= step.after.count:
            message = (
                f"a step after {step.after.count} does not come after the one before it, "
                f"after {before[-1].after.count}"
            )
            yield wrong(f"{path}/{place}/after", message, "put the steps in order, each once")


def _bands(bands: tuple[RateBand, ...], path: str) -> Iterator[Problem]:
    bottom = ZERO
    for place, band in enumerate(bands):
        yield from _below_nothing(band.rate, f"{path}/{place}/rate")
        last = place == len(bands) - 1
        if band.up_to is None:
            if not last:
                message = "the band has no end, so it overlaps those after it"
                yield wrong(f"{path}/{place}", message, "give up_to, or put the band last")
            continue
        if band.up_to <= bottom:
            message = f"no balance lies above {bottom.text()} and up to {band.up_to.text()}"
            yield wrong(f"{path}/{place}/up_to", message, "order the bands from the smallest up")
        if last:
            message = f"a balance above {band.up_to.text()} lies in no band"
            yield wrong(f"{path}/{place}/up_to", message, "leave up_to out of the last band")
        bottom = max(bottom, band.up_to)


def _index_linked(plan: IndexLinked, path: str) -> Iterator[Problem]:
    if plan.multiplier.exact <= 0:
        message = "a multiplier of nothing or less turns the index off or around"
        yield wrong(f"{path}/multiplier", message, 'write "1", or a rate that does not follow it')
    if plan.rounding is not None and plan.rounding.multiple_of.exact <= 0:
        message = "a rate is no multiple of nothing or less"
        yield wrong(f"{path}/rounding/multiple_of", message, 'write "0.00125" for an eighth')
    for name in ("first_cap", "periodic_cap", "first_floor", "periodic_floor"):
        most: Rate | None = getattr(plan, name)
        if most is not None and most.exact < 0:
            message = "the most a reset may move the rate by is not below 0"
            yield wrong(f"{path}/{name}", message, "write how far, without a sign")


def _lifetime(plan: IndexLinked, limits: Limits, path: str) -> Iterator[Problem]:
    """Lifetime limits that contradict each other or the note rates offered, with such a rate."""
    cap, floor = plan.lifetime_cap, plan.lifetime_floor
    for note_rate in (limits.note_rate.minimum, limits.note_rate.maximum):
        most = rate_given(cap, note_rate) if cap is not None else None
        least = rate_given(floor, note_rate) if floor is not None else None
        at = f"at a note rate of {note_rate.percent()}"
        if most is not None and least is not None and most < least:
            message = f"{at} the cap of {most.percent()} is under the floor of {least.percent()}"
            yield wrong(f"{path}/lifetime_cap", message, "raise the cap or lower the floor")
        elif most is not None and most < note_rate:
            message = f"{at} the rate is above the cap of {most.percent()} from the first day"
            yield wrong(f"{path}/lifetime_cap", message, "raise the cap or narrow the note rates")
        else:
            continue
        return


def _below_nothing(given: GivenRate, path: str) -> Iterator[Problem]:
    if isinstance(given, OwnRate) and given.rate.exact < 0:
        yield wrong(f"{path}/rate", "a rate is not below 0", "raise it to 0")
