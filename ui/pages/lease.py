"""One lease: what is let to whom, its rents with what came in and went to the treasury, and the next step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from resources.words import N_
from services.desk.listing import View
from services.lease_sheet import LeaseSheet, Rent
from ui.kit import show
from ui.kit.button import Button, LinkButton
from ui.kit.card import Banner, HairLine, KeyValue, SectionHead, headed
from ui.kit.editors import today
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, hide_unless, row
from ui.kit.page import PageHead, SidePane, StickyFooter
from ui.kit.pill import Pill
from ui.kit.record_page import RecordPage
from ui.kit.text import Message, Note, Own, Text, said, words
from ui.kit.theme import GAP, MARGIN
from ui.screens.leases import STATES

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

HEADS = (
    Head(N_("Period"), 182, sorts=False),
    Head("lease_rent.due_on", 98, sorts=False),
    Head(N_("Rent (yuan)"), 104, right=True, sorts=False),
    Head(N_("State"), 152, sorts=False),
    Head("lease_rent.received_on", 98, sorts=False),
    Head("lease_rent.paid_on", 98, sorts=False),
    Head("lease_rent.voucher", sorts=False),
)
FACTS = ("kind", "lessee", "contact", "purpose", "rent", "period", "from_on", "until_on", "approval_no", "bidding_no",
         "appraisal_no", "appraised", "contract_no", "exception", "ended_on", "end_reason")  # fmt: skip
MONEY, CHOICES = frozenset({"rent", "appraised"}), frozenset({"kind", "period"})
LONG = N_("The term is longer than usual: {why}")
HINTS = {
    "draft": N_("Nothing is missing: let it start."),
    "running": N_("It runs; mark a rent to record what came in and what went to the treasury."),
    "ended": N_("It has ended; rents that are still due stay here."),
    "cancelled": N_("This lease was cancelled: its number is void."),
}
Row = dict[str, Any]


class LeasePage(RecordPage):
    """Shows a lease; the window runs what `asked` names."""

    watched = frozenset({"lease", "lease_rent", "asset", "room", "building", "title", "occupancy"})
    asked = Signal(str, object)  # name of an act, its values
    sheet: LeaseSheet | None

    def __init__(self, background: Background, lease: UUID) -> None:
        super().__init__(background)
        self.lease = lease
        self.row: Row = {}
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        self.revise = Button(N_("Revise"), "pencil")
        self.head = PageHead("lease", self.revise, back=(("leases", "leases"),), facts=Own(" "))
        self.banner = Banner("warn", Own(""))
        self.banner.hide()
        self.rents = Grid("lease_rents", HEADS, tall=36, least=100)
        self.change = LinkButton(N_("Change…"))
        self.receive, self.pay = LinkButton(N_("Received…")), LinkButton(N_("To treasury…"))
        self.sums = Text(Own(""), weight=600, elide=True)
        self.facts = {name: KeyValue(f"lease.{name}") for name in FACTS}
        self.missing = Note(Own(""), tone="warn", wrap=True)
        self.cancel, self.end = Button(N_("Cancel lease"), "x", kind="bad"), Button(N_("End lease…"), "log-out")
        self.hint, self.start = Note(Own(""), tone="text2", elide=True), Button(N_("Start"), "check", kind="primary")
        for button, act in ((self.revise, "revise"), (self.cancel, "cancel"), (self.end, "end"),
                            (self.start, "start")):  # fmt: skip
            button.clicked.connect(partial(self._ask, f"leases.{act}"))
            hide_unless(False, button)  # until it is known what fits
        for link, act in ((self.change, "change_rent"), (self.receive, "receive"), (self.pay, "pay")):
            link.clicked.connect(partial(self._rent, f"leases.{act}"))
            hide_unless(False, link)
        self.rents.marked.connect(self._offer_rents)
        self.rents.opened.connect(self._next_of_rent)

    def _arrange(self) -> None:
        total = row((self.sums, 1), margins=(20, 10, 20, 10))
        head = SectionHead("lease_rents", self.change, self.receive, self.pay)
        rents = headed(head, (self.rents, 1), HairLine(), total)
        side = SidePane(SectionHead(N_("Facts")), *self.facts.values(), self.missing, None, width=330, gap=9)
        middle = row((rents, 1), side, gap=GAP)
        page = column(self.head, self.wrong, self.banner, (middle, 1), gap=14, margins=(MARGIN, MARGIN, MARGIN, 14))
        foot = StickyFooter([self.cancel, self.end], [self.hint, self.start])
        self.setLayout(column((page, 1), foot, gap=0))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.rents.setFocus()

    # Reading

    def question(self) -> Callable[[Desk], tuple[Row, LeaseSheet]]:
        """The lease as of today, and its row in the list."""
        return partial(_read, self.lease)

    def _got(self, found: tuple[Row, LeaseSheet]) -> None:
        self.row, sheet = found
        super()._got(sheet)

    # What is said

    def _say(self, sheet: LeaseSheet) -> None:
        state = sheet.state.value
        self.rents.show_lines([Line(rent.id, partial(_cells, rent, state)) for rent in sheet.rents])
        self.head.title.say(said(N_("Lease {number}"), number=sheet.number))
        self.head.show_pills(Pill(f"lease.state={state}", STATES[state]))
        self.head.show_facts(Own(" · ".join(filter(None, (sheet.thing, self.row["lessee"], self.row["compound"])))))
        self.banner.setVisible(sheet.long)
        if sheet.long:
            self.banner.say(LONG, why=self.row["exception"] or show.NOTHING)
        for name, part in self.facts.items():
            value = self.row[name]
            part.say(_fact(name, value))
            part.setVisible(value is not None and value != "")
        self.sums.say(
            N_("Due {due} · received {received} · paid to treasury {paid} · overdue {overdue}"),
            due=show.money(sheet.due), received=show.money(sheet.received), paid=show.money(sheet.paid),
            overdue=show.money(sheet.overdue),
        )  # fmt: skip
        self.missing.setVisible(bool(sheet.missing))
        sentences = [said(gap.message, **gap.values) for gap in sheet.missing]
        self.missing.say(lambda: "\n".join(f"· {words(sentence)}" for sentence in sentences))
        self._offer(sheet, state)

    def _offer(self, sheet: LeaseSheet, state: str) -> None:
        may = self.background.desk.may
        for button, act, wanted in (
            (self.revise, "revise", "draft"), (self.cancel, "cancel", "draft"), (self.start, "start", "draft"),
            (self.end, "end", "running"),
        ):  # fmt: skip
            button.setVisible(state == wanted and may(f"leases.{act}"))
        missing = sheet.missing
        self.hint.tone("warn" if missing else "text2")
        reads = state == "running" and not may("leases.receive")
        hint = Own("") if reads else HINTS[state]
        self.hint.say(said(missing[0].message, **missing[0].values) if missing else hint)
        self._offer_rents()

    def _marked(self) -> Rent | None:
        rents = self.sheet.rents if self.sheet else ()
        return next((rent for rent in rents if rent.id == self.rents.key()), None)

    def _offer_rents(self, _key: object = None) -> None:
        rent, may = self._marked(), self.background.desk.may
        runs = self.sheet is not None and self.sheet.state.value in ("running", "ended")
        for link, act, fits in (
            (self.change, "change_rent", rent is not None and rent.received_on is None),
            (self.receive, "receive", runs and rent is not None and rent.received_on is None),
            (self.pay, "pay", rent is not None and rent.received_on is not None and rent.paid_on is None),
        ):  # fmt: skip
            link.setVisible(bool(fits) and may(f"leases.{act}"))

    # What is asked

    def _ask(self, act: str, _checked: bool = False) -> None:
        self.asked.emit(act, {"lease_id": self.lease, "_row": self.row})

    def _rent(self, act: str, _checked: bool = False) -> None:
        if rent := self._marked():
            self.asked.emit(act, {"lease_rent_id": rent.id, "_rent": rent})

    def _next_of_rent(self, _key: object) -> None:
        """What a rent waits for, by Enter or a double click."""
        for link, act in ((self.pay, "pay"), (self.receive, "receive"), (self.change, "change_rent")):
            if link.isVisible():
                self._rent(f"leases.{act}")
                return


def _fact(name: str, value: Any) -> Message:
    if name in CHOICES and value is not None:
        return f"lease.{name}={getattr(value, 'value', value)}"
    if name in MONEY and value is not None:
        return Own(show.money(value))
    return Own(value.isoformat() if isinstance(value, date) else str(value or show.NOTHING))


def _cells(rent: Rent, state: str) -> list[Cell]:
    if rent.paid_on:
        word, tone = N_("Paid to treasury"), "ok"
    elif rent.received_on:
        word, tone = N_("To be paid on"), "warn"
    elif rent.late and state in ("running", "ended"):
        word, tone = N_("Overdue"), "bad"
    else:
        word, tone = N_("Due"), "info"
    late: Message = said(N_("{word}, {n} days"), word=said(word)(), n=rent.late) if tone == "bad" else word
    return [
        Cell(Own(f"{rent.from_on.isoformat()} – {rent.until_on.isoformat()}")),
        Cell(Own(rent.due_on.isoformat())),
        Cell(Own(show.money(rent.amount))),
        Cell(late, tone=tone, pill=True),
        Cell(Own(rent.received_on.isoformat() if rent.received_on else show.NOTHING)),
        Cell(Own(rent.paid_on.isoformat() if rent.paid_on else show.NOTHING)),
        Cell(Own(rent.voucher or show.NOTHING)),
    ]


def _read(lease: UUID, desk: Desk) -> tuple[Row, LeaseSheet]:
    sheet: LeaseSheet = desk.ask("leases.sheet", lease_id=lease, on=today())
    [found] = desk.first(View("leases", filters=(("number", (sheet.number,)),)), 1)
    return found, sheet
