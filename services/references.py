"""What a register calls places, people and units, matched with the records that are there, or made when allowed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from models.base import Entity, Scoped, entities, new_id
from models.compound import Compound
from models.staff import Staff
from resources.words import N_, Word
from services import checks
from services.desk.schema import FieldSpec, Kind, describe
from services.desk.work import Work
from services.records import RECORDS

UNKNOWN = N_("there is no {kind} {value}")
PERHAPS = N_("there is no {kind} {value}; did you mean {near}?")
SEVERAL = N_("{count} × {kind} are called {value}; write the number instead")
COMPARISONS = 2_000_000  # some seconds: 200 unknown names among 10,000 known ones
PLACES = ("building", "room")
LOOSE = "place"  # where an asset stands, in words: what is known of neither building nor room


class Loose(NamedTuple):
    """A name nothing was found for: the reference, its words, and where it was looked for (None: nowhere to look)."""

    field: FieldSpec
    text: str
    known: Known | None

    def why(self) -> tuple[str, dict[str, Any]]:
        """The sentence that says so and its places. Slow where names are many: asked for what is told only."""
        if self.known is None:
            return UNKNOWN, {"kind": Word(self.field.target), "value": self.text}
        return self.known.missed(self.text)


class Known:
    """Records of one kind by number, or by a name only one of them has."""

    def __init__(self, work: Work, kind: type[Entity], **within: UUID) -> None:
        naming = kind.naming
        picked = sa.select(kind.id, getattr(kind, naming.number), getattr(kind, naming.label))
        self.kind, self.numbers, self.labels = kind, dict[str, UUID](), dict[UUID, str]()
        self.names: dict[str, list[UUID]] = defaultdict(list)
        self._near, self._compared = dict[str, str | None](), 0
        for id, number, label in work.session.execute(picked.filter_by(**within)):
            self.add(id, number, label)

    def add(self, id: UUID, number: str, label: str | None) -> None:
        """One more."""
        self.numbers[number], self.labels[id] = id, label or number
        if label and label != number:
            self.names[label].append(id)

    def find(self, text: str, held: UUID | None = None) -> UUID | None:
        """The one record meant, or None when there is none or more than one; of several, the one that is `held`."""
        same = self.called(text)
        if held is not None and held in same:
            return held
        found = self.numbers.get(text) or (same[0] if len(same) == 1 else None)
        return found or self.numbers.get(checks.number(text))

    def called(self, text: str) -> list[UUID]:
        """Those of a name; of a person, however it is spread or dotted."""
        same = self.names.get(text, [])
        return same or self.names.get(checks.person_name(text), []) if self.kind is Staff else same

    def missed(self, text: str) -> tuple[str, dict[str, Any]]:
        """Why nothing was found: several are called so, or none is but one nearly so."""
        places = {"kind": Word(self.kind.__tablename__), "value": text}
        if len(same := self.called(text)) > 1:
            return SEVERAL, places | {"count": len(same)}
        near = self._nearest(text)
        return (PERHAPS, places | {"near": near}) if near else (UNKNOWN, places)

    def _nearest(self, text: str) -> str | None:
        """Each name is looked for once; the names beyond the first so many comparisons are not looked for at all."""
        if text not in self._near and self._compared < COMPARISONS:
            known = (*self.names, *self.numbers)
            self._compared += len(known)
            self._near[text] = next(iter(get_close_matches(text, known, 1, 0.6)), None)
        return self._near.get(text)


class References:
    """Finds what the rows of one kind refer to. With `create`, what is missing is made, with the words as its name."""

    def __init__(self, work: Work, kind: type[Entity], *, create: bool = False) -> None:
        self.work, self.kind, self.create = work, kind, create
        self.fields = describe(kind)
        specs = [s for n, s in self.fields.items() if s.kind is Kind.REFERENCE and n != "compound_id"]
        self.specs = sorted(specs, key=lambda spec: self._parent(spec) is not None)  # a building before its room
        self.made: dict[type[Entity], list[dict[str, Any]]] = defaultdict(list)
        self._known: dict[tuple[type[Entity], UUID | None], Known] = {}

    def label(self, id: UUID) -> str:
        """What a record that was looked up is called; nothing where it was not."""
        return next((known.labels[id] for known in self._known.values() if id in known.labels), "…")

    def _parent(self, spec: FieldSpec) -> FieldSpec | None:
        """The other reference a number is unique in: the building of a room."""
        within = entities()[spec.target].naming.within
        return self.fields.get(within) if within not in ("", "compound_id") else None

    def known(self, target: type[Entity], within: UUID | None) -> Known:
        """The records of a kind that may be meant: of a compound, or of the record a number is unique in."""
        if (target, within) not in self._known:
            column = target.naming.within or "compound_id"
            self._known[target, within] = Known(self.work, target, **({column: within} if within else {}))
        return self._known[target, within]

    def find(
        self, texts: Mapping[str, str], compound: UUID | None, held: Mapping[str, Any]
    ) -> tuple[dict[str, Any], list[Loose]]:
        """Column values for what a row names, `held` being what its record refers to now; and what was not found."""
        values, loose = dict[str, Any](), list[Loose]()
        for spec in self.specs:
            if not (text := texts.get(spec.name.removesuffix("_id"))):
                continue
            target, parent = entities()[spec.target], self._parent(spec)
            around = (values.get(parent.name) or held.get(parent.name)) if parent else None
            if parent and around is None:
                loose.append(Loose(spec, text, None))
                continue
            inside = issubclass(target, Scoped) and target.stays_inside
            known = self.known(target, around if parent else compound if inside else None)
            found = known.find(text, held.get(spec.name)) or self._make(known, text, compound, around)
            if found:
                values[spec.name] = found
            else:
                loose.append(Loose(spec, text, known))
        return self._in_words(values, loose, texts)

    def _in_words(
        self, values: dict[str, Any], loose: list[Loose], texts: Mapping[str, str]
    ) -> tuple[dict[str, Any], list[Loose]]:
        """What has a field for its words is kept there and missed by nobody. Of a reference and its words one is
        filled, the other emptied, so that a card never says both."""
        left, place, loose_text = list[Loose](), list[str](), f"{LOOSE}_text"
        for name in list(values):
            if (words := f"{name.removesuffix('_id')}_text") in self.fields:
                values[words] = None
        for miss in loose:
            words = f"{miss.field.name.removesuffix('_id')}_text"
            if words in self.fields:
                values |= {words: self._cut(words, miss.text), miss.field.name: None}
            elif loose_text in self.fields:
                values[miss.field.name] = None
                place.append(miss.text)
            else:
                left.append(miss)
        if loose_text in self.fields and (texts.keys() & {LOOSE, *PLACES}):
            values[loose_text] = self._cut(loose_text, " ".join(filter(None, (*place, texts.get(LOOSE)))))
            if "building_id" in values and "room" not in texts:
                values["room_id"] = None  # it stood in another building
        return values, left

    def _cut(self, field: str, text: str) -> str | None:
        return text[: self.fields[field].max_length] or None

    def _make(self, known: Known, text: str, compound: UUID | None, around: UUID | None) -> UUID | None:
        kind, naming, id = known.kind, known.kind.naming, new_id()
        text = checks.person_name(text) if kind is Staff else text
        if not self.create or known.called(text) or not self._enough(kind):  # several of one name: none is the one
            return None
        number = self._number(kind, text)
        values = {naming.label: text, naming.number: number, "id": id}
        values |= {"compound_id": compound} if issubclass(kind, Scoped) else {}
        values |= {naming.within: around} if around else {}
        known.add(id, number, text)
        self.made[kind].append(values)
        return id

    @staticmethod
    def _enough(kind: type[Entity]) -> bool:
        """Whether number, name and place are all that a record of the kind must say."""
        naming = kind.naming
        said = (naming.number, naming.label, naming.within, "compound_id")
        return not any(spec.required for name, spec in describe(kind).items() if name not in said)

    def _number(self, kind: type[Entity], text: str) -> str:
        if series := RECORDS[kind].series:
            return next(self.work.numbers(series))
        longest = describe(kind)[kind.naming.number].max_length or 40
        number = checks.number(text).replace("/", "-")
        if len(number) <= longest:
            return number
        mark = hashlib.sha256(text.encode()).hexdigest()[:4]  # two long names may begin alike
        return f"{number[: longest - 5]}-{mark.upper()}"

    def flush(self) -> dict[str, int]:
        """Store what was made; how many of each kind."""
        made = {kind.__tablename__: self.work.bulk_insert(kind, rows) for kind, rows in self.made.items()}
        self.made.clear()
        return made


def make_compounds(work: Work, known: Known, said: Mapping[str, str]) -> int:
    """Makes the compounds (name -> code) that are not there; how many. Only a profile that says how has any."""
    for name, code in said.items():  # one that was renamed here is known by its code
        if not known.find(name) and (id := known.find(code)):
            known.names[name].append(id)
    made = [(new_id(), code, name) for name, code in said.items() if not known.find(name)]
    if made:
        work.bulk_insert(Compound, [{"id": id, "code": code, "name": name} for id, code, name in made])
    for id, code, name in made:
        known.add(id, code, name)
    return len(made)
