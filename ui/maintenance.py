"""Maintenance in the window: jobs reported, taken from step to step, given to people and firms, planned by days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from services.work_board import Card
from ui import asks, work_lines
from ui.kit.form import FormPage
from ui.kit.going import ToList, ToOrder
from ui.kit.messages import toast
from ui.kit.screen import Act
from ui.kit.text import Own
from ui.pages.work_order import OrderPage
from ui.part import Asked, Part, Row
from ui.screens import SCREENS
from ui.screens.work_orders import FORMS, REPORT

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from ui.workbench import Workbench

UNDER_WAY = N_("Somebody works on it already: assign it anew to change its day")
REPORTED = N_("Work order {number} is stored")
Known = Mapping[str, tuple[UUID, str]]


class Maintenance(Part):
    """What the window does about work orders."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"work_orders.add": self._report, "checklists.items": self._items}
        if bench.background.desk.may("work_orders.sheet"):
            self.opens = {"work_order": self._row, "work_permit": self._permit, "work_feedback": self._said}
        bench.places.learn(ToOrder, self._to_order)
        bench.background.changed.connect(self._touched)
        self._waiting()

    def follow(self, board: QWidget) -> None:
        """The boards of work orders ask for steps, for reports and for days."""
        from ui.pages.my_jobs import MyJobsPage
        from ui.pages.work_board import BoardPage
        from ui.pages.work_calendar import WorkCalendarPage

        if isinstance(board, BoardPage | MyJobsPage):
            board.asked.connect(self._of_card)
        if isinstance(board, BoardPage):
            board.board_asked.connect(self.bench.show_screen)
            board.reported.connect(self.report)
        if isinstance(board, WorkCalendarPage):
            board.planned.connect(self.plan)

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & {"work_order", "work_feedback"}:
            self._waiting()

    def _waiting(self) -> None:
        """The rail tells how many orders are open, and how many complaints wait for an answer."""
        if self.bench.background.desk.may("work_orders.board"):
            shown = partial(self.bench.rail.show_waiting, "work_board")
            self.bench.background.ask(asks.open_orders, shown, tag="openorders")
        if self.bench.background.desk.may("work_feedback_open.list"):
            waiting = partial(self.bench.rail.show_waiting, "work_feedback_open")
            self.bench.background.ask(asks.complaints, waiting, tag="complaints")

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _permit(self, row: Row) -> None:
        self.open(row["work_order_id"], "doing")

    def _said(self, row: Row) -> None:
        self.open(row["work_order_id"], "feedback")

    def _items(self, asked: Asked) -> None:
        """The lines of a checklist."""
        row = asked.rows[0]
        self.bench.places.go(ToList("checklist_items", (("checklist_id", (row["id"],)),), {row["id"]: row["name"]}))

    def _to_order(self, where: ToOrder) -> None:
        self.open(where.id, where.tab)

    def open(self, order: UUID, tab: str = "") -> OrderPage:
        """Open the page of an order."""
        page = OrderPage(self.bench.background, order, self.bench.places.back(), tab)
        page.asked.connect(self._of_page)
        page.history.undo_asked.connect(self.bench.operations.take_back)
        if page.files is not None:
            page.files.revise_asked.connect(self.bench.describe)
        self.bench.places.follow(page)
        self.bench.open_page(page)
        return page

    # Reporting

    def _report(self, _asked: Asked) -> None:
        self.report({})

    def report(self, known: Known) -> FormPage:
        """The form of a report; a compound is filled in where there is only one in reach."""
        from ui.pages.work_report import ReportSide

        side = ReportSide(self.bench.background)
        form = self.bench.form(
            "work_orders.add", N_("New work order"), REPORT, {}, side=side,
            initial={name: key for name, (key, _) in known.items()},
            labels={name: label for name, (_, label) in known.items()}, quiet=True, then=self._reported,
        )  # fmt: skip
        side.opened.connect(self.open)
        side.follow(form)
        if "compound_id" not in known:
            self.bench.background.ask(_compounds, partial(self._only, form))
        return form

    def _reported(self, done: Done[UUID]) -> None:
        """Whoever reports by telephone is told the number."""
        told, untold = partial(self._numbered, done), partial(self._unnumbered, done)
        self.bench.background.ask(partial(_number, done.value), told, untold)

    def _numbered(self, done: Done[UUID], number: str) -> None:
        self.bench.operations.saved(done, REPORTED, number=number)

    def _unnumbered(self, done: Done[UUID], _why: Exception) -> None:
        self.bench.operations.saved(done)

    def _only(self, form: FormPage, found: list[Any]) -> None:
        if len(found) == 1 and form.fields["compound_id"].value() is None:
            form.fields["compound_id"].set_value(found[0].id, found[0].label)

    # Steps

    def _of_card(self, act: Act, card: Card) -> None:
        self.step(act, {"work_order_id": card.id}, f"{card.number} · {card.title}")

    def _of_page(self, act: Act, values: dict[str, Any]) -> None:
        row = values["_sheet"].row
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        if act.name == "work_orders.revise":
            self.bench.edit(SCREENS["work_orders"], row)
        elif "_line" in values:
            work_lines.asked(self.bench, act, values, values["_sheet"])
        else:
            self.step(act, fixed, f"{row['number']} · {row['title']}")

    def step(self, act: Act, fixed: dict[str, Any], about: str) -> None:
        """Take a step: at once, or after what it asks for has been said."""
        if act.name == "work_orders.assign":
            self.assign(fixed["work_order_id"], about)
        elif act.label.endswith("…") or any(f.required and f.name not in fixed for f in arguments(act.name)):
            self.bench.form(act.name, act.label, FORMS.get(act.name, ()), fixed, once=True, facts=Own(about))
        else:
            self.bench.background.do(act.name, fixed, self.bench.operations.saved, self.bench.refused)

    def assign(self, order: UUID, about: str, start: datetime | None = None) -> None:
        """Choose who does it."""
        from ui.pages.work_assign import AssignPage

        page = AssignPage(self.bench.background, order, about, self.bench.places.back(), start)
        page.chosen.connect(partial(self._give, page))
        self.bench.open_page(page)

    def _give(self, page: Any, values: dict[str, Any]) -> None:
        self.bench.background.do("work_orders.assign", values, partial(self._given, page), page.refuse)

    def _given(self, page: QWidget, done: Done[Any]) -> None:
        self.bench.leave_page(page)
        self.bench.operations.saved(done)

    # Planning

    def plan(self, order: Card, start: datetime) -> None:
        """Another day for an order that somebody has; whoever has none yet is asked for."""
        if not self.bench.background.desk.may("work_orders.assign"):
            toast(self.bench, INTENTS["work_orders.assign"].label, kind="bad")
        elif order.state.value == "accepted":
            self.assign(order.id, f"{order.number} · {order.title}", start)
        elif order.state.value != "assigned":
            toast(self.bench, UNDER_WAY, kind="warn")
        else:
            who = {name: getattr(order, name) for name in ("technician_id", "team_id", "provider_id")}
            span = order.planned_until - order.planned_from if order.planned_until and order.planned_from else None
            when = {"planned_from": start, "planned_until": start + span if span is not None else None}
            values = {name: value for name, value in (who | when).items() if value is not None}
            values["work_order_id"] = order.id
            self.bench.background.do("work_orders.assign", values, self.bench.operations.saved, self.bench.refused)


def _number(order: UUID, desk: Desk) -> str:
    return desk.named("work_order", order).number.rpartition("/")[2]


def _compounds(desk: Desk) -> list[Any]:
    return list(desk.find("compound", "", 2))
