"""The rows of the three tables of office space: offices over the standard, units, rooms nobody uses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from resources.words import N_
from services.office_space import IdleRoom, OfficeCheck
from ui.kit import show
from ui.kit.grid_model import NONE, Cell, Head, Line
from ui.kit.text import Message, Own, counted, said, words
from ui.screens.rooms import USES

SHOWN = 3  # users named in a row
AREA = 104
OVER = (
    Head(N_("Office")), Head(N_("Users"), 210), Head(N_("Area (m²)"), AREA, right=True),
    Head(N_("Limit (m²)"), AREA, right=True), Head(N_("Too much (m²)"), 120, right=True),
    Head("occupancy.decision", 190),
)  # fmt: skip
UNITS = (
    Head("occupancy.unit_id"), Head(N_("Users"), 80, right=True), Head(N_("Used (m²)"), 120, right=True),
    Head(N_("Limit (m²)"), 120, right=True), Head(N_("Too much (m²)"), 130, right=True),
    Head(N_("Remark"), 220, sorts=False),
)  # fmt: skip
IDLE = (
    Head(N_("Room")), Head("room.use", 140), Head(N_("Area (m²)"), 120, right=True), Head(N_("Last used until"), 150),
    Head(N_("Days without a user"), 150, right=True),
)  # fmt: skip


def over(found: Sequence[OfficeCheck], searching: str) -> list[Line]:
    """The offices that are over the standard; the key is the check itself."""
    wrong = [check for check in found if check.over]
    highest = max((check.over for check in wrong), default=0)
    return [Line(check, partial(_over, check, highest)) for check in wrong if _has(searching, check)]


def units(found: Sequence[OfficeCheck], searching: str) -> list[Line]:
    """Each unit with what it uses and may use."""
    highest = max((check.used for check in found), default=0)
    return [Line(check, partial(_unit, check, highest)) for check in found if searching in check.name.casefold()]


def idle(found: Sequence[IdleRoom], on: date, searching: str) -> list[Line]:
    """Vacated rooms by how long, then those never used."""
    return [Line(r, partial(_idle, r, on)) for r in found if searching in f"{r.number} {r.place}".casefold()]


def _has(searching: str, check: OfficeCheck) -> bool:
    return searching in " ".join((check.number, check.name, check.place, *check.who)).casefold()


def _area(hundredths: int) -> Own:
    return Own(show.area(hundredths))


def _over(check: OfficeCheck, highest: int) -> list[Cell]:
    who = words(N_(", ")).join(check.who[:SHOWN]) or show.NOTHING
    more = len(check.who) - SHOWN
    note: Message = said(N_("and {n} more"), n=more) if more > 0 else Own("")
    name = Own(" ".join(filter(None, (check.number, check.name))))
    return [
        Cell(name, (check.place, check.number), note=Own(check.place), icon="door-open"),
        Cell(Own(who), check.who, note=note),
        Cell(_area(check.used), check.used),
        Cell(_area(check.limit), check.limit),
        Cell(_area(check.over), check.over, "bad", bar=check.over / highest if highest else NONE),
        Cell(Own(check.decision) if check.decision else N_("none yet"), check.decision or None,
             "" if check.decision else "warn", pill=not check.decision),
    ]  # fmt: skip


def _unit(check: OfficeCheck, highest: int) -> list[Cell]:
    unknown = counted("{n} user without a rank: nothing can be said", "{n} users without a rank: nothing can be said",
                      check.unknown)  # fmt: skip
    tone = "bad" if check.over else ""
    mark = check.limit / highest if highest and not check.unknown else NONE
    return [
        Cell(Own(check.name) if check.name else N_("No unit recorded"), check.name or None, icon="landmark"),
        Cell(Own(f"{check.users:,}"), check.users),
        Cell(_area(check.used), check.used, tone, bar=check.used / highest if highest else NONE, mark=mark),
        Cell(_area(check.limit), check.limit),
        Cell(_area(check.over) if check.over else Own(show.NOTHING), check.over, "bad" if check.over else "text3"),
        Cell(unknown if check.unknown else Own(""), tone="warn" if check.unknown else ""),
    ]


def _idle(room: IdleRoom, on: date) -> list[Cell]:
    days = (on - room.since).days if room.since else None
    return [
        Cell(Own(room.number), (room.place, room.number), note=Own(room.place), icon="door-open"),
        Cell(f"room.use={room.use.value}", room.use.value, tone=USES[room.use.value], pill=True),
        Cell(_area(room.area) if room.area else Own(show.NOTHING), room.area),
        Cell(Own(room.since.isoformat()) if room.since else N_("no use recorded"), room.since,
             "" if room.since else "text3"),
        Cell(Own(f"{days:,}") if days is not None else Own(show.NOTHING), days, "" if days is not None else "text3"),
    ]  # fmt: skip
