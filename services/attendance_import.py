"""A list of who was there, from a file: rows matched to people by number, or by a name only one of them has."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from models.training import Attendance, TrainingSession
from resources.words import N_
from services.attendance_rows import RESULT, Lists, Taken
from services.desk.errors import Cancelled, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.enrolment import ME
from services.imports.register import read_register
from services.training_sessions import S, in_state

KIND = "attendance"
OWN = describe(Attendance)
FIELDS = {
    "number": FieldSpec(KIND, "number", Kind.TEXT, max_length=40), "name": FieldSpec(KIND, "name", Kind.TEXT, True),
    "signed_in_at": FieldSpec(KIND, "signed_in_at", Kind.TEXT), "came": FieldSpec(KIND, "came", Kind.FLAG),
    **{name: OWN[name] for name in RESULT},
}  # fmt: skip
EMPTY = N_("This list names nobody")


class Checked(Cancelled):
    """Leaves the unit of work without storing anything, with what would have come of it."""

    def __init__(self, taken: Taken) -> None:
        super().__init__(N_("Checked only; nothing was stored"))
        self.taken = taken


@intent(N_("Take in attendance list"), on=TrainingSession, name="training_sessions.take_in")
def take_in(
    work: Work, training_session_id: UUID, file: str, walk_ins: bool = False, dry_run: bool = False
) -> Taken:  # fmt: skip
    """Reads a workbook with number or name, presence, hours, score and result a row; a person without a column of
    presence was there. With `walk_ins` who was not enrolled gets a place. Refused rows stay out, with their reason.
    Invalid: there is no such list in the file."""
    found = in_state(work, training_session_id, S.RUNNING, S.HELD)
    register = read_register(Path(file), "attendances", FIELDS, None, work.tell)
    if not register.rows:
        raise Invalid(EMPTY)
    taken = Lists(work, found, register, walk_ins=walk_ins).run()
    if dry_run:
        raise Checked(taken)
    work.because(register.file)
    return taken


takes(
    "training_sessions.take_in",
    (ME, FieldSpec("training_session", "file", Kind.TEXT, True),
     FieldSpec("training_session", "walk_ins", Kind.FLAG, default=False),
     FieldSpec("training_session", "dry_run", Kind.FLAG, default=False)),
)  # fmt: skip
