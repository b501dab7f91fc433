"""Stocktakes: their list, and the forms of what is asked while one is counted, explained and approved."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section, Tone

STATES: Mapping[str, Tone] = {
    "draft": "idle", "counting": "info", "explaining": "warn", "reported": "warn", "approved": "info", "closed": "ok",
    "cancelled": "idle",
}  # fmt: skip
RESULTS: Mapping[str, Tone] = {
    "pending": "idle", "counted": "info", "matched": "ok", "elsewhere": "warn", "short": "bad", "over": "info",
    "missing": "bad",
}  # fmt: skip
TERMS = (
    Section(
        N_("What is counted, and why"),
        N_("The books are frozen as of the base date when counting starts; what differs later is told from it."),
        ("compound_id", 3),
        ("title", 3),
        ("reason", 2),
        ("base_on", 2),
        ("due_on", 2),
    ),
    Section(
        N_("Only a part of it"),
        N_("Leave all of this empty to count the whole compound."),
        ("building_id", 3),
        ("room_id", 3),
        ("unit_id", 3),
        ("keeper_id", 3),
        ("class_prefix", 3),
    ),
    Section(
        N_("How"),
        N_("Counted blind, nobody sees how many pieces the books say before the count ends."),
        ("blind", 2),
        ("note", 6),
    ),
)
TEAM = (
    Section(N_("Counting team"), N_("One person counts, another watches."), ("name", 6), ("counter_id", 3),
            ("supervisor_id", 3)),
)  # fmt: skip
READING = (
    Section(
        N_("What was found"),
        N_("The card keeps what the books say; what is said here stands in the result."),
        ("quantity", 2),
        ("damaged", 2),
        ("unlabelled", 2),
        ("keeper_id", 6),
        ("word", 6),
    ),
)
SURPLUS = (
    Section(
        N_("What is there"),
        N_("A thing no book knows. Its photo can be attached once it is entered."),
        ("name", 4),
        ("code", 2),
        ("class_code", 3),
        ("model", 3),
        ("serial", 3),
        ("quantity", 2),
        ("measure", 1),
    ),
    Section(
        N_("Where and with whom"),
        N_("A room says its building."),
        ("building_id", 3),
        ("room_id", 3),
        ("keeper_id", 3),
        ("found_word", 6),
    ),
    Section(
        N_("What it is worth"),
        N_("By its papers; without them by an appraisal; else by the market; else nominally 1 yuan a piece."),
        ("basis", 2),
        ("value", 2),
        ("value_paper", 2),
    ),
)
EXPLANATION = (
    Section(
        N_("Why, and what becomes of it"),
        N_("Of all marked differences. What is left empty stays as it is."),
        ("cause", 3),
        ("settlement", 3),
        ("explanation", 6),
        ("responsible", 4),
        ("compensation", 2),
        ("basis", 2),
        ("value", 2),
        ("value_paper", 2),
    ),
)
OPINION = (Section(N_("Opinion"), N_("Of keeper, department or office on all marked differences."), ("who", 3),
                   ("text", 6)),)  # fmt: skip
BACK = (Section(N_("Sent back"), N_("The stocktake is explained anew, and reported again."), ("sent_back", 6)),)
APPROVAL = (
    Section(N_("Approval"), N_("Who approved, under which number and day of the paper."), ("approval_no", 3),
            ("approved_on", 3), ("approver", 6)),
)  # fmt: skip
SCREEN = Screen(
    name="stocktakes",
    title="stocktakes",
    icon="clipboard-check",
    listing="stocktakes",
    entity="stocktake",
    columns=(
        Col("title", second="number", tile="clipboard-check"),
        Col("compound", 190),
        Col("reason", 120),
        Col("state", 120, pill=STATES),
        Col("base_on", 110),
        Col("due_on", 110),
    ),
    filters=("state", "compound_id", "reason", "base_on"),
    acts=(
        EXPORT,
        Act("stocktakes.open", "arrow-right", N_("Open"), on="one", needs="stocktakes.progress"),
        Act("stocktakes.draft", "plus", N_("Draft stocktake"), on="none", primary=True),
    ),
    facts=(
        "compound_id", "reason", "base_on", "due_on", "building_id", "room_id", "unit_id", "keeper_id", "class_prefix",
        "blind", "started_on", "counted_on", "reported_on", "sent_back", "approver", "approval_no", "approved_on",
        "closed_on", "note",
    ),
    empty=N_("Draft a stocktake: the books are frozen, teams of two go round, every difference is explained."),
)  # fmt: skip
