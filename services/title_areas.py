"""The areas of a title: by certificate, by survey, by the books; a difference that is too large opens a defect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.building import Building, BuildingKind
from models.title import RightKind, Title, TitleCoverage, TitlePaper
from models.title_defect import DefectKind, DefectState, TitleDefect
from services.desk.undo import following
from services.desk.work import Work
from services.title_state import STANDS

AT_ONCE = 500
LAND = (RightKind.LAND_USE, RightKind.COLLECTIVE_LAND)
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


Books = Mapping[UUID, tuple[BuildingKind, int | None]]  # of buildings by id: kind, area


def booked(title: Title, covered: Iterable[TitleCoverage], books: Books) -> int | None:
    """What the register of buildings says of all that a title covers: the ground of a right to land, else the floors.
    None when it says nothing of a part, or of a room alone: a room's area in the books is another one."""
    covered = list(covered)
    whole = {part.building_id for part in covered if part.room_id is None}
    if not whole or any(part.building_id not in whole for part in covered):
        return None
    found = [books.get(id, (BuildingKind.BUILDING, None)) for id in whole]
    ground, floors = ([area for kind, area in found if (kind is BuildingKind.LAND) is land] for land in (True, False))
    land = title.right_kind in LAND or title.paper is TitlePaper.LAND_CERTIFICATE
    areas = ground if land else floors or ground
    said = [area for area in areas if area is not None]
    return sum(said) if areas and len(said) == len(areas) else None


def _booked(session: Session, title: Title) -> int | None:
    covered = session.scalars(sa.select(TitleCoverage).where(TitleCoverage.title_id == title.id)).all()
    if not covered:
        return None
    inside = sa.select(Building.id, Building.kind, Building.area).where(
        Building.id.in_({part.building_id for part in covered})
    )
    return booked(title, covered, {id: (kind, area) for id, kind, area in session.execute(inside)})


def rebooked(work: Work, place: Building, given: Mapping[str, Any]) -> None:
    """The books say another area of a building: the titles that cover it are looked at again."""
    if {"area", "kind"} & given.keys() and place.rid:
        _watched(work, [place.id])


@following(Building)
def _watched(work: Work, buildings: list[UUID]) -> None:
    for start in range(0, len(buildings), AT_ONCE):
        part = TitleCoverage.building_id.in_(buildings[start : start + AT_ONCE])
        covering = sa.select(TitleCoverage.title_id).where(part, TitleCoverage.room_id.is_(None))
        for title in work.session.scalars(sa.select(Title).where(Title.id.in_(covering))).all():
            watch(work, title)


def watch(work: Work, title: Title) -> None:
    """Open a defect for each difference over the tolerance, settle those that are gone. One that somebody settled with
    a result stays settled as long as the areas are those it was about."""
    work.session.flush()
    certified = title.area if title.state in STANDS else None
    wrong = {
        d.rule: d for d in differences(certified, title.surveyed_area, _booked(work.session, title)) if d.too_large
    }
    ruled = sa.select(TitleDefect).where(TitleDefect.title_id == title.id, TitleDefect.by_rule.in_((SURVEY, BOOK)))
    every = work.session.scalars(ruled.order_by(TitleDefect.n)).all()
    known = {defect.by_rule: defect for defect in every if defect.state is not DefectState.SETTLED}
    decided = {(d.by_rule, d.evidence) for d in every if d.state is DefectState.SETTLED and d.result}
    for rule, defect in known.items():
        if rule not in wrong:
            defect.state, defect.settled_on = DefectState.SETTLED, work.today
    for rule, difference in wrong.items():
        evidence = f"{(title.area or 0) / 100:.2f} m² ≠ {difference.said / 100:.2f} m²"
        if rule in known:
            if known[rule].evidence != evidence:
                known[rule].evidence = evidence
        elif (rule, evidence) not in decided:
            work.add(
                TitleDefect(
                    compound_id=title.compound_id, number=next(work.numbers("QX")), title_id=title.id,
                    kind=DefectKind.AREA_DIFFERS, evidence=evidence, opened_on=work.today, by_rule=rule,
                )
            )  # fmt: skip
