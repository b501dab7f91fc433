"""The rows of the page of a post: who held it from when until when, and what it asks for."""

from __future__ import annotations

from functools import partial
from typing import Any

from resources.words import N_
from services.post_sheet import Holder, PostSheet, Requirement
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said, words

HOLDERS = (
    Head("staff"), Head("staff.employment", 130), Head("post_holding.from_on", 104), Head("post_holding.until_on", 104),
    Head("post_holding.basis", 150), Head(N_("What the post asks for"), 300, sorts=False),
)  # fmt: skip
REQUIREMENTS = (
    Head(N_("What is asked")), Head("post_requirement.holders", 110), Head(N_("Met by"), 110),
    Head("post_requirement.bars", 130), Head("post_requirement.from_on", 104), Head("post_requirement.until_on", 104),
    Head("post_requirement.basis", 190),
)  # fmt: skip
MET, UNSEEN, OVER = N_("everything is met"), N_("out of your reach"), N_("over")
COVERS, EACH, BARRED = N_("covers it"), N_("each"), N_("no work without it")


def holders(sheet: PostSheet) -> list[Line]:
    """Those who hold it on top, then who held it."""
    return [Line(one.row["id"], partial(_holder, one)) for one in sheet.holders]


def requirements(sheet: PostSheet) -> list[Line]:
    """What is asked for on the day on top."""
    return [Line(one.row["id"], partial(_requirement, one)) for one in sheet.requirements]


def _holder(one: Holder) -> list[Cell]:
    row, note = one.row, words(COVERS) if one.row["acting"] else ""
    number = " · ".join(filter(None, (str(row.get("staff_number") or ""), note)))
    kind = row.get("staff_employment")
    tone = "" if one.here else "text3"
    return [
        Cell(Own(str(row["staff"])), str(row["staff"]), note=Own(number), tone=tone),
        Cell(f"staff.employment={kind.value}" if kind else Own(show.NOTHING), kind.value if kind else ""),
        _day(row["from_on"]), _day(row["until_on"]), Cell(Own(row["basis"] or show.NOTHING), row["basis"] or ""),
        _stands(one),
    ]  # fmt: skip


def _stands(one: Holder) -> Cell:
    if not one.here:
        return Cell(Own(show.NOTHING), 0)
    if one.lacks is None:
        return Cell(UNSEEN, 1, tone="text3")
    if not one.lacks:
        return Cell(MET, 2, tone="ok", pill=True)
    why = partial(_sentences, one)
    return Cell(why, -len(one.lacks), tone="bad", tip=why)


def _sentences(one: Holder) -> str:
    return words(N_("; ")).join(words(reason.message, **reason.values) for reason in one.lacks or ())


def _requirement(one: Requirement) -> list[Cell]:
    row = one.row
    many: Message = EACH if row["holders"] is None else Own(str(row["holders"]))
    count = said(N_("{n} of {all}"), n=one.met, all=one.needed)
    met = Cell(count, one.met - one.needed, "bad" if one.short else "ok", pill=True)
    if not one.now:
        met = Cell(OVER if row["until_on"] else N_("not yet"), 0, "text3")
    return [
        Cell(partial(asked, row), words(partial(asked, row)), note=Own(_else(row)), tone="" if one.now else "text3"),
        Cell(many, row["holders"] or 0), met,
        Cell(BARRED if row["bars"] else Own(show.NOTHING), bool(row["bars"])),
        _day(row["from_on"]), _day(row["until_on"]), Cell(Own(row["basis"] or show.NOTHING), row["basis"] or ""),
    ]  # fmt: skip


def asked(row: Any) -> str:
    """What a requirement asks for, in words."""
    match row["kind"].value:
        case "certificate":
            return words(f"certificate_kind.code={row['certificate_kind']}")
        case "course":
            return words(N_("Course “{name}”"), name=str(row["course"]))
        case "education":
            return words(N_("Schooling of “{level}” or more"), level=words(f"staff.education={row['education'].value}"))
        case "least_age":
            return words(N_("{age} years old or older"), age=row["age"])
    return words(N_("not older than {age}"), age=row["age"])


def _else(row: Any) -> str:
    group = row["alternative"]
    return words(N_("or another of “{group}”"), group=group) if group else ""


def _day(value: Any) -> Cell:
    return Cell(Own(value.isoformat() if value else show.NOTHING), value.isoformat() if value else "")
