"""Private facts of people (`info={"private": True}`): told to those alone who may open the page of a record, so that no
list, file or history of others says them. They are not sealed: figures are counted by them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from models.base import GLOBAL, Base, Entity, journaled
from services.desk.listing import of_entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.desk.session import DeskSession

PAGE = "sheet"  # the query behind the page of a record: `staff.sheet`


@cache
def private(kind: type[Base]) -> frozenset[str]:
    """The private fields of a kind."""
    if not issubclass(kind, Entity):
        return frozenset()
    return frozenset(name for name, column in journaled(kind).items() if column.info.get("private"))


def closed(session: DeskSession, kind: type[Base]) -> frozenset[str]:
    """The private fields of a kind that who reads is not told, because he may not open the pages of all compounds the
    session reaches. An intent sees everything: it answers for what it tells."""
    may = session.info.get("may")
    if may is None or not (fields := private(kind)):
        return frozenset()
    within = (GLOBAL,) if session.compounds is None else session.compounds
    return frozenset() if may(f"{of_entity(kind.__tablename__).name}.{PAGE}", *within) else fields


def hide(fields: frozenset[str], rows: Iterable[dict[str, Any]]) -> None:
    """Takes what these fields say out of rows, in place."""
    for row in rows if fields else ():
        row |= dict.fromkeys(fields & row.keys())
