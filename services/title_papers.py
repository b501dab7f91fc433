"""Papers about titles: the property-rights survey of those in reach, as they stood on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy.orm import Session

from models.title import Title, TitleState
from models.title_defect import DefectState
from resources.words import N_, tr
from services.desk.intent import query
from services.desk.site import the_office
from services.title_sheet import Entry, Sheet, sheets
from services.title_state import STANDS
from services.title_words import in_words

if TYPE_CHECKING:
    from services.documents.title_survey import Defect, Happened, Right

CHINA = timezone(timedelta(hours=8))
LANG = "zh_CN"  # papers are Chinese by decision
NONE, UNREGISTERED, CANCELLED = "无", "无证", "（已注销）"


@query(N_("Property-rights survey"), on=Title, name="titles.survey")
def survey(session: Session, on: date, title_ids: Sequence[UUID] | None = None) -> bytes:
    """The survey of these titles, or of all in reach by number, as a PDF. Invalid: there are none."""
    from services.documents import title_survey  # the PDF libraries are loaded with the first paper

    found = sheets(session, on, title_ids or None)
    compounds = list(dict.fromkeys(each.compound for each in found))
    named = found[0].location if len(found) == 1 else "、".join(compounds)
    made = title_survey.Survey(
        the_office(session).name, named, on, f"{found[0].tolerance / 10:g}" if found else "",
        [_right(each) for each in found], [defect for each in found for defect in _defects(each)],
        datetime.combine(on, time(), CHINA),
        [_happened(entry) for entry in reversed(found[0].events)] if len(found) == 1 else (),
    )  # fmt: skip
    return title_survey.render(made).data


def _word(key: str, value: object) -> str:
    return tr(LANG, f"{key}={value}") if value else ""


def _right(of: Sheet) -> Right:
    from services.documents.title_survey import Right

    now = of.now
    open_ = [defect for defect in of.defects if defect.state is not DefectState.SETTLED]
    wrong = "、".join(dict.fromkeys(_word("title_defect.kind", defect.kind.value) for defect in open_))
    routes = "、".join(dict.fromkeys(_word("title_defect.route", d.route.value) for d in open_ if d.route))
    certificate = of.certificate or _word("title.paper", of.paper.value)
    areas = (now.area if now.state in STANDS else None, now.surveyed_area, of.booked)
    if now.state is TitleState.CANCELLED:  # what took its place has the areas
        certificate, areas = f"{certificate}{CANCELLED}", (None, None, None)
    limits = [_word("title_event.kind", event.kind.value) for event in now.open]
    return Right(
        of.location, UNREGISTERED if now.state is TitleState.UNREGISTERED else certificate,
        of.rights.holders[0].who if of.rights.holders else "", areas,
        now.use or "", _word("title.land_nature", now.land_nature and now.land_nature.value),
        "、".join(dict.fromkeys(limits)) or NONE, wrong or NONE, routes,
    )  # fmt: skip


def _defects(of: Sheet) -> list[Defect]:
    from services.documents.title_survey import Defect

    return [
        Defect(
            of.location, _word("title_defect.kind", d.kind.value), " · ".join(filter(None, (d.evidence, d.result))),
            _word("title_defect.route", d.route and d.route.value), d.person, d.due_on.isoformat() if d.due_on else "",
            "逾期" if d.late else _word("title_defect.state", d.state.value), d.state is not DefectState.SETTLED,
        )
        for d in of.defects
    ]  # fmt: skip


def _happened(entry: Entry) -> Happened:
    from services.documents.title_survey import Happened

    kind = _word("title_event.kind", entry.kind.value)
    return Happened(entry.on.isoformat(), kind, in_words(entry, partial(tr, LANG)), entry.paper)
