"""What happened to a record: who, when, what changed, newest first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_, tr
from services.desk.intent import INTENTS
from services.desk.personal import CHANGED
from services.desk.schema import FieldSpec, Kind
from ui.kit import show
from ui.kit.layout import column, row
from ui.kit.text import Note, Own, Text
from ui.kit.theme import LOOK
from ui.kit.tile import IconTile

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from services.desk.trail import Step
    from ui.kit.background import Background

EXTRA = "x:"  # how the journal marks a fact that only the source register knows
SHOWN = 6  # changes named in one step; the rest is counted
_serial = count()


class Entry(NamedTuple):
    """One step in words."""

    created: bool
    title: str
    when: str
    changes: tuple[str, ...]


class History(QWidget):
    """The steps of one record at a time."""

    def __init__(self, background: Background, specs: Mapping[str, FieldSpec]) -> None:
        super().__init__()
        self.background, self.specs = background, specs
        self._tag = f"history{next(_serial)}"
        self._rows = column(gap=14)
        self.setLayout(column((self._rows, 0), None, gap=0))
        self._of: tuple[str, UUID] | None = None
        LOOK.changed.connect(self.again)

    def show_record(self, entity: str, id: UUID) -> None:
        """Read and show the history of a record."""
        if self._of != (entity, id):
            self._fill([])
        self._of = entity, id
        self.again()

    def again(self) -> None:
        """Read it again: it changed, or the language did."""
        if self._of is not None:
            work = partial(_entries, *self._of, self.specs, LOOK.lang)
            self.background.ask(work, self._fill, tag=self._tag)

    def _fill(self, entries: Sequence[Entry]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for entry in entries:
            self._rows.addWidget(_Entry(entry))


class _Entry(QWidget):
    def __init__(self, entry: Entry) -> None:
        super().__init__()
        icon = "plus" if entry.created else "pencil" if entry.changes else "eye"  # only looked at
        tile = IconTile(icon, "ok" if entry.created else "info", 26)
        lines = [Text(Own(entry.title), weight=500, wrap=True), Note(Own(entry.when))]
        lines += [Note(Own(change), tone="text2", wrap=True) for change in entry.changes]
        for line in lines:
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setLayout(row(column(tile, None, gap=0), (column(*lines, gap=1), 1), gap=10))


def _entries(entity: str, id: UUID, specs: Mapping[str, FieldSpec], lang: str, desk: Desk) -> list[Entry]:
    steps = list(reversed(desk.history(entity, id)))
    names = _names(steps, specs, desk)
    return [_entry(step, specs, names, lang) for step in steps]


def _names(steps: Sequence[Step], specs: Mapping[str, FieldSpec], desk: Desk) -> dict[UUID, Named]:
    """The names of everything the steps refer to, one question a kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for step in steps:
        for name, pair in step.fields.items():
            if name in specs and specs[name].kind is Kind.REFERENCE:
                wanted[specs[name].target] |= {UUID(value) for value in pair if value}
    found: dict[UUID, Named] = {}
    for target, ids in wanted.items():
        found |= desk.names(target, ids)
    return found


def _entry(step: Step, specs: Mapping[str, FieldSpec], names: Mapping[UUID, Named], lang: str) -> Entry:
    known = INTENTS.get(step.cmd)
    moment = show.instant(datetime.fromisoformat(step.wall))
    changes = [] if step.created else [_change(n, pair, specs, names, lang) for n, pair in step.fields.items()]
    said = [change for change in changes if change]
    if len(said) > SHOWN:
        said[SHOWN:] = [tr(lang, N_("and {count} more"), count=len(said) - SHOWN)]
    title = tr(lang, known.label if known else step.cmd)
    reason = f" · {step.reason}" if step.reason else ""
    return Entry(step.created, title, f"{moment} · {step.actor}{reason}", tuple(said))


def _change(
    name: str, pair: Sequence[Any], specs: Mapping[str, FieldSpec], names: Mapping[UUID, Named], lang: str
) -> str:
    if name.startswith(EXTRA):
        before, after = (show.NOTHING if v is None else str(v) for v in pair)
        return f"{name.removeprefix(EXTRA)}: {before} → {after}"
    spec = specs.get(name)
    if spec is None:
        return ""
    if spec.kind is Kind.PERSONAL:
        state = CHANGED if pair[1] is None else pair[1]
        return tr(lang, N_("{field}: {state}"), field=show.label(lang, spec), state=tr(lang, state))
    before, after = (_value(spec, value, names, lang) for value in pair)
    return tr(lang, N_("{field}: {before} → {after}"), field=show.label(lang, spec), before=before, after=after)


def _value(spec: FieldSpec, value: Any, names: Mapping[UUID, Named], lang: str) -> str:
    if value and spec.kind is Kind.REFERENCE:
        named = names.get(UUID(value))
        return named.label if named else show.NOTHING
    if value and spec.kind is Kind.INSTANT:
        value = datetime.fromisoformat(value)
    return show.fact(lang, spec, value)
