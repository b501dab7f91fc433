"""What is kept of people and shown to few: revealed with a reason, written to a file, erased for good."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from models.base import personal
from models.staff import Staff
from resources.words import LANGUAGES, N_
from services import exports, sheets
from services.desk.errors import Invalid
from services.desk.intent import intent
from services.desk.work import Work

AT_ONCE = 500


class PersonalField(enum.StrEnum):
    """What of a person can be revealed: the personal fields of staff."""

    ID_NUMBER = "id_number"
    PHONE = "phone"
    ADDRESS = "address"


@intent(N_("Show personal data"), on=Staff, name="staff.reveal", again=True, why=True)
def reveal(work: Work, *, staff_id: UUID, field: PersonalField) -> str:
    """The plain value of one field of one person. Missing: there is none, or it is erased."""
    return work.reveal(work.get(Staff, staff_id), PersonalField(field).value)


@intent(
    N_("Erase personal data"), on=Staff, name="staff.erase_personal", again=True, why=True,
    kept=N_("What is erased cannot be brought back: the key it could be read with is gone"),
)  # fmt: skip
def erase_personal(work: Work, *, staff_id: UUID) -> None:
    """ID number, phone and address of a person are gone for good, in every record of the past too; also of one who was
    removed. Who did it and why stays."""
    work.erase(work.get(Staff, staff_id, dead=True))


@intent(N_("Export with personal data"), on=Staff, name="staff.export_personal", again=True, why=True)
def export_personal(
    work: Work, *, file: str, staff_ids: Sequence[UUID] | None = None, language: str = LANGUAGES[0]
) -> int:
    """Writes these people (none named: all within reach) with their personal data as xlsx or csv; how many. Everybody
    who is in it is told so in his history. The file is written once that is stored."""
    out = Path(file)
    sheets.check(out)
    if not out.absolute().parent.is_dir():
        raise Invalid(N_("There is no folder {folder}"), folder=out.absolute().parent)
    rows = list(_people(work, staff_ids))
    plain = {row.id: {name: work.plain(row, name) for name in personal(Staff)} for row in rows}
    listed = exports.filled(work.unit.session, "staff", [row.n for row in rows], plain)
    work.witness(*rows)
    work.remark(str(len(rows)))
    work.once_stored(lambda: exports.write_private(listed, "staff", out, language))
    return len(rows)


def _people(work: Work, ids: Sequence[UUID] | None) -> Iterator[Staff]:
    """In the order of the list; what is out of reach or gone is left out."""
    if ids is None:
        yield from work.session.scalars(sa.select(Staff).order_by(Staff.number))
        return
    for start in range(0, len(ids), AT_ONCE):
        part = list(ids[start : start + AT_ONCE])
        found = {row.id: row for row in work.session.scalars(sa.select(Staff).where(Staff.id.in_(part)))}
        yield from (found[id] for id in part if id in found)
        work.progress(start, len(ids))
