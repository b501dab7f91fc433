"""The post somebody held on a day, and what the rules of training look at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.post import Post, PostHolding
from models.staff import Employment
from services.certificates_held import Key, raw
from services.training_rule_rows import Worker


def posts_on(session: Session, on: date, staff_ids: Iterable[UUID] | None = None) -> dict[Key, Any]:
    """The post each person held on a day (its name, function and kind), his own before one he only covered."""
    found = (
        sa.select(raw(PostHolding.staff_id), Post.name, Post.function, Post.kind)
        .join(Post, Post.id == PostHolding.post_id)
        .where(PostHolding.from_on <= on, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on >= on))
        .order_by(PostHolding.acting.desc(), PostHolding.from_on)
    )
    if staff_ids is not None:
        found = found.where(PostHolding.staff_id.in_(list(staff_ids)))
    return {post[0]: post for post in session.execute(found)}


def worker(employment: Employment | None, joined_on: date | None, post: Any) -> Worker:
    """What the rules look at: how somebody is employed, since when, and the post he holds (or None)."""
    _, _, function, kind = post or (None, None, None, None)
    return Worker(function, kind, employment, joined_on)
