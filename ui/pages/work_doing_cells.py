"""The tables of what was done on a work order: visits, hours, materials, checklist lines, permits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from models.work_checklist import NUMBERS, CheckKind
from resources.words import N_, Word
from services.work_done import Labour, Line, Material, Visit
from services.work_permits import Permit
from ui.kit import show
from ui.kit.grid_model import Cell, Head
from ui.kit.screen import Act
from ui.kit.text import Message, Own, said
from ui.pages.work_line_table import LineAct, Lines, kept

NOT_YET, OPTIONAL = N_("to be answered"), N_("may stay open")
DOT = " · "


def visit(row: Visit) -> Sequence[Cell]:
    """Who came, when, for how long."""
    stayed = show.spent(int((row.left_at - row.came_at).total_seconds()) // 60) if row.left_at else show.NOTHING
    return (Cell(Own(row.who), note=Own(row.note)), Cell(Own(show.instant(row.came_at))), Cell(Own(stayed)))


def labour(row: Labour) -> Sequence[Cell]:
    """Whose time on which day, and what it costs."""
    return (Cell(Own(row.person), note=Own(_joined(row.on.isoformat(), row.note))),
            Cell(Own(show.spent(row.minutes))),
            Cell(Own(show.money(row.amount) if row.an_hour is not None else show.NOTHING)))  # fmt: skip


def material(row: Material) -> Sequence[Cell]:
    """What was used up, how much, and what it costs."""
    return (Cell(Own(row.name), note=Own(_joined(row.on.isoformat(), row.note))),
            Cell(Own(f"{show.quantity(row.quantity)} {row.measure}".strip())),
            Cell(Own(show.money(row.amount))))  # fmt: skip


def check(row: Line) -> Sequence[Cell]:
    """The line with its limits, and its answer."""
    note: Message = Own(limits(row)) if limits(row) else "" if row.required else OPTIONAL
    return Cell(Own(f"{row.position}  {row.text}"), note=note), _answer(row)


def limits(row: Line) -> str:
    """Between what a number has to lie."""
    if row.kind not in NUMBERS:
        return ""
    low, high = ("" if value is None else show.quantity(value) for value in (row.least, row.most))
    between = f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    return f"{between} {row.measure}".strip()


def _answer(row: Line) -> Cell:
    beside = Own(_joined(row.answered_by, row.words if row.kind is not CheckKind.TEXT else "", row.follow_up))
    if not row.answered:
        return Cell(NOT_YET if row.required else Own(show.NOTHING), tone="warn" if row.required else "idle",
                    pill=row.required)  # fmt: skip
    if row.kind is CheckKind.PHOTO:
        return Cell(said(N_("Photos: {n}"), n=row.photos), tone="ok", pill=True, note=beside)
    if row.kind is CheckKind.TEXT:
        return Cell(Own(row.words), note=beside, tip=Own(row.words))
    text: Message = show.YES if row.yes else show.NO
    if row.kind in NUMBERS:
        text = Own(f"{show.quantity(row.number or 0)} {row.measure}".strip())
    return Cell(text, tone="bad" if row.failed else "ok", pill=True, note=beside)


def permit(row: Permit) -> Sequence[Cell]:
    """What kind and where, from when until when, whether it holds."""
    until = f"{show.instant(row.valid_from)} – {show.instant(row.valid_until)[-5:]}"
    return (Cell(Word(f"work_permit.kind={row.kind.value}"), note=Own(_joined(row.number, row.place))),
            Cell(Own(until), note=Own(_joined(row.issued_by, row.watched_by))), _stands(row))  # fmt: skip


def holds(row: Permit) -> bool:
    """Whether one may work under it now."""
    return row.closed_at is None and row.valid_from <= datetime.now(UTC) <= row.valid_until


def _stands(row: Permit) -> Cell:
    if row.closed_at is not None:
        return Cell(N_("closed"), tone="idle", pill=True, tip=Own(row.closing))
    if holds(row):
        return Cell(N_("holds"), tone="ok", pill=True)
    ahead = row.valid_from > datetime.now(UTC)
    return Cell(N_("to come"), tone="info", pill=True) if ahead else Cell(N_("run out"), tone="bad", pill=True)


def _joined(*parts: str) -> str:
    return DOT.join(part for part in parts if part)


def _from_store(row: Material) -> bool:
    return row.issue_id is not None


def _typed(row: Material) -> bool:
    return row.issue_id is None


def _by_hand(row: Line) -> bool:
    return row.kind is not CheckKind.PHOTO


def _yes_no(row: Line) -> bool:
    return row.kind is CheckKind.YES_NO


def _follows(row: Line) -> bool:
    return bool(row.failed) and row.follow_up_id is None


def _taken_back(row: Line) -> bool:
    return row.kind is not CheckKind.PHOTO and row.answered and row.follow_up_id is None


def _still_open(row: Permit) -> bool:
    return row.closed_at is None


ANSWER, REPORT, LAY = "work_checklists.answer", "work_checklists.report", "work_checklists.lay"
TAKE_BACK = "work_checklists.take_back"
_NOTHING = {"number": None, "words": None, "restarted": None}  # all of it said, so that no form asks
YES = LineAct(Act(ANSWER, "check", show.YES), _yes_no, {"yes": True} | _NOTHING)
NO = LineAct(Act(ANSWER, "x", show.NO), _yes_no, {"yes": False} | _NOTHING)
VISITS = Lines(
    "work_visit", N_("Visits"), (Head("work_visit.staff_id", sorts=False), Head("work_visit.came_at", 130, sorts=False),
                                 Head(N_("Stayed (h)"), 90, True, sorts=False)),
    visit, N_("Nobody was there yet."), kept("work_visits", N_("Add visit")),
)  # fmt: skip
LABOUR = Lines(
    "work_labour", N_("Hours"), (Head("work_labour.staff_id", sorts=False), Head(N_("Time (h)"), 90, True, sorts=False),
                                 Head(N_("Cost (yuan)"), 110, True, sorts=False)),
    labour, N_("No hours yet; each day by itself."), kept("work_labour", N_("Add hours")),
)  # fmt: skip
MATERIALS = Lines(
    "work_material", N_("Materials"),
    (Head("work_material.name", sorts=False), Head("work_material.quantity", 90, True, sorts=False),
     Head(N_("Cost (yuan)"), 110, True, sorts=False)),
    material, N_("Nothing was used up yet."),
    (LineAct(Act("part_movements.give_back", "undo-2", N_("Bring back…")), _from_store),
     *kept("work_materials", N_("Add material"), _typed),
     LineAct(Act("part_movements.issue", "package", N_("Issue part"), on="none"))),
)  # fmt: skip
CHECKS = Lines(
    "work_checklist_line", N_("Checklist"),
    (Head("work_checklist_line.text", sorts=False), Head(N_("Answer"), 150, sorts=False)), check,
    N_("Put a checklist on it, and the order is done only when every line has its answer."),
    (LineAct(Act(ANSWER, "pencil", N_("Answer…")), _by_hand), YES, NO,
     LineAct(Act(TAKE_BACK, "undo-2", N_("Take back")), _taken_back),
     LineAct(Act(REPORT, "triangle-alert", N_("Make an order of it")), _follows, {"description": None}),
     LineAct(Act(LAY, "plus", N_("Put on…"), on="none"))),
)  # fmt: skip
PERMITS = Lines(
    "work_permit", N_("Permits to work"),
    (Head("work_permit.kind", sorts=False), Head(N_("Valid"), 190, sorts=False), Head(N_("State"), 90, sorts=False)),
    permit, N_("No permit was issued."),
    (LineAct(Act("work_permits.close", "check", N_("Close permit…")), _still_open),
     *kept("work_permits", N_("Issue permit"), _still_open)),
)  # fmt: skip
