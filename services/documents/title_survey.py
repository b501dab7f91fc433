"""The property-rights survey 权属清查表: every right with its areas and limits, then the ledger of what is wrong.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from resources.words import N_
from services.desk.errors import Invalid
from services.documents.amounts import figures
from services.documents.blocks import Blank, Continued, Gap, Particulars, Remark, Title, day
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner
from services.documents.ink import LANDSCAPE
from services.documents.ledger import Office, columns
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Flow, Paper, Tell, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import UNKNOWN, Running, Table, lay

KIND, TITLE, ENGLISH = "title_survey", "房屋土地权属清查表", "PROPERTY-RIGHTS SURVEY"
AREAS = (4, 5, 6)  # columns of areas: by certificate, by survey, by the books
RIGHTS = (
    ("序号", 24), ("坐落", 118), ("证号", 112), ("权利人", 78), ("证载面积", 54), ("实测面积", 54), ("账面面积", 54),
    ("用途", 46), ("土地性质", 42), ("抵押查封", 58), ("问题类型", 76), ("处理意见", 70),
)  # fmt: skip
WRONGS = (
    ("序号", 24),
    ("坐落", 130),
    ("问题", 100),
    ("依据", 170),
    ("处理意见", 80),
    ("责任人", 60),
    ("期限", 60),
    ("状态", 60),
)

EVENTS = (("序号", 24), ("日期", 60), ("事项", 90), ("内容", 340), ("证据", 230))


@dataclass(frozen=True)
class Right:
    """One title on paper, in words. Areas in 0.01 m², None where nothing is known."""

    location: str
    certificate: str
    holder: str
    areas: tuple[int | None, int | None, int | None]
    use: str
    nature: str
    limits: str
    wrong: str
    routes: str


@dataclass(frozen=True)
class Defect:
    """One line of the ledger of defects, in words."""

    location: str
    kind: str
    evidence: str
    route: str
    person: str
    due: str
    state: str
    open: bool


@dataclass(frozen=True)
class Happened:
    """One entry of the ledger of a title, in words."""

    on: str
    kind: str
    said: str
    paper: str


@dataclass(frozen=True)
class Survey:
    """Everything the paper says. `made` (aware) dates the file: the same survey gives the same bytes. `history` is the
    ledger of the title where the survey is of one alone."""

    office: str
    scope: str
    on: date
    tolerance: str
    rights: Sequence[Right]
    defects: Sequence[Defect]
    made: datetime
    history: Sequence[Happened] = ()


@press
def render(survey: Survey, tell: Tell = lambda done, total: True) -> Paper:
    """Draws the survey. `tell(page, pages)` stops it with False (Cancelled). Invalid: there is no title to print."""
    if not survey.rights:
        raise Invalid(N_("There are no titles to print"))
    clean = Cleaner()
    office, scope = clean(survey.office), clean(survey.scope)
    flow = Flow(LANDSCAPE, [Continued(TITLE, day(survey.on))])
    left = sum(defect.open for defect in survey.defects)
    wrong = f"{len(survey.defects):,} 项，未结 {left:,} 项"
    flow.place(
        Office(office, "单位：平方米　Unit: m²"),
        Title(TITLE, ENGLISH),
        Particulars(
            (
                (("清查范围", scope), ("清查时点", day(survey.on))),
                (("权利项数", f"{len(survey.rights):,} 项"), ("权属问题", wrong)),
            ),
            LANDSCAPE,
        ),
    )  # fmt: skip
    _rights(flow, survey, clean)
    _defects(flow, survey, clean)
    _history(flow, survey, clean)
    flow.keep(Gap(14), _signatures(office), Gap(2), Blank())
    facts = Facts(KIND, survey.on.isoformat(), 1, TITLE, office, survey.made)
    return paint(flow, LANDSCAPE, facts, tell, losses=clean.losses, foot=f"{TITLE}　{day(survey.on)}")


def _rights(flow: Flow, survey: Survey, clean: Cleaner) -> None:
    table = Table(columns(RIGHTS, *AREAS), LANDSCAPE, clean, lead=10, least=22)
    running = Running(table, dict.fromkeys(AREAS, figures))
    whole = Running(table, dict.fromkeys(AREAS, figures))
    rows = []
    for n, right in enumerate(survey.rights, 1):
        areas = [UNKNOWN if area is None else figures(area) for area in right.areas]
        rows.append(
            table.row((str(n), right.location, right.certificate, right.holder, *areas, right.use, right.nature,
                       right.limits, right.wrong, right.routes))
        )  # fmt: skip
        whole.add(_areas(right))
    note = f"面积差异以证载面积为准，容差 ±{survey.tolerance}%；账面面积取自房屋、房间台账现值；“—”为未录。"
    lay(flow, table, rows, [whole.block("合　计　Total"), Remark(note)], running, lambda n: _areas(survey.rights[n]))


def _areas(right: Right) -> dict[int, int | None]:
    return dict(zip(AREAS, right.areas, strict=True))


def _defects(flow: Flow, survey: Survey, clean: Cleaner) -> None:
    if not survey.defects:
        return
    table = Table(columns(WRONGS), LANDSCAPE, clean, lead=10, least=20)
    rows = [
        table.row((str(n), d.location, d.kind, d.evidence, d.route, d.person, d.due, d.state))
        for n, d in enumerate(survey.defects, 1)
    ]
    below(flow, Heading("权属问题台账", "Ledger of defects"), table, rows)


def _history(flow: Flow, survey: Survey, clean: Cleaner) -> None:
    if not survey.history:
        return
    table = Table(columns(EVENTS), LANDSCAPE, clean, lead=10, least=20)
    rows = [table.row((str(n), e.on, e.kind, e.said, e.paper)) for n, e in enumerate(survey.history, 1)]
    below(flow, Heading("产权沿革", "History of the title"), table, rows)


def _signatures(office: str) -> SignOff:
    roles = (("填表人", "Prepared by"), ("审核人", "Checked by"), ("单位负责人", "Head of the office"))
    return SignOff([Signer(role, english, office, "") for role, english in roles], LANDSCAPE)
