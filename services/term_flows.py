"""What assets there were when a term of office began, what came and went in it by kind, and what there is at its end.

The statement of assets of an audit of economic responsibility on leaving office (离任经济责任审计). Each side says its
own: what there was follows from the days and the value of the cards, what left from executed disposals and signed
handover notes, what changed from the changes of value; where the two do not meet, the difference stands.
"""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.asset_value import AssetValueChange
from models.beside import AssetClass
from resources.words import N_, Word
from services.depreciation_flows import Amounts
from services.depreciation_lives import EDITION
from services.desk.errors import Invalid
from services.desk.intent import query
from services.term_papers import Gone, Papers, papers_of

UNSAID, MOVED, HANDED, PARTS = "unsaid", "moved", "handed", "parts"  # ways beside those of the two models
COLUMNS = (
    Asset.id, Asset.number, Asset.name, Asset.class_code, Asset.class_edition, Asset.cost, Asset.acquired_on,
    Asset.entered_on, Asset.acquisition, Asset.disposed_on, Asset.moved_on, Asset.predecessor_id, Asset.unit_id,
)  # fmt: skip


class Wrong(enum.StrEnum):
    """Where a card and the papers about it say different things."""

    DISPOSED_UNSAID = "disposed_unsaid"  # the card left, no executed disposal says so on that day
    NOT_DISPOSED = "not_disposed"  # a disposal was executed, the card is there, or left on another day
    MOVED_UNSAID = "moved_unsaid"  # the card is closed, no signed note and no merging says so
    VALUE = "value"  # what a change of value goes on from is not what stood there


@dataclass(frozen=True)
class Differs:
    """One card of which the papers say otherwise; the days both say, and the value in question, fen."""

    wrong: Wrong
    number: str
    name: str
    card: date | None
    paper: date | None
    amount: int


@dataclass
class Line:
    """A class of the first level (`prefix` like A02, empty for none). `came` and `went` by kind: those of acquisition
    and of disposal, and the ways above; all are positive."""

    prefix: str
    name: str
    opening: Amounts = field(default_factory=Amounts)
    closing: Amounts = field(default_factory=Amounts)
    changed: Amounts = field(default_factory=Amounts)
    came: dict[str, Amounts] = field(default_factory=lambda: defaultdict(Amounts))
    went: dict[str, Amounts] = field(default_factory=lambda: defaultdict(Amounts))

    @property
    def more(self) -> Amounts:
        """All that came."""
        return sum(self.came.values(), Amounts())

    @property
    def less(self) -> Amounts:
        """All that went."""
        return sum(self.went.values(), Amounts())

    @property
    def off(self) -> Amounts:
        """By how much opening + came + changed - went is not the closing."""
        return self.opening + self.more + self.changed + -self.less + -self.closing


@dataclass(frozen=True)
class Term:
    """A term of office. `undated` cards say no day and count as there from ever; `units` are those asked about with
    those below them, none for all."""

    from_on: date
    until_on: date
    lines: tuple[Line, ...]
    differs: tuple[Differs, ...]
    undated: int
    units: tuple[UUID, ...] = ()

    @property
    def total(self) -> Line:
        """All classes together."""
        made = Line("", "")
        for line in self.lines:
            made.opening, made.closing = made.opening + line.opening, made.closing + line.closing
            made.changed += line.changed
            for sums, more in ((made.came, line.came), (made.went, line.went)):
                for kind, amounts in more.items():
                    sums[kind] += amounts
        return made


@dataclass(frozen=True)
class _Card:
    """A row with its changes of value in order of time."""

    row: Any
    changes: list[Any]

    @property
    def begun(self) -> date:
        return self.row.entered_on or self.row.acquired_on or date.min

    @property
    def ended(self) -> date | None:
        return min(filter(None, (self.row.disposed_on, self.row.moved_on)), default=None)

    def there(self, day: date) -> bool:
        return self.begun <= day and (self.ended is None or day < self.ended)

    def value(self, day: date, *, before: bool = False) -> int:
        """Original value at the end of a day, or before it, by the card and what the next change found on it."""
        after = (c for c in self.changes if c.on > day or (before and c.on == day))
        found = next(after, None)
        return (self.row.cost if found is None else found.cost_before) or 0


