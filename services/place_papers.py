"""The papers about places: use of office premises, offices over the standard, costs of compounds on one sheet."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from models.cost_entry import Function
from models.room import RoomUse
from resources.words import N_, tr
from services.cost_years import medians
from services.costs import CompoundCost
from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.amounts import figures
from services.documents.statement import Statement, render
from services.documents.table import Column
from services.office_space import OfficeCheck
from services.room_sheets import RoomSheet, Use

STANDARD = N_("Limits: 发改投资〔2014〕2674号, usable floor area for each rank.")
NOTHING = "—"


def usage(desk: Desk, compound_id: UUID, building_id: UUID | None, on: date, lang: str) -> bytes:
    """办公用房使用情况统计表: the rooms of a compound or one of its buildings with their users on a day."""
    say = partial(tr, lang)
    sheets: list[RoomSheet] = desk.ask("occupancies.usage", compound_id=compound_id, building_id=building_id, on=on)
    place = desk.named("compound", compound_id).label
    if building_id is not None:
        place += f" · {desk.named('building', building_id).label}"
    rows = [row for sheet in sheets for row in _usage_rows(sheet, say)]
    offices = [sheet for sheet in sheets if sheet.use is RoomUse.OFFICE]
    area = sum(sheet.area or 0 for sheet in sheets)
    wide = (("room.building_id", 74), ("occupancy.room_id", 58), ("room.use", 54), ("room.area", 46),
            ("occupancy.unit_id", 92), ("occupancy.staff_id", 50),
            ("occupancy.rank", 62), (N_("Share (m²)"), 46), (N_("Limit (m²)"), 54), (N_("Too much (m²)"), 48),
            ("occupancy.agreement", 92), ("occupancy.agreement_until", 54))  # fmt: skip
    right = ("room.area", N_("Share (m²)"), N_("Limit (m²)"), N_("Too much (m²)"))
    paper = Statement(
        "room-use", say(N_("Use of office premises")), other_tongue(lang, N_("Use of office premises")),
        office_of(desk),
        [(say(N_("Compound and building")), place), (say(N_("As on")), on.isoformat())],
        [Column(say(name), width, "right" if name in right else "left", name not in right) for name, width in wide],
        rows, ["", say(N_("Total")), "", figures(area), *[""] * 5, figures(sum(s.over for s in sheets)), "", ""],
        [
            (say(N_("Rooms")), f"{len(sheets):,}"), (say(N_("Usable area (m²)")), figures(area)),
            (say(N_("Offices")), f"{len(offices):,}"), (say(N_("Users")), f"{sum(len(s.now) for s in sheets):,}"),
            (say(N_("Over the standard")), f"{sum(s.over > 0 for s in offices):,}"),
            (say(N_("Offices without a user")), f"{sum(not s.now for s in offices):,}"),
        ],
        [say(STANDARD), say(N_("The share of a room with several users is what is agreed, the rest in equal parts."))],
        signers(say),
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _usage_rows(sheet: RoomSheet, say: Any) -> list[list[str]]:
    """One row a user; the room stands in the first of them."""
    number = " ".join(filter(None, (sheet.number, sheet.name)))
    room = [sheet.building, number, say(f"room.use={sheet.use.value}"), _area(sheet.area)]
    over = figures(sheet.over) if sheet.over else ""
    if not sheet.now:
        return [[*room, say(N_("nobody")) if sheet.use is RoomUse.OFFICE else "", *[""] * 4, over, "", ""]]
    return [
        [*(room if n == 0 else ["", "", "", ""]), *_user(use, say), over if n == 0 else "", use.agreement,
         use.agreement_until.isoformat() if use.agreement_until else ""]
        for n, use in enumerate(sheet.now)
    ]  # fmt: skip


def _user(use: Use, say: Any) -> list[str]:
    rank = say(f"occupancy.rank={use.rank.value}") if use.rank else ""
    return [use.unit, use.person, rank, _area(use.area), _area(use.limit)]


def over(desk: Desk, on: date, lang: str) -> bytes:
    """超标清单: the offices with more area than their users may have, the largest excess first."""
    say = partial(tr, lang)
    checks: list[OfficeCheck] = desk.ask("occupancies.check", on=on)
    wrong = [check for check in checks if check.over]
    rows = [
        [str(n), check.place, " ".join(filter(None, (check.number, check.name))), say(N_(", ")).join(check.who),
         figures(check.used), figures(check.limit), figures(check.over), check.decision, ""]
        for n, check in enumerate(wrong, 1)
    ]  # fmt: skip
    heads = (
        (N_("No."), 22), (N_("Compound and building"), 130), ("occupancy.room_id", 60), (N_("Users"), 150),
        (N_("Area (m²)"), 56), (N_("Limit (m²)"), 56), (N_("Too much (m²)"), 60), ("occupancy.decision", 120),
        (N_("Remark"), 80),
    )  # fmt: skip
    right = (N_("Area (m²)"), N_("Limit (m²)"), N_("Too much (m²)"))
    excess = figures(sum(check.over for check in wrong))
    paper = Statement(
        "offices-over", say(N_("Offices over the standard")), other_tongue(lang, N_("Offices over the standard")),
        office_of(desk), [(say(N_("As on")), on.isoformat()), (say(N_("By")), desk.account)],
        [Column(say(name), width, "right" if name in right else "left", name not in right) for name, width in heads],
        rows, ["", say(N_("Total")), f"{len(wrong):,}", *[""] * 3, excess, "", ""] if rows else (),
        [
            (say(N_("Offices checked")), f"{len(checks):,}"), (say(N_("Over the standard")), f"{len(wrong):,}"),
            (say(N_("Too much (m²)")), excess),
            (say(N_("Cannot be judged")), f"{sum(1 for c in checks if c.unknown):,}"),
        ],
        [say(STANDARD), say(N_("An office of which the rank of a user is not known is not judged."))], signers(say),
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def comparison(desk: Desk, year: int, lang: str) -> bytes:
    """大院成本对比: what the compounds cost in a year by function, per m² and per head; in ten thousands of yuan."""
    say = partial(tr, lang)
    found: list[CompoundCost] = [cost for cost in desk.ask("costs.compare", year=year) if cost.total]
    middle, heads = medians(found)
    names = [(N_("Compound"), 92), (N_("Floor area (m²)"), 54), (N_("Heads"), 34)]
    names += [(f"cost_entry.function={f.value}", 42) for f in Function]
    names += [
        (N_("Total"), 48),
        (N_("Yuan per m²"), 48),
        (N_("Yuan per head"), 56),
        (N_("Posts: own + contracted"), 56),
    ]
    total = sum(cost.total for cost in found)
    paper = Statement(
        "costs-of-compounds", say(N_("Costs of compounds")), other_tongue(lang, N_("Costs of compounds")),
        office_of(desk),
        [(say(N_("Year")), str(year)), (say(N_("Unit")), say(N_("ten thousand yuan")))],
        [Column(say(name), width, "left" if n == 0 else "right", n == 0) for n, (name, width) in enumerate(names)],
        [_cost(cost) for cost in found], _median_row(found, middle, heads, say) if len(found) > 1 else (),
        [
            (say(N_("All compounds")), _tens(total)), (say(N_("Median per m²")), _known(middle)),
            (say(N_("Median per head")), _known(heads)),
            (say(N_("Posts")), f"{sum(c.posts_own + c.posts_contracted for c in found):,}"),
        ],
        [say(N_("Rates are the year's total over the floor area of the buildings, and over the heads (actual, else "
                "approved)."))],
        signers(say),
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _cost(cost: CompoundCost) -> list[str]:
    parts = [_tens(cost.amounts[f]) if cost.amounts.get(f) else NOTHING for f in Function]
    return [
        cost.name, _area(cost.area or None), f"{cost.heads:,}" if cost.heads else NOTHING, *parts, _tens(cost.total),
        _known(cost.per_square_metre), _known(cost.per_head), f"{cost.posts_own} + {cost.posts_contracted}",
    ]  # fmt: skip


def _median_row(found: Sequence[CompoundCost], middle: int | None, heads: int | None, say: Any) -> list[str]:
    def of(values: list[int]) -> str:
        return _tens(round(statistics.median(values))) if values else NOTHING

    parts = [of([cost.amounts[f] for cost in found if cost.amounts.get(f)]) for f in Function]
    total = of([cost.total for cost in found])
    return [say(N_("Median")), "", "", *parts, total, _known(middle), _known(heads), ""]


def _tens(fen: int) -> str:
    """In ten thousands of yuan, rounded half up."""
    return figures((fen + 5_000) // 10_000)


def _known(fen: int | None) -> str:
    return NOTHING if fen is None else figures(fen)


def _area(hundredths: int | None) -> str:
    return "" if hundredths is None else figures(hundredths)


def office_of(desk: Desk) -> str:
    """The name of the office, as papers are headed."""
    return next((str(row["name"]) for row in desk.first(View("sites"), 1)), "")


def other_tongue(lang: str, title: str) -> str:
    """The title in the other language, small under the first."""
    return tr("en", title).upper() if lang == "zh_CN" else tr("zh_CN", title)


def signers(say: Any) -> list[str]:
    """The posts that sign a working paper."""
    return [say(N_("Prepared by")), say(N_("Checked by")), say(N_("Head of the unit")), say(N_("Date"))]
