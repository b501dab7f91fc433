"""The sample office: believable, invented, and the same content, numbers and dates every time."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import resources
from models.asset import Acquisition, Asset, AssetStatus
from models.base import new_id
from models.building import Building, BuildingKind, Tenure
from models.compound import Compound, CompoundKind
from models.handover import HandoverMode, HandoverPurpose, Side
from models.organization import Organization
from models.paper_setting import PaperSetting
from models.role_grant import OFFICERS
from models.room import Room, RoomUse
from models.staff import Staff
from resources.words import N_
from services import (
    checks,
    demo_accounts,
    demo_certificates,
    demo_disposals,
    demo_leavers,
    demo_needs,
    demo_parts,
    demo_people,
    demo_places,
    demo_plans,
    demo_requirements,
    demo_stocktakes,
    demo_titles,
    demo_training,
    demo_work_orders,
    depreciation_lives,
    handovers,
    loans,
    office,
)
from services.desk import keys
from services.desk.desk import Desk
from services.desk.intent import intent
from services.desk.listing import View
from services.desk.work import Work

SEED, SITE, NAME = 20261123, "JGSW", "某某市机关事务管理局"
CHINA = timezone(timedelta(hours=8))
START = datetime(2026, 11, 2, 9, 0, tzinfo=CHINA)  # the first Monday of November
BUILDINGS = {CompoundKind.OFFICE: 8, CompoundKind.DORMITORY: 6, CompoundKind.MIXED: 5}
ASSETS, STAFF = 5000, 132
PLANS = (  # what becomes of each sample note, and how many assets it has at most
    ("done", 12), ("done", 2), ("done", 40), ("half", 6), ("issued", 9), ("issued", 23), ("recalled", 3), ("draft", 5),
    ("draft", 1), ("cancelled", 4), ("done", 7), ("reissued", 8),
)  # fmt: skip
LENT = ((3, 1, 7, ""), (2, 0, 60, "某市第二中学"), (2, 2, 30, ""))  # assets, of them back, days, borrower outside
Tell = Callable[[int, int], bool]


def make(
    folder: Path, *, account: str, password: str, cost: keys.Cost = keys.Cost(), tell: Tell = lambda done, total: True
) -> office.Office:
    """A new office in an empty folder, filled with 6 compounds, their rooms, 5,000 assets, staff and handover notes."""
    officers = dict.fromkeys(map(str, OFFICERS), password)
    opened = office.set_up(
        folder, name=NAME, code=SITE, account=account, password=password, officers=officers, cost=cost,
        clock=lambda: START,
    )  # fmt: skip
    try:
        people = replace(opened.desk, grants=office.EVERYTHING, tell=tell).do(fill).value
        _notes(opened.desk, people)
        _loans(opened.desk, people)
        demo_leavers.leave(opened.desk, people, START)
        demo_disposals.fill(opened.desk, START)
        _worth(opened.desk)
        demo_accounts.fill(replace(opened.desk, grants=office.EVERYTHING), START)
        demo_plans.fill(opened.desk, START)
        demo_stocktakes.fill(opened.desk, START)
    except BaseException:
        opened.close()
        raise
    opened.take_sheet()  # nobody is shown the code of the sample
    return replace(opened, desk=replace(opened.desk, clock=lambda: datetime.now(UTC)))


class _Sample:
    """Draws rows from the word lists of `resources/reference/sample.json`, always the same ones."""

    def __init__(self) -> None:
        self.words: dict[str, Any] = json.loads(resources.path("reference", "sample.json").read_text("utf-8"))
        self.draw = random.Random(SEED)

    def units(self) -> Iterator[dict[str, Any]]:
        ids: dict[str, UUID] = {}
        for code, name, parent in self.words["units"]:
            ids[code] = new_id()
            yield {"id": ids[code], "code": code, "name": name, "parent_id": ids.get(parent)}

    def compounds(self, unit: UUID) -> Iterator[dict[str, Any]]:
        for code, name, kind, address in self.words["compounds"]:
            yield {
                "id": new_id(), "code": code, "name": name, "kind": CompoundKind(kind), "address": address,
                "unit_id": unit,
            }  # fmt: skip

    def buildings(self, compound: dict[str, Any]) -> Iterator[dict[str, Any]]:
        living, count = compound["kind"] is CompoundKind.DORMITORY, BUILDINGS[compound["kind"]]
        for i in range(1, count + 1):
            last = i == count
            name = "门卫与配电房" if last else f"{i}号楼" if not living else f"宿舍{i}号楼"
            floors = 1 if last else self.draw.choice((3, 4, 5, 6, 7))
            yield {
                "id": new_id(), "compound_id": compound["id"], "code": f"{i:02d}", "name": name, "floors": floors,
                "kind": BuildingKind.STRUCTURE if last else BuildingKind.BUILDING,
                "tenure": self.draw.choice((Tenure.OWNED,) * 6 + (Tenure.LEASED, Tenure.LENT)),
                "area": floors * self.draw.randrange(42000, 98000), "built_year": self.draw.randrange(1978, 2019),
                "address": compound["address"],
            }  # fmt: skip

    def rooms(self, building: dict[str, Any]) -> Iterator[dict[str, Any]]:
        living = building["name"].startswith("宿舍")
        for floor in range(1, building["floors"] + 1):
            for i in range(1, self.draw.choice((3, 4, 4, 5)) + 1):
                use = RoomUse.DWELLING if living else RoomUse.OFFICE
                name = None
                if i == 1 and not living:
                    use, name = self.draw.choice(
                        ((RoomUse.EQUIPMENT, "设备间"), (RoomUse.SERVICE, "会议室"), (RoomUse.ANCILLARY, "值班室"))
                    )
                yield {
                    "id": new_id(), "compound_id": building["compound_id"], "building_id": building["id"],
                    "number": f"{floor}{i:02d}", "floor": str(floor), "use": use, "name": name,
                    "area": self.draw.randrange(*((5200, 18000) if use is RoomUse.SERVICE else (1200, 6800))),
                }  # fmt: skip

    def staff(self, compounds: list[dict[str, Any]], units: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for i in range(STAFF):
            name = self.draw.choice(self.words["surnames"]) + self.draw.choice(self.words["given"])
            if i % 29 == 11:
                name = self.words["rare"][i // 29 % len(self.words["rare"])]
            home = compounds[i % len(compounds)]
            yield {
                "id": new_id(), "compound_id": home["id"], "number": f"P{i + 1:04d}", "name": name,
                "unit_id": self.draw.choice(units)["id"], **_private(i),
            }  # fmt: skip

    def assets(self, rooms: list[dict[str, Any]], staff: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        by_use: dict[str, list[dict[str, Any]]] = {}
        for room in rooms:
            by_use.setdefault(room["use"].value, []).append(room)
        kinds = self.words["kinds"]
        counts: dict[int, int] = {}
        for kind in self.draw.choices(kinds, [k["share"] for k in kinds], k=ASSETS):
            room = self.draw.choice(by_use[kind["where"]])
            keepers = [s for s in staff if s["compound_id"] == room["compound_id"]]
            yield self._asset(kind, room, self.draw.choice(keepers), counts)

    def _asset(
        self, kind: dict[str, Any], room: dict[str, Any], keeper: dict[str, Any], counts: dict[int, int]
    ) -> dict[str, Any]:
        draw = self.draw
        acquired = date(2011, 1, 1) + timedelta(days=draw.randrange(5750))
        counts[acquired.year] = counts.get(acquired.year, 0) + 1
        quantity = draw.choice((1,) * 30 + (2, 4, 6, 12)) if kind["high"] < 5000 else 1
        cost = draw.randrange(kind["low"], kind["high"]) // 10 * 1000 * quantity
        months = (2026 - acquired.year) * 12 + 11 - acquired.month + 1
        life = 180 if kind["class_code"].startswith("A05") else 72 if kind["class_code"] < "A0205" else 120
        net = None if draw.random() < 0.03 else cost - cost * min(months, life) // life
        status = draw.choices(
            (AssetStatus.IN_USE, AssetStatus.IDLE, AssetStatus.REPAIR),
            (90, 7, 3),
        )[0]
        brands = self.words["brands"].get(kind["name"])
        return {
            "compound_id": room["compound_id"], "number": f"ZC{acquired.year}{counts[acquired.year]:06d}",
            "name": kind["name"], "class_code": kind["class_code"], "class_edition": "2022",
            "brand": draw.choice(brands) if brands else None, "model": draw.choice(kind["models"]),
            "quantity": quantity, "measure": kind["measure"], "cost": cost, "net_value": net, "acquired_on": acquired,
            "acquisition": draw.choice((Acquisition.PURCHASE,) * 9 + (Acquisition.ALLOCATED,)), "status": status,
            "voucher": f"记-{acquired.year}-{acquired.month:02d}-{draw.randrange(1, 400):04d}",
            "building_id": room["building_id"], "room_id": room["id"], "keeper_id": keeper["id"],
            "unit_id": keeper["unit_id"],
        }  # fmt: skip


def _private(i: int) -> dict[str, str]:
    """Phones no network gives out, and for some a number of a region there is not."""
    found = {"phone": f"100{i + 1:08}"}
    if i % 9 == 0:
        body = f"990000{1965 + i % 40}0101{i + 1:03}"
        found |= {"id_number": body + checks.id_check(body), "address": f"某某市样例路{i + 1}号样例小区{i % 9 + 1}号楼"}
    return found


@intent(N_("Fill sample office"), name="demo.fill", kept=N_("The sample office stays as it was made"))
def fill(work: Work) -> list[UUID]:
    """Places, units, people and assets; returns the staff in order."""
    sample = _Sample()
    units = list(sample.units())
    compounds = list(sample.compounds(units[0]["id"]))
    buildings = [b for c in compounds for b in sample.buildings(c)]
    rooms = [r for b in buildings for r in sample.rooms(b)]
    staff = list(sample.staff(compounds, units))
    posts = demo_people.facts(staff, units, compounds)
    work.bulk_insert(Organization, units)
    work.bulk_insert(Compound, compounds)
    work.bulk_insert(Building, buildings)
    work.bulk_insert(Room, rooms)
    work.bulk_insert(Staff, map(demo_people.stored, staff))
    demo_people.fill(work, staff, posts)
    demo_leavers.fill(work, compounds, posts, units, len(staff) + 1)
    demo_certificates.fill(work, staff, posts)
    known = depreciation_lives.lives(work.session)
    work.bulk_insert(Asset, (a | known.fill(a, work.today) for a in sample.assets(rooms, staff)), ASSETS)
    demo_places.fill(work, units, compounds, buildings, rooms, staff)
    demo_titles.fill(work, units, buildings, rooms, staff)
    demo_needs.fill(work, compounds, staff)
    courses = demo_training.fill(work, compounds, staff)
    demo_requirements.fill(work, posts, compounds[0]["id"], courses)
    demo_work_orders.fill(work, compounds, buildings, staff)
    demo_parts.fill(work, compounds, staff)
    work.add(PaperSetting(kind="maintenance", copies="一式两份：存档一份，报送一份。"))
    return [s["id"] for s in staff]


def _notes(desk: Desk, people: list[UUID]) -> None:
    """Handover notes in every state, a few hours of November each."""
    draw, bases = random.Random(SEED), _Sample().words["bases"]
    for day, (plan, size) in enumerate(PLANS):
        at = START + timedelta(days=day, hours=draw.randrange(7), minutes=draw.randrange(60))
        then = replace(desk, clock=partial(_at, at))
        giver, taker = people[day * 6 % len(people)], people[(day * 6 + 6) % len(people)]
        kept = then.ask(handovers.kept_by, giver)[:size]
        supervisor = people[(day * 6 + 12) % len(people)] if day % 2 == 0 else None
        made = then.do(
            handovers.draft, kept, taker, basis=bases[day % len(bases)], handed_on=at.date(),
            supervisor_id=supervisor, mode=list(HandoverMode)[day % 3],
        ).value  # fmt: skip
        _carry(then, made, plan, supervisor is not None)


def _loans(desk: Desk, people: list[UUID]) -> None:
    """What is lent in November: some of it is back, some overdue."""
    for day, (size, back, kept_days, borrower) in enumerate(LENT):
        at = START + timedelta(days=14 + day, hours=2)
        then, giver = replace(desk, clock=partial(_at, at)), people[(day * 6 + 3) % len(people)]
        things = then.ask(handovers.kept_by, giver)[:size]
        taker = None if borrower else people[(day * 6 + 9) % len(people)]
        loan = then.do(
            handovers.draft, things, taker, purpose=HandoverPurpose.LEND, borrower=borrower or None,
            due_on=at.date() + timedelta(days=kept_days), from_staff_id=giver, handed_on=at.date(),
        ).value  # fmt: skip
        _carry(then, loan, "done", supervised=False)
        if back:
            later = replace(desk, clock=partial(_at, at + timedelta(days=2)))
            _carry(later, later.do(loans.take_back, loan, asset_ids=things[:back]).value, "done", supervised=False)


def _worth(desk: Desk) -> None:
    """A value that rose by paper. No month is booked: whoever tries the program books the first."""
    then = replace(desk, clock=partial(_at, START + timedelta(days=20)))
    compound = then.find("compound", "TY")[0].id
    card = then.first(View("assets", filters=(("compound_id", (compound,)), ("status", ("in_use",)))), 1)[0]
    then.do(
        "assets.change_value", asset_id=card["id"], kind="increase", on=date(2026, 9, 14), cost=card["cost"] + 120_000,
        life_months=card["life_months"] + 240, paper="改造验收单〔2026〕7号", reason="更换主要部件",
    )  # fmt: skip


def _at(instant: datetime) -> datetime:
    return instant


def _carry(desk: Desk, note: UUID, plan: str, supervised: bool) -> None:
    if plan == "draft":
        return
    desk.do(handovers.issue, note)
    if plan in ("recalled", "reissued"):
        desk.do(handovers.recall, note)
    if plan == "reissued":
        desk.do(handovers.issue, note)
    if plan == "cancelled":
        desk.do(handovers.cancel, note)
    if plan in ("half", "done"):
        desk.do(handovers.sign, note, Side.FROM)
    if plan == "done":
        desk.do(handovers.sign, note, Side.TO)
        if supervised:
            desk.do(handovers.sign, note, Side.SUPERVISOR)
