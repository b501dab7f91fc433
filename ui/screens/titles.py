"""Titles: the rights to real property."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Row, Screen, Section, Tone
from ui.kit.show import NOTHING

STATES: Mapping[str, Tone] = {"unregistered": "warn", "filed": "info", "registered": "ok", "cancelled": "idle"}


def holder(row: Row) -> str:
    """Who holds it: the name on the paper, or the unit of the office."""
    return str(row.get("holder") or row.get("holder_unit") or NOTHING)


SCREEN = Screen(
    name="titles",
    title="titles",
    icon="scroll-text",
    listing="titles",
    entity="title",
    columns=(
        Col("location", second="certificate", tile="scroll-text"),
        Col("right_kind", 150),
        Col("holder", 150, words=holder),
        Col("state", 90, pill=STATES),
        Col("area", 120),
        Col("term_until", 110),
    ),
    filters=("compound_id", "state", "paper", "mortgaged", "seized"),
    form=(
        Section(
            N_("Property right"),
            N_("Who holds it and how it stands is not typed: the ledger says so."),
            ("compound_id", 3),
            ("location", 3),
            "right_kind",
            "paper",
            "number",
        ),
        Section(
            N_("Numbers"),
            N_("As printed on the paper; a number that looks wrong is remarked upon, never refused."),
            ("certificate", 3),
            ("unit_number", 3),
            ("note", 6),
        ),
    ),
    add="titles.add",
    revise="titles.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("titles.survey", "printer", N_("Print survey"), on="none"),
        Act("titles.sheet", "arrow-right", N_("Open")),
        Act("titles.add", "plus", N_("Add title"), on="none", primary=True),
    ),
    facts=(
        "number",
        "compound_id",
        "paper",
        "certificate",
        "unit_number",
        "right_kind",
        "holder",
        "holder_unit_id",
        "manager_id",
        "use",
        "land_nature",
        "area",
        "surveyed_area",
        "term_until",
        "mortgaged",
        "seized",
        "disputed",
        "note",
    ),
    empty=N_("Add a title for each right: the land, each building. Then enter what happened to it, paper by paper."),
    watches=frozenset({"title_event", "title_defect"}),
)
