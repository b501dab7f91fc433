"""The papers a stocktake freezes at its steps: what is reported, what was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from models.compound import Compound
from models.document import Document
from models.stocktake import Stocktake, StocktakeStage
from resources.words import N_
from services.desk.errors import Invalid
from services.documents.blocks import Blank, Continued, Gap, Title, day
from services.documents.fonts import Cleaner
from services.documents.ink import PORTRAIT
from services.documents.pdfa import Facts
from services.documents.sheet import Flow, anchored, paint
from services.stocktake_equation import Sums, equation_of

if TYPE_CHECKING:
    from services.desk.work import Work

# Papers are Chinese by decision; each is filed under a number of its own.
KINDS = {StocktakeStage.REPORT: ("stocktake_report", "-B", "资产盘点报告", "ASSET STOCKTAKE REPORT"),
         StocktakeStage.APPROVAL: ("stocktake_approval", "-P", "资产盘点审批表", "APPROVAL OF STOCKTAKE")}  # fmt: skip


def issue(work: Work, found: Stocktake, stage: StocktakeStage) -> str:
    """Freezes the paper of a stage; returns its SHA-256. Invalid: it could not be read."""
    kind, ending, title, other = KINDS[stage]
    number, clean = found.number + ending, Cleaner()
    versions = sa.select(sa.func.max(Document.version)).where(Document.number == number)
    version = (work.session.scalar(versions) or 0) + 1
    compound = work.get(Compound, found.compound_id).name
    sums = equation_of(work.session, found.id)
    flow = Flow(PORTRAIT, [Continued(title, compound, "（续）"), Gap(4)])
    flow.place(Title(clean(title), other), Gap(6))
    said = (f"{found.title}　基准日 {day(found.base_on)}", f"数量：{_equation(sums.pieces)}",
            f"金额（分）：{_equation(sums.cost)}")  # fmt: skip
    for text in said:
        flow.place(Blank(clean(text)), Gap(4))
    facts = Facts(kind, number, version, title, clean(compound), work.now, "zh-CN")
    paper = paint(flow, PORTRAIT, facts, work.tell, losses=clean.losses, foot=f"{title}　{number}",
                  anchor=anchored(*work.head()))  # fmt: skip
    if paper.losses:
        signs = " ".join(f"{c} (U+{ord(c):04X})" for c in paper.losses)
        raise Invalid(N_("No shipped font has these characters: {signs}; correct the record first"), signs=signs)
    digest = work.keep(paper.data)
    work.add(
        Document(
            compound_id=found.compound_id, kind=kind, number=number, version=version, about_id=found.id, sha256=digest,
            size=len(paper.data),
        )
    )  # fmt: skip
    return digest


def _equation(sums: Sums) -> str:
    return f"账面 {sums.book} + 盘盈 {sums.surplus} − 盘亏 {sums.loss} = 实盘 {sums.counted}"
