"""Training: courses, the plans of years, sessions; and the forms of what is done with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit import show
from ui.kit.screen import EXPORT, TAKE_IN, Act, Board, Col, Row, Screen, Section, Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

STATES: Mapping[str, Tone] = {"planned": "info", "running": "warn", "held": "ok", "cancelled": "idle"}
PLAN_STATES: Mapping[str, Tone] = {"draft": "idle", "adopted": "ok"}
KINDS: Mapping[str, Tone] = {
    "induction": "info", "safety": "warn", "fire": "bad", "skill": "info", "certificate": "ok", "service": "idle",
    "management": "idle", "other": "idle",
}  # fmt: skip
INSIDE = "training_sessions"  # who sees the sessions reaches these lists from the calendar


def when(row: Row) -> str:
    """Day and hour a session begins."""
    return show.instant(row["starts_at"])


COURSE = (
    Section(
        N_("Course"), N_("What is taught and for how many hours of 45 minutes."), ("name", 4), ("code", 2), ("kind", 2),
        ("hours", 2), ("pass_score", 2),
    ),
    Section(
        N_("Again, and what it leads to"),
        N_("Who passed it is told when it is due again; a course may prepare for a certificate or be its re-check."),
        ("repeat_months", 2), ("certificate_kind", 2), ("own_certificate", 2), ("basis", 6), ("note", 6),
    ),
)  # fmt: skip
PLAN = (
    Section(N_("Plan"), N_("Whose people it is for, in which year, for how much."), ("title", 4), ("number", 2),
            ("compound_id", 3), ("year", 1), ("budget", 2)),
)  # fmt: skip
LINE = (
    Section(N_("Course"), N_("What is to be held, in which month and how often."), ("course_id", 4), ("month", 1),
            ("sessions", 1)),
    Section(N_("For whom"), N_("All people, or those of a function or a unit."), ("function", 2), ("unit_id", 2),
            ("people", 1), ("budget", 1)),
)  # fmt: skip
SESSION = (
    Section(N_("Session"), N_("The course decides hours, exam and when it is due again."), ("course_id", 3),
            ("title", 3), ("compound_id", 3), ("kind", 2), ("hours", 1)),
    Section(N_("When and where"), N_("People who are away then are told when they are enrolled."), ("starts_at", 3),
            ("ends_at", 3), ("room_id", 3), ("place_text", 3), ("capacity", 2)),
    Section(N_("Who teaches"), N_("Left empty, it is not known yet."), ("trainer", 2), ("provider", 2), ("cost", 2),
            ("number", 2), ("note", 4)),
)  # fmt: skip
RESULT = (
    Section(N_("Presence and result"), N_("Where the course has an exam, passed follows from the score."), ("came", 2),
            ("hours", 2), ("score", 2), ("passed", 2)),
    Section(N_("Feedback"), N_("What the person says of the session."), ("rating", 2), ("feedback", 4), ("note", 6)),
)  # fmt: skip
DESPITE = (
    Section(N_("Enrol nevertheless"), N_("The word stands at the place of who is away or elsewhere then."),
            ("despite", 6)),
)  # fmt: skip
PLACE = (
    Section(N_("Session"), N_("Sessions of this course are offered."), ("training_session_id", 6)),
    *DESPITE,
)
CANCEL = (Section(N_("Why"), N_("Who is enrolled is told."), ("cancelled_why", 6)),)
ADOPT = (Section(N_("Adoption"), N_("The paper it rests on, and its day."), ("adopted_on", 2), ("basis", 4)),)

COURSES = Screen(
    name="courses",
    title="courses",
    icon="book-open",
    listing="courses",
    entity="course",
    columns=(
        Col("name", second="code", tile="book-open"),
        Col("kind", 110, pill=KINDS),
        Col("hours", 80),
        Col("repeat_months", 130),
        Col("pass_score", 100),
        Col("certificate_kind", 150),
    ),
    filters=("kind", "certificate_kind", "own_certificate"),
    form=COURSE,
    add="courses.add",
    revise="courses.revise",
    acts=(EXPORT, TAKE_IN, Act("courses.add", "plus", N_("Add course"), on="none", primary=True),
          Act("courses.remove", "trash-2", N_("Remove"))),
    facts=("kind", "hours", "repeat_months", "pass_score", "certificate_kind", "own_certificate", "basis", "note"),
    empty=N_("Enter what is taught; sessions are held of a course, and plans name them."),
    within=INSIDE,
)  # fmt: skip
PLANS = Screen(
    name="training_plans",
    title="training_plans",
    icon="scroll-text",
    listing="training_plans",
    entity="training_plan",
    columns=(
        Col("title", second="number", tile="scroll-text"),
        Col("year", 80),
        Col("state", 110, pill=PLAN_STATES),
        Col("compound_id", 160),
        Col("budget", 130),
        Col("adopted_on", 120),
    ),
    filters=("year", "state", "compound_id"),
    form=PLAN,
    add="training_plans.add",
    revise="training_plans.revise",
    acts=(
        EXPORT, Act("training_plans.add", "plus", N_("Add training plan"), on="none", primary=True),
        Act("training_plans.sheet", "arrow-right", N_("Open")),
        Act("training_plans.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("compound_id", "year", "state", "budget", "adopted_on", "basis"),
    empty=N_("A plan says which courses are held in a year, for whom and at what cost."),
    watches=frozenset({"training_plan_line"}),
    within=INSIDE,
)  # fmt: skip
SESSIONS = Screen(
    name="training_sessions",
    title="training_sessions",
    icon="presentation",
    listing="training_sessions",
    entity="training_session",
    columns=(
        Col("title", second="number", tile="presentation"),
        Col("course_id", 170),
        Col("starts_at", 140, words=when),
        Col("state", 100, pill=STATES),
        Col("trainer", 120),
        Col("hours", 70),
        Col("cost", 110),
    ),
    filters=("state", "course_id", "compound_id", "starts_at", "kind", "trainer", "provider"),
    start=(("state", ("planned", "running")),),
    form=SESSION,
    add="training_sessions.add",
    revise="training_sessions.revise",
    acts=(
        EXPORT, Act("training_sessions.add", "plus", N_("Add session"), on="none", primary=True),
        Act("training_sessions.sheet", "arrow-right", N_("Open")),
        Act("training_sessions.remove", "trash-2", N_("Remove"), beside=False),
    ),
    facts=("course_id", "compound_id", "state", "kind", "starts_at", "ends_at", "hours", "room_id", "place_text",
           "trainer", "provider", "capacity", "cost", "cancelled_why", "note"),
    empty=N_("Add a session, or plan one from a line of an adopted plan."),
    watches=frozenset({"attendance"}),
    within=INSIDE,
)  # fmt: skip


def _calendar(background: Background) -> QWidget:
    from ui.pages.training_calendar import CalendarPage

    return CalendarPage(background)


def _due(background: Background) -> QWidget:
    from ui.pages.training_due import DueBoard

    return DueBoard(background)


def _trainers(background: Background) -> QWidget:
    from ui.pages.training_trainers import TrainersBoard

    return TrainersBoard(background)


CALENDAR = Board("training", N_("Training"), "calendar", "training_sessions.between", _calendar)
DUE = Board("training_due", N_("Courses due"), "clock", "training.due", _due, within=INSIDE)
TRAINERS = Board("training_trainers", N_("Trainers"), "users", "training.trainers", _trainers, within=INSIDE)
