"""How often living records refer to others, out of reach or not: what is used is not taken away."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from models.base import Entity, table
from services.desk.pen import own_role

IDS, NUMBERS = ARRAY(sa.Uuid()), ARRAY(sa.BigInteger())


def uses(
    connection: sa.Connection, kind: type[Entity], column: sa.Column[Any], ids: Collection[UUID],
    lsns: Collection[int] = (), besides: Collection[UUID] = (),
) -> int:  # fmt: skip
    """Living rows of a kind whose column names one of these records. Those that one of the records `lsns` wrote last or
    made, and those `besides`, do not count. A server counts for who may not see them all."""
    t = table(kind)
    if own_role(connection):
        said = (list(ids), IDS), (list(lsns), NUMBERS), (list(besides), IDS)
        asked = (sa.cast(sa.literal(value, how), how) for value, how in said)
        return int(connection.scalar(sa.select(sa.func.sec.uses(t.name, column.name, *asked))) or 0)
    found = sa.select(t.c.id).where(column.in_(ids), t.c.alive == sa.true())
    if lsns:
        found = found.where(t.c.rid.not_in(lsns), t.c.created_rid.not_in(lsns))
    return len(set(connection.scalars(found)).difference(besides))
