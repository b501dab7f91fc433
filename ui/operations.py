"""Operations in the window: told on a page, the last ones of this session taken back and brought back by their keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from resources.words import N_
from services.desk.intent import INTENTS
from ui.kit import told
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.messages import toast
from ui.kit.text import Message
from ui.pages import journal_paper
from ui.pages.operation import OperationPage
from ui.part import Asked, Part, Row

if TYPE_CHECKING:
    from services.desk.desk import Done
    from ui.workbench import Workbench

UNDONE, REDONE = N_("Taken back: {act} (records: {n})"), N_("Brought back: {act} (records: {n})")
NOTHING, NOTHING_AGAIN = N_("There is nothing to undo"), N_("There is nothing to bring back")
LONG = frozenset({"imports.take_in"})  # shown with its progress on its page
SAVED = N_("Saved")
KEPT = 100  # operations of a session that the keys go back


class Step(NamedTuple):
    """One operation of this session, and the act it goes back to."""

    operation: UUID
    first: str


class Operations(Part):
    """What the window does about operations."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.opens = {"rec": self._row}
        self.acts = {"journal.extract": self._extract, "role_grants.register": self._rights}
        self.done: list[Step] = []
        self.undone: list[Step] = []
        self._busy = False
        self._firsts: dict[UUID, str] = {}  # what operations that are being taken back go back to
        bench.background.did.connect(self._did)
        for keys, slot in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo), ("Ctrl+Shift+Z", self.redo)):
            shortcut = QShortcut(QKeySequence(keys), bench)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    # The page

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def open(self, operation: UUID) -> OperationPage:
        """Tell what an operation did."""
        page = OperationPage(self.bench.background, operation, self.bench.place())
        page.shown.connect(self.open)
        page.taken_back.connect(self._on_page)
        self.bench.open_page(page)
        page.setFocus()
        return page

    def _on_page(self, done: Done[Any], first: str, again: bool) -> None:
        self._say(Step(done.operation, first), again, done)

    # Papers of the officers

    def _extract(self, asked: Asked) -> None:
        """Of what the journal shows now, of what a marked account did, or of what was done to a marked record."""
        if asked.screen.entity == "rec":
            work = journal_paper.shown(self.bench.lists[asked.screen.name].view())
        elif asked.screen.entity == "account":
            work = journal_paper.by_account(asked.rows[0]["name"])
        else:
            work = journal_paper.about(asked.screen.entity, asked.rows[0]["id"])
        self.bench.places.go(ToPaper(N_("Journal extract"), f"journal-{today().isoformat()}.pdf", work))

    def _rights(self, _asked: Asked) -> None:
        """Who may do what today."""
        on = today()
        work = partial(journal_paper.rights, on)
        self.bench.places.go(ToPaper(N_("Rights and roles"), f"rights-{on.isoformat()}.pdf", work))

    # This session

    def saved(self, done: Done[Any], message: Message = SAVED, **values: Any) -> None:
        """Say that something is stored, and offer to undo it where that can be."""
        last = [step for step in self.done[-1:] if step.operation == done.operation]
        step = next((step for step in last if told.takes(step.first)), None)
        told_ = toast(self.bench, message, N_("Undo") if step else "", **values)
        if step:
            told_.acted.connect(partial(self.take_back, step.operation, step.first))

    def undo(self) -> None:
        """Take back the last operation of this session."""
        if self._may():
            self._last(self.done, NOTHING, again=False)

    def redo(self) -> None:
        """Bring back what was taken back last."""
        if self._may():
            self._last(self.undone, NOTHING_AGAIN, again=True)

    def take_back(self, operation: UUID, first: str, again: bool = False) -> None:
        """Take one operation back, whoever did it; `again` when that brings something back."""
        if self._busy:
            return
        if first in LONG:
            self.open(operation).take_back()
            return
        self._busy = True
        self._firsts[operation] = first
        step = Step(operation, first)
        then = partial(self._undone, step, again)
        self.bench.background.do(told.UNDO, {"operation": str(operation)}, then, self._refused)

    def _may(self) -> bool:
        """What stands in a form is not stored yet: there the keys undo nothing behind it."""
        page = self.bench.pages.currentWidget()
        return isinstance(page, OperationPage) or (page is not None and self.bench.stays(page))

    def _last(self, steps: list[Step], nothing: str, *, again: bool) -> None:
        if steps and (why := told.kept(steps[-1].first)):
            toast(self.bench, why, kind="bad")
        elif steps:
            self.take_back(*steps[-1], again)
        else:
            toast(self.bench, nothing, kind="info")

    def _did(self, intent: str, done: Done[Any], values: dict[str, Any]) -> None:
        """Note what was done: what takes an operation of this session back changes the side it stands on."""
        if not done.touched or INTENTS[intent].own or not self.bench.background.desk.may(told.UNDO):
            return
        if intent != told.UNDO:
            self.done.append(Step(done.operation, intent))  # what stays too: the keys do not go past it unseen
            del self.done[:-KEPT]
            self.undone.clear()
            return
        of = UUID(values["operation"])
        for here, there in ((self.done, self.undone), (self.undone, self.done)):
            for step in [step for step in here if step.operation == of]:
                here.remove(step)
                there.append(Step(done.operation, step.first))
                return
        self.done.append(Step(done.operation, self._firsts.pop(of, told.UNDO)))  # of another session, or somebody's
        self.undone.clear()

    def _undone(self, step: Step, again: bool, done: Done[Any]) -> None:
        self._busy = False
        self._say(Step(done.operation, step.first), again, done)

    def _say(self, step: Step, again: bool, done: Done[Any]) -> None:
        """What was undone, and the way back."""
        sentence, action = (REDONE, N_("Undo")) if again else (UNDONE, N_("Bring back"))
        made = toast(self.bench, sentence, action, act=told.word(step.first), n=done.value)
        made.acted.connect(partial(self.take_back, step.operation, step.first, not again))

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self.bench.refused(error)
