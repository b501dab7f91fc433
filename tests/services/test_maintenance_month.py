"""A month of a compound: sixty faults, a plan, a store and a firm, day after day, against a count by pencil."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from services.desk.desk import Desk
from services.desk.listing import View
from tests.services.pencil import MINUTE, counted, passed
from tests.services.people import Office, found
from tests.services.storing import WHOLE, issue, lies, part, receive, store
from tests.services.working import at, do, line, report

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)  # the longest holidays of the year, and a Saturday that is worked
END = datetime(2026, 11, 1)  # noqa: DTZ001 — the pencil counts by the clock on the wall
FAULTS = 60
HOUR = timedelta(hours=1)
PROMISED = {"emergency": (30, 240), "urgent": (60, 480), "normal": (120, 1440)}
AT_WORK = {"reported", "accepted", "assigned", "working", "on_hold"}
PAUSING = {"access", "consent"}
RATE = 6_130  # fen an hour
RECEIPTS = ((1, 40, 1_234), (12, 30, 1_555), (23, 30, 999))  # day, pieces, fen for one
PLANNED = 5  # Thursdays of the month


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
        self.store, self.part, self.lying = store(office), part(office, "阀芯"), (0, 0)
        self.firm = office.add("providers", name="宏达管道公司")
        for day, pieces, price in RECEIPTS:
            self.then(datetime.combine(FIRST.replace(day=day), time(7)), partial(self.receive, pieces, price))
        self.plan()
        self.faults = [self.fault(n) for n in range(FAULTS)]

    def receive(self, pieces: int, price: int, office: Office) -> None:
        """Parts come in."""
        receive(office, self.store, self.part, pieces, price)
        self.lying = (self.lying[0] + pieces, self.lying[1] + pieces * price)

    def take(self, office: Office, fault: Fault) -> None:
        """One part, at the average of the moment, half a fen up."""
        assert fault.id
        pieces, value = self.lying
        issue(office, self.store, self.part, 1, work_order_id=fault.id)
        price = (2 * value + pieces) // (2 * pieces)
        self.lying, fault.cost = (pieces - 1, value - price), fault.cost + price

    def plan(self) -> None:
        """The pump is looked at on every Thursday, and was."""
        room = {"compound_id": self.office.compound, "room_id": self.office.room}
        plan = self.office.add("maintenance_plans", title="水泵巡检", starts_on=FIRST, every=1, unit="week",
                               trade="plumbing", **room)  # fmt: skip
        self.office.desk.do("maintenance_plans.generate", until=LAST, maintenance_plan_id=plan)
        for week in range(PLANNED):
            when = datetime.combine(FIRST + timedelta(days=7 * week), time(10))
            self.then(when, partial(self.look, week))

    def look(self, week: int, office: Office) -> None:
        """Done on the day, and closed without points."""
        rows = office.desk.first(View("plan_occurrences"), 99)
        order = sorted(rows, key=lambda row: row["planned_on"])[week]["work_order_id"]
        for step in ("assign", "begin", "finish", "check", "close"):
            do(office, step, order)

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
        ways = ("plain", "hold", "held until done", "redo", "returned", "firm", "duplicate", "cancelled")
        way = pick.choices(ways, (10, 4, 2, 2, 2, 2, 1, 1))[0]
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
        if way == "firm":
            self.given_out(fault, when)
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

    def given_out(self, fault: Fault, when: datetime) -> None:
        """A firm does it for a price."""
        when = self.step(fault, when, "assign", "assigned", provider_id=self.firm, technician_id=None)
        when = self.step(fault, when, "begin", "working")
        price = self.pick.randrange(10_000, 90_000)

        def paid(office: Office) -> None:
            assert fault.id
            line(office, "work_costs", fault.id, kind="contract", label="宏达管道公司", on=when.date(), amount=price)

        if when < END:
            self.then(when, paid)
            fault.cost += price
        self.end(fault, self.step(fault, when, "finish", "done", result="外协更换"))

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
        """Some time of one man, and a part out of the store."""
        hours = self.pick.randrange(15, 120)

        def written(office: Office) -> None:
            assert fault.id
            on = when.date()
            line(office, "work_visits", fault.id, staff_id=office.giver, came_at=when.astimezone())
            line(office, "work_labour", fault.id, staff_id=office.giver, on=on, minutes=hours)
            self.take(office, fault)

        if when < END:
            self.then(when, written)
            fault.visits += 1
            fault.cost += (hours * RATE * 2 + 60) // 120  # half a fen is rounded up

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
    assert len(rows) == FAULTS + PLANNED
    for fault in month.faults:
        assert fault.id
        row = rows[fault.id]
        assert row["completion_due"] == fault.due.astimezone(), (fault, row["title"])
        assert row["state"] == fault.steps[-1] and row["reopened"] == fault.reopened
        assert row["respond_due"] == passed(fault.at, PROMISED[fault.priority][0], every=fault.every).astimezone()
    counted_ = [fault for fault in month.faults if not fault.aside]
    found_ = desk.ask("work_orders.kpis", from_on=FIRST, until_on=LAST).whole
    done = [fault for fault in counted_ if fault.done]
    assert (found_.reported, found_.done) == (len(counted_) + PLANNED, len(done) + PLANNED)
    assert found_.on_time == sum(fault.done <= fault.due for fault in done if fault.done) + PLANNED
    assert found_.reworked == sum(fault.reopened > 0 for fault in done)
    assert found_.first_time == sum(not fault.reopened and fault.visits <= 1 for fault in done) + PLANNED
    assert found_.points == sum(sum(fault.points) for fault in done)
    assert found_.backlog == sum(fault.done is None for fault in counted_)
    assert found_.response == sum(
        (fault.answered - fault.at) // MINUTE for fault in counted_ if fault.answered is not None
    )
    assert found_.cost == sum(fault.cost for fault in month.faults)
    pieces, value = month.lying
    assert lies(month.office, month.store, month.part) == (pieces * WHOLE, value)
    assert sum(n for _, n, _ in RECEIPTS) - pieces == sum(fault.visits for fault in month.faults)
