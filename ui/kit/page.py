"""Parts of a page: its head, its foot, its side pane, its scrolling middle, and what stands there when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QWidget

from ui.kit.button import Button, KeyHints
from ui.kit.card import Card
from ui.kit.layout import Item, column, hide_unless, row
from ui.kit.pill import Pill
from ui.kit.text import Body, Message, Note, Text, Title
from ui.kit.theme import MARGIN, SIDE
from ui.kit.tile import Icon, IconTile

FOOT = 60


class PageHead(QWidget):
    """Way back, title with its pills, a line of facts; what can be done stands at the right.

    `back` lists (key, name) of the pages above this one; `went_back` tells the key that was chosen. Facts that are
    `long` have a line of their own below what can be done.
    """

    went_back = Signal(str)

    def __init__(
        self,
        title: Message,
        *actions: QWidget,
        back: Sequence[tuple[str, Message]] = (),
        pills: Sequence[Pill] = (),
        facts: Message = "",
        long: bool = False,
    ) -> None:
        super().__init__()
        self._keys = [key for key, _ in back]
        self.title, self.facts = Title(title), Note(facts, elide=True)
        hide_unless(facts, self.facts)
        self._pills = row(*pills)
        self.acts: QHBoxLayout = row(*actions)
        lines: list[Item] = [row(*self._crumbs(back), None, gap=2)] if back else []
        lines += [row(self.title, self._pills, None), *([] if long else [self.facts])]
        top = row((column(*lines, gap=2), 1), self.acts, gap=16)
        self.setLayout(column(top, self.facts, gap=4) if long else top)

    def _crumbs(self, back: Sequence[tuple[str, Message]]) -> list[Item]:
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._back)
        made: list[Item] = []
        for n, (_, name) in enumerate(back):
            crumb = Button(name, kind="crumb", small=True)
            crumb.lean()
            self._group.addButton(crumb, n)
            made += [Icon("chevron-right" if n else "chevron-left", "text3", 12 if n else 14), crumb]
        return made

    def _back(self, n: int) -> None:
        self.went_back.emit(self._keys[n])

    def show_pills(self, *pills: Pill) -> None:
        """Show other states behind the title."""
        while (old := self._pills.takeAt(0)) is not None:
            widget = old.widget()
            if widget is not None:
                widget.deleteLater()
        for pill in pills:
            self._pills.addWidget(pill)

    def show_facts(self, message: Message, /, **values: object) -> None:
        """Show another line of facts."""
        self.facts.say(message, **values)
        self.facts.setVisible(bool(message))


class StickyFooter(QFrame):
    """The foot of a page that stays in sight: what leads away at the left, keys, what goes on at the right."""

    def __init__(self, left: Sequence[QWidget], right: Sequence[QWidget], hints: KeyHints | None = None) -> None:
        super().__init__()
        self.setProperty("box", "foot")
        self.setFixedHeight(FOOT)
        middle: list[Item] = [12, hints] if hints else []
        self.setLayout(row(*left, *middle, None, *right, gap=8, margins=(MARGIN, 0, MARGIN, 0)))


class SidePane(Card):
    """A card of fixed width beside the main column."""

    def __init__(self, *items: Item, width: int = SIDE, pad: int = 20, gap: int = 12) -> None:
        super().__init__(*items, pad=pad, gap=gap)
        self.setFixedWidth(width)


class ScrollPage(QScrollArea):
    """A column of cards that scrolls when the window is low."""

    def __init__(self, *items: Item, gap: int = 16, margin: int = MARGIN) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = QWidget()
        self.inner.setProperty("box", "clear")
        self.box = column(*items, gap=gap, margins=(margin, margin, margin, margin))
        self.inner.setLayout(self.box)
        self.setWidget(self.inner)

    def minimumSizeHint(self) -> QSize:
        """As wide as its widest card, so that nothing is cut at the side."""
        return QSize(self.inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width(), 160)


class EmptyState(QWidget):
    """What stands where nothing is: an icon, what this place is for, and the way to begin."""

    acted = Signal()

    def __init__(self, icon: str, title: Message, message: Message, action: Message = "") -> None:
        super().__init__()
        self.title, self.sentence = Text(title, px=15, weight=600), Body(message, tone="text3")
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setFixedWidth(380)
        self.action = Button(action, kind="plain")
        hide_unless(action, self.action)
        self.action.clicked.connect(self.acted)
        middle = column(
            row(None, IconTile(icon, "plain", 48), None),
            4,
            self.title,
            row(None, self.sentence, None),
            6,
            row(None, self.action, None),
            gap=6,
        )
        self.setLayout(column(None, row(None, middle, None), None))
