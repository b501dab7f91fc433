"""What a cell of the year of plans says: days to come, what is done, and what is missed, late or not planned."""

from __future__ import annotations

from datetime import date

from models.periodic_work import Unit
from resources.words import N_
from services.plan_gaps import Gap
from services.plan_year import Month, YearRow
from ui.kit.text import Message, Own, counted, said, words
from ui.pages.skill_cells import Shape

SHOWN = 2  # days of a month that are told one by one
MISSED, LATE, BARE = N_("missed"), N_("late"), N_("gap")
TOLD = N_("planned {planned} times ({days}), done {done}, overdue {breached}, without an order {missed}")
EACH = {Unit.DAY: N_("every day"), Unit.WEEK: N_("every week"), Unit.MONTH: N_("every month"),
        Unit.YEAR: N_("every year")}  # fmt: skip
ROW = YearRow | Gap


def shape(row: ROW, month: int, on: date, year: int) -> Shape | None:
    """How a cell looks, months counted from 1; None where nothing is."""
    if isinstance(row, Gap):
        here = on.month if on.year == year else 1 if on.year < year else 12
        return Shape("bad", True, "x", BARE) if month == here else None
    found = row.months[month - 1]
    if found.breached:
        return Shape("bad", True, "x", LATE)
    if row.legal and found.missed:
        return Shape("bad", True, "circle-alert", MISSED)
    if not found.planned:
        return None
    if found.done >= found.planned:
        return Shape("ok", False, "check", _days(found))
    if found.done:
        return Shape("info", False, "clock", Own(f"{found.done}/{found.planned}"))
    return Shape("info" if any(day.ordered for day in found.days) else "idle", False, "calendar", _days(found))


def _days(month: Month) -> Message:
    days = sorted({day.on.day for day in month.days})
    if len(days) <= SHOWN:
        return Own(" ".join(f"{day:02d}" for day in days))
    return said(N_("{n} days"), n=len(days))


def in_words(row: ROW, month: int, year: int) -> str:
    """A cell as a sentence: what, which month, how it stands."""
    name = f"{title(row)} · {year}-{month:02d}"
    if isinstance(row, Gap):
        return f"{name} · {words(N_('The law asks for it and nothing is planned'))}"
    found = row.months[month - 1]
    if not found.days:
        return f"{name} · {words(N_('nothing'))}"
    days = ", ".join(f"{day.on.day}" for day in found.days)
    told = words(TOLD, planned=found.planned, days=days, done=found.done, breached=found.breached, missed=found.missed)
    return f"{name} · {told}"


def title(row: ROW) -> str:
    """What a row is called."""
    if isinstance(row, Gap):
        return words(f"periodic_work_rule.code={row.rule.code}")
    return row.title


def note(row: ROW) -> str:
    """Its second line: how often, on what, where."""
    every = row.rule.every if isinstance(row, Gap) else row.every
    often = words(N_("by meter"))
    if every is not None:
        unit = words(f"maintenance_plan.unit={every.unit.value}").lower()
        many = words(N_("every {n} {unit}"), n=every.number, unit=unit)
        often = words(EACH[every.unit]) if every.number == 1 else many
    about = "" if isinstance(row, Gap) or row.about == row.compound else row.about
    return " · ".join(
        part for part in (often, about or counted("{n} thing", "{n} things", row.things)(), row.compound) if part
    )
