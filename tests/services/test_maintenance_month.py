"""A month of a compound: sixty faults and what became of them, day after day, against a count kept beside it."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

import resources
from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.people import Office, found
from tests.services.working import at, do, line, report

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)  # the longest holidays of the year, and a Saturday that is worked
END = datetime(2026, 11, 1)  # noqa: DTZ001 — the pencil counts by the clock on the wall
FAULTS = 60
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PROMISED = {"emergency": (30, 240), "urgent": (60, 480), "normal": (120, 1440)}
STRETCHES = ((time(8, 30), time(12)), (time(13, 30), time(18)))
AT_WORK = {"reported", "accepted", "assigned", "working", "on_hold"}
PAUSING = {"access", "consent"}
RATE = 6_130  # fen an hour


def days_of() -> dict[date, str]:
    """The shipped holidays and days made up for, read without the program."""
    with resources.path("reference", "public_holidays.csv").open(encoding="utf-8") as file:
        return {date.fromisoformat(row["on"]): row["kind"] for row in csv.DictReader(file)}


DAYS = days_of()


def worked(moment: datetime) -> bool:
    """Whether the office works in the minute that begins now."""
    kind = DAYS.get(moment.date(), "working" if moment.isoweekday() < 6 else "holiday")
    return kind == "working" and any(opens <= moment.time() < closes for opens, closes in STRETCHES)


def passed(start: datetime, minutes: int, *, every: bool) -> datetime:
    """When so many minutes have been worked: minute by minute, as one would with a pencil."""
    while minutes:
        minutes -= every or worked(start)
        start += MINUTE
    return start


def counted(start: datetime, end: datetime, *, every: bool) -> int:
    """The minutes that were worked between two instants."""
    whole = (end - start) // MINUTE
    return whole if every else sum(worked(start + n * MINUTE) for n in range(whole))


@dataclass
class Fault:
    """What the pencil says of one fault."""

    at: datetime
    priority: str
    trade: str
    answered: datetime | None = None
    done: datetime | None = None
    due: datetime = END
    reopened: int = 0
    visits: int = 0
    points: tuple[int, ...] = ()
    cost: int = 0
    aside: bool = False
    closed: bool = False
    id: UUID | None = None
    live: str = ""
    steps: list[str] = field(default_factory=lambda: ["reported"])

    @property
    def every(self) -> bool:
        """Counted by every hour."""
        return self.priority == "emergency"


Deed = tuple[datetime, int, Callable[[Office], None]]


class Month:
    """Makes up what happens, always the same, and tells the pencil."""

    def __init__(self, office: Office) -> None:
        self.office, self.pick, self.deeds = office, random.Random(9), list[Deed]()
        self.faults = [self.fault(n) for n in range(FAULTS)]

    def fault(self, n: int) -> Fault:
        """One fault and its way."""
        pick = self.pick
        priority = pick.choices(("emergency", "urgent", "normal"), (1, 2, 5))[0]
        day, hour = (
            FIRST + timedelta(days=pick.randrange(31) if n else 0),
            pick.randrange(24 if priority == "emergency" else 10),
        )
        found = Fault(
            datetime.combine(day, time(hour if priority == "emergency" else 8 + hour, pick.randrange(60))), priority,
            pick.choice(("plumbing", "masonry", "joinery")),
        )  # fmt: skip
        found.due = passed(found.at, PROMISED[priority][1], every=found.every)
        self.then(found.at, lambda office: self.report(office, found, n))
        ways = ("plain", "hold", "held until done", "redo", "returned", "duplicate", "cancelled")
        way = pick.choices(ways, (10, 4, 2, 2, 2, 1, 1))[0]
        self.way(found, way if n else "without money")  # the first one stays open: duplicates go into it
        return found

    def then(self, when: datetime, deed: Callable[[Office], None]) -> None:
        """It happens at that time, if the month is not over."""
        if when < END:
            self.deeds.append((when, len(self.deeds), deed))

    def report(self, office: Office, fault: Fault, n: int) -> None:
        """Somebody says so, by one of five ways."""
        channel = ("phone", "counter", "unit", "inspection", "checklist")[n % 5]
        fault.id = report(
            office, title=f"故障{n}", priority=fault.priority, trade=fault.trade, channel=channel, reporter="刘洋"
        )
        fault.live = "reported"

    def step(self, fault: Fault, when: datetime, step: str, became: str, **values: Any) -> datetime:
        """One step of its way; the first one answers."""

        def taken(office: Office) -> None:
            assert fault.id
            into = {"merged_into_id": self.open_beside(fault)} if step == "merge" else {}
            do(office, step, fault.id, **values, **into)
            fault.live = became

        if when < END:
            self.then(when, taken)
            fault.steps.append(became)
            if fault.answered is None and step != "cancel":
                fault.answered = when
            if became == "done":
                fault.done = when
            if step == "redo":
                fault.done, fault.reopened = None, fault.reopened + 1
        return when + self.pick.randrange(5, 90) * MINUTE

    def open_beside(self, fault: Fault) -> UUID:
        """Another fault that is not done yet."""
        return next(f.id for f in self.faults if f.id and f is not fault and f.live in AT_WORK)

    def way(self, fault: Fault, way: str) -> None:
        """From the report to wherever it comes."""
        when = fault.at + self.pick.randrange(2, 300) * MINUTE
        if way == "cancelled":
            self.step(fault, when, "cancel", "cancelled", word="误报")
            fault.aside = when < END
            return
        if way == "returned":
            when = self.step(fault, when, "send_back", "returned", word="地点不清")
            when = self.step(fault, when, "report_again", "reported", word="3层东侧")
        when = self.step(fault, when, "accept", "accepted")
        if way == "duplicate":
            self.step(fault, when, "merge", "merged")
            fault.aside = when < END
            return
        when = self.step(fault, when, "assign", "assigned", technician_id=self.office.giver)
        when = self.step(fault, when, "begin", "working")
        if way == "without money":
            self.step(fault, when, "hold", "on_hold", hold_reason="money")
            return
        if way in ("hold", "held until done"):
            when = self.hold(fault, when, resumed=way == "hold")
        self.visit(fault, when)
        when = self.step(fault, when, "finish", "done", result="更换阀门", cause="老化")
        if way == "redo":
            when = self.step(fault, when + 3 * HOUR, "redo", "working", word="还在漏")
            self.visit(fault, when)
            when = self.step(fault, when, "finish", "done", result="重做")
        self.end(fault, when)

    def hold(self, fault: Fault, when: datetime, *, resumed: bool) -> datetime:
        """It waits a day or two; where the reason pauses the deadline, the deadline moves."""
        reason = self.pick.choice(("part", "access", "consent", "money"))
        since, until = when, when + self.pick.randrange(20, 50) * HOUR
        self.step(fault, since, "hold", "on_hold", hold_reason=reason)
        if resumed:
            self.step(fault, until, "resume", "working")
        if reason in PAUSING and until < END:
            fault.due = passed(fault.due, counted(since, until, every=fault.every), every=fault.every)
        return until if not resumed else until + 10 * MINUTE

    def visit(self, fault: Fault, when: datetime) -> None:
        """Two hours of one man, and a part bought on the spot."""
        hours, price = self.pick.randrange(15, 120), self.pick.randrange(100, 20_000)

        def written(office: Office) -> None:
            assert fault.id
            on = when.date()
            line(office, "work_visits", fault.id, staff_id=office.giver, came_at=when.astimezone())
            line(office, "work_labour", fault.id, staff_id=office.giver, on=on, minutes=hours)
            line(office, "work_materials", fault.id, on=on, name="阀门", quantity=1_000, unit_price=price)

        if when < END:
            self.then(when, written)
            fault.visits += 1
            fault.cost += price + (hours * RATE * 2 + 60) // 120  # half a fen is rounded up

    def end(self, fault: Fault, when: datetime) -> None:
        """Checked, rated, closed, as far as the month goes."""
        points = tuple(self.pick.randrange(3, 6) for _ in range(3))
        when = self.step(fault, when, "check", "checked")
        if when < END:
            fault.points = points
        when = self.step(fault, when, "rate", "rated", **dict(zip(("speed", "quality", "manner"), points, strict=True)))
        fault.closed = when < END
        self.step(fault, when, "close", "closed")

    def played(self) -> Iterator[datetime]:
        """Everything in its order."""
        for when, _, deed in sorted(self.deeds, key=lambda deed: deed[:2]):
            deed(replace(self.office, desk=at(self.office.desk, when.astimezone())))
            yield when


@pytest.fixture
def month(desk: Desk) -> Month:
    """The office on the first of October."""
    office = found(at(desk, datetime(2026, 10, 1, 0, 1).astimezone()))
    office.desk.do("labour_rates.add", an_hour=RATE, from_on=FIRST, basis="定额")
    made = Month(office)
    for _ in made.played():
        pass
    return made


def test_a_month_of_a_compound_comes_out_as_the_pencil_says(month: Month) -> None:
    desk = at(month.office.desk, END.astimezone())
    rows = {row["id"]: row for row in desk.first(View("work_orders"), 500)}
    assert len(rows) == FAULTS
    for fault in month.faults:
        assert fault.id
        row = rows[fault.id]
        assert row["completion_due"] == fault.due.astimezone(), (fault, row["title"])
        assert row["state"] == fault.steps[-1] and row["reopened"] == fault.reopened
        assert row["respond_due"] == passed(fault.at, PROMISED[fault.priority][0], every=fault.every).astimezone()
    counted_ = [fault for fault in month.faults if not fault.aside]
    found_ = desk.ask("work_orders.kpis", from_on=FIRST, until_on=LAST).whole
    done = [fault for fault in counted_ if fault.done]
    assert (found_.reported, found_.done) == (len(counted_), len(done))
    assert found_.on_time == sum(fault.done <= fault.due for fault in done if fault.done)
    assert found_.reworked == sum(fault.reopened > 0 for fault in done)
    assert found_.first_time == sum(not fault.reopened and fault.visits <= 1 for fault in done)
    assert found_.points == sum(sum(fault.points) for fault in done)
    assert found_.backlog == sum(fault.done is None for fault in counted_)
    assert found_.response == sum(
        (fault.answered - fault.at) // MINUTE for fault in counted_ if fault.answered is not None
    )
    assert found_.cost == sum(fault.cost for fault in month.faults)
