"""Maintenance of the sample office: jobs in every state with the steps they took, firms with their licences, and what
the office promises instead of the shipped rules."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from models.base import new_id
from models.provider import Provider, ProviderKind, ProviderLicence
from models.service_level import CalendarDay, ServiceLevel, WorkingHours
from models.work_order import Channel, WorkKind, WorkOrder, WorkOrderStep
from models.work_rules import Clock, DayKind, Priority
from models.work_states import WorkState
from services import deadlines, demo_work_doing
from services.demo_work_rows import ASIDE, FIRMS, OPEN, REPAIRED, Job
from services.desk.work import Work

Row = dict[str, Any]
S = WorkState
NOW = datetime(2026, 12, 1, 10).astimezone()  # as of which the open jobs are told, by the clock of the office
SEED, PAST = 20261201, 37
LINE = (S.REPORTED, S.ACCEPTED, S.ASSIGNED, S.WORKING, S.DONE, S.CHECKED, S.RATED, S.CLOSED)
AFTER = (0.0, 0.06, 0.15, 0.3, 0.6, 0.75, 0.85, 0.95)  # of the time since the report each step of the line came
BASIS = "机关后勤服务承诺（2026年）"


class _Jobs:
    """The orders of one compound and their steps, as rows."""

    def __init__(self, work: Work, buildings: list[Row], staff: list[Row], firms: list[Row]) -> None:
        self.work, self.buildings, self.firms = work, buildings, firms
        self.home: UUID = buildings[0]["compound_id"]
        self.people = [person for person in staff if person["compound_id"] == self.home]
        self.orders, self.steps = list[Row](), list[Row]()

    def order(self, job: Job, number: str) -> Row:
        """One job with everything that follows from how far it is."""
        reported = NOW - timedelta(minutes=job.ago)
        due = deadlines.due(self.work.session, self.home, job.priority, job.trade, reported)
        who = self._who(job.post)
        row: Row = {
            "id": new_id(), "compound_id": self.home, "number": number, "title": job.title, "trade": job.trade,
            "kind": WorkKind.PREVENTIVE if job.priority is Priority.PLANNED else WorkKind.REPAIR,
            "priority": job.priority, "state": job.state, "place": job.place, "reported_at": reported,
            "building_id": self.buildings[job.building % len(self.buildings)]["id"], "respond_due": due.respond,
            "completion_due": due.complete, "channel": list(Channel)[job.ago % 3], "hold_reason": job.hold or None,
            "reporter": self.people[job.ago % len(self.people)]["name"],
        }  # fmt: skip
        if job.post or job.firm >= 0:
            row["technician_id"] = who["id"] if job.post else None
            row["provider_id"] = self.firms[job.firm]["id"] if job.firm >= 0 else None
        if job.plan:
            row["planned_from"] = NOW + timedelta(hours=job.plan)
            row["planned_until"] = row["planned_from"] + timedelta(hours=2)
        self._walk(row, job)
        self.orders.append(row)
        return row

    def _who(self, post: str) -> Row:
        fits = (person for person in self.people if (person.get("_post") or {}).get("name") == post)
        return next(fits, self.people[0])

    def _walk(self, row: Row, job: Job) -> None:
        """Its steps, and the moments that follow from them."""
        path, span = _path(job.state), NOW - row["reported_at"]
        was: WorkState | None = None
        for became in path:
            share = AFTER[LINE.index(became)] if became in LINE else 0.4
            at = row["reported_at"] + span * share
            self.steps.append({
                "id": new_id(), "compound_id": self.home, "work_order_id": row["id"], "at": at, "was": was,
                "became": became, "account": self.work.actor, "word": "请补充照片" if became is S.RETURNED else None,
            })  # fmt: skip
            name = {S.ACCEPTED: "responded_at", S.WORKING: "started_at", S.ON_HOLD: "held_at", S.DONE: "done_at",
                    S.CHECKED: "checked_at"}.get(became)  # fmt: skip
            if name:
                row[name] = at
            was = became
        if job.state in (S.RATED, S.CLOSED):
            row |= {"speed": 4 + job.ago % 2, "quality": 5 - (job.ago % 13 == 0) * 3, "manner": 5}
        if job.state in (S.CLOSED, *ASIDE):
            row["closed_at"] = row["reported_at"] + span * 0.95
        if job.state in (S.DONE, S.CHECKED, S.RATED):
            row["result"] = "已修复，运行正常"


def _path(state: WorkState) -> tuple[WorkState, ...]:
    """The states one passes on the way to a state."""
    if state in LINE:
        return LINE[: LINE.index(state) + 1]
    if state is S.TRAVELLING:
        return (*LINE[:3], state)
    return (*LINE[:4], state) if state is S.ON_HOLD else (S.REPORTED, state)


def fill(work: Work, compounds: list[Row], buildings: list[Row], staff: list[Row]) -> None:
    """The maintenance of the first compound, and what holds for all of them."""
    _promises(work, compounds)
    firms = list(_firms(work))
    home = compounds[0]["id"]
    jobs = _Jobs(work, [b for b in buildings if b["compound_id"] == home], staff, firms)
    told = sorted((*_past(), *OPEN), key=_age, reverse=True)
    numbers = work.numbers("WX", len(told))
    rows = [jobs.order(job, next(numbers)) for job in told]
    results = {title: done for _, title, _, done in REPAIRED}
    for row in rows:
        if row["state"] is S.CLOSED:
            row["result"] = results[row["title"]]
    _odd(jobs, rows)
    work.bulk_insert(WorkOrder, rows)
    work.bulk_insert(WorkOrderStep, jobs.steps)
    at_work = next((row for row in rows if row["state"] is S.WORKING and row["trade"] == "electric"), None)
    demo_work_doing.fill(work, at_work or next(row for row in rows if row["state"] is S.WORKING), jobs.people, firms)


def _age(job: Job) -> int:
    return job.ago


def _past() -> Iterator[Job]:
    """What was repaired in the five weeks before, a job a day and the urgent ones between."""
    draw = random.Random(SEED)
    for n in range(PAST):
        trade, title, post, _ = REPAIRED[n % len(REPAIRED)]
        state = ASIDE[n // 12 % len(ASIDE)] if n % 12 == 7 else S.CLOSED
        priority = draw.choice((Priority.NORMAL,) * 5 + (Priority.URGENT, Priority.URGENT, Priority.EMERGENCY))
        ago = 2 * 24 * 60 + n * 24 * 60 * 35 // PAST + draw.randrange(600)
        yield Job(state, priority, trade, title, ago, n, f"{1 + n % 5}层", post)


def _odd(jobs: _Jobs, rows: list[Row]) -> None:
    """One that was done without a certificate, and one that was merged into another."""
    closed = [row for row in rows if row["state"] is S.CLOSED and row["trade"] == "electric"]
    closed[-1] |= {"technician_id": jobs.people[-1]["id"], "unlicensed_why": "夜间断电抢修，持证人员未能到场"}
    merged = next(row for row in rows if row["state"] is S.MERGED)
    merged["merged_into_id"] = closed[0]["id"]


def _firms(work: Work) -> Iterator[Row]:
    """Firms and the licences they hold; one has expired."""
    numbers, licences = work.numbers("FW", len(FIRMS)), list[Row]()
    firms = []
    for name, code, contact, phone, night, licence in FIRMS:
        row: Row = {"id": new_id(), "number": next(numbers), "name": name, "credit_code": code, "contact": contact,
                    "phone": phone, "duty_phone": night,
                    "kind": ProviderKind.COMPANY if code else ProviderKind.OWN_UNIT}  # fmt: skip
        firms.append(row)
        if licence is not None:
            kind, paper, issued, until = licence
            licences.append({
                "provider_id": row["id"], "licence": kind, "paper_no": paper, "issuer": "某某省市场监督管理局",
                "issued_on": date.fromisoformat(issued), "valid_until": date.fromisoformat(until),
            })  # fmt: skip
    work.bulk_insert(Provider, firms)
    work.bulk_insert(ProviderLicence, licences)
    yield from firms


def _promises(work: Work, compounds: list[Row]) -> None:
    """What the first compound promises, the winter hours of a dormitory compound, and a day off of the office."""
    level = {"compound_id": compounds[0]["id"], "priority": Priority.EMERGENCY, "clock": Clock.ALL, "basis": BASIS,
             "respond_minutes": 15, "complete_minutes": 240, "from_on": date(2026, 1, 1)}  # fmt: skip
    work.bulk_insert(ServiceLevel, [level])
    hours = [
        {"compound_id": compounds[-1]["id"], "weekday": weekday, "opens": opens, "closes": closes,
         "basis": "冬季作息时间", "from_on": date(2026, 11, 1), "until_on": date(2027, 3, 31)}
        for weekday in range(1, 6) for opens, closes in (("08:30", "12:00"), ("13:00", "17:00"))
    ]  # fmt: skip
    work.bulk_insert(WorkingHours, hours)
    day = {"compound_id": compounds[-1]["id"], "on": date(2026, 12, 4), "kind": DayKind.HOLIDAY, "name": "停水停电检修"}
    work.bulk_insert(CalendarDay, [day])
