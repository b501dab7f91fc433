"""What the product says to a person: toasts, questions before an act, and errors nobody foresaw."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent, QGuiApplication
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QSizePolicy, QWidget

from resources.words import N_
from ui.kit.button import Button, IconButton
from ui.kit.card import SYMBOLS, Card
from ui.kit.layout import column, hide_unless, row
from ui.kit.text import Body, Follower, Message, Text, words
from ui.kit.theme import font
from ui.kit.tile import Icon, IconTile

COVERED = "covered"  # a property of a window whose pages are locked away: what would come up waits
LOCKED = N_("Locked meanwhile; please ask again")
STAYS, RISE, WIDEST = 4000, 76, 620  # milliseconds; pixels above the lower edge; pixels


class Toast(QFrame):
    """A sentence at the foot of the window for four seconds, with at most one thing to do about it."""

    acted = Signal()

    def __init__(self, parent: QWidget, kind: str, message: Message, action: Message = "", **values: Any) -> None:
        super().__init__(parent)
        self.setProperty("box", "toast")
        self.sentence = Text(message, weight=500, wrap=False, tone="toast", **values)
        self.action = Button(action, kind="toast", small=True)
        hide_unless(action, self.action)
        self.action.clicked.connect(self._act)
        close = IconButton("x", N_("Dismiss"), tone="bg", size=26, symbol=15)
        close.clicked.connect(self.leave)
        symbol = Icon(SYMBOLS[kind], "bg", 18)
        self.setLayout(row(symbol, self.sentence, 6, self.action, close, gap=10, margins=(16, 9, 10, 9)))
        self.setAccessibleName(self.sentence.text())
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(STAYS)
        self._clock.timeout.connect(self.leave)
        parent.installEventFilter(self)

    def appear(self) -> None:
        """Come up, be read out, and go by itself."""
        self._place()
        if self.window().property(COVERED):
            return
        self.show()
        self.raise_()
        self._clock.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.sentence.text()))

    def leave(self) -> None:
        """Go away."""
        self._clock.stop()
        self.hide()
        self.deleteLater()

    def _act(self) -> None:
        self.acted.emit()
        self.leave()

    def _place(self) -> None:
        around = self.window()
        self.sentence.setWordWrap(self.sentence.sizeHint().width() > WIDEST)
        self.setMaximumWidth(around.width() - 40)
        self.adjustSize()
        self.move((around.width() - self.width()) // 2, around.height() - self.height() - RISE)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while it is being read."""
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go on counting."""
        self._clock.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot of the window when it is resized."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)


def toast(near: QWidget, message: Message, action: Message = "", *, kind: str = "ok", **values: Any) -> Toast:
    """Show a toast in the window of `near`; it takes the place of the one before."""
    window = near.window()
    for old in window.findChildren(Toast):
        old.leave()
    made = Toast(window, kind, message, action, **values)
    made.appear()
    return made


def late(near: QWidget) -> bool:
    """Whether the window of `near` was locked meanwhile: what was asked for before may not come up, and who unlocks it
    is told so."""
    if not near.window().property(COVERED):
        return False
    toast(near, LOCKED, kind="warn")
    return True


class ConfirmDialog(QDialog, Follower):
    """A question before an act. `kind` "bad" is an act that cannot be taken back: then Cancel is the default."""

    def __init__(
        self, parent: QWidget | None, title: Message, sentence: Message, action: Message, *, kind: str = "primary"
    ) -> None:
        super().__init__(parent)
        self._title = title
        icon, tile = ("triangle-alert", "bad") if kind == "bad" else ("info", "info")
        self.go, self.stay = Button(action, kind=kind), Button(N_("Cancel"))
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        first = self.stay if kind == "bad" else self.go
        first.setDefault(True)
        first.setFocus()
        text = column(Text(title, px=16, weight=600, wrap=True), Body(sentence), gap=6)
        top = row(column(IconTile(icon, tile, 40), None), (text, 1), gap=16)
        self.setLayout(column(top, row(None, self.stay, self.go), gap=20, margins=(24, 24, 24, 20)))
        self.setFixedWidth(460)
        self.follow()

    def look(self) -> None:
        """Say the title again."""
        self.setWindowTitle(words(self._title))


def confirm(parent: QWidget, title: Message, sentence: Message, action: Message, *, kind: str = "primary") -> bool:
    """Ask, and wait for the answer. Escape and closing the window mean no."""
    dialog = ConfirmDialog(parent, title, sentence, action, kind=kind)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return agreed


class ErrorCard(Card, Follower):
    """An error nobody foresaw, shown above the person's work, which stays as it is. Its details can be copied."""

    closed = Signal()
    retried = Signal()

    def __init__(self, details: str, *, again: bool = False) -> None:
        super().__init__(gap=10)
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setFont(font(12))
        self.details.setFixedHeight(140)
        self.details.hide()
        self.fold = Button(N_("Show details"), "chevron-down", kind="quiet", small=True)
        self.copy = Button(N_("Copy details"), "copy", small=True)
        self.again = Button(N_("Try again"), "refresh-cw", small=True)
        hide_unless(again, self.again)
        close = IconButton("x", N_("Close"), size=28, symbol=16)
        for button, slot in (
            (self.fold, self._fold), (self.copy, self._copy), (self.again, self.retried), (close, self.closed)
        ):  # fmt: skip
            button.clicked.connect(slot)
        title = Text(N_("Something unexpected happened"), px=14, weight=600)
        sentence = Body(N_("What you filled in is still here. If it happens again, send the details to support."))
        sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        text = column(title, sentence, gap=4)
        self.add(row(column(IconTile("circle-x", "bad", 40), None), (text, 1), column(close, None), gap=16))
        self.add(self.details)
        self.add(row(self.fold, None, self.copy, self.again))
        self.follow()

    def look(self) -> None:
        """Name the details again."""
        self.details.setAccessibleName(words(N_("Technical details")))

    def _fold(self) -> None:
        shown = self.details.isHidden()
        self.details.setVisible(shown)
        if shown:
            self.fold.say(N_("Hide details"), "chevron-up")
        else:
            self.fold.say(N_("Show details"), "chevron-down")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.say(N_("Copied"), "check")
