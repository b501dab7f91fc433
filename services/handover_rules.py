"""What notes of each purpose owe: who the parties are, and that they fit each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from models.compound import Compound
from models.handover import Handover, HandoverPurpose
from models.room import Room
from models.staff import Staff
from resources.words import N_, Word
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work

P = HandoverPurpose
LEFT = N_("{name} has left; choose somebody who is here")
SAME = N_("Giver and receiver are the same, and no new room is named")
ELSEWHERE = N_("“{field}” is in another compound")
NOBODY = N_("Say who borrows: a person of the office or somebody else")
LATE = N_("A loan is back on a day after it is handed over")


def sensible(work: Work, note: Handover) -> None:
    """The parties are there, they are not one and the same, and the note says what its purpose needs."""
    for staff in filter(None, (note.to_staff_id, note.from_staff_id, note.supervisor_id)):
        work.get(Staff, staff)
    if note.supervisor_id in (note.to_staff_id, note.from_staff_id) and note.supervisor_id:
        raise Invalid(N_("The supervisor is neither giver nor receiver"), field=Word("handover.supervisor_id"))
    if note.to_staff_id:
        is_here(work, note.to_staff_id, "handover.to_staff_id")
    if note.to_room_id and work.get(Room, note.to_room_id).compound_id != (note.to_compound_id or note.compound_id):
        raise Conflict(ELSEWHERE, field=Word("handover.to_room_id"))
    RULES[note.purpose](work, note)


def is_here(work: Work, staff_id: UUID, field: str) -> None:
    """Invalid: the person has left; nothing comes into his name any more."""
    with work.session.no_autoflush:
        person = work.get(Staff, staff_id)
    if person.left_on:
        raise Invalid(LEFT, field=Word(field), name=person.name)


def _assign(work: Work, note: Handover) -> None:
    _needs(note, "to_staff_id")
    same_unit = note.from_unit_id == note.to_unit_id
    if note.from_staff_id == note.to_staff_id and same_unit and note.to_room_id is None:
        raise Invalid(SAME, field=Word("handover.to_staff_id"))


def _transfer(work: Work, note: Handover) -> None:
    _needs(note, "to_compound_id", "to_staff_id")
    assert note.to_compound_id
    work.get(Compound, note.to_compound_id)
    if note.to_compound_id == note.compound_id:
        raise Invalid(N_("The assets are in this compound already"), field=Word("handover.to_compound_id"))


def _lend(work: Work, note: Handover) -> None:
    if not (note.to_staff_id or note.borrower):
        raise Invalid(NOBODY, field=Word("handover.to_staff_id"))
    _needs(note, "due_on")
    assert note.due_on
    if note.due_on < note.handed_on:
        raise Invalid(LATE, field=Word("handover.due_on"))


def _return(work: Work, note: Handover) -> None:
    _needs(note, "loan_id")


def _leaving(work: Work, note: Handover) -> None:
    _needs(note, "from_staff_id", "to_staff_id")
    if note.from_staff_id == note.to_staff_id:
        raise Invalid(SAME, field=Word("handover.to_staff_id"))


def _needs(note: Handover, *fields: str) -> None:
    for field in fields:
        if getattr(note, field) is None:
            raise Invalid(N_("“{field}” is required"), field=Word(f"handover.{field}"))


RULES: Mapping[HandoverPurpose, Callable[[Work, Handover], None]] = {
    P.ASSIGN: _assign, P.TRANSFER: _transfer, P.LEND: _lend, P.RETURN: _return, P.LEAVING: _leaving,
}  # fmt: skip


def unit_of(work: Work, staff_id: UUID | None) -> UUID | None:
    """The unit a person belongs to."""
    return work.get(Staff, staff_id).unit_id if staff_id else None
