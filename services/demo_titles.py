"""Titles of the sample office: certificates and older papers, surveys, limits that ended and some that did not, and
defects in every state. What a title says of itself is computed from its ledger, as everywhere else."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import resources
from models.base import new_id
from models.building import BuildingKind, Tenure
from models.room import RoomUse
from models.title import CoOwnership, LandNature, RightKind, Title, TitleCoverage, TitlePaper
from models.title_defect import DefectKind, DefectRoute, DefectState, TitleDefect
from models.title_event import TitleEvent, TitleEventKind
from services import title_areas
from services.desk.work import Work
from services.title_state import STANDS, standing
from services.titles import columns

Row = dict[str, Any]
K, D, S, R = TitleEventKind, DefectKind, DefectState, DefectRoute
SEED = 20261124
PLANS = ("renewed", "house_only", "none", "mortgaged", "seized", "misfit", "filed", "outdated", "reissued", "moved")
STATES = {  # of the defect each plan leaves: kind, state, route, days until it is due
    "house_only": (D.HOUSE_ONLY, S.OPEN, None, 120), "none": (D.NO_CERTIFICATES, S.IN_HAND, R.FIRST_REGISTRATION, 60),
    "outdated": (D.NAME_OUTDATED, S.IN_HAND, R.CHANGE, -20), "moved": (D.ADDRESS_CHANGED, S.SETTLED, R.CHANGE, -90),
    "dormitory": (D.PARTLY_SOLD, S.OPEN, R.CONFIRMATION, 200),
}  # fmt: skip
CERTIFIED = frozenset({"renewed", "mortgaged", "seized", "misfit", "reissued", "moved"})


@dataclass
class Draft:
    """The rows of one title while they are drawn."""

    title: Row
    covers: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    defects: list[Row] = field(default_factory=list)


def fill(
    work: Work, units: list[Row], buildings: list[Row], rooms: list[Row], staff: list[Row]
) -> None:  # fmt: skip
    """A title for nearly every building, with its ledger and its defects."""
    drafts = list(_Titles(units, buildings, rooms, staff, work.today).drafts())
    for kind, series, part in (
        (Title, "CQ", [draft.title for draft in drafts]),
        (TitleCoverage, "FG", [row for draft in drafts for row in draft.covers]),
        (TitleEvent, "CS", [row for draft in drafts for row in draft.events]),
        (TitleDefect, "QX", [row for draft in drafts for row in draft.defects]),
    ):
        numbers = work.numbers(series, len(part))
        work.bulk_insert(kind, ({**row, "number": next(numbers)} for row in part))


class _Titles:
    def __init__(
        self, units: list[Row], buildings: list[Row], rooms: list[Row], staff: list[Row], today: date
    ) -> None:  # fmt: skip
        self.words: Row = json.loads(resources.path("reference", "sample.json").read_text("utf-8"))["titles"]
        self.draw, self.today, self.staff, self.buildings = random.Random(SEED), today, staff, buildings
        self.unit = {unit["code"]: unit["id"] for unit in units}
        self.rooms: dict[UUID, list[Row]] = {}
        for room in rooms:
            self.rooms.setdefault(room["building_id"], []).append(room)
        self.serial = iter(range(1, 10_000))

    def drafts(self) -> Iterator[Draft]:
        """One for each building but the gatehouses, which nobody ever registered."""
        owned = 0
        for building in self.buildings:
            if building["kind"] is BuildingKind.STRUCTURE or building["tenure"] is Tenure.LENT:
                continue
            made = self._draft(building)
            if building["tenure"] is Tenure.LEASED:
                self._leased(made, building)
            else:
                living = any(room["use"] is RoomUse.DWELLING for room in self.rooms.get(building["id"], ()))
                self._owned(made, building, "dormitory" if living else PLANS[owned % len(PLANS)])
                owned += not living
            self._derive(made, building)
            yield made

    def _draft(self, building: Row) -> Draft:
        title = {
            "id": new_id(), "compound_id": building["compound_id"], "location": building["address"] + building["name"],
            "paper": TitlePaper.NONE, "right_kind": RightKind.LAND_USE_AND_HOUSE, "certificate": None,
            "unit_number": None,
        }  # fmt: skip
        cover = {"id": new_id(), "compound_id": building["compound_id"], "title_id": title["id"],
                 "building_id": building["id"], "room_id": None}  # fmt: skip
        return Draft(title, [cover])

    def _event(self, made: Draft, kind: TitleEventKind, on: date, paper: str, **values: Any) -> UUID:
        row = {"id": new_id(), "compound_id": made.title["compound_id"], "title_id": made.title["id"], "kind": kind,
               "on": on, "paper": paper.format(n=next(self.serial) * 7 + 11, year=on.year)} | values  # fmt: skip
        made.events.append(row)
        return UUID(str(row["id"]))

    def _certificate(self, year: int) -> str:
        return str(self.words["certificate"].format(year=year, n=23000 + next(self.serial) * 37))

    # Plans

    def _leased(self, made: Draft, building: Row) -> None:
        made.title |= {"paper": TitlePaper.LEASE, "right_kind": RightKind.LEASE}
        until = self.today + timedelta(days=self.draw.choice((-12, 45, 130, 800)))
        self._event(
            made, K.RECORD_FILING, date(2024, 1, 1), self.words["lease"], party=self.words["holder"],
            unit_id=self.unit["HQ"], term_until=until, area=building["area"], land_nature=LandNature.LEASED,
            note=self.words["lessor"],
        )  # fmt: skip

    def _owned(self, made: Draft, building: Row, plan: str) -> None:
        area, first = building["area"], date(self.draw.randrange(1991, 2003), self.draw.randrange(1, 13), 1)
        kind = "dwelling" if plan == "dormitory" else "building"
        says = {
            "use": self.words["uses"][kind],
            "land_nature": LandNature.ALLOCATED,
            "co_ownership": CoOwnership.SINGLE,
        }
        if plan == "filed":
            self._event(made, K.RECORD_FILING, date(2022, 6, 1), self.words["filing"], unit_id=self.unit["HQ"],
                        area=area, **says)  # fmt: skip
        elif plan != "none":
            self._registered(made, plan, first, area, says)
        self._management(made, plan)
        self._limits(made, plan)
        if plan == "dormitory":
            self._sales(made, building)
        if plan in STATES:
            self._defect(made, plan)

    def _registered(self, made: Draft, plan: str, first: date, area: int, says: Row) -> None:
        papers = self.words["old_papers"]
        holder = {"party": self.words["old_holder"]}
        made.title["paper"] = TitlePaper.HOUSE_CERTIFICATE
        old = papers[1].format(n=next(self.serial) * 131 + 4000)
        self._event(made, K.FIRST_REGISTRATION, first, old, certificate=old, area=area - area % 100, **says, **holder)
        if plan not in CERTIFIED:
            return
        made.title |= {"paper": TitlePaper.ESTATE_CERTIFICATE,
                       "unit_number": self.words["unit_number"].format(n=next(self.serial))}  # fmt: skip
        on = date(self.draw.randrange(2016, 2021), self.draw.randrange(1, 13), self.draw.randrange(1, 28))
        number = self._certificate(on.year)
        certified = area * 100 // 97 if plan == "misfit" else area + self.draw.randrange(-area // 300, area // 300)
        self._event(made, K.CHANGE, on, number, certificate=number, area=certified, unit_id=self.unit["HQ"], **says)
        surveyed = certified + (
            certified // 18 if plan == "misfit" else self.draw.randrange(-certified // 250, certified // 250)
        )
        self._event(made, K.SURVEY, date(2025, 5, 22), self.words["survey"], area=surveyed)

    def _management(self, made: Draft, plan: str) -> None:
        if plan == "none":
            return
        managers = self.words["managers"]
        code = managers[2] if plan == "dormitory" else self.draw.choice(managers[:2])
        self._event(made, K.MANAGEMENT, date(2024, 3, 18), self.words["management"], unit_id=self.unit[code])

    def _limits(self, made: Draft, plan: str) -> None:
        if plan == "mortgaged":
            until = self.today + timedelta(days=self.draw.choice((25, 95, 400)))
            self._event(made, K.MORTGAGE, date(2024, 6, 3), self.words["mortgage"], party=self.words["bank"],
                        amount=self.draw.randrange(300, 2000) * 1_000_000, until_on=until)  # fmt: skip
        if plan == "seized":
            seizure = self._event(made, K.SEIZURE, date(2021, 3, 9), self.words["seizure"], party=self.words["court"])
            self._event(made, K.SEIZURE_RELEASE, date(2022, 8, 30), self.words["release"], ends_id=seizure)
        if plan == "reissued":
            self._event(made, K.LOSS, date(2023, 2, 6), self.words["loss"])
            number = self._certificate(2023)
            self._event(made, K.REISSUE, date(2023, 5, 15), self.words["reissue"], certificate=number)

    def _sales(self, made: Draft, building: Row) -> None:
        sold = self.draw.sample(self.rooms[building["id"]], k=3)
        for room, buyer in zip(sold, self.words["buyers"], strict=False):
            self._event(made, K.HOUSING_SALE, date(1999, 7, 1), self.words["sale"], party=buyer, room_id=room["id"],
                        amount=self.draw.randrange(18, 46) * 100_000)  # fmt: skip

    # Defects, and what follows from the ledger

    def _defect(self, made: Draft, plan: str, **values: Any) -> None:
        kind, state, route, days = STATES[plan]
        if self.draw.random() < 0.35 and state is not S.SETTLED:
            days = -self.draw.randrange(5, 60)
        settled = state is S.SETTLED
        self._wrong(
            made, kind=kind, state=state, route=route, evidence=self.words["evidence"][kind.value],
            due_on=self.today + timedelta(days=days), opened_on=date(2026, 3, 2),
            staff_id=None if state is S.OPEN else self.draw.choice(self._near(made))["id"],
            settled_on=date(2026, 9, 18) if settled else None,
            result=self.words["results"][kind.value] if settled else None,
        )  # fmt: skip

    def _near(self, made: Draft) -> list[Row]:
        return [person for person in self.staff if person["compound_id"] == made.title["compound_id"]]

    def _wrong(self, made: Draft, **values: Any) -> None:
        of = {"id": new_id(), "compound_id": made.title["compound_id"], "title_id": made.title["id"]}
        made.defects.append(of | {"by_rule": None} | values)

    def _derive(self, made: Draft, building: Row) -> None:
        """What the service would have kept: the standing, and a defect for each area that differs too much."""
        now = standing([TitleEvent(number="", **event) for event in made.events], self.today)
        made.title |= columns(now) | {"certificate": now.certificate}
        certified = now.area if now.state in STANDS else None
        for off in _too_large(certified, now.surveyed_area, building["area"]):
            self._wrong(
                made, kind=D.AREA_DIFFERS, state=S.OPEN, route=None, due_on=None, opened_on=self.today, staff_id=None,
                evidence=f"{(certified or 0) / 100:.2f} m² ≠ {off.said / 100:.2f} m²", by_rule=off.rule,
                settled_on=None, result=None,
            )  # fmt: skip


def _too_large(certified: int | None, surveyed: int | None, booked: int | None) -> Iterable[title_areas.Difference]:
    return (off for off in title_areas.differences(certified, surveyed, booked) if off.too_large)
