"""What happened to a record: who, when, where, what changed, newest first; and whether it can be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from resources.words import N_, tr
from services.desk.errors import UserError
from services.desk.faults import UNREAD
from services.desk.schema import FieldSpec
from services.desk.trail import standing
from ui.kit import show, told
from ui.kit.button import Button, LinkButton
from ui.kit.card import HairLine
from ui.kit.layout import column, row
from ui.kit.text import Body, Note, Own, Text
from ui.kit.theme import LOOK
from ui.kit.tile import IconTile

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.desk.names import Named
    from services.desk.proof import Proof
    from services.desk.trail import Step
    from ui.kit.background import Background

ASK = N_("It is damaged: press Verify, and tell the system administrator.")
TONES = {"plus": "ok", "triangle-alert": "bad"}
_serial = count()


class Entry(NamedTuple):
    """One step in words. `undo` is the operation when it can be taken back, `first` the act it goes back to."""

    icon: str
    title: str
    when: str
    where: str
    changes: tuple[str, ...]
    undo: UUID | None
    first: str
    again: bool  # taking it back brings something back


class History(QWidget):
    """The steps of one record at a time."""

    undo_asked = Signal(object, str, bool)  # the operation, the act it goes back to, whether it brings that back

    def __init__(self, background: Background, specs: Mapping[str, FieldSpec]) -> None:
        super().__init__()
        self.background, self.specs = background, specs
        self._tag = f"history{next(_serial)}"
        self.steps = column(gap=14)
        self.verify = Button(N_("Verify"), "shield-check", small=True)
        self.verify.clicked.connect(self._verify)
        self.answer = Body("")
        self.answer.hide()
        self.proof = QWidget()  # above the steps: below a long history nobody would find it, or its answer
        ask = row((Note(N_("Can I believe this?"), tone="text2"), 1), self.verify)
        self.proof.setLayout(column(ask, self.answer, HairLine(), gap=8))
        self.proof.hide()
        self.setLayout(column(self.proof, (self.steps, 0), None, gap=14))
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
            self.answer.hide()
            work = partial(_entries, *self._of, self.specs, LOOK.lang)
            self.background.ask(work, self._fill, self._unread, tag=self._tag)

    def _unread(self, error: Exception) -> None:
        """It could not be read: all the more may somebody want to know whether it is whole."""
        self.proof.show()
        self.background.failed.emit(error)

    def _fill(self, entries: Sequence[Entry]) -> None:
        while (item := self.steps.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for entry in entries:
            self.steps.addWidget(_Entry(entry, self))
        self.proof.setVisible(bool(entries))

    def ask_undo(self, entry: Entry, _checked: bool = False) -> None:
        """Ask the window to take a step back."""
        self.undo_asked.emit(entry.undo, entry.first, entry.again)

    # Can it be believed?

    def _verify(self) -> None:
        if self._of is not None:
            self.verify.setEnabled(False)
            self.background.ask(partial(_prove, *self._of), self._proved, self._unproved, tag=f"{self._tag}.proof")

    def _proved(self, proof: Proof) -> None:
        self.answer.tone("ok" if proof.holds else "bad")
        self._answer(proof.sentence, count=proof.count, wrong=proof.wrong)

    def _unproved(self, error: Exception) -> None:
        self.verify.setEnabled(True)
        if isinstance(error, UserError):
            self.answer.tone("bad")
            self._answer(error.message, **error.values)
        else:
            self.background.failed.emit(error)

    def _answer(self, sentence: str, **values: object) -> None:
        self.verify.setEnabled(True)
        self.answer.say(sentence, **values)
        self.answer.setAccessibleName(self.answer.text())
        self.answer.show()


class _Entry(QWidget):
    def __init__(self, entry: Entry, history: History) -> None:
        super().__init__()
        tile = IconTile(entry.icon, TONES.get(entry.icon, "info"), 26)
        lines = [Text(Own(entry.title), weight=500, wrap=True), Note(Own(entry.when), wrap=True)]
        lines += [Note(Own(entry.where), wrap=True)] if entry.where else []
        lines += [Note(Own(change), tone="text2", wrap=True) for change in entry.changes]
        for line in lines:
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words = column(*lines, gap=1)
        if entry.undo is not None:
            undo = LinkButton(N_("Bring back") if entry.again else N_("Undo"), "undo-2")
            undo.setAccessibleDescription(entry.title)
            undo.clicked.connect(partial(history.ask_undo, entry))
            words.addLayout(row(undo, None))
        self.setLayout(row(column(tile, None, gap=0), (words, 1), gap=10))


def _prove(entity: str, id: UUID, desk: Desk) -> Proof:
    return desk.proof(entity, id)


def _entries(entity: str, id: UUID, specs: Mapping[str, FieldSpec], lang: str, desk: Desk) -> list[Entry]:
    steps = desk.history(entity, id)
    acts = {step.operation.hex: step for step in steps}
    names = _names(steps, specs, desk)
    wrote = [step for step in steps if step.created or step.fields]
    stand = standing((step.operation.hex, step.undoes) for step in wrote)
    last = {step.operation.hex for step in wrote[-1:] if step.undoes} | set(stand[-1:])
    return [_entry(step, acts, step.operation.hex in last, specs, names, lang, desk) for step in reversed(steps)]


def _names(steps: Sequence[Step], specs: Mapping[str, FieldSpec], desk: Desk) -> dict[UUID, Named]:
    """The names of everything the steps refer to, one question a kind."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for target, id in told.references((step.fields for step in steps), specs):
        wanted[target].add(id)
    found: dict[UUID, Named] = {}
    for target, ids in wanted.items():
        found |= desk.names(target, ids)
    return found


def _entry(
    step: Step, acts: Mapping[str, Step], last: bool, specs: Mapping[str, FieldSpec], names: Mapping[UUID, Named],
    lang: str, desk: Desk,
) -> Entry:  # fmt: skip
    if not step.readable:
        return _closed(step, lang)
    first, times = _first(step, acts)
    can = last and told.takes(first) and desk.may(told.UNDO) and desk.may(first)
    moment = show.instant(datetime.fromisoformat(step.wall))
    said = [] if step.created else told.changes(lang, step.fields, specs, names)
    icon = "plus" if step.created else "undo-2" if step.undoes else "pencil" if step.fields else "eye"
    return Entry(
        icon, told.step(lang, step.cmd, first, times),
        told.DOT.join(filter(None, (moment, step.actor, step.reason))), _where(lang, step),
        tuple(said), step.operation if can else None, first, bool(times % 2),
    )  # fmt: skip


def _closed(step: Step, lang: str) -> Entry:
    """A record that cannot be read: what stands beside it is all there is."""
    when = told.DOT.join(filter(None, (show.instant(datetime.fromisoformat(step.wall)), step.actor)))
    said = (told.act(lang, step.cmd), tr(lang, ASK))
    return Entry("triangle-alert", tr(lang, UNREAD), when, _where(lang, step), said, None, "", False)


def _where(lang: str, step: Step) -> str:
    place = tr(lang, N_("Machine {name}"), name=step.place) if step.place else ""
    return told.where(lang, place, step.auth)


def _first(step: Step, acts: Mapping[str, Step]) -> tuple[str, int]:
    """The act behind every taking back and bringing back (the right to it is asked for), and how many there were."""
    times = 0
    while step.undoes and step.undoes in acts:
        step, times = acts[step.undoes], times + 1
    return step.cmd, times
