"""What a count came to: lines that differ, things in no book, what is still to be said, documents that settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from models.stocktake import DIFFERS
from resources.words import N_, Word
from services.desk.listing import View
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, row
from ui.kit.list_table import ListTable
from ui.kit.screen import Col
from ui.kit.tabs import Tabs
from ui.kit.text import Own, said, words
from ui.pages.stocktake_menus import ActMenu
from ui.screens.assets import icon
from ui.screens.stocktakes import RESULTS

if TYPE_CHECKING:
    from array import array

    from services.desk.desk import Desk
    from services.stocktake_differences import Difference
    from services.stocktake_documents import Settling
    from ui.kit.background import Background

LINES, SURPLUS, GAPS, PAPERS = range(4)
NAMES = (N_("Lines that differ"), N_("Surpluses"), N_("To be said"), N_("Settled by"))
OF_LINES = (
    Col("name", second="number", tile=icon, label=N_("Asset")),
    Col("result", 118, pill=RESULTS),
    Col("room", 92, label=N_("By the books")),
    Col("found_room", 92, label=N_("Found in")),
    Col("cause", 116),
    Col("settlement", 116),
    Col("settled_by", 150),
)
OF_SURPLUS = (
    Col("name", second="code", tile="package"),
    Col("room", 100, second="building"),
    Col("quantity", 70),
    Col("value", 110),
    Col("basis", 96),
    Col("settlement", 116),
    Col("settled_by", 150),
)
MISSING = (Head(N_("What is missing before the report"), sorts=False),)
BY = (Head(N_("Document"), sorts=False), Head(N_("Differences"), 110, right=True, sorts=False),
      Head(N_("State"), 120, sorts=False))  # fmt: skip
ACTS = (  # act, word, icon, the tabs it is for, whether something must be marked
    ("stocktakes.explain", N_("Explain…"), "pencil", (LINES,), True),
    ("stocktakes.explain_surplus", N_("Explain…"), "pencil", (SURPLUS,), True),
    ("stocktakes.opine", N_("Opinion…"), "user", (LINES, SURPLUS), True),
    ("stocktakes.revise_surplus", N_("Revise…"), "pencil", (SURPLUS,), True),
    ("attachments.list", N_("Photos and papers"), "paperclip", (LINES, SURPLUS), True),
    ("stocktakes.drop_surplus", N_("Drop"), "trash-2", (SURPLUS,), True),
    ("stocktakes.surplus", N_("Enter surplus…"), "plus", (SURPLUS,), False),
)
SURPLUSES = "stocktake_surpluses"
ALWAYS = ("attachments.list",)
EVERY = N_("All results")
WRONG = tuple(result.value for result in sorted(DIFFERS))
EXPLAINED = ("explaining",)
COUNTED = ("counting", "explaining")


class DifferencesCard(Card):
    """`asked`: an act, the tab's kind of record, and the marked rows; `opened`: the document that settles."""

    asked = Signal(str, str, object)
    opened = Signal(object)

    def __init__(self, background: Background, stocktake: UUID) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 10, 1, 1))
        self.background, self.desk, self.state = background, background.desk, ""
        self.found: Sequence[Difference] = ()
        self.tabs = Tabs(*NAMES)
        self.stocktake = stocktake
        beyond = View(SURPLUSES, filters=(("stocktake_id", (stocktake,)),))
        self.lines = ListTable(background, self._differing(""), OF_LINES, N_("Nothing differs."))
        self.surplus = ListTable(background, beyond, OF_SURPLUS, N_("Nothing was found that no book knows."))
        self.gaps, self.papers = Grid(NAMES[GAPS], MISSING, tall=34), Grid(NAMES[PAPERS], BY)
        self.stack = QStackedWidget()
        self.pages: tuple[QWidget, ...] = (self.lines, self.surplus, self.gaps, self.papers)
        for page in self.pages:
            self.stack.addWidget(page)
        self.links: list[tuple[LinkButton, tuple[int, ...], bool, str]] = []
        for act, word, symbol, tabs, marked in ACTS:
            link = LinkButton(word, symbol, after=False)
            link.clicked.connect(partial(self._ask, act))
            self.links.append((link, tabs, marked, act))
        self.only = ActMenu("list", EVERY)  # what is explained alike is marked together
        self.only.chosen.connect(self._only)
        head = QWidget()
        links = (self.only, *(link for link, *_ in self.links))
        first, *acts = links  # below the tabs: beside them they would widen a small window
        head.setLayout(column(self.tabs, row(first, None, *acts, gap=14), gap=4, margins=(19, 0, 19, 6)))
        self.stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # a low window scrolls more
        body = QWidget()
        body.setLayout(column(head, HairLine(), (self.stack, 1), gap=0))
        self.add((body, 1))
        self.only.offer([("", EVERY), *((result, f"stocktake_line.result={result}") for result in WRONG)])
        self.tabs.chosen.connect(self._turn)
        for table in (self.lines, self.surplus):
            table.marked.connect(self._offer)
        self.papers.opened.connect(self._open)
        self.setFocusProxy(self.lines)
        self._offer()

    def show_differences(self, found: Sequence[Difference], state: str) -> None:
        """Show what differs now."""
        self.found, self.state = found, state
        self.lines.setAccessibleName(words(NAMES[LINES]))
        self.surplus.setAccessibleName(words(NAMES[SURPLUS]))
        gaps = [(one, gap) for one in found for gap in one.gaps]
        self.gaps.show_lines([
            Line(at, partial(_gap, one, said(gap.message, **gap.values))) for at, (one, gap) in enumerate(gaps)
        ])  # fmt: skip
        by = {one.document.number: one.document for one in found if one.document}
        many = Counter(one.document.number for one in found if one.document)
        self.papers.show_lines([Line(number, partial(_paper, by[number], many[number])) for number in sorted(by)])
        counts = (sum(not one.surplus for one in found), sum(one.surplus for one in found), len(gaps), len(by))
        for at, (name, count) in enumerate(zip(NAMES, counts, strict=True)):
            self.tabs.rename(at, said(N_("{name} {n}"), name=Word(name), n=count))
        self.lines.reload()
        self.surplus.reload()
        self._offer()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self.setFocusProxy(self.pages[at])
        self._offer()

    def _differing(self, result: str) -> View:
        """The lines that differ, of one result or of all."""
        results = (result,) if result else WRONG
        return View("stocktake_lines", filters=(("stocktake_id", (self.stocktake,)), ("result", results)))

    def _only(self, result: str) -> None:
        self.only.call(f"stocktake_line.result={result}" if result else EVERY)
        self.lines.lines.show(self._differing(result))
        self.lines.setFocus()

    def _table(self) -> ListTable | None:
        return {LINES: self.lines, SURPLUS: self.surplus}.get(self.tabs.current())

    def _offer(self) -> None:
        table = self._table()
        self.only.setVisible(self.tabs.current() == LINES)
        marked = table is not None and table.marks() > 0
        for link, tabs, needs, act in self.links:
            fits = act in ALWAYS or self.state in (COUNTED if "surplus" in act and "explain" not in act else EXPLAINED)
            link.setVisible(self.tabs.current() in tabs and fits and (marked or not needs) and self.desk.may(act))

    def _ask(self, act: str, _checked: bool = False) -> None:
        table = self._table()
        if table is not None:
            lines = table is self.lines
            kind, listing = ("stocktake_line", "stocktake_lines") if lines else ("stocktake_surplus", SURPLUSES)
            work = partial(_marked, listing, table.numbers())
            self.background.ask(work, partial(self._marked, act, kind), self.background.failed.emit, tag="differences")

    def _marked(self, act: str, kind: str, rows: list[dict[str, Any]]) -> None:
        """All of the marked records are here, also those that were never in view."""
        if rows:
            self.asked.emit(act, kind, rows)

    def _open(self, number: object) -> None:
        self.opened.emit(next(one.document for one in self.found if one.document and one.document.number == number))


def _marked(listing: str, numbers: array[int], desk: Desk) -> list[dict[str, Any]]:
    return desk.page(listing, numbers)


def _gap(one: Difference, sentence: object) -> list[Cell]:
    return [Cell(sentence, icon="triangle-alert", note=Own(f"{one.name} · {one.number}".strip(" ·")))]  # type: ignore[arg-type]


def _paper(by: Settling, many: int) -> list[Cell]:
    tone = "ok" if by.done else "bad" if by.void else "warn"
    state = f"{by.kind}.state={by.state}" if by.state else N_("done")
    return [Cell(Own(by.number), note=by.kind, icon="file-text"), Cell(Own(f"{many:,}"), order=many),
            Cell(state, tone=tone, pill=True)]  # fmt: skip
