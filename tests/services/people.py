"""A small office for tests: two compounds, a few people, rooms and assets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.desk.desk import Desk


@dataclass
class Office:
    """Ids by the short names tests use."""

    desk: Desk
    unit: UUID
    other_unit: UUID
    compound: UUID
    elsewhere: UUID
    building: UUID
    room: UUID
    far_room: UUID
    giver: UUID
    taker: UUID
    witness: UUID

    def asset(self, name: str = "空调机", **values: Any) -> UUID:
        """A card in the first compound, in the giver's name."""
        given: dict[str, Any] = {
            "compound_id": self.compound,
            "keeper_id": self.giver,
            "unit_id": self.unit,
            "cost": 329900,
        }
        return self.add("assets", name=name, **given | values)

    def add(self, kind: str, /, **values: Any) -> UUID:
        """A plain record."""
        done = self.desk.do(f"{kind}.add", **values).value
        assert isinstance(done, UUID)
        return done

    def row(self, kind: str, id: UUID) -> dict[str, Any]:
        """A record as the list shows it."""
        from services.desk.listing import View

        return next(r for r in self.desk.first(View(kind), 1000) if r["id"] == id)


def found(desk: Desk) -> Office:
    """The office, with a site code (the desk fixture gives it)."""

    def add(kind: str, /, **values: Any) -> Any:
        return desk.do(f"{kind}.add", **values).value

    unit, other = (add("organizations", code=c, name=n) for c, n in (("HQ", "后勤处"), ("CW", "财务处")))
    here, there = (add("compounds", code=c, name=n) for c, n in (("JSL", "建设路大院"), ("XH", "西湖里宿舍")))
    building = add("buildings", compound_id=here, code="B1", name="1号楼")
    far = add("buildings", compound_id=there, code="B1", name="1号楼")
    room = add("rooms", compound_id=here, building_id=building, number="302")
    far_room = add("rooms", compound_id=there, building_id=far, number="101")
    people = [add("staff", compound_id=here, number=f"P{i}", name=n, unit_id=u) for i, (n, u) in
              enumerate((("李秀英", unit), ("王建国", other), ("赵磊", unit)))]  # fmt: skip
    return Office(desk, unit, other, here, there, building, room, far_room, *people)
