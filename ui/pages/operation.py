"""One operation: who did what, when, where and why, what it changed, and the way to take it back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.base import entities
from resources.words import N_
from services.desk.schema import describe
from services.journal import WHOLE
from ui.kit import show, told
from ui.kit.button import Button, KeyHints, LinkButton
from ui.kit.card import Banner, Card, HairLine, KeyValue, SectionHead
from ui.kit.layout import column, row
from ui.kit.page import PageHead, ScrollPage, SidePane, StickyFooter
from ui.kit.progress import ProgressPanel
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.refusing import refuse
from ui.kit.text import Body, Note, Own, Text, said, words
from ui.kit.theme import GAP, LOOK, MARGIN
from ui.kit.tile import IconTile

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.journal import Changed, Operation
    from ui.kit.background import Background, Task

ALL = 40  # fields of one record that are named; no kind has more
LACKS = N_("{n} records of this cannot be read: what they say is missing here. Tell the system administrator.")
FACTS = ("rec.at", "rec.actor", N_("Machine"), "rec.compound_id")


class OperationPage(RecordPage):
    """`shown` asks for another operation, `taken_back` tells what was done instead (Done)."""

    shown = Signal(object)
    taken_back = Signal(object, str, bool)  # Done, the act it goes back to, whether that was brought back
    sheet: Operation | None

    def __init__(self, background: Background, operation: UUID, back: list[tuple[str, str]]) -> None:
        super().__init__(background)
        self.operation = operation
        self.task: Task | None = None
        self._make(back)
        self._arrange()
        self.begin()

    def _make(self, back: list[tuple[str, str]]) -> None:
        self.head = PageHead("journal.operation", back=back, facts=Own(" "))
        self.banner = Banner("bad", "")
        self.progress = ProgressPanel(N_("Taking it back"))
        self.progress.cancelled.connect(self._stop)
        self.facts = {name: KeyValue(name) for name in FACTS}
        self.why, self.beside = Body(""), column(gap=6)
        self.list = column(gap=14)
        self.undo = Button(N_("Take back"), "undo-2", kind="primary")
        self.undo.clicked.connect(self.take_back)
        self.hint = Note(Own(""), tone="text2")
        for part in (self.banner, self.progress, self.undo):
            part.hide()

    def _arrange(self) -> None:
        self.changes = SectionHead(N_("What it did"), note=Own(" "))
        card = Card(self.changes, self.list, gap=14)
        why = column(Note("rec.reason"), self.why, gap=2)
        side = SidePane(*self.facts.values(), why, self.beside)
        self.middle = ScrollPage(self.wrong, self.banner, self.progress, card, None, margin=0)
        self.middle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = row((self.middle, 1), column(side, None), gap=GAP)
        page = column(self.head, (middle, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        hints = KeyHints([("↑↓", N_("scroll")), ("Esc", N_("back"))])
        self.setLayout(column((page, 1), StickyFooter([], [self.hint, self.undo], hints), gap=0))
        self.setFocusProxy(self.middle)

    # Reading

    def question(self) -> Callable[[Desk], Operation]:
        """What the operation did."""
        return asking("journal.operation", operation=str(self.operation))

    def concerns(self, _kinds: frozenset[str]) -> bool:
        """It may have written anything, and anything may stand in the way of taking it back."""
        return True

    # What is said

    def _say(self, found: Operation) -> None:
        lang = LOOK.lang
        self.head.title.say(Own(told.step(lang, found.cmd, found.first, found.times)))
        self.head.show_facts(Own(told.DOT.join((show.instant(found.at), found.actor))))
        places = [*([words(WHOLE)] if found.everywhere else []), *found.compounds]
        values = (
            show.instant(found.at), found.actor, told.where(lang, found.place, found.auth),
            words(N_(", ")).join(places),
        )  # fmt: skip
        self.why.say(Own(found.reason or show.NOTHING))
        for line, value in zip(self.facts.values(), values, strict=True):
            line.say(Own(value))
        if found.unread:
            self.banner.say(said(LACKS, n=found.unread))
            self.banner.show()
        self._tell_others(found)
        self._list(found)
        self._offer()

    def _tell_others(self, found: Operation) -> None:
        _clear(self.beside)
        for sentence, other in ((N_("It takes back"), found.takes_back), (N_("Taken back by"), found.taken_back)):
            if other is not None:
                self.beside.addWidget(HairLine())
                self.beside.addWidget(Note(sentence))
                link = LinkButton(Own(told.act(LOOK.lang, other.cmd)), "arrow-right")
                link.clicked.connect(partial(self._show, other.operation))
                self.beside.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
                self.beside.addWidget(Note(Own(told.DOT.join((show.instant(other.at), other.actor))), elide=True))

    def _list(self, found: Operation) -> None:
        _clear(self.list)
        for change in found.changes:
            self.list.addWidget(_Change(change, found))
        shown = len(found.changes)
        note = N_("records: {total}, of which the first {shown}") if shown < found.total else N_("records: {total}")
        self.changes.note.say(note, shown=shown, total=f"{found.total:,}")
        self.changes.note.show()
        if not shown:
            self.list.addWidget(Body(N_("It changed no record.")))

    def _offer(self) -> None:
        found, desk = self.sheet, self.background.desk
        if found is None:
            return
        can = told.takes(found.first) and desk.may(told.UNDO) and desk.may(found.first)
        did = any(change.created or change.fields for change in found.changes)
        self.undo.setVisible(can and did and found.taken_back is None)
        self.undo.setEnabled(self.task is None)
        self.undo.say(N_("Bring back") if found.times % 2 else N_("Take back"), "undo-2")
        self.hint.say((told.kept(found.first) if desk.may(told.UNDO) else "") or Own(""))

    # What is asked

    def take_back(self, _checked: bool = False) -> None:
        """Take the whole operation back; what changed since refuses all of it."""
        if self.task is None:
            self.banner.hide()
            self.progress.begin()
            values = {"operation": str(self.operation)}
            self.task = self.background.do(told.UNDO, values, self._undone, self._failed, self.progress.tell)
            self._offer()

    def _failed(self, error: Exception) -> None:
        self.task = None
        self.progress.hide()
        self._offer()
        refuse(self.banner, self.background, error)

    def _undone(self, done: Done[Any]) -> None:
        self.task = None
        self.progress.hide()
        if self.sheet is not None:
            self.taken_back.emit(done, self.sheet.first, bool(self.sheet.times % 2))

    def _stop(self) -> None:
        if self.task is not None:
            self.task.cancel()

    def _show(self, operation: UUID, _checked: bool = False) -> None:
        self.shown.emit(operation)

    def may_leave(self) -> bool:
        """Not while it is being taken back: that is stopped first."""
        return self.task is None

    def _back(self, _key: str = "") -> None:
        if self.may_leave():
            self.left.emit()


class _Change(QWidget):
    """One record with its fields from what they were to what they became."""

    def __init__(self, change: Changed, of: Operation) -> None:
        super().__init__()
        icon = "plus" if change.created else "pencil" if change.fields else "eye"
        tile = IconTile(icon, "ok" if change.created else "info", 26)
        kind = words(change.entity)
        names = [kind[:1].upper() + kind[1:]]
        if change.named is not None:
            names += [change.named.number] + [change.named.label] * (change.named.label != change.named.number)
        lines = [Text(Own(" ".join(names)), weight=500, wrap=True)]
        fields = change.fields.items()
        given = {k: pair for k, pair in fields if not (change.created and pair[1] in (None, ""))}
        specs = describe(entities()[change.entity]) if change.entity in entities() else {}
        for line in told.changes(LOOK.lang, given, specs, of.names, ALL, created=change.created):
            lines.append(Note(Own(line), tone="text2", wrap=True))
        if not change.created and not change.fields:
            lines.append(Note(N_("Looked at, not changed")))
        for label in lines:
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setLayout(row(column(tile, None, gap=0), (column(*lines, gap=1), 1), gap=10))


def _clear(box: Any) -> None:
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
