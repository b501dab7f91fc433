"""Compounds, buildings, floors and rooms as a tree, every node with the totals of all that is below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.building import Building, BuildingKind
from models.compound import Compound
from models.room import Room, RoomUse
from resources.words import N_
from services.desk.intent import query

NO_FLOOR = ""
BASEMENTS = ("-", "−", "B", "b", "地下", "负")
Inside = tuple[sa.ColumnElement[bool], ...]


@dataclass
class Node:
    """A place. Areas in 0.01 m²: `floor_area` of buildings, `usable` of rooms, by use; `assets` are cards."""

    kind: str
    id: UUID | None
    number: str
    name: str
    floor_area: int = 0
    rooms: int = 0
    usable: int = 0
    by_use: dict[RoomUse, int] = field(default_factory=dict)
    assets: int = 0
    children: list[Node] = field(default_factory=list)

    def gather(self) -> None:
        """Add up what is below."""
        for child in self.children:
            self.floor_area += child.floor_area
            self.rooms += child.rooms
            self.usable += child.usable
            self.assets += child.assets
            for use, area in child.by_use.items():
                self.by_use[use] = self.by_use.get(use, 0) + area


@query(N_("Tree of places"), name="places.tree")
def tree(session: Session, *, compound_id: UUID | None = None) -> list[Node]:
    """Compounds with their buildings and floors, by code; the rooms of a floor are a list of their own. Three sums over
    whole tables, or over one compound, none of them row by row."""
    one = compound_id

    def of(column: Any) -> tuple[sa.ColumnElement[bool], ...]:
        return () if one is None else (column == one,)

    every = sa.select(Compound.id, Compound.code, Compound.name).where(*of(Compound.id)).order_by(Compound.code)
    compounds = {id: Node("compound", id, code, name) for id, code, name in session.execute(every)}
    buildings = dict[UUID, Node]()
    columns = (Building.id, Building.compound_id, Building.code, Building.name, Building.kind, Building.area)
    for id, compound, code, name, kind, area in session.execute(
        sa.select(*columns).where(*of(Building.compound_id)).order_by(Building.code)
    ):
        counted = area or 0 if kind is BuildingKind.BUILDING else 0
        buildings[id] = node = Node("building", id, code, name, floor_area=counted)
        compounds[compound].children.append(node)
    _floors(session, buildings, of(Room.compound_id))
    _assets(session, compounds, buildings, of(Asset.compound_id))
    for node in (*buildings.values(), *compounds.values()):
        node.gather()
    return list(compounds.values())


def _floors(session: Session, buildings: dict[UUID, Node], inside: Inside) -> None:
    floor = sa.func.coalesce(Room.floor, NO_FLOOR)
    sums = (sa.func.count(Room.id), sa.func.coalesce(sa.func.sum(Room.area), 0))
    found = sa.select(Room.building_id, floor, Room.use, *sums).where(*inside)
    found = found.group_by(Room.building_id, floor, Room.use)
    floors = dict[tuple[UUID, str], Node]()
    for building, name, use, count, area in session.execute(found):
        node = floors.setdefault((building, name), Node("floor", None, name, name))
        node.rooms += count
        node.usable += int(area or 0)
        node.by_use[use] = node.by_use.get(use, 0) + int(area or 0)
    for (building, _), node in sorted(floors.items(), key=lambda item: _height(item[0][1])):
        if building in buildings:
            buildings[building].children.append(node)


def _height(floor: str) -> tuple[int, str]:
    """Basements below, B2 below B1; what is no number last."""
    digits = "".join(c for c in floor if c.isdecimal())
    if not digits:
        return (1000, floor)
    return (-int(digits) if floor.startswith(BASEMENTS) else int(digits), floor)


def _assets(session: Session, compounds: dict[UUID, Node], buildings: dict[UUID, Node], inside: Inside) -> None:
    """Cards of a building count there, those of none in their compound."""
    found = sa.select(Asset.compound_id, Asset.building_id, sa.func.count(Asset.id)).where(*inside)
    for compound, building, count in session.execute(found.group_by(Asset.compound_id, Asset.building_id)):
        node = (buildings.get(building) if building else None) or compounds.get(compound)
        if node is not None:
            node.assets += count


def walk(nodes: Iterable[Node]) -> Iterable[Node]:
    """Every node, each before what is below it."""
    for node in nodes:
        yield node
        yield from walk(node.children)
