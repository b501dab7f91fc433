"""The sample office, continued: who uses which office by which paper, and what each compound costs in a year."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.building import BuildingKind
from models.compound import Compound, CompoundKind
from models.cost_entry import CostEntry, Function
from models.occupancy import Occupancy, Rank, UnitLevel
from models.room import RoomUse
from services.desk.work import Work

SEED, YEARS, DEAREST = 20261125, (2024, 2025), "RMD"
ROOMY = ((4200, Rank.CITY_CHIEF), (3000, Rank.CITY_DEPUTY), (2400, Rank.DIVISION_CHIEF), (1800, Rank.DIVISION_DEPUTY))
MANY, HEAD_SPACE, PLOT = 6, 2800, (14, 30)  # users of a room; 0.01 m² of floor for each head; land, tenths of the floor
RATES = {  # yuan for each m² of floor area in 2024: offices, dwellings
    Function.MANAGEMENT: (16, 7), Function.GUARDS: (29, 15), Function.CLEANING: (24, 11), Function.REPAIR: (27, 21),
    Function.GREENING: (7, 6), Function.CATERING: (22, 0), Function.ENERGY: (58, 24), Function.OTHER: (5, 3),
}  # fmt: skip
POSTS = {Function.MANAGEMENT: (700, 0.9), Function.GUARDS: (420, 0.4), Function.CLEANING: (520, 0.1),
         Function.REPAIR: (900, 0.5), Function.GREENING: (2600, 0.2), Function.CATERING: (800, 0.3)}  # fmt: skip
Row = dict[str, Any]


def fill(
    work: Work, units: list[Row], compounds: list[Row], buildings: list[Row], rooms: list[Row], staff: list[Row]
) -> None:
    """Occupancies of most offices, costs of two years, and the size of each compound."""
    draw = random.Random(SEED)
    areas = {c["id"]: _area(c, buildings) for c in compounds}
    for compound in compounds:
        row = work.get(Compound, compound["id"])
        row.headcount = areas[row.id] // HEAD_SPACE // 100 * draw.randrange(85, 112) + 20
        row.establishment = row.headcount + draw.randrange(-12, 25)
        row.land_area = areas[row.id] * draw.randrange(*PLOT) // 10
        row.administrator_id = next(s["id"] for s in staff if s["compound_id"] == row.id)
    work.session.flush()
    uses = [use for room in rooms for use in _uses(draw, room, units, staff)]
    numbers = work.numbers("SY", len(uses))
    work.bulk_insert(Occupancy, ({**use, "number": next(numbers)} for use in uses))
    costs = [cost for compound in compounds for cost in _costs(draw, compound, areas[compound["id"]])]
    numbers = work.numbers("CB", len(costs))
    work.bulk_insert(CostEntry, ({**cost, "number": next(numbers)} for cost in costs))


def _area(compound: Row, buildings: list[Row]) -> int:
    inside = (b for b in buildings if b["compound_id"] == compound["id"] and b["kind"] is BuildingKind.BUILDING)
    return sum(int(b["area"]) for b in inside)


def _uses(draw: random.Random, room: Row, units: list[Row], staff: list[Row]) -> Iterator[Row]:
    """The users of an office: one in twenty was never used, another was vacated, one in eight has more room than its
    users may have."""
    if room["use"] is RoomUse.DWELLING and draw.random() < 0.9:
        yield _dweller(draw, room, staff)
    if room["use"] is not RoomUse.OFFICE or draw.random() < 0.05:
        return
    unit = draw.choice(units)
    left = date(2025, 1, 1) + timedelta(days=draw.randrange(600)) if draw.random() < 0.06 else None
    ranks = _ranks(room["area"], generous=draw.random() < 0.12)
    people = [s for s in staff if s["compound_id"] == room["compound_id"]]
    named = draw.sample(people, min(len(ranks), len(people))) if draw.random() < 0.6 else []
    paper = _papers(draw)
    since = date(2018, 1, 1) + timedelta(days=draw.randrange(2400))
    for at, rank in enumerate(ranks):
        yield {
            "compound_id": room["compound_id"], "room_id": room["id"], "unit_id": unit["id"],
            "staff_id": named[at]["id"] if at < len(named) else None, "level": UnitLevel.CITY, "rank": rank,
            "from_on": since, "until_on": left, **paper,
        }  # fmt: skip


def _dweller(draw: random.Random, room: Row, staff: list[Row]) -> Row:
    """Who lives in a dwelling, by which allocation."""
    since, person = date(2012, 1, 1) + timedelta(days=draw.randrange(5000)), draw.choice(staff)
    return {
        "compound_id": room["compound_id"], "room_id": room["id"], "unit_id": person["unit_id"], "staff_id": None,
        "level": None, "rank": None, "from_on": since, "until_on": None,
        "agreement": f"住协〔{since.year}〕{draw.randrange(1, 90)}号", "agreement_until": None, "certificate": None,
        "certificate_until": None,
    }  # fmt: skip


def _ranks(area: int, *, generous: bool) -> list[Rank]:
    """Whose office of this area (0.01 m²) it may be; `generous` gives it to fewer or lower ones than may have it."""
    if generous:
        return [Rank.DIVISION_DEPUTY] if area > 2400 else [Rank.STAFF]
    for limit, rank in reversed(ROOMY):
        if limit - 600 < area <= limit:
            return [rank]
    return [Rank.STAFF] * min(MANY, -(-area // 900)) if area <= 900 * MANY else [Rank.DIVISION_CHIEF] * 3


def _papers(draw: random.Random) -> Row:
    """Agreement and certificate: some have neither, of some the certificate has run out."""
    luck, year = draw.random(), draw.choice((2022, 2023, 2024, 2025))
    if luck < 0.13:
        return dict.fromkeys(("agreement", "agreement_until", "certificate", "certificate_until"))
    ends = draw.choice((date(2025, 12, 31), date(2026, 12, 15), date(2027, 12, 31), date(2028, 6, 30)))
    certified = luck > 0.3
    return {
        "agreement": f"机管协〔{year}〕{draw.randrange(1, 180)}号", "agreement_until": max(ends, date(2026, 12, 15)),
        "certificate": f"用房证{year}{draw.randrange(1, 9999):04d}" if certified else None,
        "certificate_until": ends if certified else None,
    }  # fmt: skip


def _costs(draw: random.Random, compound: Row, area: int) -> Iterator[Row]:
    living = compound["kind"] is CompoundKind.DORMITORY
    dear = 1.85 if compound["code"] == DEAREST else draw.uniform(0.82, 1.12)
    for function, rates in RATES.items():
        rate, heads = rates[living], _posts(draw, function, area, dear)
        own = draw.uniform(0.9, 1.1)
        for at, year in enumerate(YEARS):
            if rate:
                amount = round(area / 100 * rate * dear * own * (1 + 0.04 * at) / 100) * 10_000
                yield {"compound_id": compound["id"], "year": year, "function": function, "amount": amount, **heads,
                       "basis": f"{year}年度决算"}  # fmt: skip


def _posts(draw: random.Random, function: Function, area: int, dear: float) -> dict[str, int | None]:
    """How many posts a function has, the office's own and the contracted; none for energy and the rest."""
    if function not in POSTS:
        return {"posts_own": None, "posts_contracted": None}
    each, share = POSTS[function]
    every = max(1, round(area / 100 / each / 10 * dear * draw.uniform(0.9, 1.2)) + 1)
    own = round(every * share)
    return {"posts_own": own, "posts_contracted": every - own}
