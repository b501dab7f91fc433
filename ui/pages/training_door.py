"""Sign-in at the door, made for a projector: one line for a badge, a number or a name, and all names in large."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.checks import number as folded
from services.checks import person_name
from services.desk.errors import UserError
from ui.kit import show
from ui.kit.box import Box, Line
from ui.kit.button import Button, KeyHints
from ui.kit.card import Card
from ui.kit.layout import column, row
from ui.kit.name_wall import Name, NameWall
from ui.kit.page import StickyFooter
from ui.kit.progress import Bar
from ui.kit.read_page import ReadPage, asking
from ui.kit.text import Follower, Message, Own, Text, said, words
from ui.kit.theme import MARGIN, font

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.desk.names import Named
    from services.training_sheet import Seat, SessionSheet
    from ui.kit.background import Background

HINT = N_("Scan the badge, or type number or name and press Enter")
WELCOME, BEFORE = N_("{name} is signed in"), N_("{name} was signed in at {time}")
UNKNOWN = N_("Nobody with “{text}” is enrolled. Type the whole number or name, or ask at the desk.")
SEVERAL = N_("Several people fit: {names}. Type the number.")
WALK_IN = N_("{name} is not enrolled here. Press Enter again to sign in nevertheless, Esc to leave it.")
TALL, BIG = 64, 28  # pixels


class DoorPage(ReadPage, Follower):
    """Everything is done from the one line; `take_scan` hears a scanner wherever the keyboard is."""

    watched = frozenset({"attendance", "training_session"})
    left = Signal()
    closed = Signal(str, object)  # the session is to be held: name of the act, its values

    def __init__(self, background: Background, session: UUID) -> None:
        super().__init__(background)
        self.session = session
        self.sheet: SessionSheet | None = None
        self.walk_in: UUID | None = None  # who is asked about: not enrolled, and there
        self._looked_for = ""  # what was typed or scanned that fits nobody enrolled, while it is looked for
        self._wide = False
        self._make()
        self._arrange()
        self.follow()
        self.begin({"Esc": self._escape, "F11": self._fill})

    def _make(self) -> None:
        self.title, self.about = Text(Own(" "), px=BIG, weight=600, elide=True), Text(Own(" "), px=16, tone="text2")
        self.count, self.of = Text(Own("0"), px=72, weight=600, tone="ok"), Text(Own(" "), px=24, tone="text2")
        self.bar = Bar(N_("Signed in"), 0)
        self.box = _BigBox()
        self.line = self.box.line
        self.answer = Text(HINT, px=22, weight=500, tone="text2", wrap=True)
        self.wall = NameWall()
        self.leave, self.hold = Button(N_("Back"), "arrow-left"), Button(N_("Hold session"), "check", kind="primary")
        self.full = Button(N_("Full screen"), "maximize")
        self.leave.clicked.connect(self._back)
        self.hold.clicked.connect(self._hold)
        self.full.clicked.connect(self._fill)
        self.line.returnPressed.connect(self._entered)
        self.line.textEdited.connect(self._typed)
        self.wall.chosen.connect(self._chosen)

    def _arrange(self) -> None:
        names = column(self.title, self.about, gap=4)
        figures = row(self.count, self.of, gap=10)
        head = row((names, 1), figures, gap=24)
        entry = Card(self.box, self.answer, gap=12, pad=18)
        page = column(self.wrong, head, self.bar, entry, (self.wall, 1), gap=16, margins=(MARGIN, MARGIN, MARGIN, 12))
        hints = KeyHints([("Enter", N_("Sign in to session")), ("F11", N_("Full screen")), ("Esc", N_("Back"))])
        self.setLayout(column((page, 1), StickyFooter([self.leave, self.full], [self.hold], hints), gap=0))

    def look(self) -> None:
        """Name the line again."""
        self.line.setAccessibleName(words(HINT))
        self.line.setPlaceholderText(words(N_("Staff number or name")))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.line.setFocus()

    def release(self) -> None:
        """Leave the full screen with the page."""
        if self._wide:
            self._fill()

    # Reading

    def question(self) -> Callable[[Desk], SessionSheet]:
        """Who is there."""
        return asking("training_sessions.sheet", training_session_id=self.session)

    def _got(self, sheet: SessionSheet) -> None:
        self.sheet = sheet
        row_ = sheet.row
        self.title.say(Own(str(row_["title"])))
        place = row_["room"] or row_["place_text"]
        about = (row_["course"], show.instant(row_["starts_at"]), place, row_["trainer"])
        self.about.say(Own(" · ".join(str(part) for part in about if part)))
        seats = sheet.enrolled
        self.count.say(Own(str(sheet.came)))
        self.of.say(said(N_("of {n}"), n=len(seats)))
        self.bar.tell(sheet.came, max(1, len(seats)))
        running = sheet.state.value == "running"
        self.hold.setEnabled(running and self.background.desk.may("training_sessions.hold"))
        self.line.setEnabled(running)
        order = sorted(seats, key=_order)
        self.wall.show_names([Name(s.staff_id, s.name, _note(s), s.signed_in_at is not None) for s in order])

    def _unsigned(self, error: Exception) -> None:
        """Why somebody could not be signed in is said where he looks."""
        if isinstance(error, UserError):
            self._say(said(error.message, **error.values), "bad")
        else:
            self.background.failed.emit(error)

    # Signing in

    def take_scan(self, code: str) -> bool:
        """What a scanner read is for this page."""
        self.line.clear()
        self._sign(code)
        return True

    def _typed(self, _text: str) -> None:
        self.walk_in, self._looked_for = None, ""
        near = self._near(self.line.text())
        if self.line.text().strip() and near:
            self._say(Own("　".join(seat.name for seat in near[:6])), "text2")
        else:
            self._say(HINT, "text2")

    def _entered(self) -> None:
        if self.walk_in is not None:
            self._do(self.walk_in, walk_in=True)
        elif text := self.line.text().strip():
            self._sign(text)

    def _sign(self, text: str) -> None:
        """By a number, a whole name only one of them has, or the only one it begins."""
        self.walk_in, self._looked_for = None, ""
        found = self._near(text)
        if len(found) == 1:
            self._do(found[0].staff_id)
        elif found:
            self._say(said(SEVERAL, names="、".join(f"{seat.name} {seat.number}" for seat in found[:4])), "warn")
            self.line.selectAll()
        else:
            self._looked_for = text
            self.background.ask(
                partial(_find, person_name(text)), partial(self._found, text), self._unsigned, tag="door.find"
            )

    def _near(self, text: str) -> Sequence[Seat]:
        """Who of those with a place may be meant: by the whole number or name alone, where that is one's."""
        seats, wanted = self.sheet.enrolled if self.sheet else (), person_name(text.strip())
        if not wanted:
            return ()
        exact = [seat for seat in seats if seat.number == folded(wanted)] or [s for s in seats if s.name == wanted]
        begins = [seat for seat in seats if seat.number.startswith(folded(wanted)) or seat.name.startswith(wanted)]
        return exact or begins

    def _found(self, text: str, people: list[Named]) -> None:
        """Nobody enrolled fits: perhaps somebody who is not. The next one may have begun to type, or been signed in."""
        if text != self._looked_for:
            return
        wanted = (folded(text), person_name(text))
        same = [person for person in people if person.number == wanted[0] or person.label == wanted[1]]
        if len(same) == 1 and isinstance(same[0].id, UUID):
            self.walk_in = same[0].id
            self._say(said(WALK_IN, name=same[0].label), "warn")
        else:
            self._say(said(UNKNOWN, text=text), "bad")
        self.line.selectAll()
        self.line.setFocus()

    def _chosen(self, person: UUID) -> None:
        self._do(person)

    def _do(self, person: UUID, *, walk_in: bool = False) -> None:
        self.walk_in, self._looked_for = None, ""
        values: dict[str, Any] = {"training_session_id": self.session, "staff_id": person, "walk_in": walk_in}
        self.background.do("training_sessions.sign_in", values, partial(self._done, person), self._unsigned)
        self.line.clear()
        self.line.setFocus()

    def _done(self, person: UUID, done: Done[bool]) -> None:
        self.background.ask(self.question(), partial(self._greet, person, done.value), self._unsigned)

    def _greet(self, person: UUID, fresh: bool, sheet: SessionSheet) -> None:
        seat = next((seat for seat in sheet.seats if seat.staff_id == person), None)
        if seat is None or seat.signed_in_at is None:
            return
        time = f"{seat.signed_in_at.astimezone():%H:%M}"
        if fresh:
            self._say(said(WELCOME, name=seat.name), "ok")
        else:
            self._say(said(BEFORE, name=seat.name, time=time), "text2")

    def _say(self, message: Message, tone: str) -> None:
        self.answer.tone(tone)
        self.answer.say(message)
        self.answer.setAccessibleName(self.answer.text())

    # Leaving

    def _hold(self) -> None:
        self.closed.emit("training_sessions.hold", {"training_session_id": self.session, "_sheet": self.sheet})

    def _fill(self) -> None:
        window = self.window()
        self._wide = not self._wide
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _escape(self) -> None:
        """First what is asked or typed, then the page."""
        if self.walk_in is not None or self.line.text():
            self.walk_in, self._looked_for = None, ""
            self.line.clear()
            self._say(HINT, "text2")
            return
        self._back()

    def _back(self) -> None:
        self.left.emit()


class _BigBox(Box):
    """One line in large letters."""

    def __init__(self) -> None:
        super().__init__(left=18, right=18)
        self.line = Line()
        self.line.setFont(font(BIG, 500))
        self.setFixedHeight(TALL)
        self._row.addWidget(self.line, 1)
        self.line.focused.connect(self.focus)

    def inner(self) -> QWidget:
        return self.line

    def value(self) -> str:
        return self.line.text()

    def set_value(self, value: Any, words: str = "") -> None:
        self.line.setText(value)


def _order(seat: Seat) -> tuple[bool, str]:
    """Who is still missed first."""
    return (seat.signed_in_at is not None, seat.name)


def _note(seat: Seat) -> str:
    signed = f"{seat.signed_in_at.astimezone():%H:%M}" if seat.signed_in_at else ""
    return " · ".join(filter(None, (seat.unit, signed)))


def _find(text: str, desk: Desk) -> list[Named]:
    return desk.find("staff", text, 5)
