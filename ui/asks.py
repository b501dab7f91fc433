"""What the workbench asks of the desk, and small words it needs; everything here runs off the window's thread."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from models import work_states
from models.base import entities
from models.handover import OPEN
from resources.words import N_
from services.desk.errors import Conflict, Missing
from services.desk.listing import View
from services.rights import Answer, Purpose

if TYPE_CHECKING:
    from services.desk.checking import Checked
    from services.desk.codes import Code
    from services.desk.desk import Desk
    from services.imports.register import Register
    from services.intake import Report
    from services.recovery import Doors
    from services.soundness import Anchored
    from services.taken import Taken
    from services.training_sheet import SessionSheet

AT_ONCE = 500


def open_notes(desk: Desk) -> int:
    """How many handover notes wait for somebody."""
    return desk.count(View("handovers", filters=(("state", tuple(s.value for s in OPEN)),)))


def open_orders(desk: Desk) -> int:
    """How many work orders are not done yet."""
    return desk.count(View("work_orders", filters=(("state", tuple(s.value for s in work_states.OPEN)),)))


def complaints(desk: Desk) -> int:
    """How many complaints and unhappy return visits wait for an answer."""
    return desk.count(View("work_feedback_open"))


def certificates_waiting(desk: Desk) -> int:
    """How many certificates have passed, or are near their end by the nearest of the days warned of."""
    from services.certificate_kinds import steps
    from ui.kit.editors import today

    lines = desk.ask("certificates.due", on=today())
    return sum(line.step in (None, min(steps())) for line in lines)


def marked(listing: str, numbers: array[int], desk: Desk) -> list[UUID]:
    """The ids behind local row numbers, in their order, of whatever compounds."""
    pages = (desk.page(listing, numbers[start : start + AT_ONCE]) for start in range(0, len(numbers), AT_ONCE))
    return [row["id"] for page in pages for row in page]


def signed(id: UUID, desk: Desk) -> bytes:
    """An issued paper with all its signatures."""
    return bytes(desk.ask("documents.signed", document_id=id))


def doors(desk: Desk) -> Doors:
    """How the doors of the office stand."""
    found: Doors = desk.ask("office.keys")
    return found


def recovery_sheet(code: Code, desk: Desk) -> tuple[str, bytes]:
    """A code made just now, and its sheet as a PDF."""
    from services.recovery import drawn

    sheet, pdf = drawn(desk, code)
    return sheet.code, pdf


def ids(listing: str, numbers: array[int], desk: Desk) -> list[UUID]:
    """The ids behind local row numbers, in their order. Conflict: they are of several compounds."""
    found, inside = list[UUID](), Counter[str]()
    for start in range(0, len(numbers), AT_ONCE):
        rows = desk.page(listing, numbers[start : start + AT_ONCE])
        found += [row["id"] for row in rows]
        inside.update(str(row["compound"]) for row in rows)
    if len(inside) > 1:
        marked = ", ".join(f"{name} {count}" for name, count in inside.most_common())
        raise Conflict(N_("A note covers assets of one compound; marked are: {marked}"), marked=marked)
    return found


def ids_of(view: View, desk: Desk) -> list[UUID]:
    """The ids of everything a view shows, in its order."""
    return marked(view.listing, desk.ids(view), desk)


def written(view: View, place: Path, lang: str, desk: Desk) -> int:
    """A list written as a workbook, or as csv by its ending; how many rows it has."""
    from services import exports

    return exports.write(desk, view, place, lang)


def refused(report: Report, place: Path, lang: str, _desk: Desk) -> None:
    """The refused rows of a register, written as a workbook."""
    from services import exports

    exports.write_refused(report, place, lang)


def report(found: Report, place: Path, lang: str, stored: bool, desk: Desk) -> None:
    """The report of a register as a paper to print and file."""
    from services import import_papers

    import_papers.write_report(desk, found, place, lang, stored=stored)


def seen(options: dict[str, Any], desk: Desk) -> Register:
    """The first rows of a register as they would be read."""
    from services import intake

    return intake.look(desk, **options)


def taken(desk: Desk) -> list[Taken]:
    """The registers that were taken in lately."""
    return cast("list[Taken]", desk.ask("imports.taken"))


def profile(kind: str, base: str, columns: dict[str, str], place: Path, desk: Desk) -> None:
    """How the columns of a register are read, kept as a file; `base` is the profile to begin with."""
    from services import import_profiles
    from services.imports.profile import save

    save(import_profiles.based(desk, kind, base, columns), place)


def profile_values(kind: str, base: str, columns: dict[str, str], name: str, desk: Desk) -> dict[str, Any]:
    """The same as what `import_profiles.add` takes, for the office to know the source by its header."""
    from services import import_profiles
    from services.imports.profile import written

    found = import_profiles.based(desk, kind, base, columns)
    return {"name": name, "kind": kind, "content": written(found).decode()}


def numbered(listing: str, number: str, desk: Desk) -> dict[str, Any]:
    """The row of a list with a number. Missing: it is gone or out of reach."""
    rows = desk.first(View(listing, filters=(("number", (number,)),)), 1)
    if not rows:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    return dict(rows[0])


def identified(listing: str, entity: str, id: UUID, desk: Desk) -> dict[str, Any]:
    """The row of a list with an id. Missing: it is gone or out of reach."""
    number, name = desk.named(entity, id).number.rpartition("/")[2], entities()[entity].naming.number
    rows = desk.first(View(listing, filters=((name, (number,)),)), AT_ONCE)
    row = next((row for row in rows if row["id"] == id), None)
    if row is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    return dict(row)


def classes(prefix: str, desk: Desk) -> list[str]:
    """The codes of the classes that begin so."""
    rows = desk.first(View("asset_classes", search=prefix), AT_ONCE) if prefix else []
    return [row["code"] for row in rows if row["code"].startswith(prefix)]


def may(places: list[tuple[UUID, UUID | None]], on: date, desk: Desk) -> list[tuple[Purpose, Answer]]:
    """What stands against disposing of places or leasing them, all of them together."""
    found = list[tuple[Purpose, Answer]]()
    for purpose in Purpose:
        answers: list[Answer] = [
            desk.ask("rights.may", building_id=building, room_id=room, purpose=purpose, on=on)
            for building, room in places
        ]
        findings = dict.fromkeys(finding for answer in answers for finding in answer.findings)
        found.append((purpose, Answer(all(answer.allowed for answer in answers), tuple(findings))))
    return found


def files_about(ids: Sequence[UUID], desk: Desk) -> dict[UUID, int]:
    """How many files there are about each of these records. NotAllowed: files are not to be seen."""
    rows = desk.first(View("attachments", filters=(("about_id", tuple(ids)),)), AT_ONCE)
    return dict(Counter(row["about_id"] for row in rows))


def survey(title_ids: list[UUID] | None, on: date, desk: Desk) -> bytes:
    """The property-rights survey of these titles, or of all in reach, as a paper."""
    made: bytes = desk.ask("titles.survey", title_ids=title_ids, on=on)
    return made


def in_words(fen: Any) -> str:
    """A sum in words for the line under its field, or nothing."""
    from services.documents.amounts import in_words

    return in_words(fen) if isinstance(fen, int) and fen >= 0 else ""


def checked(part: str, desk: Desk) -> Checked:
    """What one part of the check came to."""
    [found] = desk.ask("journal.check", part=part)
    return cast("Checked", found)


def check_report(results: list[Checked], place: Path, lang: str, desk: Desk) -> None:
    """The result of a check as a paper to print and file."""
    from services import check_papers

    check_papers.write_report(desk, results, place, lang)


def anchored(record: int, digest: str, desk: Desk) -> Anchored:
    """Whether the record that a paper names is still in the journal."""
    return cast("Anchored", desk.ask("journal.anchored", record=record, digest=digest))


def course(id: UUID, desk: Desk) -> Mapping[str, Any] | None:
    """A course as its list shows it, or None where it is gone."""
    rows = desk.first(View("courses", filters=(("code", (desk.named("course", id).number,)),)), 1)
    return rows[0] if rows else None


def rechecked(sheet: SessionSheet, desk: Desk) -> list[UUID]:
    """The newest certificates of the kind a session is about, of who passed it."""
    people = tuple(seat.staff_id for seat in sheet.seats if seat.passed)
    filters = (("kind", (sheet.certificate_kind,)), ("staff_id", people))
    newest = dict[UUID, Mapping[str, Any]]()
    for row in desk.first(View("certificates", filters=filters), 5000) if people else ():
        before = newest.get(row["staff_id"])
        if before is None or row["issued_on"] > before["issued_on"]:
            newest[row["staff_id"]] = row
    return [row["id"] for row in newest.values() if not row["revoked_on"]]
