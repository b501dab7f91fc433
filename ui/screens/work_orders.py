"""Work orders: their list, what was done without a certificate, and the forms of their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit import show
from ui.kit.screen import EXPORT, Act, Board, Col, Row, Screen, Section, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

STATES: Mapping[str, Tone] = {
    "reported": "idle", "returned": "warn", "accepted": "idle", "assigned": "info", "travelling": "info",
    "working": "warn", "on_hold": "warn", "done": "ok", "checked": "ok", "rated": "ok", "settled": "ok",
    "closed": "idle", "transferred": "idle", "merged": "idle", "cancelled": "idle",
}  # fmt: skip
PRIORITIES: Mapping[str, Tone] = {"emergency": "bad", "urgent": "warn", "normal": "idle", "planned": "info"}
WATCHED = frozenset({"work_order", "work_order_step", "work_order_link", "staff", "room", "building", "provider"})


def when(row: Row) -> str:
    """When it was reported."""
    return show.instant(row["reported_at"])


def due(row: Row) -> str:
    """By when it is to be done."""
    return show.instant(row["completion_due"]) if row["completion_due"] else show.NOTHING


REPORT = (
    Section(
        N_("Where and what"),
        N_("Scan a label, or type a number or name; a room or an asset says its compound."),
        ("asset_id", 3), ("room_id", 3), ("compound_id", 2), ("building_id", 2), ("place", 2), ("title", 4),
        ("trade", 2),
    ),
    Section(
        N_("How urgent, and from whom"),
        N_("The priority decides the deadlines beside this form."),
        ("priority", 2), ("channel", 2), ("kind", 2), ("reporter", 2), ("contact", 2), ("unit_id", 2),
        ("description", 6),
    ),
    Section(
        N_("If known already"),
        N_("What stays empty is asked for when somebody takes the job on."),
        ("reported_at", 2), ("needs", 2), ("payer", 2), ("reporter_id", 2), ("post_id", 2), ("number", 2),
        ("down_from", 2), ("down_until", 2),
    ),
)  # fmt: skip
WHEN = Section(
    N_("When it was"),
    N_("Empty: now. A sheet filled in by hand is typed in with the times that stand on it, as 2026-11-23 14:30."),
    ("at", 3),
)  # fmt: skip
FORMS: Mapping[str, tuple[Section, ...]] = {
    **dict.fromkeys((f"work_orders.{step}" for step in ("accept", "depart", "begin", "resume", "close")), (WHEN,)),
    "work_orders.send_back": (Section(N_("What is missing"), N_("Whoever reported it is told."), ("word", 6)),),
    "work_orders.report_again": (Section(N_("What is there now"), N_("What was missing before."), ("word", 6)),),
    "work_orders.transfer": (Section(N_("Who does it instead"), N_("Here the order ends."), ("word", 6)),),
    "work_orders.cancel": (Section(N_("Why nothing is to be done"), N_("The order keeps its history."), ("word", 6)),),
    "work_orders.merge": (
        Section(N_("The same fault as"), N_("This order ends with that one."), ("merged_into_id", 6)),
    ),
    "work_orders.hold": (
        Section(N_("What it waits for"), N_("Some reasons move the deadline by the time it waits."),
                ("hold_reason", 3), ("word", 6)),
        WHEN,
    ),
    "work_orders.finish": (
        Section(N_("What was done"), N_("And what the cause was, as far as it is known."), ("result", 6),
                ("cause", 6)),
        WHEN,
    ),
    "work_orders.check": (Section(N_("Found in order"), N_("A word is stored with the step."), ("word", 6)), WHEN),
    "work_orders.redo": (Section(N_("What is missing"), N_("Work goes on; the history stays."), ("word", 6)), WHEN),
    "work_orders.rate": (
        Section(N_("What the reporting person says"), N_("Five points are the best."), ("speed", 2), ("quality", 2),
                ("manner", 2), ("opinion", 6)),
    ),
    "work_orders.flag": (
        Section(N_("Who did it, and why"), N_("The auditor and the training officer see it."), ("technician_id", 3),
                ("unlicensed_why", 6)),
    ),
    "work_order_links.add": (
        Section(N_("The other order"), N_("This one blocks it, is a duplicate of it, was split from it."),
                ("kind", 2), ("other_id", 4)),
    ),
}  # fmt: skip
FACTS = (
    "compound_id", "building_id", "room_id", "place", "asset_id", "trade", "needs", "kind", "priority", "channel",
    "reporter", "reporter_id", "contact", "unit_id", "reported_at", "respond_due", "completion_due", "technician_id",
    "team_id", "provider_id", "post_id", "planned_from", "planned_until", "responded_at", "started_at", "hold_reason",
    "held_at", "done_at", "result", "cause", "checked_at", "speed", "quality", "manner", "opinion", "closed_at",
    "reopened", "merged_into_id", "payer", "down_from", "down_until", "unlicensed_why", "description",
)  # fmt: skip
OPEN = Act("work_orders.sheet", "arrow-right", N_("Open"))
SCREEN = Screen(
    name="work_orders",
    title="work_orders",
    icon="list",
    listing="work_orders",
    entity="work_order",
    columns=(
        Col("title", second="number", tile="wrench"),
        Col("state", 105, pill=STATES),
        Col("priority", 90, pill=PRIORITIES),
        Col("trade", 100),
        Col("building_id", 130),
        Col("technician_id", 90),
        Col("reported_at", 135, words=when),
        Col("completion_due", 135, words=due),
    ),
    filters=("state", "priority", "trade", "kind", "compound_id", "building_id", "technician_id", "provider_id",
             "reported_at"),
    form=REPORT,
    revise="work_orders.revise",
    acts=(
        EXPORT, Act("work_orders.add", "plus", N_("New work order"), on="none", primary=True), OPEN,
        Act("work_orders.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=FACTS,
    empty=N_("Report what is broken: it gets a number and its deadlines, and stands on the board."),
)  # fmt: skip
FLAGGED = Screen(
    name="work_orders_flagged",
    title="work_orders_flagged",
    icon="triangle-alert",
    listing="work_orders_flagged",
    entity="work_order",
    columns=(
        Col("title", second="number", tile="triangle-alert"),
        Col("trade", 110),
        Col("technician_id", 110),
        Col("unlicensed_why", 260),
        Col("started_at", 140),
        Col("state", 110, pill=STATES),
    ),
    filters=("trade", "compound_id", "technician_id", "reported_at"),
    acts=(EXPORT, OPEN),
    facts=("compound_id", "trade", "needs", "technician_id", "unlicensed_why", "started_at", "done_at"),
    empty=N_("Nobody did certified work without a valid certificate."),
)


def _board(background: Background) -> QWidget:
    from ui.pages.work_board import BoardPage

    return BoardPage(background)


def _mine(background: Background) -> QWidget:
    from ui.pages.my_jobs import MyJobsPage

    return MyJobsPage(background)


def _calendar(background: Background) -> QWidget:
    from ui.pages.work_calendar import WorkCalendarPage

    return WorkCalendarPage(background)


def _kpis(background: Background) -> QWidget:
    from ui.pages.work_kpis import WorkKpisPage

    return WorkKpisPage(background)


BOARD = Board("work_board", N_("Job board"), "wrench", "work_orders.board", _board)
MINE = Board("my_jobs", N_("My jobs"), "clipboard-check", "work_orders.board", _mine)
CALENDAR = Board("work_calendar", N_("Work calendar"), "calendar", "work_orders.planned", _calendar)
KPIS = Board("work_kpis", N_("Measures"), "chart-column", "work_orders.kpis", _kpis)
