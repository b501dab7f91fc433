"""The pane beside a list: the facts and the history of the record that is marked."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from resources.words import N_
from services.desk.personal import cut
from services.desk.schema import FieldSpec, Kind
from ui.kit import acts, show
from ui.kit.attached import Attached, attachable
from ui.kit.button import Button, IconButton, LinkButton
from ui.kit.card import Card, HairLine, KeyValue
from ui.kit.history import History
from ui.kit.layout import column, hide_unless, row
from ui.kit.pill import Pill
from ui.kit.screen import Act, Screen
from ui.kit.tabs import Tabs
from ui.kit.text import Note, Own, Text, counted, said
from ui.kit.theme import LOOK, PAD, SIDE
from ui.kit.tile import IconTile

if TYPE_CHECKING:
    from ui.kit.background import Background

Row = Mapping[str, Any]
REVEAL, ATTACHMENTS = N_("Show personal data"), N_("Attachments")
SENTENCE = 160  # characters: what may be as long is told over several lines


class DetailPane(Card):
    """336 pixels wide. `show_row` shows a record, `show_count` how many are marked."""

    acted = Signal(object)  # Act
    edit_asked = Signal()

    def __init__(self, screen: Screen, background: Background, specs: Mapping[str, FieldSpec]) -> None:
        super().__init__(margins=(1, 1, 1, 1), gap=0)
        self.about, self.specs = screen, specs
        self.setFixedWidth(SIDE)
        self.row: Row | None = None
        self._open_extra = False
        self.tile = IconTile(screen.icon, "tint", 48)
        self.title = Text(px=16, weight=600, elide=True)
        self.number = Note(elide=True)
        self.pills = row(gap=6)
        self.attached = Attached(background, screen.entity) if attachable(background.desk, screen.entity) else None
        more = () if self.attached is None else (ATTACHMENTS,)
        self.tabs = Tabs(N_("Overview"), N_("Changes"), *more)
        self.facts = {name: KeyValue(_named(spec), wrap=_wordy(spec)) for name in screen.facts
                      if (spec := self.specs[name])}  # fmt: skip
        self.eyes = self._eyes(background)
        self.extra = column(gap=12)
        self.history = History(background, specs)
        self.stack, self.pages = QStackedWidget(), QStackedWidget()
        self.hint = Note(wrap=True)
        self._build(screen, background)
        self.tabs.chosen.connect(self._turn)
        LOOK.changed.connect(self._say)

    def _build(self, screen: Screen, background: Background) -> None:
        names = column(self.title, self.number, gap=2)
        head = column(row(self.tile, (names, 1), gap=12), self.pills, gap=12)
        hide_unless(screen.history, self.tabs)
        tabs = column(self.tabs, HairLine(), gap=0)
        overview = QWidget()
        overview.setLayout(column(*self.facts.values(), self.extra, None, gap=12))
        for page in (overview, self.history, self.attached):
            if page is not None:
                self.stack.addWidget(_scrolled(page))
        if self.attached is not None:
            self.attached.counted.connect(self._count)
        record, hint = QWidget(), QWidget()
        top = column(head, tabs, gap=14, margins=(PAD, PAD, PAD, 0))
        record.setLayout(column(top, (self.stack, 1), self._foot(screen, background), gap=0))
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setLayout(column(None, self.hint, None, margins=(PAD, PAD, PAD, PAD)))
        for page in (record, hint):
            self.pages.addWidget(page)
        self.box.addWidget(self.pages, 1)
        self.show_count(0)

    def _foot(self, screen: Screen, background: Background) -> QVBoxLayout:
        self.edit = Button(N_("Edit"), "pencil")
        self.edit.clicked.connect(self.edit_asked)
        self.buttons = [self.edit] if screen.revise and background.desk.may(screen.revise) else []
        for act in (act for act in acts.allowed(screen.acts, background.desk) if act.on == "one"):
            button = Button(act.label, act.icon)
            button.clicked.connect(partial(acts.run, self.acted.emit, act))
            self.buttons.append(button)
        foot = column(gap=8, margins=(PAD, 12, PAD, PAD))
        for at in range(0, len(self.buttons), 2):
            foot.addLayout(row(*((button, 1) for button in self.buttons[at : at + 2])))
        return foot

    def _eyes(self, background: Background) -> dict[str, IconButton]:
        """Beside each personal fact, for those who may see what is behind its mask."""
        reveal, made = f"{self.about.entity}.reveal", dict[str, IconButton]()
        for name in [name for name in self.facts if self.specs[name].kind is Kind.PERSONAL]:
            if not background.desk.may(reveal):
                break
            label = said(N_("Show “{field}”"), field=self.specs[name].key)
            made[name] = IconButton("eye", label, tone="text3", size=26, symbol=15)
            made[name].clicked.connect(partial(acts.run, self.acted.emit, Act(reveal, "eye", REVEAL, field=name)))
            self.facts[name].add(made[name])
        return made

    def show_row(self, found: Row, icon: str) -> None:
        """Show the facts of a record."""
        if found == self.row:
            return
        same = self.row is not None and self.row["n"] == found["n"]
        self.row = found
        self.pages.setCurrentIndex(0)
        self._open_extra = self._open_extra and same
        self.tile.show_icon(icon, "tint")
        self._say()
        if self.tabs.current() == 1:
            self.history.show_record(self.about.entity, found["id"])
        if self.attached is not None:
            self.attached.show_record(found["id"])

    def show_count(self, marked: int) -> None:
        """No record is marked, or more than one."""
        self.row = None
        self.hint.say(
            counted("{n} record marked", "{n} records marked", marked)
            if marked
            else N_("Mark a record to see its facts here")
        )
        self.pages.setCurrentIndex(1)

    def _count(self, count: int) -> None:
        self.tabs.rename(2, said(N_("Attachments {n}"), n=count) if count else ATTACHMENTS)

    def _turn(self, tab: int) -> None:
        self.stack.setCurrentIndex(tab)
        if tab == 1 and self.row is not None:
            self.history.show_record(self.about.entity, self.row["id"])

    def _say(self) -> None:
        if self.row is None:
            return
        first = self.about.columns[0]
        self.title.say(Own(self._fact(first.name) if first.words else self._text(first.name)))
        self.number.say(Own(self._text(first.second)) if self.row.get(first.second) else "")
        _empty(self.pills)
        for col in self.about.columns:
            value = show.plain(self.row.get(col.name))
            if col.pill is not None and value is not None:
                self.pills.addWidget(Pill(Own(self._text(col.name)), col.pill.get(value, "idle")))
            elif self.specs[col.name].kind is Kind.CLASS_CODE and self._text(col.name) != show.NOTHING:
                self.pills.addWidget(Pill(Own(self._text(col.name)), dot=False))
        self.pills.addStretch(1)
        self._fill()

    def _fill(self) -> None:
        assert self.row is not None
        for name, line in self.facts.items():
            line.say(Own(self._fact(name)))
        for name, eye in self.eyes.items():
            eye.setVisible(cut(str(self.row.get(name) or "")))
        _empty(self.extra)
        extra: Mapping[str, Any] = self.row.get("extra") or {}
        if extra:
            self._fold(extra)

    def _fold(self, extra: Mapping[str, Any]) -> None:
        self.extra.addWidget(HairLine())
        icon = "chevron-up" if self._open_extra else "chevron-down"
        more = counted("{n} more fact from the register", "{n} more facts from the register", len(extra))
        link = LinkButton(more, icon)
        link.clicked.connect(self._toggle)
        self.extra.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        if self._open_extra:
            for header, value in extra.items():
                self.extra.addWidget(KeyValue(Own(header), Own(str(value))))

    def _toggle(self) -> None:
        self._open_extra = not self._open_extra
        self._fill()

    def _fact(self, name: str) -> str:
        """What names the record is said as in its list."""
        assert self.row is not None
        first = self.about.columns[0]
        if first.words and name == first.name:
            return first.words(self.row)
        return show.fact(LOOK.lang, self.specs[name], self.row.get(name), self.row)

    def _text(self, name: str) -> str:
        assert self.row is not None
        return show.text(LOOK.lang, self.specs[name], self.row.get(name), self.row)


def _wordy(spec: FieldSpec) -> bool:
    """Whether a fact may be a sentence, as what a rule rests on is: it is told whole."""
    return spec.kind is Kind.LONG or (spec.kind is Kind.TEXT and (spec.max_length or 0) >= SENTENCE)


def _named(spec: FieldSpec) -> str:
    """What stands before a fact: a class is shown by its name, not by its code."""
    return spec.key.replace("class_code", "class_name") if spec.kind is Kind.CLASS_CODE else spec.key


def _empty(box: Any) -> None:
    while (item := box.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


def _scrolled(page: QWidget) -> QScrollArea:
    page.setContentsMargins(PAD, 14, PAD, 14)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    area.viewport().setAutoFillBackground(False)
    page.setAutoFillBackground(False)
    return area
