"""Lives of loans: what each borrower does, drawn by chance from a fixed seed.

A life is a list of happenings in the order we learn of them. Most pay on time; some early, late,
partly or not at all; some payments come back; some loans are paid off, a few charged off; some
borrowers enter military service; some payments are recorded days after they came.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from random import Random

import msgspec

from servicing.views import ScheduleRow


class Habit(StrEnum):
    """How a borrower pays, most of the time."""

    on_time = "on_time"
    early = "early"
    sometimes_late = "sometimes_late"
    partly = "partly"
    returned = "returned"
    pays_off = "pays_off"
    in_service = "in_service"
    recorded_late = "recorded_late"
    stops = "stops"
    charged_off = "charged_off"


SHARES = {
    Habit.on_time: 44,
    Habit.early: 12,
    Habit.sometimes_late: 16,
    Habit.partly: 5,
    Habit.returned: 6,
    Habit.pays_off: 6,
    Habit.in_service: 2,
    Habit.recorded_late: 4,
    Habit.stops: 3,
    Habit.charged_off: 2,
}
"""Of a hundred loans, how many have each habit."""


class Happening(msgspec.Struct, frozen=True, kw_only=True):
    """Something we learn on a day."""

    known_on: date


class Pays(Happening, frozen=True, kw_only=True):
    """A payment of some cents, received on a day, perhaps learned of later."""

    received_on: date
    cents: int
    method: str = "ach"
    reference: str = ""
    comes_back_on: date | None = None
    return_code: str = ""


class PaysOff(Happening, frozen=True, kw_only=True):
    """Asks for a payoff quote and pays it the same day."""


class EntersService(Happening, frozen=True, kw_only=True):
    """Tells us of military service that began earlier (50 U.S.C. 3937(b): within 180 days)."""

    began_on: date
    ended_on: date | None


class IsChargedOff(Happening, frozen=True, kw_only=True):
    """A person charges the loan off."""


class FeeIsWaived(Happening, frozen=True, kw_only=True):
    """An agent forgives the latest fee that is owed."""


def habit(chance: Random) -> Habit:
    """A habit drawn with its share."""
    return chance.choices(list(SHARES), weights=list(SHARES.values()))[0]


def life(
    chance: Random, how: Habit, schedule: tuple[ScheduleRow, ...], through: date
) -> list[Happening]:
    """Everything that happens to a loan with this schedule, in the order we learn of it."""
    due = [(row.due_date, _cents(row.amount)) for row in schedule if row.due_date <= through]
    stop = _last_payment(chance, how, len(due))
    happenings: list[Happening] = []
    for place, (day, cents) in enumerate(due):
        if place >= stop:
            break
        if place == len(schedule) - 1:  # the last installment is whatever is then owed
            happenings.append(PaysOff(known_on=day + timedelta(days=chance.randint(0, 3))))
            continue
        happenings += _for_installment(chance, how, place, day, cents)
    happenings += _ending(chance, how, due, stop)
    if how is Habit.sometimes_late and chance.random() < 0.3 and len(due) > 2:
        happenings.append(FeeIsWaived(known_on=due[-1][0] + timedelta(days=1)))
    known = [happening for happening in happenings if happening.known_on <= through]
    return sorted(known, key=lambda happening: happening.known_on)


def _last_payment(chance: Random, how: Habit, count: int) -> int:
    """How many installments are paid before the habit shows its end."""
    match how:
        case Habit.stops:
            return max(1, count - chance.randint(1, 4))
        case Habit.charged_off:
            return max(1, count - chance.randint(6, 9))
        case Habit.pays_off:
            return chance.randint(1, max(1, count - 1))
        case _:
            return count


def _for_installment(
    chance: Random, how: Habit, place: int, day: date, cents: int
) -> list[Happening]:
    """What the borrower does about one installment."""
    shift = {Habit.early: -chance.randint(1, 6)}.get(how, 0)
    if how is Habit.sometimes_late and chance.random() < 0.35:
        shift = chance.choice((3, 6, 12, 17, 24, 36))
    paid = Pays(known_on=day + timedelta(days=shift), received_on=day + timedelta(days=shift),
                cents=cents, method=chance.choice(("ach", "card", "check")))  # fmt: skip
    if how is Habit.partly and chance.random() < 0.5:
        part = cents * chance.randint(40, 80) // 100
        later = day + timedelta(days=chance.randint(5, 25))
        rest = Pays(known_on=later, received_on=later, cents=cents - part)
        return [msgspec.structs.replace(paid, cents=part), rest]
    if how is Habit.returned and chance.random() < 0.3:
        return _that_comes_back(chance, paid, day, cents)
    if how is Habit.recorded_late and chance.random() < 0.4:
        return [msgspec.structs.replace(paid, known_on=day + timedelta(days=chance.randint(4, 40)))]
    return [paid]


def _that_comes_back(chance: Random, paid: Pays, day: date, cents: int) -> list[Happening]:
    """A payment the bank takes back, and the one that replaces it."""
    code, after = chance.choice((("R01", 2), ("R09", 3), ("R10", 45), ("R01", 2)))
    back = day + timedelta(days=after)
    again = back + timedelta(days=chance.randint(2, 9))
    first = msgspec.structs.replace(paid, method="ach", comes_back_on=back, return_code=code)
    return [first, Pays(known_on=again, received_on=again, cents=cents, method="card")]


def _ending(chance: Random, how: Habit, due: list[tuple[date, int]], stop: int) -> list[Happening]:
    """How the habit ends, if it does."""
    if not due:
        return []
    last = due[min(stop, len(due)) - 1][0]
    match how:
        case Habit.pays_off:
            return [PaysOff(known_on=last + timedelta(days=chance.randint(3, 20)))]
        case Habit.in_service:
            began = due[0][0] + timedelta(days=chance.randint(20, 60))
            told = began + timedelta(days=chance.randint(30, 120))
            return [EntersService(known_on=told, began_on=began, ended_on=None)]
        case Habit.charged_off:
            return [IsChargedOff(known_on=last + timedelta(days=chance.randint(125, 160)))]
        case _:
            return []


def _cents(amount: str) -> int:
    whole, _, part = amount.partition(".")
    return int(whole) * 100 + int(part.ljust(2, "0")[:2] or 0)
