"""The dates of a plan for one thing: what comes next, until when the law leaves time, what follows later. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from models.periodic_work import PlanBasis
from services.recurrence import Every, Season, after, fresh_from, grid

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """How a plan comes back. `law` is the interval the law asks for, None where it asks for nothing; a plan by meter
    has no interval of days."""

    basis: PlanBasis
    starts_on: date
    every: Every | None
    law: Every | None = None
    season: Season | None = None
    tolerance: int = 0
    lead: int = 0
    until: date | None = None
    step: int = 0
    counted_from: int = 0


class State(NamedTuple):
    """How far a plan is with one thing: the last day planned, the last it was done (or dropped) on, the day of what is
    still open, until when its certificate holds, what its meter has counted and stood at when last planned."""

    planned: date | None = None
    done: date | None = None
    open: date | None = None
    valid_until: date | None = None
    counted: int | None = None
    counted_on: date | None = None
    reading: int | None = None


class Planned(NamedTuple):
    """A day work is planned for; `legal_until` the last the law leaves, where it asks for it; the count of a meter."""

    on: date
    legal_until: date | None = None
    reading: int | None = None


def due(rhythm: Rhythm, state: State, until: date, today: date) -> Iterator[Planned]:
    """What orders are to go out for until a day, `lead` days before it is planned: every day of a grid, but only the
    next of what follows from the work done, from a certificate or from a meter."""
    if rhythm.step:
        if (found := _by_meter(rhythm, state)) is not None:
            yield found
        return
    last = until if rhythm.basis is PlanBasis.EXPIRY else until + rhythm.lead * DAY  # its lead is in the date already
    if rhythm.basis is PlanBasis.PLANNED:
        yield from _of_grid(rhythm, state, last, today)
    elif state.open is None:
        first = _next(rhythm, state)
        if first is not None and first.on <= last and first.on != state.planned and _still(rhythm, first.on):
            yield first


def ahead(rhythm: Rhythm, state: State, last: date, today: date) -> Iterator[Planned]:
    """What will come until a day and is not planned yet, as far as can be told: as if all of it were done in time."""
    if rhythm.every is None:
        return
    if rhythm.basis is PlanBasis.PLANNED:
        yield from _of_grid(rhythm, state, last, today)
        return
    found = _next(rhythm, state) if state.open is None else Planned(state.open)
    if found is not None and found.on == state.planned and state.open is None:
        found = Planned(after(found.on, rhythm.every, rhythm.season))  # done, and its new certificate is not there
    while found is not None and found.on <= last and _still(rhythm, found.on):
        if found.on != state.open:
            yield found
        found = _followed(rhythm, found.on)


def _followed(rhythm: Rhythm, day: date) -> Planned:
    assert rhythm.every is not None
    law = rhythm.law.later(day) + rhythm.tolerance * DAY if rhythm.law else None
    return Planned(after(day, rhythm.every, rhythm.season), law)


def _of_grid(rhythm: Rhythm, state: State, last: date, today: date) -> Iterator[Planned]:
    assert rhythm.every is not None
    first = state.planned + DAY if state.planned else fresh_from(rhythm.starts_on, rhythm.every, today)
    for day in grid(rhythm.starts_on, rhythm.every, first, last, rhythm.season, rhythm.until):
        yield Planned(day, legal_latest(rhythm, day))


def legal_latest(rhythm: Rhythm, day: date) -> date | None:
    """The last day the law leaves for a day of the grid: its interval after the day before, where the plan comes more
    often than it asks for; None where it asks for nothing."""
    if rhythm.law is None or rhythm.every is None:
        return None
    left = day if day <= rhythm.starts_on else max(day, rhythm.law.later(rhythm.every.later(day, -1)))
    return left + rhythm.tolerance * DAY


def _next(rhythm: Rhythm, state: State) -> Planned | None:
    """After the work done, or before a certificate ends; at first the day the plan begins. An inspection whose new
    certificate nobody entered comes back by its interval, no less than what is planned by the day it was done."""
    assert rhythm.every is not None
    slack = rhythm.tolerance * DAY
    if rhythm.basis is PlanBasis.EXPIRY and state.valid_until is not None:
        on = state.valid_until - rhythm.lead * DAY
        if on != state.planned or state.done is None:
            return Planned(on, state.valid_until if rhythm.law else None)
    if rhythm.basis is not PlanBasis.PLANNED and state.done is not None:
        law = rhythm.law.later(state.done) + slack if rhythm.law else None
        return Planned(_after_done(rhythm, state, state.done), law)
    first = rhythm.season.from_on(rhythm.starts_on) if rhythm.season else rhythm.starts_on
    return Planned(first, first + slack if rhythm.law else None)


def _after_done(rhythm: Rhythm, state: State, done: date) -> date:
    """An interval after the day it was done, the lead of a certificate before. What was done a whole interval early
    would fall on the day it was planned for, which is taken: it comes a day before, if that is after it was done."""
    assert rhythm.every is not None
    on = after(done, rhythm.every, rhythm.season)
    on -= rhythm.lead * DAY if rhythm.basis is PlanBasis.EXPIRY else timedelta()
    if on == state.planned:
        return on - DAY if on - DAY > done else on + DAY
    return on


def _by_meter(rhythm: Rhythm, state: State) -> Planned | None:
    """The count passed last, once: those passed before it while nobody read the meter are done with it."""
    if state.counted is None or state.counted_on is None or state.open is not None:
        return None
    passed = (state.counted - rhythm.counted_from) // rhythm.step
    reading = rhythm.counted_from + passed * rhythm.step
    if passed < 1 or (state.reading is not None and reading <= state.reading):
        return None
    on = max(state.counted_on, rhythm.starts_on)
    return Planned(on, None, reading) if _still(rhythm, on) and on != state.planned else None


def _still(rhythm: Rhythm, day: date) -> bool:
    return rhythm.until is None or day <= rhythm.until
