"""Our own certificates: who passes a course that gives one gets a paper that is kept, valid until it is due again."""

from __future__ import annotations

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import Blob
from models.document import Document
from models.staff import Staff
from models.training import Attendance, Course, PlaceState, TrainingSession
from resources.words import N_
from services import issued, paper_settings
from services.desk.errors import Conflict, Missing
from services.desk.intent import intent, query
from services.desk.work import NO_RECORD, Work
from services.enrolment import seats
from services.papers import Standing, judging
from services.rent_schedule import months_on
from services.training_sessions import S, day_of, in_state

KIND = "training_certificate"
STAYS = N_("A certificate stands on a paper that is kept; withdraw it on the page of the session")
NO_OWN = N_("The course {course} gives no certificate of ours")
NOBODY = N_("Nobody has passed who has no certificate yet")
NONE = N_("There is no certificate yet")


@intent(N_("Issue certificates of session"), on=TrainingSession, name="training_sessions.certify", kept=STAYS)
def certify(work: Work, training_session_id: UUID) -> int:
    """A numbered certificate for everybody who passed and has none; returns how many. Conflict: the course gives none,
    or there is nobody."""
    found = in_state(work, training_session_id, S.HELD)
    course = work.get(Course, found.course_id)
    if not course.own_certificate:
        raise Conflict(NO_OWN, course=course.name)
    passed = [seat for seat in seats(work.session, found.id, PlaceState.ENROLLED) if seat.passed]
    fresh = [seat for seat in passed if not seat.certificate_no]
    if not fresh:
        raise Conflict(NOBODY)
    numbers = work.numbers("PZ", len(fresh))
    for done, seat in enumerate(fresh, 1):
        seat.certificate_no = next(numbers)
        _keep(work, found, course, seat)
        work.progress(done, len(fresh))
    return len(fresh)


@intent(N_("Withdraw certificate"), on=Attendance, name="attendances.withdraw_certificate", why=True)
def withdraw_certificate(work: Work, attendance_id: UUID) -> None:
    """It was issued by mistake: its number is void."""
    seat = work.get(Attendance, attendance_id)
    if not seat.certificate_no:
        raise Conflict(NONE)
    seat.certificate_no = None


@query(N_("Certificate of ours"), on=Attendance, name="attendances.certificate")
def certificate(session: Session, attendance_id: UUID) -> bytes:
    """The paper of one person as it was issued, byte for byte. Missing: there is none."""
    seat = session.get(Attendance, attendance_id)
    if seat is None:
        raise Missing(NO_RECORD)
    kept = sa.select(Document.sha256).where(
        Document.about_id == attendance_id, Document.kind == KIND, Document.number == (seat.certificate_no or "")
    )
    digest = session.scalar(kept)
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(digest))) if digest else None
    if data is None:
        raise Missing(NONE)
    return data


def _keep(work: Work, found: TrainingSession, course: Course, seat: Attendance) -> None:
    from services.documents import training_certificate  # the PDF libraries are loaded with the first paper
    from services.documents.sheet import anchored

    person, on = work.get(Staff, seat.staff_id), day_of(found.starts_at)
    said = training_certificate.Said(
        number=seat.certificate_no or "", office=work.office, name=person.name, staff_number=person.number,
        course=course.name, hours=seat.hours or 0, score=seat.score, on=on,
        until=months_on(on, course.repeat_months) if course.repeat_months else None, session=found.number,
        made=work.now, anchor=anchored(*work.head()),
    )  # fmt: skip
    with paper_settings.dress(work.session, KIND).worn():
        paper = training_certificate.render(said, work.seal)
    issued.keep(
        work,
        paper,
        compound_id=found.compound_id,
        kind=KIND,
        number=said.number,
        version=1,
        about_id=seat.id,
        on=said.on,
    )


@judging(KIND)
def _standing(session: Session, found: Document) -> Standing:
    seat = session.get(Attendance, found.about_id)
    if seat is None:
        return Standing.FOREIGN
    return Standing.OURS if seat.certificate_no == found.number else Standing.VOID
