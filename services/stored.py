"""Which rows of a register are stored already: by number, or by their fingerprint and place among their equals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import PLACED, Entity, Registered, present
from services.imports.rows import Row

AT_ONCE = 500


def stored(session: Session, kind: type[Entity], rows: Sequence[Row]) -> dict[Any, Any]:
    """What is stored by identity: (number, what it is unique in), or (fingerprint, how many like it, compound)."""
    assert issubclass(kind, Registered)
    number, within = getattr(kind, kind.naming.number), kind.naming.within
    found: dict[Any, Any] = {}
    around = getattr(kind, within) if within else sa.null()
    scope: Any = kind.compound_id if issubclass(kind, PLACED) else sa.null()
    picked = (kind.id, scope.label("compound_id"), kind.source, number.label("number"), around.label("around"))
    for part in _parts([row.number for row in rows if row.number]):
        for r in session.execute(sa.select(*picked).where(number.in_(part), present(kind))):
            found[r.number, r.around] = r
    wanted, equals = {row.source for row in rows if not row.number}, Counter[tuple[str, Any]]()
    if wanted:  # one look at every row is less than a look for each
        every: Any = kind.source
        for r in session.execute(sa.select(*picked).where(every.is_not(None), present(kind)).order_by(kind.n)):
            if r.source in wanted:
                found[r.source, equals[r.source, r.compound_id], r.compound_id] = r
                equals[r.source, r.compound_id] += 1
    return found


def _parts(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
