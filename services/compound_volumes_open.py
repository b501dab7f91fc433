"""Volumes of the handover of a compound: its people, what is still open, and the sheet of the inspection."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from models.disposal import PENDING
from models.handover import OPEN as OPEN_NOTES
from models.stocktake import RUNNING
from models.title_defect import DefectState
from models.work_states import OPEN as OPEN_WORK
from resources.words import N_
from services import reconciliation_words
from services.compound_volumes import Here
from services.documents.statement import Chapter
from services.listed import chapter
from services.reconciliation_rules import Severity, rules

Row = Mapping[str, Any]
PEOPLE = N_("People of the compound")
WORK, DEFECTS, DIFFERENCES = (
    N_("Work orders not closed"),
    N_("Title defects not settled"),
    N_("Differences to be put right"),
)
CERTIFICATES, INSPECTIONS, NOTES = (
    N_("Certificates that have ended"),
    N_("Inspections that are overdue"),
    N_("Papers not finished"),
)
BY_RULE = N_("Differences not explained, by kind")
SHEET = N_("Record of the inspection")
ABOUT = N_("About")
ASPECTS = (N_("Fixed equipment"), N_("Fire protection"), N_("Water, power, gas and heat meters"),
           N_("Files and drawings"), N_("Keys, access cards and passwords"))  # fmt: skip


def people(here: Here) -> Chapter:
    """Name, unit and post of who works here: no more is needed, and no more is printed."""
    there = [row for row in here.rows("staff", sort="number") if not row["left_on"] or row["left_on"] > here.on]
    return here.table(PEOPLE, "staff", there, ("name", 140), ("unit_id", 260), ("post_id", 260))


def work(here: Here) -> Chapter:
    """What was reported and is not closed."""

    def place(row: Row) -> str:
        return " ".join(filter(None, (row["building"], row["room"], row["place"]))) or str(row["asset"] or "")

    rows = here.rows("work_orders", ("state", tuple(OPEN_WORK)))
    return here.table(
        WORK, "work_orders", rows, ("number", 120), ("title", 200), ("kind", 70), (ABOUT, 130), ("state", 64),
        ("priority", 60), ("reported_at", 84), ("completion_due", 84), made={ABOUT: place},
    )  # fmt: skip


def defects(here: Here) -> Chapter:
    """What is wrong with titles and not put right."""
    rows = here.rows("title_defects", ("state", (DefectState.OPEN, DefectState.IN_HAND)))
    return here.table(
        DEFECTS, "title_defects", rows, ("number", 120), ("title_id", 150), ("kind", 100), ("evidence", 170),
        ("route", 90), ("staff_id", 60), ("due_on", 64),
    )  # fmt: skip


def by_rule(here: Here) -> Chapter:
    """How many differences of each rule the three-way reconciliation finds that nobody has explained."""
    counts = Counter(one.rule for one in here.board.differences if one.open)
    rows = [
        [here.say(f"reconciliation_note.rule={rule.value}"), f"{counts[rule]:,}"] for rule in rules() if counts[rule]
    ]
    return chapter(BY_RULE, here.lang, ((N_("Difference"), 240), (N_("How many"), 120)), rows, (1,))


def differences(here: Here) -> Chapter:
    """Each of those that are to be put right; what is only to be looked at is counted above."""
    rows = [
        [here.say(f"reconciliation_note.rule={one.rule.value}"), reconciliation_words.about(here.lang, one),
         reconciliation_words.value(here.lang, one.book, one.unit),
         reconciliation_words.value(here.lang, one.other, one.unit), reconciliation_words.amount(here.lang, one)]
        for one in here.board.differences if one.open and one.severity is not Severity.INFO
    ]  # fmt: skip
    heads = ((N_("Difference"), 180), (ABOUT, 250), (N_("In the books"), 110), (N_("Found"), 110),
             (N_("By how much"), 100))  # fmt: skip
    return chapter(DIFFERENCES, here.lang, heads, rows)


def certificates(here: Here) -> Chapter:
    """Of the people here: ended, not renewed, not revoked."""
    every = here.rows("certificates")
    renewed = {row["renews_id"] for row in every}
    ended = [row for row in every if row["valid_until"] and row["valid_until"] < here.on
             and not row["revoked_on"] and row["id"] not in renewed]  # fmt: skip
    return here.table(
        CERTIFICATES, "certificates", ended, ("staff_id", 110), ("kind", 250), ("number", 140), ("issued_on", 80),
        ("valid_until", 80),
    )  # fmt: skip


def inspections(here: Here) -> Chapter:
    """Things of which the newest certificate has ended."""

    def about(row: Row) -> str:
        return str(row["asset"] or row["building"] or row["compound"])

    late = [row for row in here.inspections if row["valid_until"] < here.on]
    return here.table(
        INSPECTIONS, "inspections", late, ("rule", 200), (ABOUT, 200), ("number", 130), ("inspected_on", 70),
        ("valid_until", 70), made={ABOUT: about},
    )  # fmt: skip


def notes(here: Here) -> Chapter:
    """Handover notes, disposals and stocktakes that are under way."""
    rows = list[list[str]]()
    for kind, listing, states in (
        ("handover", "handovers", OPEN_NOTES), ("disposal", "disposals", PENDING), ("stocktake", "stocktakes", RUNNING),
    ):  # fmt: skip
        if here.desk.may(f"{listing}.list", here.compound):
            rows += [[here.say(kind), row["number"], here.say(f"{kind}.state={row['state'].value}")]
                     for row in here.rows(listing, ("state", tuple(states)))]  # fmt: skip
    heads = ((N_("Paper"), 200), ("handover.number", 260), (N_("State"), 200))
    return chapter(NOTES, here.lang, heads, rows)


def sheet(here: Here) -> Chapter:
    """Lines to be filled in on the spot: every building, and what goes with the compound."""
    names = [f"{row['code']} {row['name']}" for row in here.rows("buildings")]
    names += [here.say(aspect) for aspect in ASPECTS]
    heads = ((N_("No."), 30), (N_("What is inspected"), 200), (N_("Result"), 110), (N_("What was found"), 240),
             (N_("To be done by"), 100), (N_("Day"), 80))  # fmt: skip
    rows = [[str(n), name, "", "", "", ""] for n, name in enumerate(names, 1)]
    return chapter(SHEET, here.lang, heads, rows)
