"""The page of one asset: everything its card says, its set, photos and documents, its history, and what can be done."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from ui.kit import acts
from ui.kit.attached import attachable
from ui.kit.button import Button
from ui.kit.card import Banner, Card, SectionHead
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.history import History
from ui.kit.layout import column, row
from ui.kit.page import PageHead, ScrollPage
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_page import RecordPage
from ui.kit.screen import Act
from ui.kit.text import Own
from ui.kit.theme import GAP, MARGIN
from ui.pages.asset_cards import GROUPS, DocumentsCard, FactsCard, SetCard, named, warranty
from ui.pages.asset_photos import PhotosCard
from ui.screens import assets as screen

if TYPE_CHECKING:
    from services.asset_sheet import About, AssetSheet
    from services.desk.desk import Desk
    from ui.kit.background import Background

BESIDE, PANE = 980, 372  # pixels from which the pane stands beside; its width
SHOWN = 3  # acts with a button of their own
MORE = N_("More")


class AssetPage(RecordPage):
    """`acted` asks for an act of the list on this asset, `edited` for its form; other pages through `went`."""

    kind = "asset"
    watched = frozenset({"asset", "room", "building", "organization", "staff", "handover", "handover_line"})
    acted = Signal(object, object, object)  # Act, numbers of the rows (array), the rows
    edited = Signal(object)  # the row
    asked = Signal(str, object)  # name of an intent, its values
    shown = Signal(object)  # the id of another asset
    opened = Signal(str, object)  # a kind of document, what is known of it
    sheet: AssetSheet | None
    history: History

    def __init__(self, background: Background, asset: UUID, back: tuple[str, str]) -> None:
        super().__init__(background)
        self.asset = asset
        self._make(back)
        self._arrange()
        self._connect()
        self.begin({"F2": self._edit})

    def _make(self, back: tuple[str, str]) -> None:
        desk = self.background.desk
        offered = acts.allowed(screen.SCREEN.acts, desk)
        fitting = [act for act in offered if act.on != "none" and act.name != "assets.revise_many"]
        fitting.sort(key=_aside)
        self.edit = Button(N_("Edit"), "pencil", kind="primary")
        self.edit.setVisible(False)
        shown = [act for act in fitting[:SHOWN] if act.beside]
        self.buttons = {act: Button(act.label, act.icon) for act in shown}
        self.rest = tuple(act for act in fitting if act not in shown)
        self.more = Button(MORE, "ellipsis")
        self.may_edit = desk.may("assets.revise")
        parts = [*([self.more] if self.rest else []), *self.buttons.values(), *([self.edit] if self.may_edit else [])]
        self.head = PageHead("asset", *parts, back=(back,), facts=Own(" "))
        self.undecided = Banner("warn", N_("Its class is to be decided by GB/T 14885-2022."), N_("Decide class…"))
        self.facts = tuple(FactsCard(*group) for group in GROUPS)
        self.set = SetCard(may=desk.may("assets.put_in_set"))
        self.documents = DocumentsCard()
        self.photos = PhotosCard(self.background) if attachable(desk, "asset") else None
        self.history = History(self.background, LISTINGS["assets"].columns)
        self.undecided.hide()

    def _arrange(self) -> None:
        self._left, self.pane = QWidget(), QWidget()
        self._left.setLayout(column(*self.facts, self.set, None, gap=GAP))
        changes = Card(SectionHead(N_("Changes")), self.history, gap=14)
        files = [self.photos] if self.photos is not None else []
        self.pane.setLayout(column(*files, self.documents, changes, None, gap=GAP))
        self._both = row((self._left, 1), self.pane, gap=GAP)
        self.middle = ScrollPage(self._both, None, margin=0)
        self.middle.box.setContentsMargins(MARGIN, 0, MARGIN, MARGIN)
        self.middle.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.middle)
        self.middle.hide()
        top = column(self.head, self.wrong, self.undecided, gap=10, margins=(MARGIN, MARGIN, MARGIN, 0))
        self.setLayout(column(top, (self.middle, 1), gap=14))

    def _connect(self) -> None:
        self.edit.clicked.connect(self._edit)
        self.more.clicked.connect(self._menu)
        for act, button in self.buttons.items():
            button.clicked.connect(partial(acts.run, self.run, act))
        self.set.opened.connect(self._part)
        self.set.taken_out.connect(self._take_out)
        self.set.put_in.connect(self._put_in)
        self.documents.opened.connect(self.opened)
        self.undecided.acted.connect(self._decide)

    # What is said

    def question(self) -> Callable[[Desk], AssetSheet]:
        """The card as of today."""
        return asking("assets.sheet", asset_id=self.asset, on=today())

    def _first(self, sheet: AssetSheet) -> None:
        self.middle.show()
        self.middle.setFocus()
        self.edit.setVisible(self.may_edit)
        if self.photos is not None:
            self.photos.show_record(sheet.id)

    def _say(self, sheet: AssetSheet) -> None:
        self.head.title.say(Own(str(sheet.row["name"])))
        self.middle.setAccessibleName(str(sheet.row["name"]))
        self.head.show_facts(named(sheet.row))
        self.head.show_pills(*self._pills(sheet))
        self.undecided.setVisible(not sheet.decided)
        for card in self.facts:
            card.show_row(sheet)
        self.set.show_set(sheet)
        self.documents.show_documents(sheet.documents)

    def _pills(self, sheet: AssetSheet) -> list[Pill]:
        status = sheet.row["status"].value
        made = [Pill(f"asset.status={status}", screen.STATUS.get(status, "idle"))]
        made.append(Pill(screen.KINDS[sheet.kind.value], dot=False))
        tone, left = warranty(sheet.warranty)
        return made if sheet.warranty is None else [*made, Pill(left, tone, icon="clock")]

    # What is asked

    def run(self, act: Act) -> None:
        """Ask the window to do an act of the list on this asset."""
        if self.sheet is not None:
            self.acted.emit(act, array("q", [self.sheet.row["n"]]), [self.sheet.row])

    def _menu(self) -> None:
        acts.popup(self, self.more.mapToGlobal(QPoint(0, self.more.height() + 4)), self.rest, 1, self.run)

    def _edit(self) -> None:
        if self.sheet is not None and self.may_edit:
            self.edited.emit(self.sheet.row)

    def _part(self, key: object) -> None:
        if isinstance(key, UUID) and key != self.asset:
            self.shown.emit(key)

    def _take_out(self) -> None:
        self.asked.emit("assets.take_out_of_set", {"asset_ids": [self.asset]})

    def _put_in(self) -> None:
        self.asked.emit("assets.put_in_set", {"asset_ids": [self.asset]})

    def _decide(self) -> None:
        if self.sheet is not None:
            self.edited.emit(self.sheet.row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self._both.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.pane.setMinimumWidth(PANE if beside else 0)
        self.pane.setMaximumWidth(PANE if beside else 16_777_215)


def _aside(act: Act) -> bool:
    return not act.beside


def in_list(about: About) -> ToList:
    """Where a document that has no page here is found: its list, by its number."""
    return ToList(f"{about.kind}s", (("number", (about.number,)),))
