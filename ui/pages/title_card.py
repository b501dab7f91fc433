"""The certificate of a title: its number, the four facts with their papers, what right it is and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from models.title import TitleState
from resources.words import N_, tr
from ui.kit import show
from ui.kit.box import Line
from ui.kit.button import IconButton, LinkButton
from ui.kit.card import Card
from ui.kit.layout import column, emptied, row
from ui.kit.pill import Pill
from ui.kit.text import Message, Note, Own, Text, restyle, said, words
from ui.kit.theme import LOOK
from ui.kit.tile import Icon, IconTile
from ui.screens.titles import STATES

if TYPE_CHECKING:
    from services.rights import Fact
    from services.title_sheet import Sheet

NO_CERTIFICATE, NO_NUMBER = N_("No certificate"), N_("Certificate number not recorded")
NOBODY, UNKNOWN = N_("Nobody"), N_("Not known")
PARTIES = (  # field of Rights, its name, its icon
    ("holders", N_("Right holder"), "landmark"),
    ("managers", N_("Managing unit"), "building-2"),
    ("users", N_("Using unit"), "users"),
    ("actual", N_("Actual user"), "user"),
)


class UnitNumber(Line):
    """The number of the real-estate unit in its groups; copied without the blanks between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_number(self, number: str) -> None:
        """Show another number."""
        from services.title_numbers import grouped

        self.setText(grouped(number) or show.NOTHING)
        self.setAccessibleName(words(N_("Unit number")))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(self.text()) + 12)
        self.setCursorPosition(0)

    def copy_number(self) -> None:
        """What is marked, or all of it, without blanks."""
        QGuiApplication.clipboard().setText("".join((self.selectedText() or self.text()).split()))

    def event(self, event: QEvent) -> bool:
        """Copy is this line's own key, before the window takes it for a shortcut."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.matches(QKeySequence.StandardKey.Copy))
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_number()
        else:
            super().keyPressEvent(event)


class PartyTile(QFrame):
    """One of the four facts: who, since when and by which paper; doubtful in the colours of a warning."""

    def __init__(self, name: Message, icon: str) -> None:
        super().__init__()
        self.setProperty("box", "fact")
        self.name, self.value, self.proof = Note(name, elide=True), Text(weight=600, elide=True), Note(elide=True)
        self.symbol = Icon("triangle-alert", "warn", 14)
        head = row(Icon(icon, "text3", 14), (self.name, 1), self.symbol, gap=6)
        self.setLayout(column(head, self.value, self.proof, gap=3, margins=(12, 10, 12, 10)))

    def show_party(self, who: Message, proof: Message, *, doubtful: bool) -> None:
        """Show whom it names."""
        self.value.say(who)
        self.proof.say(proof)
        tone = "warn" if doubtful else ""
        self.symbol.setVisible(doubtful)
        self.value.tone(tone or "text")
        self.proof.tone(tone or "text3")
        if self.property("kind") != tone:
            self.setProperty("kind", tone)
            restyle(self)


class Detail(QWidget):
    """A name with its value below."""

    def __init__(self, name: Message) -> None:
        super().__init__()
        self.value = Text(elide=True)
        self.setLayout(column(Note(name), self.value, gap=3))


class CertificateCard(Card):
    """Shows who a right belongs to. `covering` asks for the menu of what it covers, at that button; `scans` for the
    files of the title."""

    covering = Signal()
    scans = Signal()

    def __init__(self) -> None:
        super().__init__(gap=16)
        self.number, self.state = Text(px=16, weight=600, elide=True), Pill()
        self.unit, self.copy = UnitNumber(), IconButton("copy", N_("Copy unit number"), size=24, symbol=14)
        self.copy.clicked.connect(self.unit.copy_number)
        unit = row(Note(N_("Unit number")), self.unit, self.copy, None, gap=4)
        self.files = LinkButton(N_("Attachments"), "paperclip", after=False)
        self.files.clicked.connect(self.scans)
        right = column(row(None, self.state), row(None, self.files), gap=4)
        self.add(row(IconTile("scroll-text", "tint", 48), (column(self.number, unit, gap=2), 1), right, gap=14))
        self.doubts = column(gap=4)
        self.add(self.doubts)
        self.parties = {field: PartyTile(name, icon) for field, name, icon in PARTIES}
        self.add(row(*((tile, 1) for tile in self.parties.values()), gap=12))
        self.right, self.nature = Detail(N_("Kind of right")), Detail(N_("Nature and shares"))
        self.use, self.term = Detail(N_("Use")), Detail(N_("Term of use"))
        self.add(row((self.right, 3), (self.nature, 2), (self.use, 2), (self.term, 2), gap=12))
        self.covers, self.change = Text(elide=True), LinkButton(N_("What it covers…"))
        self.change.clicked.connect(self.covering)
        self.add(row(Note(N_("Covers")), (self.covers, 1), self.change, gap=12))

    def show_sheet(self, sheet: Sheet, files: int | None = None) -> None:
        """Show the title of a day, and how many files there are about it; None: nobody may see them here."""
        self.files.setVisible(files is not None)
        self.files.say(said(N_("Attachments {n}"), n=files) if files else N_("Attachments"))
        registered = sheet.now.state is TitleState.REGISTERED
        missing = NO_NUMBER if registered else NO_CERTIFICATE  # 无证 beside 有证 is no answer
        self.number.say(Own(sheet.certificate) if sheet.certificate else missing)
        self.state.show_state(f"title.state={sheet.now.state.value}", STATES[sheet.now.state.value])
        self.unit.show_number(sheet.unit_number)
        self.copy.setVisible(bool(sheet.unit_number))
        self._doubt(sheet)
        self._parties(sheet)
        self._details(sheet)

    def _doubt(self, sheet: Sheet) -> None:
        emptied(self.doubts)
        for sentence, value in sheet.doubts:
            remark = QWidget()
            remark.setLayout(row(Icon("triangle-alert", "warn", 14), (_wrapped(said(sentence, value=value)), 1), gap=6))
            self.doubts.addWidget(remark)

    def _parties(self, sheet: Sheet) -> None:
        rights, unagreed = sheet.rights, sheet.unagreed
        held = rights.holders and rights.holders[0].who
        self._party("holders", rights.holders, UNKNOWN, doubtful=not held)
        self._party("managers", rights.managers, UNKNOWN, doubtful=False)
        self._party("users", rights.users, NOBODY, doubtful=False)
        proof: Message | None = None
        if unagreed:
            who = "、".join(dict.fromkeys(fact.who for fact in unagreed))
            proof = said(N_("Without an agreement: {who}"), who=who)
        self._party("actual", rights.actual, NOBODY, doubtful=bool(unagreed), proof=proof)

    def _party(
        self, field: str, facts: tuple[Fact, ...], nobody: str, *, doubtful: bool, proof: Message | None = None
    ) -> None:
        names = list(dict.fromkeys(fact.who for fact in facts if fact.who))
        if not names:
            self.parties[field].show_party(nobody, N_("The ledger says nothing"), doubtful=doubtful)
            return
        more: Message = Own(names[0])
        if len(names) > 1:
            more = said(N_("{first} and {n} more"), first=names[0], n=len(names) - 1)
        first = facts[0]
        since = said(N_("since {day}"), day=first.since.isoformat())() if first.since else ""
        told = proof or Own(" · ".join(filter(None, (since, first.paper))))
        self.parties[field].show_party(more, told, doubtful=doubtful)
        self.parties[field].value.setAccessibleDescription("、".join(names))

    def _details(self, sheet: Sheet) -> None:
        now = sheet.now
        self.right.value.say(f"title.right_kind={sheet.right_kind.value}")
        parts = [f"title.land_nature={now.land_nature.value}"] if now.land_nature else []
        parts += [f"title.co_ownership={now.co_ownership.value}"] if now.co_ownership else []
        self.nature.value.say(lambda: " / ".join(tr(LOOK.lang, part) for part in parts) or show.NOTHING)
        self.use.value.say(Own(now.use or show.NOTHING))
        until = said(N_("until {day}"), day=now.term_until.isoformat()) if now.term_until else N_("No end recorded")
        self.term.value.say(until)
        past = now.term_until is not None and now.term_until < sheet.on
        self.term.value.tone("bad" if past else "text")
        names = "、".join(cover.name for cover in sheet.covers)
        self.covers.say(Own(names) if names else N_("Nothing yet: name the building or the room it is about"))
        self.covers.tone("text" if names else "warn")


def _wrapped(message: Message) -> Note:
    made = Note(message, tone="warn", wrap=True)
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return made
