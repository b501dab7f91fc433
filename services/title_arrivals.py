"""A register of titles taken in: what it says of a right becomes entries of its ledger, and the title follows from it.

What no column says, such as the day of a mortgage, is not made up: an entry is dated by the day the register names for
the right, else by the day it was taken in, and its paper is the certificate or the file. What a register says of a
right known before is dated by the day it names only when nothing in the ledger is as new; a day's second register says
better what the first said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import resources
from models.base import new_id
from models.title import RightKind, Title, TitlePaper, TitleState
from models.title_event import TitleEvent, TitleEventKind
from services import title_areas
from services.desk.schema import describe
from services.desk.work import Work
from services.imports.cells import fold
from services.imports.dates import to_date
from services.imports.problems import Unreadable
from services.title_state import ENDS, SAYS_FACTS, standing
from services.titles import columns, derive, events, spaced

K = TitleEventKind
Values = dict[str, Any]
FACTS = ("co_ownership", "use", "land_nature", "term_until", "area")
RIGHT = (*FACTS, "party", "unit_id", "certificate")
FLAGS = {"mortgaged": K.MORTGAGE, "seized": K.SEIZURE, "disputed": K.DISPUTE_OPENED, "lost": K.LOSS}
STATES = {TitleState.REGISTERED: K.FIRST_REGISTRATION, TitleState.FILED: K.RECORD_FILING}
CERTIFICATES = (TitlePaper.ESTATE_CERTIFICATE, TitlePaper.LAND_CERTIFICATE, TitlePaper.HOUSE_CERTIFICATE)


def said(title: Title | None, values: Values) -> Values:
    """Takes out of these values what a ledger says, and returns it: all of it, or what differs from a known title."""
    derived = [name for name, spec in describe(Title).items() if spec.derived and name in values]
    found = {name: values.pop(name) for name in derived}
    if title is not None and title.state is not TitleState.UNREGISTERED and values.get("certificate"):
        found["certificate"] = spaced(values.pop("certificate"))
    return {n: v for n, v in found.items() if v is not None and (title is None or getattr(title, n) != v)}


def split(work: Work, made: Sequence[Values], file: str) -> list[Values]:
    """Of new titles as column values: their events as column values; the titles get what follows from them."""
    entries = list[Values]()
    for values in made:
        if values.get("right_kind") is RightKind.LEASE and not values.get("paper"):
            values["paper"] = TitlePaper.LEASE
        on = _day(values.get("extra") or {}, work.today)
        own = _entries(said(None, values), values, file, on, known=False)
        entries += own
        now = standing([TitleEvent(number="", **entry) for entry in own], work.today)
        values |= columns(now) | {"certificate": values.get("certificate")}
    return entries


def store(work: Work, entries: Sequence[Values]) -> None:
    """Stores the events of new titles; areas that differ too much open a defect."""
    if not entries:
        return
    numbers = work.numbers("CS", len(entries))
    work.bulk_insert(TitleEvent, ({**entry, "number": next(numbers)} for entry in entries), len(entries))
    for id in {entry["title_id"] for entry in entries if entry["kind"] is K.SURVEY}:
        title_areas.watch(work, work.get(Title, id))


def enter(work: Work, title: Title, changed: Values, file: str) -> None:
    """The register says other things of a known title: they are entered as a change."""
    if not changed:
        return
    ledger = events(work, title.id)
    known = title.state is not TitleState.UNREGISTERED
    own = {"id": title.id, "compound_id": title.compound_id, "paper": title.paper, "right_kind": title.right_kind,
           "certificate": changed.get("certificate") or title.certificate}  # fmt: skip
    on = _day(title.extra or {}, work.today)
    if any(event.on >= on for event in ledger):
        on = work.today
    for entry in _entries(changed, own, file, on, known=known):
        same = (e for e in ledger if (e.kind, e.on, e.paper) == (entry["kind"], entry["on"], entry["paper"]))
        if entry["kind"] in (*SAYS_FACTS, K.SURVEY, K.MANAGEMENT) and (before := next(same, None)):
            work.remove(before)
            entry = {name: getattr(before, name) for name in RIGHT} | entry
        work.add(TitleEvent(number=next(work.numbers("CS")), **entry))
    derive(work, title)


def _entries(facts: Values, title: Mapping[str, Any], file: str, on: date, *, known: bool) -> list[Values]:
    title_id = title.get("id")
    paper = str(title.get("certificate") or file)[:160]
    made = list[Values]()

    def add(kind: TitleEventKind, **values: Any) -> None:
        base = {"id": new_id(), "compound_id": title["compound_id"], "title_id": title_id, "kind": kind, "on": on}
        made.append(base | {"paper": paper} | {k: v for k, v in values.items() if v is not None})

    right = {name: facts[name] for name in FACTS if name in facts}
    right |= {
        "party": facts.get("holder"),
        "unit_id": facts.get("holder_unit_id"),
        "certificate": title.get("certificate"),
    }
    kind = _kind(facts, title, known=known)
    if kind is not None:
        add(kind, **right)
    if facts.get("state") is TitleState.CANCELLED:
        add(K.CANCELLATION)
    if "surveyed_area" in facts:
        add(K.SURVEY, area=facts["surveyed_area"])
    if "manager_id" in facts:
        add(K.MANAGEMENT, unit_id=facts["manager_id"])
    ends = {start: end for end, start in ENDS.items()}
    for name, start in FLAGS.items():
        if facts.get(name):
            add(start)
        elif known and name in facts and start in ends:
            add(ends[start])
    return made


def _kind(facts: Values, title: Mapping[str, Any], *, known: bool) -> TitleEventKind | None:
    """What the facts of a right are entered as: as the register calls it, else by its paper; None: it says nothing."""
    state = facts.get("state")
    tells = any(name in facts for name in (*FACTS, "holder", "holder_unit_id", "certificate"))
    if state in STATES:
        return STATES[state]
    if known:
        return K.CHANGE if tells else None
    if state is TitleState.CANCELLED or title.get("paper") in CERTIFICATES:
        return K.FIRST_REGISTRATION
    if state is TitleState.UNREGISTERED:
        return None
    return K.FIRST_REGISTRATION if title.get("certificate") and title.get("paper") is None else (
        K.RECORD_FILING if tells or title.get("certificate") else None
    )  # fmt: skip


def _day(extra: Mapping[str, Any], today: date) -> date:
    """The day the register names for the right, under one of the known headers."""
    heads = {fold(name) for name in resources.settings("title_rules")["day_of_registration"]["value"]}
    for header, text in extra.items():
        if fold(header) in heads:
            try:
                return min(to_date(str(text)), today)
            except Unreadable:
                return today
    return today
