"""The cards of an asset's page: facts in groups, the warranty, the set it belongs to, the documents about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from services.card_kinds import left_out
from services.desk.listing import LISTINGS
from services.desk.schema import FieldSpec
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine, KeyValue, SectionHead
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.text import Note, Own, counted, words
from ui.kit.theme import LOOK
from ui.screens import assets as screen

if TYPE_CHECKING:
    from services.asset_sheet import About, AssetSheet, Part

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Basics"), (
        "number", "class_code", "class_text", "brand", "model", "serial", "quantity", "measure", "structure",
        "floor_area", "plate", "chassis", "engine", "extra", "note",
    )),
    (N_("Value"), (
        "cost", "net_value", "value_kind", "funding", "acquisition", "acquired_on", "entered_on", "in_service_on",
        "voucher", "depreciation", "life_months", "prior_accumulated", "disposed_on",
    )),
    (N_("Place and use"), (
        "compound_id", "building_id", "room_id", "place_text", "unit_id", "unit_text", "keeper_id", "keeper_text",
        "shared",
    )),
    (N_("Purchase, warranty and rights"), (
        "supplier", "contract", "invoice", "warranty_until", "ownership", "certificate",
    )),
)  # fmt: skip
ALWAYS = frozenset({"number", "class_code", "cost", "acquired_on", "compound_id", "room_id", "unit_id", "keeper_id"})
SOON = 60  # days before its end a warranty is told as a warning
HEADS = (Head("asset"), Head("asset.status", 110), Head("asset.cost", 120, right=True))
TALL = 40  # pixels


class FactsCard(Card):
    """One group of facts, in two columns; what says nothing about a thing of this kind is left out, as is what is empty
    and not expected."""

    def __init__(self, title: str, names: tuple[str, ...]) -> None:
        super().__init__(gap=10)
        self.names = names
        self.add(SectionHead(title))
        self._inside, self._facts = QWidget(), QGridLayout()
        self._inside.setLayout(self._facts)
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(28)
        self._facts.setVerticalSpacing(8)
        self.add(self._inside)

    def show_row(self, sheet: AssetSheet) -> None:
        """Say the facts of a card."""
        emptied(self._facts)
        specs: Mapping[str, FieldSpec] = LISTINGS["assets"].columns
        hidden, told = left_out(sheet.kind), list[tuple[Any, str]]()
        for name in self.names:
            value = sheet.row.get(name)
            if name == "extra":
                told += [(Own(header), str(said)) for header, said in (value or {}).items()]
            elif not (value is None or value == "" or value is False) or (name in ALWAYS and name not in hidden):
                told.append((specs[name].key, self._fact(specs[name], value, sheet)))
        for at, (name, text) in enumerate(told):
            self._facts.addWidget(KeyValue(name, Own(text)), at // 2, at % 2)
        for at in range(2):
            self._facts.setColumnStretch(at, 1)
        self.setVisible(bool(told))

    @staticmethod
    def _fact(spec: FieldSpec, value: Any, sheet: AssetSheet) -> str:
        found = show.fact(LOOK.lang, spec, value, sheet.row)
        return f"{value} {found}" if spec.name == "class_code" and value and value != found else found


class SetCard(Card):
    """The set an asset belongs to, as a tree; `opened` names a part, `taken_out` asks to take this asset out."""

    opened = Signal(object)
    taken_out = Signal()
    put_in = Signal()

    def __init__(self, *, may: bool) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 1))
        self.out, self.into = LinkButton(N_("Take out of the set")), LinkButton(N_("Part of…"))
        for link in (self.out, self.into):
            hide_unless(may, link)
        self.head = SectionHead(N_("Parts and set"), self.into, self.out, note=Own(" "))
        above = QWidget()
        above.setLayout(row(self.head, margins=(19, 12, 19, 8)))
        self.grid = Grid(N_("Parts and set"), HEADS, tree=True, tall=TALL)
        self.line = HairLine()
        for part in (above, self.line, self.grid):
            self.box.addWidget(part, int(part is self.grid))
        self.grid.opened.connect(self.opened)
        self.out.clicked.connect(self.taken_out)
        self.into.clicked.connect(self.put_in)
        self._may = may

    def show_set(self, sheet: AssetSheet) -> None:
        """Show where the asset stands in its set."""
        whole, inside = sheet.whole, bool(sheet.row.get("part_of_id"))
        for part in (self.line, self.grid):
            part.setVisible(whole is not None)
        if self._may:
            self.out.setVisible(inside)
            self.into.setVisible(not inside)
        count = _count(whole) if whole else 0
        self.head.note.say(
            counted("{n} asset in this set", "{n} assets in this set", count) if whole else N_("It stands for itself.")
        )
        self.head.note.show()
        if whole is not None:
            self.grid.show_lines([_line(whole)], open_all=True)
            self.grid.mark(sheet.id)
            self.grid.setFixedHeight(min(count, 8) * TALL + self.grid.head.height() + 2)


def _count(part: Part) -> int:
    return 1 + sum(map(_count, part.parts))


def _line(part: Part) -> Line:
    def cells() -> list[Cell]:
        tone = screen.STATUS.get(part.status.value, "idle")
        cost = show.money(part.cost) if part.cost is not None else show.NOTHING
        return [
            Cell(Own(part.name), part.number, note=Own(part.number)),
            Cell(f"asset.status={part.status.value}", tone=tone, pill=True),
            Cell(Own(cost), part.cost),
        ]

    return Line(part.id, cells, [_line(below) for below in part.parts])


class DocumentsCard(Card):
    """The documents about an asset, those that are open first; `opened` names one."""

    opened = Signal(str, object)  # kind, About

    def __init__(self) -> None:
        super().__init__(gap=10)
        self.rows = column(gap=8)
        self.add(SectionHead(N_("Documents")))
        self.none = Note(N_("No document is about this asset."))
        self.add(self.none)
        self.add(self.rows)
        self._shown: tuple[About, ...] = ()

    def show_documents(self, documents: tuple[About, ...]) -> None:
        """List them."""
        emptied(self.rows)
        self._shown = tuple(sorted(documents, key=_rank))
        self.none.setVisible(not documents)
        for about in self._shown:
            self.rows.addWidget(_Document(about, self))


def _rank(about: About) -> bool:
    return not about.open


class _Document(QWidget):
    def __init__(self, about: About, card: DocumentsCard) -> None:
        super().__init__()
        self.about, self.card = about, card
        link = LinkButton(Own(about.number), "file-text")
        link.setAccessibleName(f"{words(about.kind)} {about.number}")
        link.clicked.connect(self._open)
        state = f"{about.kind}.state={about.state}" if about.state else (N_("Under way") if about.open else Own(""))
        note = Note(state, tone="warn" if about.open else "text3")
        day = Note(Own(about.on.isoformat() if about.on else ""))
        kind = Note(about.kind, elide=True)
        self.setLayout(row(link, (kind, 1), note, day, gap=10))

    def _open(self) -> None:
        self.card.opened.emit(self.about.kind, self.about)


def warranty(days: int | None) -> tuple[str, Any]:
    """Tone and words of how long a warranty lasts; no words where none is known."""
    if days is None:
        return "idle", Own("")
    if days < 0:
        return "idle", counted("Warranty over for {n} day", "Warranty over for {n} days", -days)
    tone = "warn" if days <= SOON else "ok"
    return tone, counted("Warranty: {n} day left", "Warranty: {n} days left", days)


def named(sheet_row: Mapping[str, Any]) -> Any:
    """The facts line below the name of an asset."""
    parts = (
        sheet_row.get("number"),
        sheet_row.get("class_name") or sheet_row.get("class_text"),
        screen.place(sheet_row),
    )
    return Own(" · ".join(str(part) for part in parts if part and part != show.NOTHING))
