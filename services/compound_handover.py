"""大院移交: everything about a compound that goes to who takes it over, in twelve volumes of one file."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services import compound_volumes as things
from services import compound_volumes_open as opened
from services import compound_volumes_papers as papers
from services.compound_volumes import Here, Part
from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.volumes import Binder, Volume, render
from services.place_papers import NOTHING, office_of, other_tongue

NAME = N_("Handover of a compound")
BLANK = "________________"  # written in by hand
MARKS = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫"
PROTOCOL = N_("Protocol of the handover")
LANDS, MACHINES, ASSETS = N_("Buildings and land"), N_("Equipment"), N_("Fixed assets")
PAPERS, CONTRACTS, PEOPLE = N_("Files and drawings"), N_("Contracts"), N_("Staff list")
READINGS, MONEY, LENT = N_("Meter readings"), N_("Money owed"), N_("Keys and loans")
MATTERS, RECORD = N_("Open matters"), N_("Inspection")
VOLUMES: tuple[tuple[str, tuple[Part, ...]], ...] = (
    (LANDS, ((things.BUILDINGS, ("buildings.list",), things.buildings),
             (things.TITLES, ("titles.list",), things.titles))),
    (MACHINES, ((things.EQUIPMENT, ("assets.list",), things.equipment),
                (things.INSPECTED, ("inspections.list",), things.inspections))),
    (ASSETS, ((things.SUMS, ("assets.list",), things.classes), (things.CARDS, ("assets.list",), things.cards))),
    (PAPERS, ((papers.FILE_KINDS, ("attachments.list",), papers.file_kinds),
              (papers.FILES, ("attachments.list",), papers.files),
              (papers.ISSUED, ("documents.list",), papers.issued))),
    (CONTRACTS, ((papers.LEASES, ("leases.list",), papers.leases),
                 (papers.SERVICE, ("maintenance_plans.list",), papers.service))),
    (PEOPLE, ((opened.PEOPLE, ("staff.list",), opened.people),)),
    (READINGS, ((papers.METERS, ("meters.list", "meter_readings.list"), papers.meters),)),
    (MONEY, ((papers.MONEY, ("lease_rents.list", "disposal_incomes.list"), papers.money),
             (papers.REPAIRS, ("work_costs.list",), papers.repairs))),
    (LENT, ((papers.LOANS, ("handovers.list",), papers.loans), (papers.KEYS, (), papers.keys))),
    (MATTERS, ((opened.WORK, ("work_orders.list",), opened.work),
               (opened.DEFECTS, ("title_defects.list",), opened.defects),
               (opened.BY_RULE, ("reconciliation.board",), opened.by_rule),
               (opened.DIFFERENCES, ("reconciliation.board",), opened.differences),
               (opened.CERTIFICATES, ("certificates.list",), opened.certificates),
               (opened.INSPECTIONS, ("inspections.list",), opened.inspections),
               (opened.NOTES, ("handovers.list",), opened.notes))),
    (RECORD, ((opened.SHEET, ("buildings.list",), opened.sheet),)),
)  # fmt: skip
BY_HAND = frozenset({papers.KEYS, opened.SHEET})  # filled in with a pen: no count of what they hold
SUMS = frozenset({things.SUMS, papers.FILE_KINDS, opened.BY_RULE})  # only sum up what is in another table
SAYS = {
    MACHINES: N_("Class A02 of GB/T 14885-2022 without computers, office machines, vehicles and archives equipment "
                 "(A0201-A0204), which are in volume ④."),
    ASSETS: N_("“By class” counts volumes ③ and ④ together; disposed assets are in neither."),
    CONTRACTS: N_("Contracts themselves are not kept here: hand over the originals of property service, maintenance "
                  "and energy beside this list."),
    PEOPLE: N_("Name, unit and post alone: numbers, phones and addresses are not printed."),
    LENT: N_("Keys, access cards and passwords are not kept in Dayuan: fill the lines in on the day. Passwords are "
             "changed, not written down."),
}  # fmt: skip
PROSE = N_(
    "By this protocol {from_} hands over to {to} the compound {compound} as it stood on {day}, with all that volumes ② "
    "to ⑫ list. What is said there is what was recorded in Dayuan on the day of printing; both sides check it on the "
    "spot and write what they find otherwise into volume ⑫. What is open (volume ⑪) passes with the compound unless it "
    "is said otherwise in writing. The supervising party was present. Each party keeps a copy, one more goes to the "
    "files."
)
SIDES = ((N_("Party handing over"), True), (N_("Party taking over"), False), (N_("Supervising party"), False))
UNTOLD = N_("Not told here, for want of the right to read it: {what}")


def handover(desk: Desk, compound_id: UUID, on: date, lang: str) -> bytes:
    """All volumes as a PDF, as far as the person may read what is in them. Missing: no such compound in reach."""
    say, here = partial(tr, lang), Here(desk, compound_id, on, lang)
    compound = desk.named("compound", compound_id)
    row = next(iter(desk.first(View("compounds", filters=(("code", (compound.number,)),)), 1)))
    office, unit = office_of(desk), row["unit"] or ""
    prose = say(PROSE, from_=unit or office, to=BLANK, compound=compound.label, day=on.isoformat())
    binder = Binder(
        "compound-handover", say(NAME), other_tongue(lang, NAME), office, MARKS[0], say(PROTOCOL),
        [
            (say("building.compound_id"), f"{compound.number} {compound.label}"),
            (say("compound.address"), row["address"] or NOTHING), (say("compound.unit_id"), unit or NOTHING),
            (say(N_("Base date")), on.isoformat()), (say(N_("Printed by")), desk.account),
            (say(N_("Printed on")), desk.clock().astimezone().date().isoformat()),
        ],
        (say(PROTOCOL), prose),
        [(say(role), other_tongue(lang, role), unit or office if ours else "") for role, ours in SIDES],
        [_volume(here, mark, title, parts) for mark, (title, parts) in zip(MARKS[1:], VOLUMES, strict=True)],
        [say(N_("Lists are those of the day of printing; terms are reckoned from the base date."))],
    )  # fmt: skip
    return render(binder, lang=lang, made=desk.clock(), tell=desk.tell).data


def _volume(here: Here, mark: str, title: str, parts: tuple[Part, ...]) -> Volume:
    """The tables one may read, how much is in each, and which one may not."""
    say: Any = here.say
    told, untold, chapters = list[str](), list[str](), []
    for name, needs, make in parts:
        if not here.may(needs):
            untold.append(say(name))
            continue
        chapter = make(here)
        chapters.append(chapter)
        count = say(N_("to be filled in")) if name in BY_HAND else f"{_lines(here, chapter.rows):,}"
        told += [f"{say(name)}: {count}"] if name not in SUMS else []
    remarks = [say(SAYS[title])] if title in SAYS else []
    remarks += [say(UNTOLD, what=say(N_(", ")).join(untold))] if untold else []
    summary = " · ".join(told) or say(N_("not told"))
    signers = [say(role) for role, _ in SIDES] if title == RECORD else []
    return Volume(
        mark, say(title), other_tongue(here.lang, title), summary, chapters, remarks, say(N_("None")), signers
    )


def _lines(here: Here, rows: Any) -> int:
    """Without the last line of sums."""
    total = here.say(N_("Total"))
    return len(rows) - (1 if rows and total in rows[-1][:2] else 0)
