"""What is part of an asset, however deep: it goes where the asset goes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset, AssetStatus

AT_ONCE = 500


def with_parts(session: Session, ids: Iterable[UUID], *, gone: bool = False) -> list[UUID]:
    """These assets and everything that is part of them, however deep, each once: the given order first. Parts that were
    disposed of go nowhere any more; `gone` names them as well."""
    found, wave = dict.fromkeys(ids), list(dict.fromkeys(ids))
    while wave:
        below = list[UUID]()
        for start in range(0, len(wave), AT_ONCE):
            parts = sa.select(Asset.id).where(
                Asset.part_of_id.in_(wave[start : start + AT_ONCE]), Asset.moved_on.is_(None)
            )
            if not gone:
                parts = parts.where(Asset.status != AssetStatus.DISPOSED)
            below += session.scalars(parts.order_by(Asset.number))
        wave = [id for id in below if id not in found]
        found |= dict.fromkeys(wave)
    return list(found)
