"""The areas of a title: by certificate, by survey, by the books; a difference that is too large opens a defect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.building import Building
from models.room import Room
from models.title import Title, TitleCoverage, TitleState
from models.title_defect import DefectKind, DefectState, TitleDefect
from services.desk.work import Work

SURVEY, BOOK = "area:survey", "area:book"  # the differences a defect is opened for


class Difference(NamedTuple):
    """What another source says against the certificate, in 0.01 m²."""

    rule: str
    said: int
    by: int
    too_large: bool


def differences(certificate: int | None, surveyed: int | None, booked: int | None) -> list[Difference]:
    """Survey and books against the certificate; nothing where one of the two is not known."""
    if not certificate:
        return []
    limit = resources.settings("title_rules")["area_tolerance_per_mille"]["value"]
    found = []
    for rule, said in ((SURVEY, surveyed), (BOOK, booked)):
        if said is not None:
            found.append(
                Difference(rule, said, said - certificate, abs(said - certificate) * 1000 > certificate * limit)
            )
    return found


def booked(session: Session, title: UUID) -> int | None:
    """What the register of buildings and rooms says of all that a title covers; None when it says nothing of a part."""
    covered = sa.select(TitleCoverage).where(TitleCoverage.title_id == title)
    total, parts = 0, list(session.scalars(covered))
    for part in parts:
        kind: type[Building | Room] = Room if part.room_id else Building
        area = session.scalar(sa.select(kind.area).where(kind.id == (part.room_id or part.building_id)))
        if area is None:
            return None
        total += area
    return total if parts else None


def rebooked(work: Work, place: Building | Room, given: Mapping[str, Any]) -> None:
    """The books say another area of a place: the titles that cover it are looked at again."""
    if "area" not in given or not place.rid:
        return
    same = TitleCoverage.room_id == place.id
    if isinstance(place, Building):
        same = sa.and_(TitleCoverage.building_id == place.id, TitleCoverage.room_id.is_(None))
    covering = sa.select(Title).where(Title.id.in_(sa.select(TitleCoverage.title_id).where(same)))
    for title in work.session.scalars(covering).all():
        watch(work, title)


def watch(work: Work, title: Title) -> None:
    """Open a defect for each difference over the tolerance, settle those that are gone."""
    work.session.flush()
    certified = title.area if title.state is not TitleState.UNREGISTERED else None
    wrong = {
        d.rule: d for d in differences(certified, title.surveyed_area, booked(work.session, title.id)) if d.too_large
    }
    known = {
        defect.by_rule: defect
        for defect in work.session.scalars(
            sa.select(TitleDefect).where(
                TitleDefect.title_id == title.id, TitleDefect.by_rule.in_((SURVEY, BOOK)),
                TitleDefect.state != DefectState.SETTLED,
            )
        )
    }  # fmt: skip
    for rule, defect in known.items():
        if rule not in wrong:
            defect.state, defect.settled_on = DefectState.SETTLED, work.today
    for rule, difference in wrong.items():
        evidence = f"{(title.area or 0) / 100:.2f} m² ≠ {difference.said / 100:.2f} m²"
        if rule in known:
            if known[rule].evidence != evidence:
                known[rule].evidence = evidence
            continue
        work.add(
            TitleDefect(
                compound_id=title.compound_id, number=next(work.numbers("QX")), title_id=title.id,
                kind=DefectKind.AREA_DIFFERS, evidence=evidence, opened_on=work.today, by_rule=rule,
            )
        )  # fmt: skip