@query(N_("Assets over a term of office"), on=Asset, name="assets.term")
def term(
    session: Session, *, from_on: date, until_on: date, compound_id: UUID | None = None, unit_id: UUID | None = None
) -> Term:
    """Of everything in reach, a compound, or a unit with those below it: by class of the first level in count of cards
    and original value (fen). Who had a card when follows from signed notes. Invalid: it ends before it begins."""
    if until_on < from_on:
        raise Invalid(N_("“From” lies after “To”."), field=Word("depreciation.until_on"))
    papers = papers_of(session, unit_id)
    changes: dict[UUID, list[Any]] = defaultdict(list)
    for change in session.scalars(sa.select(AssetValueChange).order_by(AssetValueChange.on, AssetValueChange.id)):
        changes[change.asset_id].append(change)
    found = sa.select(*COLUMNS).where(*((Asset.compound_id == compound_id,) if compound_id else ()))
    names, lines, differs, undated = _classes(session), dict[str, Line](), list[Differs](), Counter[bool]()
    for row in session.execute(found.order_by(Asset.number, Asset.id).execution_options(yield_per=1000)):
        card = _Card(row, changes.get(row.id, []))
        prefix = (row.class_code or "")[:3] if row.class_edition == EDITION else ""
        line = lines.setdefault(prefix, Line(prefix, names.get(prefix, "")))
        if _told(line, card, papers, from_on, until_on):
            undated[card.begun == date.min] += 1
            differs += _differs(card, papers, from_on, until_on)
    made = tuple(line for _, line in sorted(lines.items(), key=lambda one: one[0] or "~") if _any(line))
    return Term(from_on, until_on, made, tuple(differs), undated[True], tuple(papers.units or ()))


def _any(line: Line) -> bool:
    return any(s != Amounts() for s in (line.opening, line.closing, line.changed, line.more, line.less))


def _classes(session: Session) -> Mapping[str, str]:
    found = sa.select(AssetClass.code, AssetClass.name).where(AssetClass.edition == EDITION, AssetClass.level == 1)
    return {row.code[:3]: row.name for row in session.execute(found)}


def _told(line: Line, card: _Card, papers: Papers, begin: date, end: date) -> bool:
    """Puts a card into its class; whether it was in the term at all."""
    before, told = date.fromordinal(begin.toordinal() - 1), False
    for day, name in ((before, "opening"), (end, "closing")):
        if card.there(day) and papers.has(card.row, day):
            setattr(line, name, getattr(line, name) + Amounts(1, card.value(day)))
            told = True
    if begin <= card.begun <= end and papers.had(card.row, card.begun):
        line.came[_way(card.row, papers)] += Amounts(1, card.value(card.begun, before=True))
        told = True
    for change in card.changes:
        if begin <= change.on <= end and _within(card, change.on) and papers.has(card.row, change.on):
            line.changed += Amounts(0, (change.cost or 0) - (change.cost_before or 0))
    for kind, day in _left(card, papers):
        if begin <= day <= end and card.begun <= day and papers.has(card.row, day):
            line.went[kind] += Amounts(1, card.value(day))
            told = True
    for day, here in papers.handed(card.row):
        if begin <= day <= end and _within(card, day):
            (line.came if here else line.went)[HANDED] += Amounts(1, card.value(day, before=True))
            told = True
    return told


def _way(row: Any, papers: Papers) -> str:
    if row.predecessor_id:
        return MOVED
    return PARTS if row.id in papers.parts else row.acquisition.value if row.acquisition else UNSAID


def _within(card: _Card, day: date) -> bool:
    return card.begun <= day and (card.ended is None or day <= card.ended)


def _left(card: _Card, papers: Papers) -> Iterator[tuple[str, date]]:
    """What papers say of how it left, and when."""
    id = card.row.id
    gone: Gone | None = papers.disposed.get(id)
    if gone:
        yield gone.kind, gone.on
    elif id in papers.moved:
        yield MOVED, papers.moved[id]
    elif id in papers.merged:
        yield PARTS, papers.merged[id]


def _differs(card: _Card, papers: Papers, begin: date, end: date) -> Iterator[Differs]:
    row, gone = card.row, papers.disposed.get(card.row.id)
    said = gone.on if gone else None
    days = [day for day in (row.disposed_on, said) if day]
    if row.disposed_on != said and any(begin <= day <= end for day in days):
        wrong = Wrong.NOT_DISPOSED if said else Wrong.DISPOSED_UNSAID
        yield Differs(wrong, row.number, row.name, row.disposed_on, said, card.value(days[0]))
    by = papers.moved.get(row.id) or papers.merged.get(row.id)
    if row.moved_on and row.moved_on != by and begin <= row.moved_on <= end:
        yield Differs(Wrong.MOVED_UNSAID, row.number, row.name, row.moved_on, by, card.value(row.moved_on))
    after = [*(c.cost_before for c in card.changes[1:]), row.cost]
    for change, found in zip(card.changes, after, strict=False):
        if (change.cost or 0) != (found or 0):
            amount = (found or 0) - (change.cost or 0)
            yield Differs(Wrong.VALUE, row.number, row.name, None, change.on, amount)
