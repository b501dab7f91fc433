"""Defects of titles: those that are not settled, the earliest due first."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.editors import today
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section, Tone
from ui.kit.show import NOTHING
from ui.kit.text import words

STATES: Mapping[str, Tone] = {"open": "warn", "in_hand": "info", "settled": "ok"}


def due(row: Row) -> str:
    """The day, and that it is past while the defect is not settled."""
    day = row["due_on"]
    if day is None:
        return NOTHING
    late = day < today() and row["settled_on"] is None
    return f"{day.isoformat()} · {words(N_('Overdue'))}" if late else str(day.isoformat())


SCREEN = Screen(
    name="title_defects",
    title="title_defects",
    icon="triangle-alert",
    listing="title_defects",
    entity="title_defect",
    columns=(
        Col("kind", second="evidence", tile="triangle-alert"),
        Col("due_on", 150, words=due),
        Col("state", 90, pill=STATES),
        Col("title_id", 170),
        Col("route", 150),
        Col("staff_id", 90),
    ),
    filters=("state", "due_on", "kind", "route", "staff_id", "compound_id"),
    start=(("state", ("open", "in_hand")),),
    form=(
        Section(
            N_("What is wrong"),
            N_("One defect a problem, with what shows it."),
            ("compound_id", 3),
            ("title_id", 3),
            ("kind", 3),
            ("opened_on", 3),
            ("evidence", 6),
        ),
        Section(
            N_("What is done about it"),
            N_("Somebody responsible and a route put it in hand."),
            "route",
            "staff_id",
            "due_on",
        ),
    ),
    add="title_defects.add",
    revise="title_defects.revise",
    acts=(
        EXPORT,
        Act("title_defects.settle", "check", N_("Settle…")),
        Act("title_defects.add", "plus", N_("Add defect"), on="none", primary=True),
    ),
    facts=("number", "title_id", "compound_id", "evidence", "route", "staff_id", "opened_on", "due_on", "settled_on",
           "result"),
    empty=N_("Nothing is wrong, or nobody has looked yet. Areas that differ too much open a defect by themselves."),
)  # fmt: skip
