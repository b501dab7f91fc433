"""Who was in a session and what came of it: signed in at the door, marked afterwards, scores, feedback."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.staff import Staff
from models.training import Attendance, Course, PlaceState, SessionState, TrainingSession
from resources.words import N_, Word
from services import checks
from services.courses import MOST, TOO_MUCH
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.enrolment import ME, NOT_IN, PEOPLE, seats, still_here
from services.training_sessions import S, credit, in_state

ATTENDANCES = listing(
    Listing(
        "attendances", Attendance, (), sums=("hours",),
        also={"staff_id": ("number", "unit_id"),
              "training_session_id": ("number", "starts_at", "state", "course_id", "trainer", "hours", "kind")},
    )
)  # fmt: skip
BEST = 5  # of a rating
NOT_ENROLLED = N_("{name} is not enrolled in this session")
FEWER = N_("The session has {hours} hours; nobody can have more of it")
RATED = N_("A rating is 1 to {best}")
CERTIFIED = N_("Certificate {number} says that it was passed; withdraw that first")
NOT_THERE = N_("{name} was not there: say that first")
SEAT = FieldSpec("attendance", "attendance_id", Kind.REFERENCE, True, target="attendance")
TOLD = ("hours", "score", "passed", "rating", "feedback")  # of who was there
CAME = FieldSpec("attendance", "came", Kind.FLAG)
RESULTS = {
    name: replace(describe(Attendance)[name], required=False, default=None)
    for name in ("hours", "score", "passed", "rating", "feedback", "note")
}


@intent(N_("Sign in to session"), on=TrainingSession, name="training_sessions.sign_in")
def sign_in(work: Work, training_session_id: UUID, staff_id: UUID, walk_in: bool = False) -> bool:
    """Somebody is there, now; False when he was before. Conflict: the session does not run, or he has no place in it
    and does not come as a `walk_in`."""
    found = in_state(work, training_session_id, S.RUNNING)
    seat = seat_of(work, found, staff_id, walk_in=walk_in)
    if seat.signed_in_at is not None:
        return False
    seat.signed_in_at = work.now
    return True


takes(
    "training_sessions.sign_in",
    (ME, FieldSpec("training_session", "staff_id", Kind.REFERENCE, True, target="staff"),
     FieldSpec("training_session", "walk_in", Kind.FLAG, default=False)),
)  # fmt: skip


@intent(N_("Take signing in back"), on=TrainingSession, name="training_sessions.sign_off")
def sign_off(work: Work, training_session_id: UUID, staff_ids: Sequence[UUID]) -> None:
    """These people were signed in by mistake."""
    found = in_state(work, training_session_id, S.RUNNING)
    there = {seat.staff_id: seat for seat in seats(work.session, found.id, *PlaceState)}
    for id in staff_ids:
        if id not in there:
            raise Conflict(NOT_IN, name=work.get(Staff, id).name)
        _absent(there[id])


takes("training_sessions.sign_off", (ME, PEOPLE))


@intent(N_("Say who was there"), on=TrainingSession, name="training_sessions.mark")
def mark(work: Work, training_session_id: UUID, staff_ids: Sequence[UUID], came: bool = True) -> None:
    """These people were there, or were not: from a paper list, while the session runs or after it was held."""
    found = in_state(work, training_session_id, S.RUNNING, S.HELD)
    course = work.get(Course, found.course_id)
    for id in dict.fromkeys(staff_ids):
        note_presence(seat_of(work, found, id, walk_in=False), found, course, came=came)


takes("training_sessions.mark", (ME, PEOPLE, replace(CAME, entity="training_session", default=True)))


@intent(N_("Enter result of session"), on=Attendance, name="attendances.enter")
def enter(work: Work, attendance_id: UUID, came: bool | None = None, **results: Any) -> None:
    """What came of it for one person: whether he was there, hours (tenths), score of 100, feedback. Passed follows from
    the score where the course has an exam. What is not given stays. Invalid: more hours or points than there are."""
    seat = work.get(Attendance, attendance_id)
    found = in_state(work, seat.training_session_id, S.RUNNING, S.HELD)
    course = work.get(Course, found.course_id)
    given = checks.checked_all(RESULTS, results, whole=False)
    fitting(found, given)
    if came is not None:
        note_presence(seat, found, course, came=came)
    apply(work, seat, found, course, given)


takes("attendances.enter", (SEAT, CAME, *RESULTS.values()))


def apply(work: Work, seat: Attendance, found: TrainingSession, course: Course, given: dict[str, Any]) -> None:
    """Results that were `fitting` onto a place: passed follows from the score where the course has an exam."""
    if seat.signed_in_at is None and any(given.get(name) is not None for name in TOLD):
        raise Conflict(NOT_THERE, field=CAME.key, name=work.get(Staff, seat.staff_id).name)
    if course.pass_score is not None:
        given.pop("passed", None)
        if "score" in given:
            seat.passed = None if given["score"] is None else given["score"] >= course.pass_score
    for name, value in given.items():
        if getattr(seat, name) != value:
            setattr(seat, name, value)
    if seat.signed_in_at is not None and found.state is SessionState.HELD:
        credit(seat, found, course)
    if seat.certificate_no and not seat.passed:
        raise Conflict(CERTIFIED, number=seat.certificate_no)


def fitting(found: TrainingSession, given: dict[str, Any]) -> None:
    """Invalid: more hours than the session has, more points than there are, a rating that is none."""
    if (given.get("hours") or 0) > found.hours:
        raise Invalid(FEWER, field=Word("attendance.hours"), hours=found.hours / 10)
    if (given.get("score") or 0) > MOST:
        raise Invalid(TOO_MUCH, field=Word("attendance.score"), most=MOST)
    if given.get("rating") is not None and given["rating"] > BEST:
        raise Invalid(RATED, field=Word("attendance.rating"), best=BEST)


def note_presence(seat: Attendance, found: TrainingSession, course: Course, *, came: bool) -> None:
    """Somebody was there from the beginning, unless he signed in later; or was not, and nothing counts for him."""
    if not came:
        _absent(seat)
    elif seat.signed_in_at is None:
        seat.signed_in_at = found.starts_at
        if found.state is SessionState.HELD:
            credit(seat, found, course)


def seat_of(work: Work, found: TrainingSession, staff_id: UUID, *, walk_in: bool) -> Attendance:
    """The place somebody sits on. Who comes as a walk-in gets one, whatever the places."""
    person = work.get(Staff, staff_id)
    mine = sa.select(Attendance).where(Attendance.training_session_id == found.id, Attendance.staff_id == staff_id)
    seat = work.session.scalar(mine)
    if seat is not None and seat.state is PlaceState.ENROLLED:
        return seat
    if not walk_in:
        raise Conflict(NOT_ENROLLED, name=person.name)
    if seat is not None:
        seat.state = PlaceState.ENROLLED
        return seat
    still_here(person, found)
    return work.add(
        Attendance(compound_id=found.compound_id, training_session_id=found.id, staff_id=staff_id,
                   state=PlaceState.ENROLLED)
    )  # fmt: skip


def _absent(seat: Attendance) -> None:
    if seat.certificate_no:
        raise Conflict(CERTIFIED, number=seat.certificate_no)
    seat.signed_in_at = seat.hours = seat.score = seat.passed = seat.rating = seat.feedback = None
