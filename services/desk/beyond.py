"""How many records lie beyond somebody's reach: a number, and nothing about any of them."""

from __future__ import annotations

from typing import cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import Scoped, present, table
from services.desk.session import DeskSession


def beyond(session: Session, kind: type[Scoped], *where: sa.ColumnElement[bool]) -> int:
    """The living records of a kind in compounds the session does not read, that these conditions fit."""
    reading = cast("DeskSession", session)
    if reading.compounds is None:
        return 0
    t = table(kind)
    found = sa.select(sa.func.count()).select_from(t).where(t.c.alive == sa.true(), present(kind), *where)
    return int(reading.raw().scalar(found.where(t.c.compound_id.not_in(reading.compounds))) or 0)
