"""The page of a work order: how far it is, the steps that may follow as buttons, and a tab for each kind of thing that
is known of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QPoint, Signal

from models.work_states import ENDED
from resources.words import N_, Word
from services.desk.intent import INTENTS
from ui.kit import acts, show
from ui.kit.button import Button
from ui.kit.card import Card
from ui.kit.keys import shortcuts
from ui.kit.page import PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import asking
from ui.kit.record_tabs import TabbedPage
from ui.kit.screen import Act
from ui.kit.steps import StepBar
from ui.kit.text import Own, said
from ui.pages import work_cards
from ui.pages.work_order_pane import OrderPane
from ui.pages.work_order_papers import PAPERS, paper
from ui.pages.work_order_tabs import TABS
from ui.screens.work_orders import PRIORITIES, STATES, WATCHED
from ui.screens.work_ways import LATER, WAYS

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.work_order_sheet import OrderSheet
    from ui.kit.background import Background

STEPS = (
    (N_("Reported"), N_("somebody answers")), (N_("Assigned"), N_("somebody has it")),
    (N_("In progress"), N_("work is done")), (N_("Looked at"), N_("checked and rated")),
    (N_("Closed"), N_("nothing left")),
)  # fmt: skip
STEP_OF = {
    "reported": 0, "returned": 0, "accepted": 1, "assigned": 1, "travelling": 1, "working": 2, "on_hold": 2, "done": 3,
    "checked": 3, "rated": 4, "settled": 4, "closed": 5, "transferred": 5, "merged": 5, "cancelled": 5,
}  # fmt: skip
EDIT = Act("work_orders.revise", "pencil", N_("Edit"))
FLAG = Act("work_orders.flag", "triangle-alert", N_("Done without a certificate…"))
BESIDE = 2  # ways that stand beside the first one; the others are in a menu


class OrderPage(TabbedPage):
    """The window runs what `asked` names: an act, its values, the order's sheet."""

    kind, listing, every = "work_order", "work_orders", TABS
    watched = WATCHED
    asked = Signal(object, object)  # Act, values; "_sheet" among them
    sheet: OrderSheet | None

    def __init__(self, background: Background, order: UUID, back: tuple[str, str], tab: str = "") -> None:
        super().__init__(background, tab)
        self.order = order
        self._make(back)
        self._arrange(Card(self.steps, margins=(20, 8, 20, 8)))
        shortcuts(self, {"M": self._menu})
        self.begin({"F2": self._edit})

    def _make(self, back: tuple[str, str]) -> None:
        self.next = Button(Own(" "), kind="primary")
        self.others = [Button(Own(" ")) for _ in range(BESIDE)]
        self.more = Button(N_("More"), "ellipsis")
        self.head = PageHead("work_order", self.more, *self.others, self.next, back=(back,), facts=Own(" "))
        self.steps = StepBar(STEPS)
        for part in (self.more, *self.others, self.next):
            part.hide()
        self.more.clicked.connect(self._menu)
        for at, button in enumerate((self.next, *self.others)):
            button.clicked.connect(partial(self._step, at))

    def _wire(self, pane: OrderPane) -> None:
        pane.asked.connect(self._of_pane)

    # What is said

    def question(self) -> Callable[[Desk], OrderSheet]:
        """What is known of the order."""
        return asking("work_orders.sheet", work_order_id=self.order)

    def _first(self, sheet: OrderSheet) -> None:
        super()._first(sheet)
        if not self.next.isHidden():
            self.next.setFocus()

    def _say(self, sheet: OrderSheet) -> None:
        row, state = sheet.row, sheet.state.value
        self.head.title.say(Own(str(row["title"])))
        parts = (row["number"], row["compound"], row["building"], row["room"], row["place"],
                 row["technician"] or row["provider"] or row["team"], show.instant(row["reported_at"]))  # fmt: skip
        self.head.show_facts(Own(" · ".join(str(part) for part in parts if part)))
        self.head.show_pills(*self._pills(row, state))
        self.steps.show_current(STEP_OF[state])
        ways = self._beside()
        for at, button in enumerate((self.next, *self.others)):
            way = ways[at] if at < len(ways) else None
            button.setVisible(way is not None)
            if way is not None:
                button.say(way.label, way.icon)
        self.more.setVisible(bool(self._rest()))

    def _pills(self, row: Any, state: str) -> list[Pill]:
        priority = row["priority"].value
        made = [Pill(Word(f"work_order.state={state}"), STATES[state]),
                Pill(Word(f"work_order.priority={priority}"), PRIORITIES[priority], dot=False)]  # fmt: skip
        if row["unlicensed_why"]:
            made.append(Pill(N_("Without a certificate"), "bad", icon="triangle-alert"))
        due, now = row["completion_due"], datetime.now(UTC)
        if due and not row["done_at"] and due < now and state not in ENDED:
            made.append(Pill(self._late, "bad", icon="circle-alert"))
        return made

    def _late(self) -> str:
        assert self.sheet is not None
        over = work_cards.duration(datetime.now(UTC) - self.sheet.row["completion_due"])
        return said(N_("{time} late"), time=over)()

    def ways(self) -> list[Act]:
        """What may follow, by whoever sits here; the way on comes first."""
        if self.sheet is None:
            return []
        return [act for act in WAYS[self.sheet.state.value] if self.background.desk.may(act.name)]

    def _beside(self) -> list[Act | None]:
        """What stands at the buttons, the way on first; where an order has ended, nothing is the way on."""
        ended = self.sheet is not None and self.sheet.state.value in ENDED
        return [*([None] if ended else []), *self.ways()][: BESIDE + 1]

    def _rest(self) -> list[Act]:
        if self.sheet is None:
            return []
        more = [EDIT] if self.sheet.state.value not in ENDED else []
        more += [FLAG] if self.sheet.row["started_at"] else []
        more += [LATER[way] for way in self.ways() if way in LATER]
        return self.ways()[BESIDE + 1 :] + [act for act in (*more, *PAPERS) if self.background.desk.may(act.name)]

    # What is asked

    def _step(self, at: int, _checked: bool = False) -> None:
        ways = self._beside()
        way = ways[at] if at < len(ways) else None
        if way is not None:
            self._run(way)

    def _menu(self, _checked: bool = False) -> None:
        every = self.ways()[BESIDE + 1 :] if self.more.hasFocus() else self.ways()
        shown = [*every, *(act for act in self._rest() if act in (EDIT, FLAG, *LATER.values(), *PAPERS))]
        acts.popup(self, self.more.mapToGlobal(QPoint(0, self.more.height() + 4)), shown, 1, self._run)

    def _edit(self) -> None:
        if EDIT in self._rest():
            self._run(EDIT)

    def _run(self, act: Act) -> None:
        if self.sheet is not None and act in PAPERS:
            self.went.emit(paper(act, self.sheet.row))
        elif self.sheet is not None:
            self.asked.emit(act, {"work_order_id": self.order, "_sheet": self.sheet})

    def _of_pane(self, name: str, values: dict[str, Any]) -> None:
        self.asked.emit(Act(name, "", INTENTS[name].label), values | {"_sheet": self.sheet})
