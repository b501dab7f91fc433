"""Who uses a room and who did: a row for each, those there now first, with paper and its expiry."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from resources.words import N_
from services.room_sheets import RoomSheet, Use
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said, words

SOON = timedelta(days=60)  # an agreement or certificate that ends within them is shown as one to renew
HEADS = (
    Head(N_("User"), 150, sorts=False),
    Head("occupancy.rank", 104, sorts=False),
    Head(N_("Share / limit (m²)"), 128, right=True, sorts=False),
    Head(N_("From – until"), 110, sorts=False),
    Head(N_("Agreement and certificate"), sorts=False),
    Head(N_("State"), 122, sorts=False),
)


def lines(sheet: RoomSheet) -> list[Line]:
    """A row for each user; its key is the id of the occupancy."""
    return [Line(use.id, partial(_cells, use, sheet.on)) for use in sheet.uses]


def state(use: Use, on: date) -> tuple[str, str]:
    """What can be said of a use on a day, and its tone."""
    if use.from_on > on:
        return N_("not yet"), "idle"
    if not use.lasts(on):
        return N_("moved out"), "idle"
    ends = [day for day in (use.agreement_until, use.certificate_until) if day is not None]
    if any(day < on for day in ends):
        return N_("paper expired"), "bad"
    if not use.agreement:
        return N_("no agreement"), "warn"
    if any(day <= on + SOON for day in ends):
        return N_("expires soon"), "warn"
    return N_("in use"), "ok"


def _cells(use: Use, on: date) -> list[Cell]:
    said_, tone = state(use, on)
    level = Own(words(f"occupancy.level={use.level.value}")) if use.level else Own("")
    rank = f"occupancy.rank={use.rank.value}" if use.rank else Own(show.NOTHING)
    share = show.NOTHING if use.area is None else show.area(use.area)
    limit = show.NOTHING if use.limit is None else show.area(use.limit)
    over = use.area is not None and use.limit is not None and use.area > use.limit
    until = said(N_("until {day}"), day=use.until_on.isoformat()) if use.until_on else N_("until now")
    return [
        Cell(Own(use.person or use.unit), note=Own(use.unit if use.person else use.number), icon="user"),
        Cell(rank, note=level),
        Cell(Own(f"{share} / {limit}"), tone="bad" if over else ""),
        Cell(Own(use.from_on.isoformat()), note=until),
        _papers(use, on),
        Cell(said_, tone=tone, pill=True),
    ]


def _papers(use: Use, on: date) -> Cell:
    """Agreement over certificate, each in the tone of its expiry."""
    first, tone = _paper(use.agreement, use.agreement_until, on)
    second, below = _paper(use.certificate, use.certificate_until, on)
    second = second if use.certificate else N_("no certificate")
    return Cell(first, tone=tone, note=second, note_tone=below, tip=partial(_both, first, second))


def _paper(name: str, until: date | None, on: date) -> tuple[Message, str]:
    if not name:
        return Own(show.NOTHING), "text3"
    if until is None:
        return Own(name), "text3"
    tone = "bad" if until < on else "warn" if until <= on + SOON else "text2"
    return said(N_("{paper}, until {day}"), paper=name, day=until.isoformat()), tone


def _both(first: Message, second: Message) -> str:
    return f"{words(first)}\n{words(second)}"
