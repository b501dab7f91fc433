"""Maintenance plans, their days, inspections and meters; the board of the year; the forms of what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Board, Col, Row, Screen, Section, Tone
from ui.kit.text import words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

INSIDE = "maintenance_plans"  # who sees the plans reaches these lists from them
VERDICTS: Mapping[str, Tone] = {"passed": "ok", "recheck": "warn", "failed": "bad"}
LEGAL, OWN = N_("Required by law"), N_("Our own")


def kind(row: Row) -> str:
    """Whether the law asks for it."""
    return words(LEGAL if row["legal"] else OWN)


PLAN = (
    Section(
        N_("What and on what"),
        N_("What is left empty follows from the rule. One asset, class, building or room; else the whole compound."),
        ("compound_id", 3), ("rule", 3), ("title", 4), ("number", 2), ("asset_id", 3), ("class_prefix", 3),
        ("building_id", 3), ("room_id", 3), ("place", 6),
    ),
    Section(
        N_("How often"),
        N_("Days are counted from the first one; work done late moves none of them, unless each follows the day it was "
           "done. A season is written as 05-01."),
        ("starts_on", 2), ("every", 1), ("unit", 1), ("basis", 2), ("season_from", 1), ("season_until", 1),
        ("tolerance_days", 2), ("lead_days", 2), ("until_on", 2),
    ),
    Section(N_("By meter"), N_("Instead of days: each time the meter has counted so much more."), ("meter_id", 3),
            ("meter_step", 1), ("meter_from", 2)),
    Section(
        N_("Its orders"), N_("Every order gets all of this. A firm is named on it only while its licence holds."),
        ("kind", 2), ("trade", 2), ("needs", 2), ("priority", 2), ("payer", 2), ("permit", 2), ("post_id", 2),
        ("team_id", 2), ("provider_id", 2), ("checklist_id", 4), ("description", 6),
    ),
)  # fmt: skip
MOVE = (
    Section(N_("Another day"), N_("The days after it stay. What the law asks for stays within its last day."),
            ("moved_to", 2), ("moved_why", 4)),
)  # fmt: skip
END = (Section(N_("End of the plan"), N_("What the law asks for cannot be ended."), ("ended_on", 2), ("ended_why", 4)),)
INSPECTION = (
    Section(N_("Certificate of inspection"), N_("The next inspection is planned by the day it ends."),
            ("compound_id", 3), ("rule", 3), ("number", 3), ("verdict", 3), ("asset_id", 3), ("building_id", 3)),
    Section(N_("Validity"), N_("As printed on the report."), ("inspected_on", 3), ("valid_until", 3), ("issuer", 6),
            ("note", 6)),
)  # fmt: skip
METER = (
    Section(N_("Meter"), N_("What it counts, and on what."), ("compound_id", 3), ("kind", 3), ("name", 4),
            ("number", 2), ("measure", 2), ("asset_id", 4), ("building_id", 3), ("room_id", 3), ("ended_on", 3),
            ("note", 6)),
)  # fmt: skip
READING = (
    Section(N_("Reading"), N_("A meter that was changed or turned over began anew."), ("compound_id", 3),
            ("meter_id", 3), ("on", 2), ("value", 2), ("restarted", 2), ("note", 6)),
)  # fmt: skip
INSTEAD = (
    Section(
        N_("Instead of the shipped rule"),
        N_("What is left empty stays as shipped. Without a compound it holds in the whole office."),
        ("code", 3), ("compound_id", 3), ("every", 1), ("unit", 2), ("legal", 3), ("tolerance_days", 3),
        ("lead_days", 3), ("from_on", 3), ("until_on", 3), ("basis_text", 6),
    ),
)  # fmt: skip

PLANS = Screen(
    name="maintenance_plans", title="maintenance_plans", icon="refresh-cw", listing="maintenance_plans",
    entity="maintenance_plan",
    columns=(
        Col("title", second="number", tile="refresh-cw"), Col("legal", 125, words=kind), Col("every", 70),
        Col("unit", 80), Col("asset_id", 150), Col("trade", 100), Col("provider_id", 130), Col("starts_on", 105),
    ),
    filters=("compound_id", "legal", "rule", "trade", "provider_id", "ended_on"),
    form=PLAN,
    add="maintenance_plans.add",
    revise="maintenance_plans.revise",
    acts=(
        EXPORT,
        Act("maintenance_plans.generate", "clipboard-check", N_("Make orders…"), on="none"),
        Act("maintenance_plans.add", "plus", N_("Add plan"), on="none", primary=True),
        Act("plan_occurrences.list", "calendar", "plan_occurrences", needs="plan_occurrences.list"),
        Act("maintenance_plans.end", "clock", N_("End plan…"), beside=False),
        Act("maintenance_plans.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("compound_id", "rule", "legal", "asset_id", "class_prefix", "building_id", "room_id", "place", "starts_on",
           "every", "unit", "basis", "season_from", "season_until", "tolerance_days", "lead_days", "until_on",
           "meter_id", "meter_step", "meter_from", "kind", "trade", "needs", "permit", "priority", "post_id", "team_id",
           "provider_id", "payer", "checklist_id", "description", "ended_on", "ended_why"),
    empty=N_("A plan says what comes back and how often; its orders are made from it."),
    watches=frozenset({"plan_occurrence"}),
)  # fmt: skip
OCCURRENCES = Screen(
    name="plan_occurrences", title="plan_occurrences", icon="calendar", listing="plan_occurrences",
    entity="plan_occurrence",
    columns=(
        Col("maintenance_plan_id", second="maintenance_plan_number", tile="calendar"), Col("asset_id", 150),
        Col("planned_on", 105), Col("moved_to", 105), Col("legal_until", 105), Col("done_on", 105),
        Col("breached", 80), Col("work_order_id", 150),
    ),
    filters=("compound_id", "maintenance_plan_id", "planned_on", "legal_until", "done_on", "breached"),
    acts=(EXPORT, Act("maintenance_plans.reschedule", "calendar", N_("Reschedule…"), primary=True)),
    facts=("maintenance_plan_id", "asset_id", "planned_on", "moved_to", "moved_why", "legal_until", "done_on",
           "dropped_on", "breached", "reading", "work_order_id"),
    empty=N_("Days stand here once the orders of a plan are made."),
    watches=frozenset({"work_order"}),
    within=INSIDE,
)  # fmt: skip
INSPECTIONS = Screen(
    name="inspections", title="inspections", icon="stamp", listing="inspections", entity="inspection",
    columns=(
        Col("number", second="issuer", tile="stamp"), Col("rule", 170), Col("asset_id", 170), Col("inspected_on", 105),
        Col("valid_until", 105), Col("verdict", 100, pill=VERDICTS),
    ),
    filters=("compound_id", "rule", "verdict", "valid_until"),
    form=INSPECTION,
    add="inspections.add",
    revise="inspections.revise",
    acts=(EXPORT, Act("inspections.add", "plus", N_("Add certificate"), on="none", primary=True),
          Act("inspections.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("compound_id", "rule", "asset_id", "building_id", "inspected_on", "valid_until", "verdict", "issuer",
           "note"),
    empty=N_("Enter the certificates of lifts, boilers and vessels: each next inspection follows from them."),
)  # fmt: skip
METERS = Screen(
    name="meters", title="meters", icon="zap", listing="meters", entity="meter",
    columns=(Col("name", second="number", tile="zap"), Col("kind", 125), Col("measure", 80), Col("asset_id", 180),
             Col("building_id", 150)),
    filters=("compound_id", "kind", "building_id", "ended_on"),
    form=METER,
    add="meters.add",
    revise="meters.revise",
    acts=(EXPORT, Act("meters.add", "plus", N_("Add meter"), on="none", primary=True),
          Act("meter_readings.add", "pencil", N_("Enter reading…")),
          Act("meter_readings.list", "list", "meter_readings", needs="meter_readings.list"),
          Act("meters.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("compound_id", "kind", "measure", "asset_id", "building_id", "room_id", "ended_on", "note"),
    empty=N_("A meter counts hours, kilometres or units; plans may come by what it counts."),
    watches=frozenset({"meter_reading"}),
)  # fmt: skip
READINGS = Screen(
    name="meter_readings", title="meter_readings", icon="list", listing="meter_readings", entity="meter_reading",
    columns=(Col("meter_id", tile="list"), Col("on", 110), Col("value", 120), Col("total", 120), Col("restarted", 100)),
    filters=("compound_id", "meter_id", "on"),
    form=READING,
    add="meter_readings.add",
    revise="meter_readings.revise",
    acts=(EXPORT, Act("meter_readings.add", "plus", N_("Enter reading…"), on="none", primary=True),
          Act("meter_readings.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("meter_id", "on", "value", "restarted", "total", "note"),
    empty=N_("Readings stand here once they are entered."),
    within="meters",
)  # fmt: skip


def _year(background: Background) -> QWidget:
    from ui.pages.plan_year import PlanYearPage

    return PlanYearPage(background)


YEAR = Board("plan_year", N_("Year of plans"), "calendar", "maintenance_plans.year", _year)
