"""What the tests of the desk do: small intents without rules of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.compound import Compound
from models.document import Document
from models.part import PartStock
from services.desk.desk import Desk
from services.desk.listing import View
from services.desk.trail import compare, verify
from services.desk.work import Work


def found(work: Work, /, code: str) -> UUID:
    """A compound."""
    return work.add(Compound(code=code, name=f"{code}号院")).id


def register(work: Work, /, compound_id: UUID, number: str, name: str = "办公桌", **fields: Any) -> UUID:
    """An asset."""
    return work.add(Asset(compound_id=compound_id, number=number, name=name, **fields)).id


def revise(work: Work, /, asset_id: UUID, **fields: Any) -> None:
    """New values for fields of an asset."""
    asset = work.get(Asset, asset_id)
    for key, value in fields.items():
        setattr(asset, key, value)


def hide(work: Work, /, asset_id: UUID) -> None:
    """An asset that was registered by mistake."""
    work.remove(work.get(Asset, asset_id))


def lose(work: Work, /) -> None:
    """A piece out of a store, which no movement tells of."""
    work.session.scalars(sa.select(PartStock)).one().quantity -= 1000


def load(work: Work, /, rows: Iterable[Mapping[str, Any]], total: int = 0) -> int:
    """Many assets at once."""
    return work.bulk_insert(Asset, rows, total)


def issue(work: Work, /, compound_id: UUID, number: str, data: bytes) -> UUID:
    """A paper, kept with its bytes."""
    sha256 = work.keep(data)
    paper = Document(
        compound_id=compound_id, kind="test", number=number, version=1, about_id=compound_id, sha256=sha256,
        size=len(data),
    )  # fmt: skip
    return work.add(paper).id


EVERY = (found, register, revise, hide, lose, load, issue)


def two(desk: Desk) -> tuple[UUID, UUID]:
    """Two compounds."""
    return desk.do(found, "A").value, desk.do(found, "B").value


def sound(desk: Desk) -> None:
    """The records are whole, and the rows follow from them."""
    assert verify(desk.store) == []
    assert compare(desk.store) == []


def names(desk: Desk) -> list[str]:
    """The names of all assets, by number."""
    return [row["name"] for row in desk.first(View("assets"), 10_000)]


def filled(desk: Desk) -> UUID:
    """An office with an asset that was registered and changed twice, and a paper; returns the asset."""
    a = desk.do(found, "A").value
    made = desk.do(register, a, "1", "x", extra={"颜色": "红", "old": "1"}).value
    desk.do(revise, made, name="y", extra={"颜色": "蓝"})
    desk.do(revise, made, status="idle", cost=500)
    desk.do(issue, a, "YJ-1", b"%PDF-1")
    return made
