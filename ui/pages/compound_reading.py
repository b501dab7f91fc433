"""What the page of a compound reads, off the window's thread; what somebody may not read is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from models.handover import OPEN
from models.title_defect import DefectState
from services.costs import CompoundCost
from services.desk.errors import Missing
from services.desk.listing import View
from services.desk.work import NO_RECORD
from services.places import Node
from ui.pages.costs_rows import Usual

if TYPE_CHECKING:
    from services.desk.desk import Desk

OPEN_NOTES = tuple(state.value for state in OPEN)
OPEN_DEFECTS = (DefectState.OPEN.value, DefectState.IN_HAND.value)


@dataclass(frozen=True)
class Seen:
    """A compound: its node with buildings, its record, the costs of the newest year it has any, and counts; `defects`
    of its titles are those not settled."""

    node: Node
    row: dict[str, Any] | None
    year: int | None
    cost: CompoundCost | None
    usual: Usual | None
    people: int | None
    notes: int | None
    titles: int | None
    defects: int | None


def read(compound: UUID, desk: Desk) -> Seen:
    """Everything at once. Missing: there is no such compound, or it is out of reach."""
    found = cast("list[Node]", desk.ask("places.tree", compound_id=compound))
    if not found:
        raise Missing(NO_RECORD)
    node = found[0]
    inside = (("compound_id", (compound,)),)
    rows = desk.first(View("compounds", filters=(("code", (node.number,)),)), 1) if desk.may("compounds.list") else []

    def count(listing: str, *more: tuple[str, tuple[Any, ...]]) -> int | None:
        return desk.count(View(listing, filters=(*inside, *more))) if desk.may(f"{listing}.list") else None

    year, cost, usual = _cost(compound, desk) if desk.may("costs.compare") else (None, None, None)
    notes, wrong = count("handovers", ("state", OPEN_NOTES)), count("title_defects", ("state", OPEN_DEFECTS))
    return Seen(node, next(iter(rows), None), year, cost, usual, count("staff"), notes, count("titles"), wrong)


def _cost(compound: UUID, desk: Desk) -> tuple[int | None, CompoundCost | None, Usual | None]:
    for year in desk.ask("costs.years"):
        every = cast("list[CompoundCost]", desk.ask("costs.compare", year=year))
        mine = next((cost for cost in every if cost.id == compound and cost.total), None)
        if mine is not None:
            return year, mine, Usual.of(every)
    return None, None, None
