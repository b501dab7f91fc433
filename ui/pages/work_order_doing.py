"""What was done on a work order: its checklist with the answers, permits, visits, hours and materials."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from models.work_states import OPEN
from resources.words import N_, Word
from services.work_done import Doing
from ui.kit import show
from ui.kit.button import Button
from ui.kit.card import Banner
from ui.kit.editors import today
from ui.kit.going import ToFiles, ToOrder
from ui.kit.keys import shortcuts
from ui.kit.layout import column, row
from ui.kit.page import ScrollPage
from ui.kit.text import Own, said, words
from ui.kit.theme import GAP
from ui.pages import work_doing_cells as cells
from ui.pages.work_cards import duration
from ui.pages.work_lines_pane import LinesPane

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

NEEDED = N_("This work takes a permit ({kinds}): nobody begins, and nothing is done, without one that holds.")
UNANSWERED = N_("{n} still to be answered")
SUM = N_("{time} h · {sum} yuan")
SHIFT = 8  # hours a permit holds where nothing else is said


class DoingPane(LinesPane):
    """Two columns of tables; photos of a line are its attachments."""

    kinds = frozenset({
        "work_visit", "work_labour", "work_material", "work_checklist_line", "work_permit", "work_cost", "attachment",
        "permit_rule", "work_order",
    })  # fmt: skip

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: Doing | None = None
        self.banner = Banner("warn")
        self.banner.hide()
        kinds = (cells.CHECKS, cells.PERMITS, cells.VISITS, cells.LABOUR, cells.MATERIALS)
        self.checks, self.permits, self.visits, self.labour, self.materials = map(self.table, kinds)
        self.photos, self.after = Button(N_("Photos…"), "image", small=True), Button(N_("Open"), "arrow-right",
                                                                                     small=True)  # fmt: skip
        for button, slot in ((self.photos, self._attach), (self.after, self._follow)):
            button.hide()
            button.clicked.connect(slot)
        box = self.checks.title.layout()
        for button in (self.photos, self.after):
            box.addWidget(button)  # type: ignore[union-attr]
        self.checks.grid.marked.connect(self._beside)
        left = column(self.checks, self.permits, None, gap=GAP)
        right = column(self.visits, self.labour, self.materials, None, gap=GAP)
        middle = ScrollPage(row((left, 1), (right, 1), gap=GAP), None, margin=0)
        self.setLayout(column(self.banner, (middle, 1), gap=12))
        self.setFocusProxy(self.checks.grid)
        keys = {"Y": partial(self.checks.run, cells.YES), "N": partial(self.checks.run, cells.NO)}
        shortcuts(self.checks.grid, keys)

    def read(self) -> None:
        """Read everything again."""
        if self.sheet is not None:
            self.background.ask(partial(_read, self.sheet.id), self._got, tag=f"doing{id(self)}")

    def _got(self, found: Doing) -> None:
        self.found = found
        self.say()

    def say(self) -> None:
        """Write what was done."""
        found = self.found
        if found is None or self.sheet is None:
            return
        todo = said(UNANSWERED, n=found.open) if found.open else Own(" ")
        down = found.down
        broken = Own(" ") if down is None else said(N_("out of order for {time}"),
                                                    time=duration(timedelta(minutes=down)))  # fmt: skip
        worked = show.spent(found.minutes)
        hours = said(SUM, time=worked, sum=show.money(sum(one.amount for one in found.labour)))
        used = said(N_("{sum} yuan"), sum=show.money(sum(one.amount for one in found.materials)))
        self.checks.show_rows(found.lines, todo, open=self.open)
        self.permits.show_rows(found.permits.permits, open=self.open)
        self.visits.show_rows(found.visits, broken, open=self.open)
        self.labour.show_rows(found.labour, hours if found.labour else Own(" "), open=self.open)
        self.materials.show_rows(found.materials, used if found.materials else Own(" "), open=self.open)
        self._warn(found)
        self._beside()

    def _warn(self, found: Doing) -> None:
        held = {one.kind for one in found.permits.permits if cells.holds(one)}
        lacking = [kind for kind in found.permits.needed if kind not in held]
        kinds = "、".join(words(Word(f"work_permit.kind={kind.value}")) for kind in lacking)
        self.banner.say(NEEDED, kinds=kinds)
        self.banner.setVisible(bool(lacking) and self.sheet is not None and self.sheet.state in OPEN)

    def beginning(self, act: str) -> Mapping[str, Any]:
        """Today, now, and whoever has the order."""
        assert self.sheet is not None
        who = {"staff_id": self.sheet.row["technician_id"]} if self.sheet.row["technician_id"] else {}
        now = datetime.now(UTC).replace(second=0, microsecond=0)
        if act == "work_permits.add":
            needed = self.found.permits.needed[:1] if self.found else ()
            kind = {"kind": needed[0]} if needed else {}
            place = {"place": self.sheet.row["place"] or self.sheet.row["room"] or ""}
            return kind | place | {"valid_from": now, "valid_until": now + timedelta(hours=SHIFT)}
        taker = self.sheet.row["technician"] or ""
        return who | {"on": today(), "came_at": now, "taker": taker}

    def besides(self, line: Any) -> Mapping[str, Any]:
        """A material out of a store is about its issue too."""
        issue = getattr(line, "issue_id", None)
        return {"part_movement_id": issue} if issue else {}

    def again(self, act: str, line: Any) -> Mapping[str, Any]:
        """All of it comes back, unless somebody says less."""
        return {"quantity": line.quantity} if act == "part_movements.give_back" else {}

    # Photos of a line, and the order that was made of it

    def _beside(self, _key: object = None) -> None:
        line = self.checks.marked()
        self.photos.setVisible(line is not None)
        self.after.setVisible(line is not None and line.follow_up_id is not None)

    def _attach(self, _checked: bool = False) -> None:
        line = self.checks.marked()
        if line is not None:
            self.went.emit(ToFiles("work_checklist_line", line.id, Own(line.text)))

    def _follow(self, _checked: bool = False) -> None:
        line = self.checks.marked()
        if line is not None and line.follow_up_id is not None:
            self.went.emit(ToOrder(line.follow_up_id))


def _read(order: UUID, desk: Desk) -> Doing:
    found: Doing = desk.ask("work_orders.doing", work_order_id=order, on=today(), now=desk.clock())
    return found
