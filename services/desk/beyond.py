"""How many records there are, beyond somebody's reach or everywhere: a number, and nothing about any of them."""

from __future__ import annotations

from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import Scoped, present, table
from services.desk.session import DeskSession


def everywhere(session: Session, found: sa.Select[Any]) -> int:
    """How many rows a select finds, in reach or not: their number may be told, and nothing else of them."""
    session.flush()
    counted = sa.select(sa.func.count()).select_from(found.subquery())
    return int(cast("DeskSession", session).raw().scalar(counted) or 0)


def beyond(session: Session, kind: type[Scoped], *where: sa.ColumnElement[bool]) -> int:
    """The living records of a kind in compounds the session does not read, that these conditions fit."""
    compounds = cast("DeskSession", session).compounds
    if compounds is None:
        return 0
    t = table(kind)
    return everywhere(session, sa.select(t.c.id).where(t.c.alive == sa.true(), present(kind), *where,
                                                       t.c.compound_id.not_in(compounds)))  # fmt: skip
