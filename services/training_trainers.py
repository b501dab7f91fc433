"""Who taught how well: trainers and providers of a year side by side, by the feedback of who was there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.training import Attendance, PlaceState, TrainingSession
from resources.words import N_
from services.desk.intent import query
from services.training_sessions import held


@dataclass(frozen=True)
class Taught:
    """The held sessions of one trainer of one provider ("" where nobody said): how many came, of `judged` how many
    passed, how many of who came gave a `rating` and what these come to together (1 to 5 each), cost in fen."""

    trainer: str
    provider: str
    sessions: int
    came: int
    judged: int
    passed: int
    rated: int
    stars: int
    cost: int

    @property
    def mean(self) -> float | None:
        """The mean rating; None where nobody gave one."""
        return self.stars / self.rated if self.rated else None

    @property
    def a_head(self) -> int | None:
        """Fen for each who came, rounded half up; None where nobody did."""
        return (2 * self.cost + self.came) // (2 * self.came) if self.came else None


@query(N_("Trainers and providers side by side"), on=TrainingSession, name="training.trainers")
def trainers(session: Session, year: int, compound_id: UUID | None = None) -> list[Taught]:
    """Everybody who taught in a year, in one compound or in all in reach: the best rated first, who was not rated
    last."""
    names = (sa.func.coalesce(TrainingSession.trainer, ""), sa.func.coalesce(TrainingSession.provider, ""))
    where = [*held(year), *([TrainingSession.compound_id == compound_id] if compound_id else [])]
    came, passed = Attendance.signed_in_at.is_not(None), Attendance.passed
    rating = sa.case((came, Attendance.rating))  # feedback of who was there
    seats = (
        sa.select(*names, sa.func.count(Attendance.signed_in_at), sa.func.count(sa.case((came, passed))),
                  sa.func.count(sa.case((passed.is_(True), 1))), sa.func.count(rating), sa.func.sum(rating))
        .join(TrainingSession, TrainingSession.id == Attendance.training_session_id)
        .where(*where, Attendance.state == PlaceState.ENROLLED)
        .group_by(*names)
    )  # fmt: skip
    counted: dict[Any, Any] = {(trainer, provider): rest for trainer, provider, *rest in session.execute(seats)}
    held_ = sa.select(*names, sa.func.count(), sa.func.sum(TrainingSession.cost)).where(*where).group_by(*names)
    made = list[Taught]()
    for trainer, provider, sessions, cost in session.execute(held_):
        there, judged, done, rated, stars = counted.get((trainer, provider), (0, 0, 0, 0, 0))
        made.append(Taught(trainer, provider, sessions, there, judged, done, rated, int(stars or 0), int(cost or 0)))
    return sorted(made, key=_best)


def _best(row: Taught) -> tuple[float, str, str]:
    return -(row.mean or 0.0), row.trainer, row.provider
