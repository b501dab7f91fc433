"""Certificates of the sample office: what its posts require, and who holds it; some have ended, some end soon, some are
missing, and here and there all hangs on one person."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from models.base import new_id
from models.certificate import Certificate, CertificateRecheck
from models.post import PostRequirement, RequirementKind
from services.certificate_kinds import Kinds, kinds
from services.certificate_state import last_day
from services.desk.work import Work

Row = dict[str, Any]
SEED, TODAY = 20261127, date(2026, 11, 2)
ASKED: dict[str, tuple[tuple[str, int, str], ...]] = {  # post -> kind, of how many (0: each), group of which one does
    "高低压电工": (("low_voltage", 0, ""), ("high_voltage", 1, "")),
    "消防控制室值班员": (("fire_4", 0, "中控"), ("fire_3", 0, "中控")),
    "锅炉暖通工": (("boiler_g1", 0, ""), ("refrigeration_run", 0, "")),
    "保安员": (("guard", 0, ""),),
    "综合维修工": (("welding", 1, ""), ("height_install", 1, "")),
    "电梯安全管理员": (("equipment_manager", 0, ""),),
    "厨师": (("health", 0, ""),),
    "水工": (("health", 0, ""),),
    "驾驶员": (("driving", 0, ""),),
}
FATES = (("valid", 66), ("near", 9), ("ended", 9), ("recheck", 5), ("missing", 11))  # how many of a hundred
ISSUERS = {"special_operation": "某某市应急管理局", "special_equipment": "某某市市场监督管理局",
           "fire_security": "某某市消防职业技能鉴定站", "other": "某某市疾病预防控制中心"}  # fmt: skip
YEARS = {"driving": 10}  # of kinds whose papers say it themselves


def fill(work: Work, staff: list[Row], posts: list[Row]) -> None:
    """What each post requires since it is there, and the papers of its people."""
    draw, known = random.Random(SEED), kinds(work.session)
    asks = [
        {"compound_id": post["compound_id"], "post_id": post["id"], "kind": RequirementKind.CERTIFICATE,
         "certificate_kind": kind, "holders": some or None, "alternative": group or None, "from_on": post["from_on"],
         "basis": "岗位说明书"}
        for post in posts for kind, some, group in ASKED.get(post["name"], ())
    ]  # fmt: skip
    work.bulk_insert(PostRequirement, asks)
    papers, checks = list[Row](), list[Row]()
    for person in (person for person in staff if person.get("_post")):
        for paper in _papers(draw, known, person):
            if papers and paper["kind"] == "health" and papers[-1].get("staff_id") == person["id"]:
                paper["renews_id"] = papers[-1]["id"]
            papers.append(paper)
            checks += _checked(draw, known, paper)
    numbers = work.numbers("ZS", len(papers))
    for paper in papers:
        paper["number"] = next(numbers)
        paper.pop("_fate")
    work.bulk_insert(Certificate, papers)
    work.bulk_insert(CertificateRecheck, checks)


def _papers(draw: random.Random, known: Kinds, person: Row) -> Iterator[Row]:
    """What somebody holds of what his post asks for; of a group the first, or now and then the one above it."""
    groups = dict[str, list[str]]()
    for kind, _, group in ASKED.get(person["_post"]["name"], ()):
        groups.setdefault(group or kind, []).append(kind)
    for choice in groups.values():
        kind, fate = choice[draw.random() < 0.25 and len(choice) > 1], _fate(draw)
        if fate == "missing":
            continue
        paper = _paper(draw, known, person, kind, fate)
        if kind == "health":  # it is had every year
            before = paper["issued_on"] - timedelta(days=360)
            yield _row(draw, known, person, kind, "valid", before, last_day(before, 12))
        yield paper


def _fate(draw: random.Random) -> str:
    return draw.choices([fate for fate, _ in FATES], [share for _, share in FATES])[0]


def _paper(draw: random.Random, known: Kinds, person: Row, kind: str, fate: str) -> Row:
    rule = known.of(kind, TODAY)
    assert rule is not None
    months = rule.valid_months or 12 * YEARS.get(kind, 0)
    if not months:
        issued = date(draw.randrange(2015, 2026), draw.randrange(1, 13), draw.randrange(1, 28))
        return _row(draw, known, person, kind, fate, issued, None)
    if fate == "near":
        end = TODAY + timedelta(days=draw.randrange(8, 75))
    elif fate == "ended":
        end = TODAY - timedelta(days=draw.randrange(2, 120))
    else:
        end = TODAY + timedelta(days=draw.randrange(95, months * 30))
    if fate == "recheck" and rule.recheck_months:
        end = TODAY + timedelta(days=draw.randrange(200, 900))  # issued over three years ago, not looked at since
    first = date(end.year - months // 12, end.month, min(end.day, 28)) + timedelta(days=1)
    return _row(draw, known, person, kind, fate, first, last_day(first, months))


def _row(draw: random.Random, known: Kinds, person: Row, kind: str, fate: str, issued: date, until: date | None) -> Row:
    rule = known.of(kind, TODAY)
    assert rule is not None
    return {
        "id": new_id(), "compound_id": person["compound_id"], "staff_id": person["id"], "kind": kind,
        "paper_no": f"{kind[:2].upper()}{issued.year}{draw.randrange(10**7):07d}",
        "issuer": ISSUERS.get(rule.category, rule.issuer), "issued_on": issued, "valid_until": until, "_fate": fate,
    }  # fmt: skip


def _checked(draw: random.Random, known: Kinds, paper: Row) -> Iterator[Row]:
    """Who was to be re-checked was, some weeks before the day, but for those who forgot."""
    rule = known.of(paper["kind"], TODAY)
    if rule is None or not rule.recheck_months or paper["_fate"] == "recheck":
        return
    line = last_day(paper["issued_on"], rule.recheck_months)
    if line <= TODAY + timedelta(days=20):
        on = line - timedelta(days=draw.randrange(5, 50))
        yield {
            "compound_id": paper["compound_id"], "certificate_id": paper["id"], "on": min(on, TODAY), "passed": True,
            "hours": rule.recheck_hours, "paper": f"复审{on.year}-{draw.randrange(100, 999)}",
        }  # fmt: skip
