"""Sessions: planned, run, held or cancelled. Who sits in them: `enrolment`; who came and what of it: `attendances`.

The states are those of training events elsewhere: while one runs people sign in; held, its results stand.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.training import Attendance, Course, PlaceState, SessionState, TrainingPlanLine, TrainingSession
from resources.words import N_, Word
from services import checks, enrolment
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import describe, takes
from services.desk.undo import guarding
from services.desk.work import Work
from services.records import records
from services.rent_schedule import DAY

S = SessionState
OPEN = (S.PLANNED, S.RUNNING)
LATER = frozenset({"cost", "note", "trainer", "provider"})  # what is still written down when it is over
GONE_BY = N_("This session is {state}; that cannot be done any more")
ONCE = N_("This session is {state}; that can be done once it is {wanted}")
ORDER = N_("A session ends after it has begun")
OTHER_COURSE = N_("The line of the plan is about another course")
TOO_FEW = N_("{n} people are enrolled already: the places cannot be fewer")
NOT_YET = N_("It begins on {date}; it can be started on that day")
NOBODY = N_("Nobody has signed in. Say who was there, or cancel the session")
SOMEBODY = N_("{n} people have signed in already: hold the session, or take their signing in back")
ISSUED = N_("Certificate {number} was issued for it; withdraw that first")
HAS_MORE = N_("Somebody has {hours} hours of it already; change that first")
EMPTY_SEATS = N_("{n} places of this session are taken; cancel it instead")


def _settle(work: Work, row: TrainingSession, given: dict[str, Any]) -> None:
    if row.rid and row.state not in OPEN and (set(given) - LATER):
        raise Conflict(GONE_BY, state=word(row.state))
    if row.ends_at <= row.starts_at:
        raise Invalid(ORDER, field=Word("training_session.ends_at"))
    with work.session.no_autoflush:
        if row.training_plan_line_id:
            line = work.get(TrainingPlanLine, row.training_plan_line_id)
            if line.course_id != row.course_id:
                raise Conflict(OTHER_COURSE, field=Word("training_session.course_id"))
        if row.rid and "hours" in given:
            most = max((seat.hours or 0 for seat in enrolment.seats(work.session, row.id, *PlaceState)), default=0)
            if most > row.hours:
                raise Conflict(HAS_MORE, field=Word("training_session.hours"), hours=most / 10)
        if row.rid and "capacity" in given:
            work.hold(TrainingSession, row.id)
            taken = len(enrolment.seats(work.session, row.id, PlaceState.ENROLLED))
            if row.capacity is not None and taken > row.capacity:
                raise Conflict(TOO_FEW, field=Word("training_session.capacity"), n=taken)
            enrolment.move_up(work, row)


def _parting(work: Work, row: TrainingSession) -> None:
    if taken := len(enrolment.seats(work.session, row.id, *PlaceState)):
        raise Conflict(EMPTY_SEATS, n=taken)


SESSIONS = records(
    "training_sessions", TrainingSession, sorts=("starts_at", "number"), sums=("hours", "cost"), series="PX",
    settle=_settle, parting=_parting,
)  # fmt: skip


@intent(N_("Start session"), on=TrainingSession, name="training_sessions.start")
def start(work: Work, training_session_id: UUID) -> None:
    """From now on people sign in. Conflict: its day has not come."""
    found = in_state(work, training_session_id, S.PLANNED)
    if work.today < day_of(found.starts_at):
        raise Conflict(NOT_YET, date=day_of(found.starts_at))
    found.state = S.RUNNING


@intent(N_("Hold session"), on=TrainingSession, name="training_sessions.hold")
def hold(work: Work, training_session_id: UUID) -> int:
    """It is over: whoever signed in has its hours, and has passed it where there is no exam. Returns how many were
    there; Conflict: nobody was, or it has not begun."""
    found = in_state(work, training_session_id, *OPEN)
    if work.today < day_of(found.starts_at):
        raise Conflict(NOT_YET, date=day_of(found.starts_at))
    came = [seat for seat in enrolment.seats(work.session, found.id, PlaceState.ENROLLED) if seat.signed_in_at]
    if not came:
        raise Conflict(NOBODY)
    course = work.get(Course, found.course_id)
    for seat in came:
        credit(seat, found, course)
    found.state = S.HELD
    return len(came)


@intent(N_("Take session back"), on=TrainingSession, name="training_sessions.reopen", why=True)
def reopen(work: Work, training_session_id: UUID) -> None:
    """A session that was held runs again: its results can be put right. Who had all its hours has them anew when it is
    held again, however many they are then. Conflict: a certificate was issued for it."""
    found = in_state(work, training_session_id, S.HELD)
    _without_certificates(work, found)
    for seat in enrolment.seats(work.session, found.id, *PlaceState):
        if seat.hours == found.hours:
            seat.hours = None
    found.state = S.RUNNING


@intent(N_("Cancel session"), on=TrainingSession, name="training_sessions.cancel")
def cancel(work: Work, training_session_id: UUID, cancelled_why: str) -> None:
    """It is not held, and why. Conflict: somebody has signed in."""
    found = in_state(work, training_session_id, *OPEN)
    there = sum(seat.signed_in_at is not None for seat in enrolment.seats(work.session, found.id, *PlaceState))
    if there:
        raise Conflict(SOMEBODY, n=there)
    needed = replace(describe(TrainingSession)["cancelled_why"], required=True)
    found.cancelled_why = checks.checked(needed, cancelled_why)
    found.state = S.CANCELLED


takes(
    "training_sessions.cancel",
    (SESSIONS.me, replace(describe(TrainingSession)["cancelled_why"], required=True, derived=False)),
)


@guarding(TrainingSession)
def _stands(work: Work, row: TrainingSession, values: dict[str, Any], since: int) -> None:
    """A session with certificates stays held whatever is taken back."""
    if row.state is S.HELD and values.get("state", S.HELD) is not S.HELD:
        _without_certificates(work, row)


def _without_certificates(work: Work, found: TrainingSession) -> None:
    for seat in enrolment.seats(work.session, found.id, *PlaceState):
        if seat.certificate_no:
            raise Conflict(ISSUED, number=seat.certificate_no)


def credit(seat: Attendance, found: TrainingSession, course: Course) -> None:
    """What being there is worth: all hours, unless fewer are written down; passed by the score where there is an exam
    and otherwise at once."""
    if seat.hours is None:
        seat.hours = found.hours
    if course.pass_score is None:
        seat.passed = True if seat.passed is None else seat.passed
    elif seat.score is not None:
        seat.passed = seat.score >= course.pass_score


def in_state(work: Work, training_session_id: UUID, *states: SessionState) -> TrainingSession:
    """The session, in one of these states, the first first; nobody signs in while another holds it. Conflict: it is in
    another state."""
    found, order = work.hold(TrainingSession, training_session_id), list(S)
    if found.state not in states:
        early = order.index(found.state) < order.index(states[0])
        raise Conflict(ONCE if early else GONE_BY, state=word(found.state), wanted=word(states[0]))
    return found


def word(state: SessionState) -> Word:
    """The name of a state."""
    return Word(f"training_session.state={state.value}")


def day_of(moment: datetime) -> date:
    """The day of an instant, where the machine is."""
    return moment.astimezone().date()


def year_of(year: int) -> tuple[datetime, datetime]:
    """The first instant of a year and of the next, where the machine is."""
    return datetime(year, 1, 1).astimezone(), datetime(year + 1, 1, 1).astimezone()


def held(year: int, until: date | None = None) -> tuple[sa.ColumnElement[bool], ...]:
    """The sessions that were held in a year, or in it `until` a day."""
    first, last = year_of(year)
    if until is not None:
        last = min(last, datetime.combine(until + DAY, time()).astimezone())
    return (TrainingSession.state == S.HELD, TrainingSession.starts_at >= first, TrainingSession.starts_at < last)
