"""A register is taken in: known rows are recognised, new ones stored, changed ones brought up to date, in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from models.base import Entity, Registered
from resources.rest import resting
from resources.words import N_
from services.arrivals import Arrivals
from services.desk.desk import Desk
from services.desk.errors import Cancelled, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, arguments, describe, takes
from services.desk.work import Work
from services.import_profiles import found, kept, profiles
from services.imports.columns import targets
from services.imports.profile import Profile
from services.imports.register import Choice, Register, read_register
from services.imports.report import Report, meaning, remarks, told
from services.records import RECORDS

__all__ = ["Report", "remarks", "told"]
NO_REGISTER = N_("There are no registers of {kind}; there are: {kinds}")


class DryRun(Cancelled):
    """Leaves the unit of work without storing anything, with the report of what would have happened."""

    def __init__(self, report: Report) -> None:
        super().__init__(N_("Checked only; nothing was stored"))
        self.report = report


def registers() -> dict[str, type[Entity]]:
    """What a register may list: every plain record that can come from one, by the name of its list."""
    return {r.listing.name: kind for kind, r in RECORDS.items() if issubclass(kind, Registered)}


def meanings(kind: str) -> dict[str, str]:
    """What a column of a register may be read as: field -> the sentence or key that names it; "" keeps it as a fact."""
    fields = describe(registers()[kind])
    entity = next(iter(fields.values())).entity
    return {"": meaning(entity, None)} | {field: meaning(entity, field) for field in sorted(targets(fields))}


def offer() -> None:
    """Says what `imports.take_in` takes, once all records are known."""
    names = tuple(registers())
    fields = [replace(f, kind=Kind.CHOICE, choices=names) if f.name == "kind" else f for f in arguments(NAME)]
    takes(NAME, tuple(fields))


def run(desk: Desk, *, file: str, kind: str, compound_id: UUID | None, dry: bool = False, **options: Any) -> Report:
    """Takes a register in, or (dry) says what would happen. `options` are those of `take_in`."""
    try:
        return desk.do(take_in, file=file, kind=kind, compound_id=compound_id, dry_run=dry, **options).value
    except DryRun as done:
        return done.report


NAME = "imports.take_in"
TOGETHER = (
    ("building", "room", "place", "building_id", "room_id", "place_text"),
    ("class_code", "class_edition", "class_text"),
)


@intent(N_("Take in a register"), name=NAME)
def take_in(
    work: Work,
    *,
    file: str,
    kind: str,
    compound_id: UUID | None = None,
    profile: str = "",
    create: bool = False,
    blank: bool = False,
    only: Sequence[str] = (),
    columns: dict[str, str] | None = None,
    sheets: Sequence[str] = (),
    corrections: dict[str, str] | None = None,
    keep_personal: bool = False,
    dry_run: bool = False,
) -> Report:
    """Reads the file in a process of its own and stores its accepted rows; refused rows stay out, with their reason.

    `create` makes the places, units and people a row names that are not there. Of records that are known the filled
    cells are written; with `blank` empty cells empty their field; with `only` just these fields change. `columns`
    (header -> field, "" to keep it as an extra fact) goes before what the profile and the known words say; without a
    `profile` one that is kept here, or comes with the program, may be recognised by the header. `sheets` alone are read
    where some are named, and `corrections` (cell -> text) instead of what their cells say. Columns that look like
    personal data and are no field are left out, unless `keep_personal` says that they are kept in the clear, as facts.
    """
    known = registers()
    if kind not in known:
        raise Invalid(NO_REGISTER, kind=kind, kinds=", ".join(known))
    fields = describe(known[kind])
    wanted = frozenset(field for name in only for field in _fields(name, fields))
    choice = _choice(kept(work.session, kind), profile, columns, sheets, corrections, keep_personal)
    with resting():
        register = read_register(Path(file), kind, fields, choice, work.tell)
        work.because(register.file)
        report = Arrivals(work, register, known[kind], compound_id, create, blank, wanted, bool(columns)).run()
    if dry_run:
        raise DryRun(report)
    return report


def _fields(name: str, fields: Mapping[str, FieldSpec]) -> tuple[str, ...]:
    """The fields that change together when one is to change: a reference with the words that stand for it, a place
    with its building and room, a class with its edition. Invalid: there is no such field."""
    bare = name.removesuffix("_id").removesuffix("_text")
    group = next((group for group in TOGETHER if {name, bare} & set(group)), (name, bare, f"{bare}_id", f"{bare}_text"))
    found = tuple(field for field in group if field in fields)
    if not found:
        known = ", ".join(sorted(targets(fields) - {"line"}))
        raise Invalid(N_("There is no field “{name}”; there are: {names}"), name=name, names=known)
    return found


def _choice(
    known: Sequence[Profile], profile: str, columns: dict[str, str] | None, sheets: Sequence[str],
    corrections: dict[str, str] | None, keep_personal: bool = False,
) -> Choice:  # fmt: skip
    """`profile` is a file, or the name of one that is known."""
    return Choice(found(known, profile), known, columns or {}, sheets, corrections or {}, keep_personal)


def look(desk: Desk, *, file: str, kind: str, **options: Any) -> Register:
    """The first rows of a register as they would be read, in no time however long it is; nothing of the office is
    asked but the profiles it keeps. `options`: `profile`, `columns`, `sheets`, `corrections`, `keep_personal` of
    `take_in`."""
    known = desk.ask(profiles, kind=kind)
    choice = _choice(known, **{"profile": "", "columns": None, "sheets": (), "corrections": None} | options)
    return read_register(Path(file), kind, describe(registers()[kind]), choice, desk.tell, short=True)
