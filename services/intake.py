"""A register is taken in: known rows are recognised, new ones stored, changed ones brought up to date, in one go."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.base import Entity, new_id
from models.beside import AssetClass
from models.building import Building
from models.compound import Compound
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from resources.words import N_
from services.desk.desk import Desk, Work
from services.desk.errors import Cancelled, Invalid
from services.desk.intent import intent
from services.desk.schema import describe
from services.imports.problems import Problem
from services.imports.profile import load
from services.imports.register import Register, Row, read_register
from services.imports.report import Report, told

__all__ = ["Report", "told"]
AT_ONCE = 500
ELSEWHERE = N_("the number {number} is held in another compound")
NOWHERE = N_("there is no compound {value}")
NO_COMPOUND = N_("Say which compound this register belongs to: it names none itself")


class RegisterKind(enum.StrEnum):
    """What a register lists."""

    ASSETS = "assets"
    BUILDINGS = "buildings"


class DryRun(Cancelled):
    """Leaves the unit of work without storing anything, with the report of what would have happened."""

    def __init__(self, report: Report) -> None:
        super().__init__(N_("Checked only; nothing was stored"))
        self.report = report


def run(
    desk: Desk, *, file: str, kind: RegisterKind, compound_id: UUID | None, profile: str = "", dry: bool = False
) -> Report:
    """Takes a register in, or (dry) says what would happen."""
    try:
        return desk.do(take_in, file=file, kind=kind, compound_id=compound_id, profile=profile, dry_run=dry).value
    except DryRun as done:
        return done.report


@intent(N_("Take in a register"), name="imports.take_in")
def take_in(
    work: Work,
    *,
    file: str,
    kind: RegisterKind,
    compound_id: UUID | None = None,
    profile: str = "",
    dry_run: bool = False,
) -> Report:
    """Reads the file in a process of its own and stores its accepted rows; refused rows stay out, with their reason."""
    found = load(Path(profile)) if profile else None
    register = read_register(Path(file), kind.value, describe(KINDS[kind]), found, work.tell)
    report = _Intake(work, register, KINDS[kind], compound_id).run()
    if dry_run:
        raise DryRun(report)
    return report


KINDS: dict[RegisterKind, type[Asset] | type[Building]] = {
    RegisterKind.ASSETS: Asset,
    RegisterKind.BUILDINGS: Building,
}


class _Intake:
    """One register on its way into the store."""

    def __init__(self, work: Work, register: Register, kind: type[Asset] | type[Building], home: UUID | None) -> None:
        self.work, self.session, self.register, self.kind = work, work.session, register, kind
        self.report = Report(kind.__tablename__, register.file, register.sheet, register.columns, register.read)
        self.number = kind.naming.number
        self.compounds = _Places(work, Compound)
        self.home, self.units, self.staff = home, _Places(work, Organization), _Places(work, Staff)
        self.around: dict[UUID, _Around] = {}
        self.classes = set(self.session.scalars(sa.select(AssetClass.code).where(AssetClass.edition == "2022")))

    def run(self) -> Report:
        """Sorts the rows into new, unchanged, changed and refused, and writes."""
        self._make_compounds()
        accepted = list(self._accepted())
        known = self._known(accepted)
        fresh: list[tuple[Row, UUID]] = []
        for done, (row, compound) in enumerate(accepted):
            if done % AT_ONCE == 0:
                self.work.progress(done, len(accepted))
            if row.same_as:
                self.report.unchanged += 1
            elif (found := known.get(_identity(row, self._scope_of(compound)))) is None:
                fresh.append((row, compound))
            elif found.compound_id != compound:
                self._refuse(row, ELSEWHERE, row.number)
            elif found.source == row.source:
                self.report.unchanged += 1
            else:
                self._change(row, compound, found.id)
        self._insert(fresh)
        return self.report

    def _make_compounds(self) -> None:
        """Only a profile that says how makes compounds."""
        names = {name: code for name, code in self.register.compounds.items() if not self.compounds.find(name)}
        made = [(new_id(), code, name) for name, code in names.items()]
        self.work.bulk_insert(Compound, [{"id": id, "code": code, "name": name} for id, code, name in made])
        for id, code, name in made:
            self.compounds.add(id, code, name)

    def _accepted(self) -> Iterator[tuple[Row, UUID]]:
        for row in self.register.rows:
            self.report.problems += row.problems
            if row.refused:
                self.report.refused += 1
                continue
            said = row.texts.get("compound", "")
            compound = (self.compounds.find(said) if said else None) or (
                self.home if not self.register.compounds else None
            )
            if compound is None and not said:
                raise Invalid(NO_COMPOUND)
            if compound is None:
                self._refuse(row, NOWHERE, said)
            else:
                yield row, compound

    def _refuse(self, row: Row, reason: str, value: str) -> None:
        places = {"number": row.number, "value": value}
        self.report.problems.append(Problem(row.row, "", "", reason, value, True, places))
        self.report.refused += 1

    def _scope_of(self, compound: UUID) -> UUID | None:
        """What a number is unique in: a building's in its compound, an asset's in the office."""
        return compound if self.kind.naming.within else None

    def _known(self, accepted: Sequence[tuple[Row, UUID]]) -> dict[Any, Any]:
        """What is stored already, by identity: number, or source fingerprint and place among its equals."""
        kind, number = self.kind, getattr(self.kind, self.number)
        found: dict[Any, Any] = {}
        wanted = [row.number for row, _ in accepted if row.number]
        picked = (kind.id, kind.compound_id, kind.source, number.label("number"))
        for part in _parts(wanted):
            for r in self.session.execute(sa.select(*picked).where(number.in_(part))):
                found[r.number, self._scope_of(r.compound_id)] = r
        equals: dict[str, int] = defaultdict(int)
        for part in _parts([row.source for row, _ in accepted if not row.number]):
            for r in self.session.execute(sa.select(*picked).where(kind.source.in_(part)).order_by(kind.n)):
                found[r.source, equals[r.source]] = r
                equals[r.source] += 1
        return found

    def _columns(self, row: Row, compound: UUID) -> dict[str, Any]:
        """The row as column values: references where a name is known, else its words as they stand."""
        values = dict(row.values) | {"source": row.source}
        if row.extra:
            values["extra"] = row.extra
        if self.kind is Asset:
            if compound not in self.around:
                self.around[compound] = _Around(self.work, compound, self.units, self.staff)
            values |= self.around[compound].references(row.texts)
            self._classify(values)
        return values

    def _classify(self, values: dict[str, Any]) -> None:
        """A 2022 code the standard does not know becomes words; codes of older editions are kept with their edition."""
        code, edition = values.get("class_code"), values.get("class_edition")
        if code and (edition == "2022" or not edition) and code not in self.classes:
            values["class_text"] = " ".join(filter(None, (code, values.get("class_text"))))[:120]
            values["class_code"] = values["class_edition"] = None
        if values.get("class_code") not in self.classes:
            self.report.undecided += 1

    def _change(self, row: Row, compound: UUID, id: UUID) -> None:
        """Filled cells are written over what is stored; an empty cell blanks nothing."""
        stored = self.work.get(self.kind, id)
        values = self._columns(row, compound)
        if extra := values.pop("extra", None):
            values["extra"] = (stored.extra or {}) | extra
        for key, value in values.items():
            if value is not None and getattr(stored, key) != value:
                setattr(stored, key, value)
        self.report.changed += 1

    def _insert(self, fresh: list[tuple[Row, UUID]]) -> None:
        missing = sum(not row.number for row, _ in fresh)
        provisional = self.work.numbers("LS", missing) if missing else iter(())
        fresh.sort(key=lambda pair: pair[1])  # fewer, fuller records: each holds one compound's rows
        rows = (
            self._columns(row, compound) | {"compound_id": compound, self.number: row.number or next(provisional)}
            for row, compound in fresh
        )
        self.report.new = self.work.bulk_insert(self.kind, rows, len(fresh))


class _Places:
    """Records of one kind by number or unique exact name."""

    def __init__(self, work: Work, kind: type[Entity], **within: UUID) -> None:
        naming = kind.naming
        picked = sa.select(kind.id, getattr(kind, naming.number), getattr(kind, naming.label))
        self.numbers: dict[str, UUID] = {}
        self.names: dict[str, list[UUID]] = defaultdict(list)
        for id, number, label in work.session.execute(picked.filter_by(**within)):
            self.add(id, number, label)

    def add(self, id: UUID, number: str, label: str | None) -> None:
        """One more."""
        self.numbers[number] = id
        self.names[label or number].append(id)

    def find(self, text: str) -> UUID | None:
        """The one record meant, or None when there is none or more than one."""
        same = self.names.get(text, [])
        return self.numbers.get(text) or (same[0] if len(same) == 1 else None)


class _Around:
    """What a register of one compound may refer to."""

    def __init__(self, work: Work, compound: UUID, units: _Places, staff: _Places) -> None:
        self.work, self.units, self.staff = work, units, staff
        self.buildings = _Places(work, Building, compound_id=compound)
        self.rooms: dict[UUID, _Places] = {}

    def references(self, texts: dict[str, str]) -> dict[str, Any]:
        """Column values for the places, people and units a row names."""
        out: dict[str, Any] = {}
        for name, known in (("unit", self.units), ("keeper", self.staff)):
            if text := texts.get(name):
                found = known.find(text)
                out |= {f"{name}_id": found} if found else {f"{name}_text": text}
        building = self.buildings.find(texts.get("building", ""))
        room = self._room(building, texts["room"]) if building and texts.get("room") else None
        loose = [
            texts.get("building") if not building else "",
            texts.get("room") if not room else "",
            texts.get("place"),
        ]
        out |= {"building_id": building, "room_id": room}
        out["place_text"] = " ".join(filter(None, loose))[:200] or None
        return out

    def _room(self, building: UUID, text: str) -> UUID | None:
        if building not in self.rooms:
            self.rooms[building] = _Places(self.work, Room, building_id=building)
        return self.rooms[building].find(text)


def _identity(row: Row, scope: UUID | None) -> tuple[Any, Any]:
    return (row.number, scope) if row.number else (row.source, row.ordinal)


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
