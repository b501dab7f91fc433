"""The rows of a register on their way into the store: recognised, matched, stored, counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from models.account_balance import AccountBalance
from models.asset import Asset
from models.base import PLACED, Entity, Scoped, new_id
from models.compound import Compound
from models.title import Title
from resources.words import LANGUAGES, N_, tr
from services import account_arrivals, title_arrivals
from services.asset_arrivals import Cards
from services.checks import checked
from services.desk.errors import Invalid, UserError
from services.desk.schema import describe
from services.desk.work import Work
from services.imports.problems import Problem, written
from services.imports.register import TWICE, Register
from services.imports.report import Change, Report, begun, said
from services.imports.rows import Row
from services.personal_columns import PersonalColumns
from services.records import RECORDS
from services.references import LOOSE, Known, References, make_compounds
from services.stored import stored

AT_ONCE = 500
At = tuple[str, int]
ELSEWHERE = N_("the number {number} is held in another compound")
NOWHERE = N_("there is no compound {value}")
UNSAID = N_("it names no compound")
NO_COMPOUND = N_("Say which compound this register belongs to: it names none itself")
SAME = N_("it repeats row {other}, which is refused")
OWN = N_("“{field}” is required")


class Arrivals:
    """One register on its way into the store."""

    def __init__(
        self, work: Work, register: Register, kind: type[Entity], home: UUID | None, create: bool, blank: bool,
        only: frozenset[str], anew: bool,
    ) -> None:  # fmt: skip
        if kind is AccountBalance:
            register = account_arrivals.dated(work, register, home)
        self.work, self.session, self.register, self.kind = work, work.session, register, kind
        self.home, self.blank, self.only, self.fields = home, blank, only, describe(kind)
        self.anew = anew or create or blank or bool(only)  # known rows are looked at again: they are read otherwise
        own = work.session.get(Compound, home) if home and not register.compounds else None
        self.report = begun(register, own.name if own else "", work.now)
        self.number, self.scoped, self.placed = kind.naming.number, issubclass(kind, Scoped), issubclass(kind, PLACED)
        self.compounds = Known(work, Compound)
        empty = self.fields["compound_id"].empty if self.placed and not self.scoped else ""
        self.whole = {tr(lang, empty) for lang in LANGUAGES if empty}  # what an export says for no compound
        self.references = References(work, kind, create=create)
        self.mapped = {match.field: match for match in register.columns if match.field}
        self.private = PersonalColumns(work, kind, self.mapped, register.columns)
        self.anew = self.anew or bool(self.private.names)  # they are in no fingerprint
        self.report.columns = list(map(self.private.column, register.columns))
        self.cards = Cards(work) if kind is Asset else None
        self._ids, self._out = dict[At, UUID](), set[At]()

    def run(self) -> Report:
        """Sorts the rows into new, unchanged, changed and refused, and writes."""
        if self.scoped and (made := make_compounds(self.work, self.compounds, self.register.compounds)):
            self.report.created[Compound.__tablename__] += made
        accepted = list(self._accepted())
        known = stored(self.session, self.kind, [row for row, _ in accepted])
        fresh, changed = list[tuple[Row, UUID | None]](), list[tuple[Row, UUID | None, UUID]]()
        first = dict[Any, At]()
        elsewhere = self.work.held(self.kind, [row.number for row, _ in accepted if row.number])
        for row, compound in accepted:
            who = self._identity(row, compound)
            found = None if row.same_as else known.get(who)
            if row.same_as in self._out:
                self._refuse(row, SAME, "", {"other": written(row.same_as)})
            elif row.number and not row.same_as and first.setdefault(who, row.at) != row.at:
                self._refuse(row, TWICE, row.number, {"number": row.number, "other": written(first[who])})
            elif row.same_as or (found is not None and found.source == row.source and not (row.corrected or self.anew)):
                self.report.unchanged += 1
            elif found is None and row.number in elsewhere:
                self._refuse(row, ELSEWHERE, row.number)
            elif found is None:
                fresh.append((row, compound))
            elif self.placed and found.compound_id != compound:
                self._refuse(row, ELSEWHERE, row.number)
            else:
                changed.append((row, compound, found.id))
        self._insert(fresh)
        for done, each in enumerate(changed):
            if done % AT_ONCE == 0:
                self.work.progress(done, len(changed))
            self._change(*each)
        self.report.created.update(self.references.flush())
        told = {problem.at for problem in self.report.problems} - self._out
        self.report.remarked = list(map(self.private.told, [r for r in self.register.rows if r.at in told][:AT_ONCE]))
        return self.report

    def _accepted(self) -> Iterator[tuple[Row, UUID | None]]:
        for row in self.register.rows:
            passed = [p for p in row.problems if p.refuses or not self._passed(p.letter)]
            self.report.problems += map(self.private.problem, passed)
            if row.refused:
                self._count_refused(row)
                continue
            said = row.texts.get("compound", "")
            if not self.placed or (not self.scoped and (said in self.whole or not (said or self.home))):
                yield row, None
                continue
            compound = self.compounds.find(said) if said else None if self.register.compounds else self.home
            if compound is None and not said and "compound" not in self.mapped:
                raise Invalid(NO_COMPOUND)
            if compound is None:
                self._refuse(row, NOWHERE if said else UNSAID, said)
            else:
                yield row, compound

    def _passed(self, letter: str) -> bool:
        fields = {f for f, match in self.mapped.items() if match.letter == letter}
        return bool(self.only and letter) and not (fields | {f"{f}_id" for f in fields}) & self.only

    def _refuse(self, row: Row, reason: str, value: str, places: Mapping[str, Any] | None = None) -> None:
        places = places or {"number": row.number, "value": value}
        self.report.problems.append(Problem(row.row, "", "", reason, value, True, places, row.sheet))
        self._count_refused(row)

    def _count_refused(self, row: Row) -> None:
        self.report.refused += 1
        self._out.add(row.at)
        self.report.left_out.append(self.private.told(row))

    def _identity(self, row: Row, compound: UUID | None) -> tuple[Any, ...]:
        """What a row is recognised by: its number within what that is unique in, or its place among its equals."""
        return (row.number, self._within(row, compound)) if row.number else (row.source, row.ordinal, compound)

    def _within(self, row: Row, compound: UUID | None) -> UUID | None:
        column = self.kind.naming.within
        if column in ("", "compound_id"):
            return compound if column else None
        name = column.removesuffix("_id")
        found, _ = self.references.find({name: row.texts.get(name, "")}, compound, {})
        return found.get(column)

    def _columns(self, row: Row, compound: UUID | None, stored: Entity | None) -> dict[str, Any] | None:
        """The row as column values: references where a name is known, else its words as they stand; None: refused."""
        extra = dict(row.extra)
        values = self._checked(row, extra, stored)
        if values is None:
            return None
        held = {spec.name: getattr(stored, spec.name) for spec in self.references.specs} if stored else {}
        texts = {LOOSE: words} | row.texts if (words := values.get(f"{LOOSE}_text")) else row.texts
        found, missed = self.references.find(texts, compound, held)
        for miss in missed:
            needed = miss.field.required and not held.get(miss.field.name)
            header, letter = self._column(miss.field.name.removesuffix("_id"))
            reason, places = miss.why()
            if needed:
                self._refuse(row, reason, miss.text, places)
                return None
            extra[header] = miss.text
            self.report.problems.append(Problem(row.row, header, letter, reason, miss.text, False, places, row.sheet))
        for spec in self.references.specs:
            if stored is None and spec.required and not found.get(spec.name):
                self._refuse(row, OWN, "", {"field": spec.key})
                return None
        if extra:
            values["extra"] = extra
        if self.cards:
            self.report.undecided += not self.cards.decided(values)
        return values | found

    def _checked(self, row: Row, extra: dict[str, str], stored: Entity | None) -> dict[str, Any] | None:
        """The row's values as they may be stored; one that may not refuses the row, or is kept as it was written, but
        never a personal one."""
        values: dict[str, Any] = {"source": row.source}
        for name, value in row.values.items():
            try:
                values[name] = checked(self.fields[name], value) if name in self.fields else value
                if name in self.private.names:
                    self.private.whole(name, value, stored)
            except Invalid as error:
                header, letter = self._column(name)
                refuses = name in (self.number, self.kind.naming.label, *self.private.names)
                why, told = dict(error.values), self.private.masked(name, str(value))
                problem = Problem(row.row, header, letter, error.message, told, refuses, why, row.sheet)
                self.report.problems.append(problem)
                if refuses:
                    self._count_refused(row)
                    return None
                extra[header] = str(value)
        return values

    def _column(self, field: str) -> tuple[str, str]:
        match = self.mapped.get(field)
        return (match.header, match.letter) if match else (field, "")

    def _change(self, row: Row, compound: UUID | None, id: UUID) -> None:
        """Filled cells are written over what is stored; an empty cell blanks nothing unless that is asked for."""
        stored: Any = self.work.get(self.kind, id)
        values = self._columns(row, compound, stored)
        if values is None:
            return
        if extra := values.pop("extra", None):
            values["extra"] = (stored.extra or {}) | extra
        if self.blank:
            values |= {k: None for k in self._emptied(row) if not values.get(k)}
        if self.only:
            values = {k: v for k, v in values.items() if k in self.only}  # and it is not all of the row that is known
        for sentence, places in self.cards.kept(stored, values) if self.cards else ():
            self.report.problems.append(Problem(row.row, "", "", sentence, "", False, places, row.sheet))
        before, masks = {k: getattr(stored, k) for k in self.fields}, self.private.before(stored)
        facts = title_arrivals.said(stored, values) if self.kind is Title else {}
        differing = {k: v for k, v in values.items() if self.private.differs(stored, k, v)}
        if not (differing.keys() | facts.keys()) - {"source"}:
            self.report.unchanged += 1
            return
        try:
            for key, value in differing.items():
                setattr(stored, key, value)
            rules = {k: v for k, v in differing.items() if not k.startswith("class_")}
            with self.session.no_autoflush:  # a rule may ask what was changed
                RECORDS[self.kind].settle(self.work, stored, rules)
            title_arrivals.enter(self.work, stored, facts, self.register.file)
        except UserError as error:
            for key in (k for k, value in before.items() if getattr(stored, k) != value):
                setattr(stored, key, before[key])
            self._refuse(row, error.message, "", dict(error.values))
            return
        now = {k: getattr(stored, k) for k in self.fields}
        if now == before and not facts:  # it says the same in other signs
            self.report.unchanged += 1
        else:
            self._told(row, before, now, masks)

    def _told(self, row: Row, before: dict[str, Any], now: dict[str, Any], masks: Mapping[str, str]) -> None:
        """What a row changed, for the report."""
        number, label = str(before[self.number]), self.references.label
        for name in (n for n in before if before[n] != now[n]):
            was, is_ = (said(self.fields[name], value, label) for value in (before[name], now[name]))
            if name in self.private.names:
                was, is_ = masks[name], self.private.masked(name, is_) if is_ else ""
            self.report.changes.append(Change(row.row, number, name, was, is_, row.sheet))
        self.report.changed += 1

    def _emptied(self, row: Row) -> Iterator[str]:
        """The fields whose mapped cell is empty and that may be empty, with the words that stand for them."""
        wrong = {problem.letter for problem in row.problems}
        for field, match in self.mapped.items():
            if field in row.values or field in row.texts or match.letter in wrong:
                continue
            for name in (field, f"{field}_id", f"{field}_text"):
                spec = self.fields.get(name)
                if spec and not spec.required and spec.default is None and name != "compound_id":
                    yield name

    def _announce(self, fresh: list[tuple[Row, UUID | None]]) -> None:
        """Rows of one register may refer to each other, whatever their order."""
        known = self.references.known(self.kind, None)
        for row, _ in fresh:
            id = self._ids[row.at] = new_id()
            known.add(id, row.number, row.values.get(self.kind.naming.label))

    def _why_not(self, values: dict[str, Any], compound: UUID | None) -> UserError | None:
        """Fills in what follows from the values of a new row; why it is refused, if it is."""
        if self.cards:
            return self.cards.new(values, compound)
        try:
            RECORDS[self.kind].arriving(self.work, values)
        except UserError as error:
            return error
        return None

    def _insert(self, fresh: list[tuple[Row, UUID | None]]) -> None:
        made = list[dict[str, Any]]()
        if any(spec.target == self.kind.__tablename__ for spec in self.references.specs):
            self._announce(fresh)
        for done, (row, compound) in enumerate(fresh):
            if done % AT_ONCE == 0:
                self.work.progress(done, len(fresh))
            if (values := self._columns(row, compound, None)) is None:
                continue
            values |= {"compound_id": compound} if self.placed else {}
            if why := self._why_not(values, compound):
                self._refuse(row, why.message, "", why.values)
            else:
                made.append(values | {"id": self._ids.get(row.at) or new_id(), self.number: row.number})
        self.work.saw(values[self.number] for values in made if values[self.number])
        missing = sum(not values[self.number] for values in made)
        provisional = self.work.numbers("LS", missing) if missing else iter(())
        for values in made:
            values[self.number] = values[self.number] or next(provisional)
        made.sort(key=lambda values: str(values.get("compound_id")))  # fewer, fuller records: each holds one compound
        self.report.created.update(self.references.flush())
        entries = title_arrivals.split(self.work, made, self.register.file) if self.kind is Title else []
        self.report.new = self.work.bulk_insert(self.kind, made, len(made))
        title_arrivals.store(self.work, entries)
        RECORDS[self.kind].arrived(self.work, made)
