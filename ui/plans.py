"""Maintenance plans in the window: their dates below the form, their orders, their days moved, meters read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from ui.kit.editors import today
from ui.kit.going import ToList
from ui.kit.text import Own
from ui.pages.plan_dates import PlanDates
from ui.pages.plan_orders import PlanOrdersPage
from ui.pages.plan_year import PlanYearPage
from ui.part import Asked, Part
from ui.screens import forms as form_of
from ui.screens import maintenance as screen

if TYPE_CHECKING:
    from ui.kit.form import FormPage
    from ui.workbench import Workbench

SECTIONS = {"maintenance_plans.reschedule": screen.MOVE, "maintenance_plans.end": screen.END}


class Plans(Part):
    """What the window does about plans."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {
            "maintenance_plans.generate": self._make, "plan_occurrences.list": self._days,
            "meter_readings.add": self._reading, "meter_readings.list": self._readings,
            **dict.fromkeys(SECTIONS, self._step),
        }  # fmt: skip
        if bench.background.desk.may("maintenance_plans.preview"):
            self.forms = dict.fromkeys(("maintenance_plans.add", "maintenance_plans.revise"), self._preview)

    def follow(self, board: QWidget) -> None:
        """The year asks for orders to be made."""
        if isinstance(board, PlanYearPage):
            board.orders_asked.connect(self.make)

    def make(self) -> PlanOrdersPage:
        """Open the page that makes orders."""
        page = PlanOrdersPage(self.bench.background, self.bench.places.back())
        self.bench.open_page(page)
        return page

    def _make(self, _asked: Asked) -> None:
        self.make()

    def _days(self, asked: Asked) -> None:
        plan = asked.rows[0]
        filters = (("maintenance_plan_id", (plan["id"],)),)
        self.bench.places.go(ToList("plan_occurrences", filters, {plan["id"]: plan["title"]}))

    def _step(self, asked: Asked) -> None:
        """One record, what is said of it, and why."""
        row, name = asked.rows[0], asked.act.name
        fixed = {f"{asked.screen.entity}_id": row["id"]}
        facts = Own(form_of.named(asked.screen, row))
        self.bench.form(name, INTENTS[name].label, SECTIONS[name], fixed, once=True, facts=facts)

    def _reading(self, asked: Asked) -> None:
        """Of the marked meter, today."""
        meter = asked.rows[0]
        fixed = {"compound_id": meter["compound_id"], "meter_id": meter["id"]}
        facts = Own(form_of.named(asked.screen, meter))
        self.bench.form("meter_readings.add", N_("Enter reading…"), screen.READING, fixed, once=True, facts=facts,
                        initial={"on": today()})  # fmt: skip

    def _readings(self, asked: Asked) -> None:
        meter = asked.rows[0]
        self.bench.places.go(ToList("meter_readings", (("meter_id", (meter["id"],)),), {meter["id"]: meter["name"]}))

    def _preview(self, form: FormPage) -> None:
        """The dates stand below the fields they follow from."""
        section = next(at for at, found in enumerate(form.sections) if "starts_on" in dict(found.fields))
        box = form.card.box
        box.insertWidget(box.indexOf(form.card.places[section]) + 1, PlanDates(form, self.bench.background))
