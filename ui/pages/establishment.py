"""Board: the establishment on a day, post by post and by compound and function; what is vacant, and who covers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget

from resources.words import N_
from services.establishment import Establishment, PostLine, Staffed
from ui.kit.as_on import AsOn
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.filters import SearchBox
from ui.kit.going import Going, ToList, ToPost
from ui.kit.grid import Grid
from ui.kit.keys import shortcuts
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.read_page import ReadPage, asking
from ui.kit.stat import Stat
from ui.kit.tabs import Tabs
from ui.kit.text import Own, said
from ui.kit.theme import MARGIN
from ui.pages import establishment_rows as rows

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

BY_POST, BY_FUNCTION = N_("By post"), N_("By compound and function")
SHARES = N_("own {own} · contract {contract} · agency {agency} · not said {unsaid}")


class EstablishmentPage(ReadPage):
    """Two tables of one day; `went` tells where somebody wants to go from a row."""

    watched = frozenset({"post", "post_holding", "staff", "organization", "compound"})
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.searching = ""
        self.found: Establishment | None = None
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        may = self.background.desk.may
        self.open, self.posts = Button(N_("Open"), "users"), Button("posts", "clipboard-check")
        hide_unless(may("posts.sheet"), self.open)
        hide_unless(may("posts.list"), self.posts)
        self.head = PageHead(N_("Establishment"), self.posts, self.open, facts=Own(" "))
        self.stats = tuple(Stat(name) for name in ("post.approved", N_("There"), N_("Vacant"), N_("Covered")))
        self.tabs, self.day, self.search = Tabs(BY_POST, BY_FUNCTION), AsOn(), SearchBox()
        self.grids = [Grid(BY_POST, rows.POSTS, tall=48), Grid(BY_FUNCTION, rows.FUNCTIONS, tall=40)]
        self.empty = EmptyState("list-tree", N_("No posts yet"),
                                N_("Add the posts of the establishment, or import a register of them."))  # fmt: skip
        self.tabs.chosen.connect(self._show_tab)
        self.day.turned.connect(self.read)
        self.search.asked.connect(self._filter)
        self.open.clicked.connect(self._open)
        self.posts.clicked.connect(self._posts)
        for grid in self.grids:
            grid.opened.connect(self._open)
            grid.marked.connect(self._marked)

    def _arrange(self) -> None:
        self.stack = QStackedWidget()
        for part in (*self.grids, self.empty):
            self.stack.addWidget(part)
        card = Card((self.stack, 1), gap=0, margins=(1, 1, 1, 1))
        above = row((self.tabs, 1), self.search, 4, self.day, gap=8)
        stats = row(*((stat, 1) for stat in self.stats), gap=14)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, stats, above, (card, 1), gap=14, margins=margins))
        search = self.search.line.setFocus
        shortcuts(self, {"/": search, "Ctrl+F": search})

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.grids[self.tabs.current()].setFocus()

    # Reading

    def question(self) -> Callable[[Desk], Establishment]:
        """The establishment on the day."""
        return asking("posts.establishment", on=self.day.day)

    def _got(self, found: Establishment) -> None:
        self.found = found
        actual, approved, there, vacant, covered = found.actual, *self.stats
        approved.say(Own(f"{found.approved:,}"), said(N_("{n} posts"), n=len(found.posts)))
        there.say(Own(f"{actual.all:,}"), said(SHARES, own=actual.own, contract=actual.contract, agency=actual.agency,
                                               unsaid=actual.unsaid))  # fmt: skip
        short = [line for line in found.posts if line.vacant]
        vacant.say(Own(f"{found.vacant:,}"), said(N_("in {n} posts"), n=len(short)), "bad" if short else "text")
        held = sum(len(line.covered_by) for line in found.posts)
        covered.say(Own(f"{held:,}"), said(N_("{n} vacant posts nobody covers"),
                                           n=sum(not line.covered_by for line in short)))  # fmt: skip
        self.head.show_facts(said(N_("As on {date}"), date=found.on))
        self._fill()

    def _filter(self, text: str) -> None:
        self.searching = text.casefold()
        self._fill()

    def _fill(self) -> None:
        if self.found is None:
            return
        for grid, made in zip(self.grids, (rows.posts, rows.functions), strict=True):
            grid.show_lines(made(self.found, self.searching))
        self._show_tab(self.tabs.current())

    def _show_tab(self, at: int) -> None:
        none = self.found is not None and not self.found.posts and at == 0
        self.stack.setCurrentWidget(self.empty if none else self.grids[at])
        self._marked()

    # Going on

    def _marked(self, _key: object = None) -> None:
        self.open.setEnabled(self._where() is not None)

    def _where(self) -> Going | None:
        key: Any = self.grids[self.tabs.current()].key()
        if isinstance(key, PostLine):
            return ToPost(key.id)
        if not isinstance(key, Staffed):
            return None
        here, names = ("compound_id", (key.compound_id,)), {key.compound_id: key.compound}
        if key.function is None:
            return ToList("staff", (here, ("post_id", (None,))), names)
        return ToList("posts", (here, ("function", (key.function.value,))), names)

    def _open(self, _key: object = None) -> None:
        if where := self._where():
            self.went.emit(where)

    def _posts(self) -> None:
        self.went.emit(ToList("posts"))
