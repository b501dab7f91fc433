"""The files kept as evidence about one record: listed, added by button, drop or paste, opened, saved and removed."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from resources.words import N_
from services import attachments
from services.desk.errors import Cancelled, UserError
from services.desk.listing import View
from ui.kit.attached_item import AttachedItem
from ui.kit.brought import brought, endings
from ui.kit.button import Button, IconButton
from ui.kit.layout import column, hide_unless, row
from ui.kit.messages import confirm, late, toast
from ui.kit.progress import Bar
from ui.kit.text import Body, Note, Own, said, words

if TYPE_CHECKING:
    from services.desk.copies import Copies
    from services.desk.desk import Desk, Done
    from ui.kit.background import Background, Task

SOON = 120  # milliseconds a record must stay marked before its files are looked for
SHOWN = 200
HOW = N_("Photos, scans, contracts, lists: choose files, drop them here or paste a picture (Ctrl+V).")
NOTHING = N_("Nothing is attached to this record.")
_serial = count()


def attachable(desk: Desk, entity: str) -> bool:
    """Whether records of a kind may have files, and the person may see them."""
    return attachments.about(entity) and desk.may("attachments.list")


class Attached(QWidget):
    """The files of one record at a time; `counted` tells how many there are."""

    counted = Signal(int)
    revise_asked = Signal(object)  # the row of a file

    def __init__(self, background: Background, entity: str) -> None:
        super().__init__()
        self.background, self.entity, self.id = background, entity, UUID(int=0)
        self._tag, self._queue = f"attached{next(_serial)}", deque[tuple[UUID, Path]]()
        self._task: Task | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.again)
        verbs = ("add", "revise", "remove")
        self.may_add, self.may_revise, self.may_remove = (background.desk.may(f"attachments.{v}") for v in verbs)
        self.add = Button(N_("Add files…"), "plus", small=True)
        hide_unless(self.may_add, self.add)
        self.add.clicked.connect(self.choose)
        self.empty = Body(HOW if self.may_add else NOTHING, tone="text3")
        self.items, self._rows = list[AttachedItem](), column(gap=10)
        self._progress()
        head = row(self.add, None)
        self.setLayout(column(head, self.busy, self.empty, (self._rows, 0), None, gap=12))
        self.setAcceptDrops(self.may_add)
        if self.may_add:
            QShortcut(QKeySequence.StandardKey.Paste, self).activated.connect(self.paste)
        background.changed.connect(self._touched)

    @property
    def _copies(self) -> Copies:
        """Where pictures without a file are kept meanwhile."""
        return self.background.desk.store.copies

    def _progress(self) -> None:
        self.name, self.bar = Note(Own(""), tone="text2", elide=True), Bar(N_("Adding files"))
        self.stop = IconButton("x", N_("Stop"), size=24, symbol=14)
        self.stop.clicked.connect(self._stop)
        self.busy = QWidget()
        self.busy.setLayout(column(row((self.name, 1), self.stop, gap=6), self.bar, gap=2))
        self.busy.hide()

    # Reading

    def show_record(self, id: UUID) -> None:
        """Look for the files of a record, once it stays marked for a moment."""
        if id != self.id:
            self.id = id
            self._got([])
        self._soon.start()

    def again(self) -> None:
        """Read them again."""
        about = (("about_kind", (self.entity,)), ("about_id", (self.id,)))
        view = View("attachments", filters=about, sort="added_at", descending=True)
        self.background.ask(partial(_rows, view), self._got, self._failed, self._tag)

    def _touched(self, kinds: frozenset[str]) -> None:
        if "attachment" in kinds and self.id.int:
            self.again()

    def _got(self, rows: Sequence[dict[str, Any]]) -> None:
        self.empty.setVisible(not rows)
        self.counted.emit(len(rows))
        if [item.row for item in self.items] == list(rows):
            return  # who stands on one with the keyboard stays there
        for old in self.items:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.items = [AttachedItem(found, revisable=self.may_revise, removable=self.may_remove) for found in rows]
        for item in self.items:
            self._rows.addWidget(item)
            item.open_asked.connect(self.open)
            item.save_asked.connect(self.save)
            item.revise_asked.connect(self._revise)
            item.remove_asked.connect(self.remove)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        else:
            self.background.failed.emit(error)

    # Adding

    def choose(self) -> None:
        """Ask which files to add."""
        kinds = f"{words(N_('Documents and pictures'))} ({' '.join(endings())})"
        files, _ = QFileDialog.getOpenFileNames(self, words(N_("Add files…")), "", kinds)
        self.take([Path(file) for file in files])

    def take(self, files: Sequence[Path]) -> None:
        """Add files to the record that is shown, one after the other."""
        if not (self.id.int and self.may_add):
            self._forget(files)
            return
        self._queue.extend((self.id, file) for file in files)
        if self._task is None:
            self._next()

    def paste(self) -> None:
        """Add the files or the picture somebody copied."""
        self.take(brought(None, self._copies))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take(brought(event.mimeData(), self._copies))

    def _next(self) -> None:
        self._task = None
        self.busy.setVisible(bool(self._queue))
        if not self._queue:
            return
        id, file = self._queue.popleft()
        self.name.say(Own(file.name))
        self.bar.tell(0, 0)
        values = {"about_kind": self.entity, "about_id": id, "path": str(file)}
        self._task = self.background.do(
            "attachments.add", values, partial(self._added, file), partial(self._refused, file), self.bar.tell
        )

    def _added(self, file: Path, _done: Done[Any]) -> None:
        self._forget([file])
        self._next()

    def _refused(self, file: Path, error: Exception) -> None:
        self._forget([file])
        if not isinstance(error, Cancelled):
            self._failed(error)
        self._next()

    def _forget(self, files: Iterable[Path]) -> None:
        """The pictures among them; other files are somebody's own."""
        for file in files:
            self._copies.forget(file)

    def _stop(self) -> None:
        self._forget(file for _, file in self._queue)
        self._queue.clear()
        if self._task is not None:
            self._task.cancel()

    # One of them

    def open(self, item: AttachedItem) -> None:
        """Show a copy in the program the desktop has for it."""
        ask = partial(_copied, item.row["id"])
        self.background.ask(ask, self._show, partial(self._lost, item))

    def _show(self, file: str) -> None:
        if late(self):
            self._forget([Path(file)])
        elif not QDesktopServices.openUrl(QUrl.fromLocalFile(file)):
            toast(self, N_("No program here opens this kind of file; save a copy of it"), kind="warn")

    def save(self, item: AttachedItem) -> None:
        """Ask where a copy goes, and write it."""
        place, _ = QFileDialog.getSaveFileName(self, words(N_("Save a copy")), item.file_name())
        if place:
            ask = partial(_saved, item.row["id"], place)
            self.background.ask(ask, self._told, partial(self._lost, item))

    def _told(self, file: str) -> None:
        toast(self, N_("Saved as {file}"), file=Path(file).name)

    def _lost(self, item: AttachedItem, error: Exception) -> None:
        if isinstance(error, UserError) and error.message == attachments.GONE and item in self.items:
            item.say_lost()
        self._failed(error)

    def _revise(self, item: AttachedItem) -> None:
        self.revise_asked.emit(item.row)

    def remove(self, item: AttachedItem) -> None:
        """Ask, and take it away."""
        if confirm(self, N_("Remove attachment"), Own(item.row["name"]), N_("Remove attachment"), kind="bad"):
            self.background.do("attachments.remove", {"attachment_id": item.row["id"]}, None, self._failed)


def _rows(view: View, desk: Desk) -> list[dict[str, Any]]:
    return desk.first(view, SHOWN)


def _copied(id: UUID, desk: Desk) -> str:
    return str(desk.ask("attachments.open", attachment_id=id))


def _saved(id: UUID, place: str, desk: Desk) -> str:
    return str(desk.ask("attachments.save", attachment_id=id, to=place))
