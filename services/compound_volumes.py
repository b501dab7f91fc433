"""Volumes of the handover of a compound: what a table is made from, and the places and things in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from models.asset import AssetStatus
from models.inspection import Verdict
from resources.words import N_, tr
from services.depreciation_lives import EDITION
from services.desk.desk import Desk
from services.desk.listing import View
from services.documents.amounts import figures
from services.documents.statement import Chapter
from services.listed import chapter, every, listed
from services.reconciliation_facts import Board

Row = Mapping[str, Any]
OFFICE_THINGS = ("A0201", "A0202", "A0203", "A0204")  # GB/T 14885-2022: computers, office machines, vehicles, archives
BUILDINGS, TITLES = N_("Buildings, structures and land"), N_("Titles")
EQUIPMENT, SUMS = N_("Fixed equipment"), N_("By class")
CARDS, INSPECTED = N_("Furniture, office machines, vehicles and all else"), N_("Certificates of inspection")
NO_CLASS = N_("no class of the standard")
PLACE, LIMITS = N_("Place"), N_("Limits")


@dataclass(frozen=True)
class Here:
    """A compound on a day, for one who reads it in a language. Lists are read once."""

    desk: Desk
    compound: UUID
    on: date
    lang: str

    def say(self, word: str, **values: Any) -> str:
        """In the language of the paper."""
        return tr(self.lang, word, **values)

    def may(self, needs: Sequence[str]) -> bool:
        """Whether all of these may be asked for here."""
        return all(self.desk.may(need, self.compound) for need in needs)

    def rows(self, listing: str, *filters: tuple[str, tuple[Any, ...]], sort: str = "") -> list[dict[str, Any]]:
        """The rows of a list that lie in the compound."""
        within = (("compound_id", (self.compound,)), *filters)
        return list(every(self.desk, View(listing, filters=within, sort=sort)))

    def table(self, title: str, listing: str, rows: Sequence[Row], *wide: tuple[str, float], **made: Any) -> Chapter:
        """A table of rows of a list: columns with their shares of the sheet."""
        return listed(title, self.lang, listing, rows, wide, made.get("made"))

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        """The assets that are in the compound and were not disposed of."""
        there = tuple(status for status in AssetStatus if status is not AssetStatus.DISPOSED)
        return self.rows("assets", ("status", there), sort="number")

    @cached_property
    def inspections(self) -> list[dict[str, Any]]:
        """The newest passed inspection of each thing by each rule."""
        found: dict[tuple[Any, ...], dict[str, Any]] = {}
        for row in self.rows("inspections", ("verdict", (Verdict.PASSED,))):
            key = (row["rule"], row["asset_id"], row["building_id"])
            if key not in found or row["valid_until"] > found[key]["valid_until"]:
                found[key] = row
        return sorted(found.values(), key=lambda row: (row["valid_until"], row["number"]))

    @cached_property
    def classes(self) -> dict[str, str]:
        """The names of the first level of the standard by the beginning of their codes."""
        view = View("asset_classes", filters=(("edition", (EDITION,)), ("level", (1, 1))))
        return {row["code"][:3]: row["name"] for row in every(self.desk, view)}

    @cached_property
    def board(self) -> Board:
        """What the three-way reconciliation finds."""
        found: Board = self.desk.ask("reconciliation.board", on=self.on, compound_id=self.compound)
        return found


Make = Callable[[Here], Chapter]
Part = tuple[str, tuple[str, ...], Make]  # the name of a table, what one must be allowed to ask for, the table


def buildings(here: Here) -> Chapter:
    """What stands in the compound."""
    return here.table(
        BUILDINGS, "buildings", here.rows("buildings"), ("code", 50), ("name", 140), ("kind", 70), ("tenure", 70),
        ("state", 60), ("area", 80), ("floors", 44), ("built_year", 54), ("address", 200),
    )  # fmt: skip


def titles(here: Here) -> Chapter:
    """The rights, with what limits them."""

    def limits(row: Row) -> str:
        names = ("mortgaged", "seized", "disputed", "lost")
        return here.say(N_(", ")).join(here.say(f"title.{name}") for name in names if row[name])

    return here.table(
        TITLES, "titles", here.rows("titles", sort="number"), ("certificate", 130), ("paper", 74), ("location", 140),
        ("right_kind", 90), ("state", 54), ("holder", 110), ("use", 80), ("area", 66), ("surveyed_area", 66),
        (LIMITS, 60), made={LIMITS: limits},
    )  # fmt: skip


def _fixed(row: Row) -> bool:
    """Equipment that stays with the compound: class A02 but for what stands in offices, and vehicles."""
    code = row["class_code"] or ""
    return code.startswith("A02") and code[:5] not in OFFICE_THINGS


def _place(row: Row) -> str:
    return " ".join(filter(None, (row["building"], row["room"]))) or str(row["place_text"] or "")


def _summed(here: Here, table: Chapter, rows: Sequence[Row], at: int) -> Chapter:
    """With a last line of how many there are and what they cost."""
    if not rows:
        return table
    told = here.say(N_("{n} cards"), n=f"{len(rows):,}")
    last = [here.say(N_("Total")), told, *[""] * (len(table.columns) - 2)]
    last[at] = figures(sum(row["cost"] or 0 for row in rows))
    return Chapter(table.title, table.english, table.columns, [*table.rows, last])


def equipment(here: Here) -> Chapter:
    """Machines and installations."""
    rows = [row for row in here.cards if _fixed(row)]
    made = here.table(
        EQUIPMENT, "assets", rows, ("number", 96), ("name", 110), ("model", 110), ("serial", 80), (PLACE, 90),
        ("quantity", 36), ("in_service_on", 58), ("warranty_until", 58), ("status", 48), ("cost", 76),
        made={PLACE: _place},
    )  # fmt: skip
    return _summed(here, made, rows, 9)


def inspections(here: Here) -> Chapter:
    """Of lifts, boilers, buildings and the like: the newest certificates."""

    def about(row: Row) -> str:
        return str(row["asset"] or row["building"] or row["compound"])

    return here.table(
        INSPECTED, "inspections", here.inspections, ("rule", 150), (N_("About"), 160), ("number", 110),
        ("inspected_on", 64), ("valid_until", 64), ("issuer", 160), made={N_("About"): about},
    )  # fmt: skip


def classes(here: Here) -> Chapter:
    """All cards by class of the second level: volumes ③ and ④ together."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in here.cards:
        found = sums[(row["class_code"] or "")[:3]]
        for n, more in enumerate((1, row["quantity"], row["cost"] or 0)):
            found[n] += more
    names = here.classes if here.desk.may("asset_classes.list") else {}
    rows = [
        [f"{prefix} {names.get(prefix, '')}".strip() or here.say(NO_CLASS), f"{n:,}", f"{pieces:,}", figures(fen)]
        for prefix, (n, pieces, fen) in sorted(sums.items())
    ]
    if rows:
        whole = [sum(found[n] for found in sums.values()) for n in range(3)]
        rows.append([here.say(N_("Total")), f"{whole[0]:,}", f"{whole[1]:,}", figures(whole[2])])
    heads = ((N_("Class"), 200), (N_("Cards"), 120), (N_("Pieces"), 120), ("asset.cost", 200))
    return chapter(SUMS, here.lang, heads, rows, (1, 2, 3))


def cards(here: Here) -> Chapter:
    """Every card that is not in the volume of the equipment."""
    rows = [row for row in here.cards if not _fixed(row)]
    made = here.table(
        CARDS, "assets", rows, ("number", 96), ("name", 110), ("class_code", 60), ("model", 100), ("quantity", 36),
        (PLACE, 90), ("unit_id", 90), ("keeper_id", 56), ("status", 48), ("acquired_on", 58), ("cost", 76),
        made={PLACE: _place, "class_code": lambda row: str(row["class_code"] or row["class_text"] or "")},
    )  # fmt: skip
    return _summed(here, made, rows, 10)
