"""What stands under the assets of a disposal: its papers, what is missing, its sums; and beside it who decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine, KeyValue
from ui.kit.grid import Grid
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import ScrollPage
from ui.kit.tabs import Tabs
from ui.kit.text import Heading, Message, Note, Own, restyle, said
from ui.pages import disposal_parts as parts

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.disposal_sheet import Check, Sheet

DECIDES = N_("Who decides")
PENDING = ("draft", "applied", "approved")
EARNING = ("approved", "executed")
Row = dict[str, Any]


class WorkCard(Card):
    """Papers, gaps and sums, one behind the other. `asked`: the name of an act, and what it is about."""

    asked = Signal(str, object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(pad=0, gap=0, margins=(1, 8, 1, 1))
        self.desk, self.state = desk, ""
        self.checks: tuple[Check, ...] = ()
        self.sums: list[Row] = []
        self.tabs = Tabs(N_("Papers to enclose"), N_("Missing"), N_("Income and costs"), DECIDES)
        self.papers = Grid(N_("Papers to enclose"), parts.PAPERS, tall=42)
        self.gaps = Grid(N_("Missing"), parts.GAPS, tall=32)
        self.money = Grid(N_("Income and costs"), parts.SUMS, tall=44)
        self.balance = Note(Own(""), wrap=True)
        self._links()
        self.stack = QStackedWidget()
        under = QWidget()
        under.setLayout(column((self.money, 1), HairLine(), row(self.balance, margins=(19, 8, 19, 8)), gap=0))
        self.held = ScrollPage(margin=0)
        for page in (self.papers, self.gaps, under, self.held):
            self.stack.addWidget(page)
        head = QWidget()
        head.setLayout(row((self.tabs, 1), *self.links, gap=14, margins=(19, 0, 19, 6)))
        for item in (head, HairLine(), (self.stack, 1)):
            self.add(item)
        self.setMinimumHeight(210)
        self.tabs.chosen.connect(self._turn)
        self.papers.opened.connect(self._file)
        self.gaps.opened.connect(self._fill)

    def _links(self) -> None:
        acts = (
            (N_("Enter number…"), "disposals.file", 0), (N_("Scans"), "attachments.list", 0),
            (N_("Add sum…"), "disposals.earn", 2), (N_("Received…"), "disposals.receive", 2),
            (N_("To treasury…"), "disposals.pay", 2),
        )  # fmt: skip
        self.links, self._of = [], dict[str, tuple[LinkButton, int]]()
        for word, act, tab in acts:
            link = LinkButton(word)
            hide_unless(False, link)  # until it is known what fits
            link.clicked.connect(partial(self._ask, act))
            self.links.append(link)
            self._of[act] = (link, tab)
        self.papers.marked.connect(self._offer)
        self.money.marked.connect(self._offer)

    def hold(self, decision: DecisionCard) -> None:
        """Where the page is narrow, who decides stands behind a tab of its own."""
        self.held.box.insertWidget(0, decision)
        decision.setVisible(True)
        decision.frame(alone=False)
        self.tabs.offer(3, there=True)

    def show_sheet(self, sheet: Sheet, sums: list[Row]) -> None:
        """Show what is there now."""
        first = not self.state
        self.state, self.checks, self.sums = sheet.state.value, sheet.checks, sums
        self.papers.show_lines(parts.papers(sheet.checks))
        self.gaps.show_lines(parts.gaps(sheet.missing))
        self.money.show_lines(parts.sums(sums))
        self.tabs.rename(1, said(N_("Missing ({n})"), n=len(sheet.missing)))
        self.balance.say(Own(""))
        if sums:
            now = sheet.balance
            self.balance.say(
                N_("Due {due} · received {received} · costs {spent} · paid to treasury {paid} · left {left}"),
                due=show.money(now.due), received=show.money(now.received), spent=show.money(now.spent),
                paid=show.money(now.paid), left=show.money(now.left),
            )  # fmt: skip
        if first and self.state in EARNING:
            self.tabs.choose(2)
        self._offer()

    def _turn(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        self._offer()

    def _marked_sum(self) -> Row | None:
        return next((row for row in self.sums if row["id"] == self.money.key()), None)

    def _marked_paper(self) -> Check | None:
        return next((check for check in self.checks if check.item.value == self.papers.key()), None)

    def _offer(self, _key: object = None) -> None:
        """Only what fits the tab, the state and what is marked."""
        sum_, paper = self._marked_sum(), self._marked_paper()
        fits = {
            "disposals.file": self.state in PENDING,
            "attachments.list": paper is not None and paper.paper_id is not None,
            "disposals.earn": self.state in EARNING,
            "disposals.receive": sum_ is not None and sum_["received_on"] is None,
            "disposals.pay": sum_ is not None and bool(sum_["received_on"]) and not sum_["paid_on"]
            and not parts.cost(sum_),
        }  # fmt: skip
        for act, (link, tab) in self._of.items():
            link.setVisible(tab == self.tabs.current() and fits[act] and self.desk.may(act))

    def _ask(self, act: str, _checked: bool = False) -> None:
        about: Any = self._marked_sum() if act in ("disposals.receive", "disposals.pay") else self._marked_paper()
        self.asked.emit(act, about)

    def _file(self, _key: object) -> None:
        if self.state in PENDING and self.desk.may("disposals.file"):
            self._ask("disposals.file")

    def _fill(self, key: object) -> None:
        """A sentence leads to where it is mended."""
        self.asked.emit("missing", key)


class DecisionCard(Card):
    """Whose approval it takes and by which rule, and who gave it."""

    def __init__(self) -> None:
        self.title = Heading(DECIDES)
        super().__init__(self.title, pad=16, gap=7)
        names: tuple[Message, ...] = (
            N_("Must approve"), "disposal.approver", "disposal.approval_no", "disposal.approved_on",
            "disposal.receiver", "disposal.appraised", "disposal.executed_on", "disposal.voucher",
        )  # fmt: skip
        self.rows = [KeyValue(name) for name in names]
        self.rule, self.conditions = Note(Own(""), wrap=True), Note(Own(""), tone="warn", wrap=True)
        for part in (self.rows[0], self.rule, *self.rows[1:], self.conditions, None):
            self.add(part)

    def frame(self, *, alone: bool) -> None:
        """Alone it is a card with its title; behind a tab neither."""
        self.title.setVisible(alone)
        self.setProperty("box", "card" if alone else "clear")
        restyle(self)

    def show_sheet(self, sheet: Sheet, found: Row) -> None:
        """Show what is decided."""
        needed = sheet.needed
        who: Message = f"disposal.authority={needed.authority.value}" if needed else Own(show.NOTHING)
        self.rows[0].say(who)
        self.rule.say(show.source(needed.source if needed else ""))
        self.rule.setVisible(needed is not None)
        by: Message = Own(show.NOTHING)
        if found["approver"] or sheet.authority:
            by = Own(found["approver"]) if found["approver"] else f"disposal.authority={sheet.authority.value}"  # type: ignore[union-attr]
        self.rows[1].say(by)
        values = (found["approval_no"], found["approved_on"], found["receiver"],
                  None if found["appraised"] is None else show.money(found["appraised"]), found["executed_on"],
                  found["voucher"])  # fmt: skip
        for part, value in zip(self.rows[2:], values, strict=True):
            part.say(Own(str(value) if value else show.NOTHING))
        self.conditions.setVisible(bool(sheet.conditions))
        if sheet.conditions:
            gap = sheet.conditions[0]
            self.conditions.say(gap.message, **gap.values)
