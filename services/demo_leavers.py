"""People who left the sample office: one this month with everything he kept handed over, others years ago, of whom
something is due for deletion."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from models.base import new_id
from models.handover import Side
from models.post import PostFunction, PostHolding
from models.staff import EducationLevel, Employment, LeavingReason, RetirementGroup, Sex, Staff, StaffEducation
from services import checks, handovers, leaving
from services.desk.desk import Desk
from services.desk.work import Work
from services.retirement import age_and_day

Row = dict[str, Any]
E, L, G = Employment, LeavingReason, RetirementGroup
Gone = tuple[str, Sex, date, RetirementGroup, Employment, PostFunction, date, date, LeavingReason]
GONE: tuple[Gone, ...] = (  # name, sex, born, group, employment, function of the post, joined, left, why
    ("马德才", Sex.MALE, date(1959, 8, 12), G.MEN_60, E.WORKMAN, PostFunction.HEATING, date(1984, 9, 1),
     date(2019, 8, 31), L.RETIRED),
    ("沈玉兰", Sex.FEMALE, date(1969, 3, 5), G.WOMEN_50, E.CONTRACT, PostFunction.RECEPTION, date(1998, 4, 1),
     date(2019, 3, 31), L.RETIRED),
    ("鲁志强", Sex.MALE, date(1986, 11, 20), G.MEN_60, E.PROVIDER, PostFunction.GUARDS, date(2019, 7, 1),
     date(2023, 6, 30), L.ENDED),
    ("温晓敏", Sex.FEMALE, date(1990, 5, 17), G.WOMEN_50, E.AGENCY, PostFunction.CLEANING, date(2020, 3, 1),
     date(2024, 9, 30), L.RESIGNED),
    ("顾长河", Sex.MALE, date(1964, 12, 9), G.MEN_60, E.WORKMAN, PostFunction.REPAIR, date(1987, 2, 1),
     date(2024, 12, 31), L.RETIRED),
    ("樊立新", Sex.MALE, date(1992, 2, 29), G.MEN_60, E.CONTRACT, PostFunction.ELECTRICITY, date(2021, 8, 1),
     date(2026, 8, 31), L.TRANSFERRED),
)  # fmt: skip
WHO = 46  # who leaves this month, in the order of the sample: no other note is about him


def fill(work: Work, compounds: list[Row], posts: list[Row], units: list[Row], first: int) -> None:
    """Those who left before the program came, with the posts they held; `first` is the number of the first of them."""
    people, terms, schools = list[Row](), list[Row](), list[Row]()
    for n, (name, sex, born, group, kind, function, joined, left, why) in enumerate(GONE):
        home = compounds[n % len(compounds)]["id"]
        body = f"990000{born:%Y%m%d}{800 + n:03}"
        people.append({
            "id": new_id(), "compound_id": home, "number": f"P{first + n:04d}", "name": name, "unit_id": units[0]["id"],
            "employment": kind, "sex": sex, "born_on": born, "retirement_group": group,
            "retires_on": age_and_day(born, group).on, "ethnicity": "汉族", "political_status": "masses",
            "education": EducationLevel.SECONDARY, "joined_on": joined, "left_on": left, "left_why": why,
            "phone": f"100{9000 + n:08}", "id_number": body + checks.id_check(body),
        })  # fmt: skip
        person = people[-1]["id"]
        post = next((p for p in posts if p["compound_id"] == home and p["function"] is function), None)
        if post is not None:
            terms.append({"compound_id": home, "post_id": post["id"], "staff_id": person, "until_on": left,
                          "from_on": max(joined, post["from_on"]), "acting": False})  # fmt: skip
        schools.append({"compound_id": home, "staff_id": person, "level": EducationLevel.SECONDARY, "full_time": True,
                        "school": "某某市技工学校", "finished_on": date(born.year + 18, 7, 1)})  # fmt: skip
    work.bulk_insert(Staff, people)
    work.bulk_insert(PostHolding, terms)
    work.bulk_insert(StaffEducation, schools)


def leave(desk: Desk, people: list[UUID], start: datetime) -> None:
    """One hands over everything he keeps to a colleague, and leaves two days later."""
    giver, taker = people[WHO], people[WHO + 6]
    then = replace(desk, clock=partial(_at, start + timedelta(days=16)))
    basis = "机管人〔2026〕31号"
    for note in then.do(
        "handovers.draft_leaving", from_staff_id=giver, to_staff_id=taker, handed_on=then.clock().date(), basis=basis
    ).value:
        then.do(handovers.issue, note)
        then.do(handovers.sign, note, Side.FROM)
        then.do(handovers.sign, note, Side.TO)
    later = replace(desk, clock=partial(_at, start + timedelta(days=18)))
    later.do(leaving.leave, giver, left_on=later.clock().date(), left_why=LeavingReason.TRANSFERRED)


def _at(instant: datetime) -> datetime:
    return instant
