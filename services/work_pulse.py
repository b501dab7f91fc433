"""The line above the board: how many orders are new this week, how quickly they were answered, what people say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.work_order import Channel, WorkOrder
from resources.words import N_
from services.desk.intent import query
from services.desk.schema import takes
from services.work_board import AT

MOST, WEEKS, CONTENT = 5_000, 4, 12  # orders looked at, weeks of ratings, points of 15 from which somebody is content


@dataclass(frozen=True)
class Pulse:
    """`answered`: the mean time until somebody answered what was reported this week; `content`: of those who rated in
    the last weeks the share, of a thousand, that gave 12 points of 15 or more. None: there are none."""

    new: int
    answered: timedelta | None
    rated: int
    content: int | None


@query(N_("Figures above the board"), on=WorkOrder, name="work_orders.pulse")
def pulse(session: Session, at: datetime) -> Pulse:
    """Of the week that holds an instant, where the machine is; at the most so many of its orders are looked at."""
    local = at.astimezone()
    monday = (local - timedelta(days=local.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    o = WorkOrder
    answered = sa.case((o.channel != Channel.PLAN, o.responded_at))  # nobody waits for what a plan asks for
    week = sa.select(o.reported_at, answered).where(o.reported_at >= monday).order_by(o.reported_at).limit(MOST)
    rows = session.execute(week).all()
    waits = [answered - reported for reported, answered in rows if answered and reported]
    points = o.speed + o.quality + o.manner
    said = sa.select(sa.func.count(o.speed), sa.func.count(o.speed).filter(points >= CONTENT)).where(
        o.closed_at >= at - timedelta(weeks=WEEKS)
    )
    rated, content = session.execute(said).one()
    mean = sum(waits, timedelta()) / len(waits) if waits else None
    return Pulse(len(rows), mean, rated, round(1000 * content / rated) if rated else None)


takes("work_orders.pulse", (AT,))
