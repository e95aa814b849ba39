"""Correction: put a fact into the past, or take one out, and decide again what came after.

The loan is taken as it stood before the day; every later fact is decided again in order; outcomes
that come out the same stay, those that differ are undone by inverse events that name them, and the
new ones are added. Nothing is edited. First the same is done without the change: a difference
there is drift of code or rules, shown apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from engine.catalog.terms_in_force import TermsInForce
from engine.loan.advance import advance_draft
from engine.loan.decisions.decision import Drift
from engine.loan.events import (
    FACT_TYPES,
    Because,
    DefaultRateChanged,
    DelinquencyStageChanged,
    DisbursementReversed,
    Event,
    Fact,
    FeeAssessed,
    OutcomeUndone,
    PaymentReturned,
    PaymentReversed,
    RateIndexPublished,
    RateReset,
    RateResetAwaited,
    ScheduleSet,
    is_fact,
)
from engine.loan.evolve import fold
from engine.loan.follow import acts_on, follow
from engine.loan.loan import Loan
from engine.loan.outcomes.draft import Draft
from engine.loan.versions import terms_now

Numbered = tuple[int, Event]


def live(history: Iterable[Numbered]) -> list[Numbered]:
    """The events that count: undone outcomes and the events that undid them are left out."""
    events = list(history)
    undone = {event.undoes for _, event in events if isinstance(event, OutcomeUndone)}
    return [
        (seq, event)
        for seq, event in events
        if seq not in undone and not isinstance(event, OutcomeUndone)
    ]


def reapply(
    loan_id: str,
    history: list[Numbered],
    changes: Sequence[tuple[int, Fact | FeeAssessed]],
    terms: TermsInForce,
) -> tuple[list[Event], Drift | None]:
    """The events that facts of a day with these numbers add to the history, and what drifted.

    The returned events begin with the facts themselves.
    """
    fact = changes[0][1]
    day = min(fact.effective_on, acts_on(fact))
    standing = live(history)
    through = max(event.effective_on for _, event in standing)
    through = max(through, acts_on(fact))
    stored = _outcomes_from(standing, day)
    drift = _difference(stored, _unchanged(loan_id, standing, day, terms))
    waiting = frozenset[date]() if isinstance(fact, RateIndexPublished) else _awaited(standing)
    again = _decide_again(loan_id, [*standing, *changes], day, through, terms, waiting)
    gone, new = _difference(stored, again) or ([], [])
    events: list[Event] = [added for _, added in changes]
    for number, event in reversed(gone):
        assert not isinstance(event, FACT_TYPES), "only outcomes are undone"
        assert not isinstance(event, OutcomeUndone), "only outcomes are undone"
        events.append(OutcomeUndone(effective_on=event.effective_on, undoes=number, outcome=event))
    events += [event for _, event in new]
    if drift is None:
        return events, None
    return events, Drift(stored=tuple(drift[0]), decided_now=tuple(e for _, e in drift[1]))


def decide_anew(
    loan_id: str, history: list[Numbered], terms: TermsInForce, through: date
) -> tuple[Loan, list[Numbered]]:
    """The loan and its outcomes as all its facts would have been decided under these terms.

    What people and the world did stays as it is; everything the system decided is decided anew.
    """
    standing = live(history)
    facts: list[Numbered] = [(seq, event) for seq, event in standing if is_fact(event)]
    draft = _decided_again(loan_id, facts, date.min, through, terms)
    return draft.loan, list(draft.events)


def outcomes_that_differ(
    stored: list[Numbered], decided: list[Numbered]
) -> tuple[list[Numbered], list[Numbered]]:
    """Outcomes only the first list has, and those only the second has; reasons aside."""
    return _difference(stored, decided) or ([], [])


def _unchanged(
    loan_id: str, standing: list[Numbered], day: date, terms: TermsInForce
) -> list[Numbered]:
    """What is decided today without the change, as far as the history has come.

    A payment may have come back on a day that time has not been brought to since. What indexes
    have come to be since is news, not drift.
    """
    last = max(event.effective_on for _, event in standing)
    stands_alone = msgspec.structs.replace(terms, indexes={})
    decided = _decide_again(loan_id, standing, day, last, stands_alone)
    return [(seq, event) for seq, event in decided if event.effective_on <= last]


def _awaited(standing: list[Numbered]) -> frozenset[date]:
    """Days of resets that wait for their index value: it is adopted on its own, by time."""
    return frozenset(
        event.effective_on for _, event in standing if isinstance(event, RateResetAwaited)
    )


def _outcomes_from(standing: list[Numbered], day: date) -> list[Numbered]:
    """Outcomes decided on a day or later."""
    return [
        (seq, event) for seq, event in standing if event.effective_on >= day and not is_fact(event)
    ]


def _decide_again(
    loan_id: str,
    standing: list[Numbered],
    day: date,
    through: date,
    terms: TermsInForce,
    waiting: frozenset[date] = frozenset(),
) -> list[Numbered]:
    """Every outcome from a day on, decided anew from the facts."""
    return list(_decided_again(loan_id, standing, day, through, terms, waiting).events)


def _decided_again(
    loan_id: str,
    standing: list[Numbered],
    day: date,
    through: date,
    terms: TermsInForce,
    waiting: frozenset[date] = frozenset(),
) -> Draft:
    """The loan with every outcome from a day on decided anew from the facts.

    Outcomes get numbers beyond all facts, so that order inside a day is as first decided. Values of
    indexes are known from the start: a reset on time and one decided late come out the same.
    """
    facts = [(acts_on(event), seq, event) for seq, event in standing if is_fact(event)]
    facts.sort(key=lambda item: item[:2])
    before = [
        (seq, event)
        for seq, event in standing
        if event.effective_on < day or isinstance(event, RateIndexPublished)
    ]
    loan = fold(loan_id, before)
    next_seq = 1 + max(seq for seq, _ in standing)
    under = terms_now(loan, terms, standing)
    draft = Draft(loan=loan, terms=under, next_seq=next_seq, waiting=waiting)
    folded = {seq for seq, _ in before}
    returned = _taken_back(standing)
    for acting, seq, fact in facts:
        if acting < day:
            continue
        advance_draft(draft, acting)
        if seq not in folded:
            draft.apply(seq, fact)
            folded.add(seq)
            for undo_seq, undoing in returned.get(seq, []):
                if undo_seq not in folded:
                    draft.apply(undo_seq, undoing)
                    folded.add(undo_seq)
        if seq in returned:
            continue
        follow(draft, seq, fact)
    advance_draft(draft, through)
    return draft


def _taken_back(standing: list[Numbered]) -> dict[int, list[Numbered]]:
    """Number of a payment or disbursement → the facts that say it never counted."""
    undoing: dict[int, list[Numbered]] = defaultdict(list)
    for seq, event in standing:
        match event:
            case PaymentReturned() | PaymentReversed():
                undoing[event.payment].append((seq, event))
            case DisbursementReversed():
                undoing[event.disbursement].append((seq, event))
            case _:
                pass
    return undoing


def _difference(
    stored: list[Numbered], decided: list[Numbered]
) -> tuple[list[Numbered], list[Numbered]] | None:
    """Outcomes only stored and outcomes only decided now; None when there is no difference.

    What an outcome rests on may be worded anew; its day, subject and amounts must agree.
    """
    old, now = _by_kind_and_day(stored), _by_kind_and_day(decided)
    gone: list[Numbered] = []
    new: list[Numbered] = []
    for group in old.keys() | now.keys():
        before, after = old.get(group, []), now.get(group, [])
        if group[0] in _ORDERED:
            # The last of a day is in force, so a day that differs is decided anew as a whole.
            same = [_substance(e) for _, e in before] == [_substance(e) for _, e in after]
            gone += [] if same else before
            new += [] if same else after
            continue
        left = list(before)
        for seq, event in after:
            substance = _substance(event)
            match = next((item for item in left if _substance(item[1]) == substance), None)
            if match is None:
                new.append((seq, event))
            else:
                left.remove(match)
        gone += left
    if not gone and not new:
        return None
    return sorted(gone, key=lambda item: item[0]), sorted(new, key=lambda item: item[0])


_ORDERED = (DefaultRateChanged, DelinquencyStageChanged, RateReset, ScheduleSet)
"""Outcomes of which the latest one counts."""


def _by_kind_and_day(events: list[Numbered]) -> dict[tuple[type[Event], date], list[Numbered]]:
    groups: dict[tuple[type[Event], date], list[Numbered]] = defaultdict(list)
    for seq, event in events:
        groups[type(event), event.effective_on].append((seq, event))
    return groups


def _substance(event: Event) -> Event:
    """The event without its reasons."""
    if getattr(event, "because", None) is not None:
        return msgspec.structs.replace(event, because=Because())
    return event
