"""Figures of a year of training: sessions by state, places that stayed empty, drills, money."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import PostFunction
from models.training import Attendance, PlaceState, SessionKind, SessionState, TrainingSession
from services.training_hours import PersonHours
from services.training_sessions import held, year_of


@dataclass(frozen=True)
class FunctionHours:
    """People of one function (None: without a post): how many, how many have all that is asked, hours in tenths."""

    function: PostFunction | None
    people: int
    met: int
    hours: int


def by_function(people: list[PersonHours]) -> list[FunctionHours]:
    """The sums of each function, in the order of the functions; who has no post comes last."""
    rows = defaultdict[PostFunction | None, list[PersonHours]](list)
    for person in people:
        rows[person.function].append(person)
    order = [function for function in (*PostFunction, None) if function in rows]
    return [
        FunctionHours(function, len(rows[function]), sum(person.met for person in rows[function]),
                      sum(person.heard.total for person in rows[function]))
        for function in order
    ]  # fmt: skip


def states(session: Session, year: int, until: date, compound_id: UUID | None) -> dict[SessionState, int]:
    """How many sessions of a year until a day are in each state."""
    _, first, last = held(year, until)
    found = sa.select(TrainingSession.state, sa.func.count()).where(first, last).group_by(TrainingSession.state)
    counted = session.execute(found.where(TrainingSession.compound_id == compound_id) if compound_id else found)
    return {state: count for state, count in counted}  # noqa: C416 — rows are not pairs to mypy


def seats(session: Session, year: int, until: date, compound_id: UUID | None) -> tuple[int, int]:
    """How many places of sessions held until a day there were, and how many stayed empty though somebody was to
    come."""
    found = (
        sa.select(sa.func.count(), sa.func.count(Attendance.signed_in_at))
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(*held(year, until), Attendance.state == PlaceState.ENROLLED)
    )
    if compound_id is not None:
        found = found.where(TrainingSession.compound_id == compound_id)
    seats, came = session.execute(found).one()
    return seats, seats - came


def drills(session: Session, year: int, until: date, compound_id: UUID | None = None) -> dict[UUID, int]:
    """How many drills each compound held in a year until a day."""
    found = sa.select(TrainingSession.compound_id, sa.func.count()).where(
        *held(year, until), TrainingSession.kind == SessionKind.DRILL
    )
    if compound_id is not None:
        found = found.where(TrainingSession.compound_id == compound_id)
    counted = session.execute(found.group_by(TrainingSession.compound_id))
    return {compound: count for compound, count in counted}  # noqa: C416 — rows are not pairs to mypy


def cost(session: Session, year: int, compound_id: UUID | None = None) -> int:
    """What the sessions of a year cost that were not cancelled, fen."""
    first, last = year_of(year)
    found = sa.select(sa.func.coalesce(sa.func.sum(TrainingSession.cost), 0)).where(
        TrainingSession.starts_at >= first, TrainingSession.starts_at < last,
        TrainingSession.state != SessionState.CANCELLED,
    )  # fmt: skip
    if compound_id is not None:
        found = found.where(TrainingSession.compound_id == compound_id)
    return int(session.scalar(found) or 0)
