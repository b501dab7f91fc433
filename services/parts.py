"""The catalogue of parts, and the stores of compounds they lie in."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models.part import Part, PartStore
from resources.words import N_, Word
from services.desk.errors import Conflict
from services.desk.work import Work
from services.records import records

SAME_CODE = N_("Part {number} has this barcode already")


def _part(work: Work, row: Part, given: dict[str, Any]) -> None:
    """A barcode names one part: a scanner finds it."""
    if not row.barcode:
        return
    same = sa.select(Part.number).where(Part.barcode == row.barcode, Part.id != row.id)
    with work.session.no_autoflush:
        if number := work.session.scalar(same.limit(1)):
            raise Conflict(SAME_CODE, field=Word("part.barcode"), number=number)


PARTS = records("parts", Part, sorts=("number", "name", "category"), series="BP", settle=_part)
STORES = records("part_stores", PartStore, sorts=("number", "name"), series="KF")
