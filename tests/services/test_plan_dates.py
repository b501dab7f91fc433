"""The dates of a plan whatever happens: late work moves no grid, parts make the whole, the next follows the work."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.periodic_work import PlanBasis, Unit
from services.plan_dates import Rhythm, State, ahead, due
from services.recurrence import Every, Season

DAYS = st.dates(date(2020, 1, 1), date(2032, 12, 31))
EVERY = st.builds(Every, st.integers(1, 18), st.sampled_from(Unit)).filter(
    lambda every: every.longer(Every(6, Unit.DAY))
)
SEASONS = st.none() | st.builds(Season, st.just((4, 1)), st.just((10, 31))) | st.just(Season((11, 1), (3, 15)))
GRID = st.builds(
    Rhythm, st.just(PlanBasis.PLANNED), DAYS, EVERY, law=st.none(), season=SEASONS, tolerance=st.integers(0, 20),
    lead=st.integers(0, 40),
)  # fmt: skip
TODAY = date(2026, 11, 23)
AHEAD = st.integers(0, 500).map(lambda days: TODAY + timedelta(days=days))


@given(GRID, AHEAD, DAYS)
def test_late_or_early_work_moves_no_day_of_the_grid(rhythm: Rhythm, until: date, done: date) -> None:
    first = list(due(rhythm, State(), until, TODAY))
    if not first:
        return
    known = State(planned=first[0].on)
    assert list(due(rhythm, known._replace(done=done), until, TODAY)) == list(due(rhythm, known, until, TODAY))
    assert list(due(rhythm, known, until, TODAY)) == first[1:]


@given(GRID, AHEAD, AHEAD)
def test_made_in_two_parts_or_at_once_it_is_the_same(rhythm: Rhythm, one: date, other: date) -> None:
    near, far = sorted((one, other))
    part = list(due(rhythm, State(), near, TODAY))
    state = State(planned=part[-1].on) if part else State()
    assert part + list(due(rhythm, state, far, TODAY)) == list(due(rhythm, State(), far, TODAY))
    assert list(due(rhythm, state, near, TODAY)) == [], "and never twice"


@given(GRID, AHEAD, st.integers(0, 5))
def test_the_law_leaves_its_interval_after_the_day_before(rhythm: Rhythm, until: date, more: int) -> None:
    assert rhythm.every is not None
    legal = replace(rhythm, law=rhythm.every._replace(number=rhythm.every.number + more), season=None)
    found = list(due(legal, State(), until, TODAY))
    slack = timedelta(days=legal.tolerance)
    for day in found:
        assert day.legal_until is not None and day.legal_until >= day.on + slack
    for before, day in pairwise(found):
        assert legal.law is not None and day.legal_until is not None
        latest = max(day.on, legal.law.later(before.on)) + slack
        assert latest - timedelta(days=3) <= day.legal_until <= latest, "three days at most for the ends of months"


@given(GRID, DAYS)
def test_what_follows_the_work_done_comes_once_and_after_its_interval(rhythm: Rhythm, done: date) -> None:
    following = replace(rhythm, basis=PlanBasis.DONE)
    assert following.every is not None
    state = State(planned=done - timedelta(days=1), done=done)
    found = list(due(following, state, date(2060, 1, 1), TODAY))
    assert len(found) == 1 and found[0].on >= following.every.later(done)
    assert following.season is None or following.season.holds(found[0].on)
    assert list(due(following, state._replace(open=found[0].on), date(2060, 1, 1), TODAY)) == [], "one is open"
    foreseen = [day.on for day in ahead(following, state, found[0].on + timedelta(days=3000), TODAY)]
    assert foreseen[0] == found[0].on and foreseen == sorted(set(foreseen))


@given(GRID, DAYS, AHEAD)
def test_an_inspection_comes_its_lead_before_the_certificate_ends(rhythm: Rhythm, ends: date, until: date) -> None:
    by_end = replace(rhythm, basis=PlanBasis.EXPIRY, law=rhythm.every)
    planned = ends - timedelta(days=by_end.lead)
    found = list(due(by_end, State(valid_until=ends), until, TODAY))
    assert [(day.on, day.legal_until) for day in found] == ([(planned, ends)] if planned <= until else [])
    assert list(due(by_end, State(planned=planned, valid_until=ends), until, TODAY)) == []


@given(st.integers(1, 1000), st.integers(0, 5000), st.integers(0, 20_000))
def test_a_meter_brings_the_count_it_passed_last_once(step: int, start: int, counted: int) -> None:
    rhythm = Rhythm(PlanBasis.PLANNED, date(2026, 1, 1), None, step=step, counted_from=start)
    state = State(counted=counted, counted_on=TODAY)
    found = list(due(rhythm, state, TODAY, TODAY))
    assert len(found) == (counted >= start + step)
    for day in found:
        assert day.reading is not None and day.reading <= counted < day.reading + step
        assert list(due(rhythm, state._replace(reading=day.reading, planned=day.on), TODAY, TODAY)) == []
