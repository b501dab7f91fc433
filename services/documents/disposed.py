"""The papers of a disposal out of the store: what they say is gathered here, how they look is not."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import Blob
from models.compound import Compound
from models.disposal import Disposal, DisposalMode, DisposalState, Stage
from models.document import Document
from resources.words import N_, tr
from services import issued, paper_settings
from services.depreciation_balances import net_values
from services.desk.errors import Conflict, Missing
from services.desk.site import the_office
from services.disposal_income import rows_of
from services.disposal_rules import limit
from services.disposal_sheet import Line, balance, checklist, lines_of
from services.documents import disposal_note
from services.documents.amounts import figures
from services.documents.blocks import day
from services.documents.disposal_note import APPLICATION, APPROVED, WRITTEN_OFF, Chapter, Kind, Note
from services.documents.sheet import anchored
from services.documents.table import UNKNOWN

if TYPE_CHECKING:
    from services.desk.work import Work

S = DisposalState
LANG = "zh_CN"  # papers are Chinese by decision
CHINA = timezone(timedelta(hours=8))
KINDS: dict[str, Kind] = {kind.name: kind for kind in (APPLICATION, APPROVED, WRITTEN_OFF)}
OF_STATE = {S.DRAFT: APPLICATION, S.APPLIED: APPLICATION, S.APPROVED: APPROVED, S.EXECUTED: WRITTEN_OFF}
ENDING = {APPLICATION.name: "", APPROVED.name: "-L", WRITTEN_OFF.name: "-W"}  # each is filed under a number of its own
PAPERS = (("序号", 24), ("材料", 120), ("文号、编号", 120), ("日期", 66), ("依据", 146))
LOSSES = (("序号", 24), ("资产编号", 90), ("情况", 70), ("责任认定", 200), ("赔偿金额（元）", 92))
SUMS = (("序号", 24), ("项目", 86), ("金额（元）", 80), ("收（付）日期", 76), ("上缴金额（元）", 80), ("上缴日期", 66),
        ("凭证号", 64))  # fmt: skip


def issue(work: Work, found: Disposal) -> str:
    """Freezes the paper of the state a disposal has come to; returns its SHA-256. Invalid: it could not be read."""
    kind = OF_STATE[found.state]
    number = found.number + ENDING[kind.name]
    versions = sa.select(sa.func.max(Document.version)).where(Document.number == number)
    version = (work.session.scalar(versions) or 0) + 1
    note = _note(work.session, found, kind, version, work.now, anchor=anchored(*work.head()))
    with paper_settings.dress(work.session, kind.name).worn():
        paper = disposal_note.render(note, tell=work.tell, seal=work.seal)
    return issued.keep(
        work, paper, compound_id=found.compound_id, kind=kind.name, number=number, version=version, about_id=found.id,
        on=note.on,
    ).sha256  # fmt: skip


def of(session: Session, disposal_id: UUID, stage: Stage | None = None) -> bytes:
    """The kept bytes of the paper of a stage, or of the last one, in its newest version; the application of a draft is
    drawn anew with its watermark. Missing: there is none of this kind. Conflict: the disposal was cancelled."""
    found = session.get(Disposal, disposal_id)
    if found is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    if found.state is S.CANCELLED:
        message = N_("Disposal {number} was cancelled; its number is void and it is not printed")
        raise Conflict(message, number=found.number)
    wanted = KINDS[f"disposal_{stage.value}"] if stage else OF_STATE.get(found.state, APPLICATION)
    if found.state is S.DRAFT and wanted is APPLICATION:
        made = datetime.combine(datetime.now(CHINA).date(), time(), CHINA)  # by the day it is shown
        return disposal_note.render(_note(session, found, wanted, 1, made, draft=True)).data
    kept = sa.select(Document.sha256).where(Document.about_id == found.id, Document.kind == wanted.name)
    sha256 = session.scalar(kept.order_by(Document.version.desc()).limit(1))
    if sha256 is None or (wanted is WRITTEN_OFF and found.state is not S.EXECUTED):
        raise Missing(N_("This paper is made with a later step"))
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(sha256)))
    if data is None:
        raise Missing(N_("The paper of {number} is missing from the store; run a check"), number=found.number)
    return data


def _note(
    session: Session, found: Disposal, kind: Kind, version: int, made: datetime, *, draft: bool = False,
    anchor: str = "",
) -> Note:  # fmt: skip
    lines, at = lines_of(session, found.id), made.astimezone(CHINA)
    chapters = {APPLICATION.name: _application, APPROVED.name: _losses, WRITTEN_OFF.name: _written_off}
    return Note(
        kind=kind, number=found.number + ENDING[kind.name], version=version,
        office=the_office(session).name, mode=_word("mode", found.mode.value),
        on=found.executed_on or found.approved_on or found.applied_on or at.date(), made=at,
        particulars=_particulars(session, found, kind, lines), lines=_lines(session, lines, at.date()),
        chapters=chapters[kind.name](session, found, lines, at.date()), authority=_must(found, lines, at.date()),
        draft=draft, anchor=anchor,
    )  # fmt: skip


def _word(field: str, value: str | None, entity: str = "disposal") -> str:
    return tr(LANG, f"{entity}.{field}={value}") if value else UNKNOWN


def _lines(session: Session, lines: list[Line], on: date) -> list[disposal_note.Line]:
    assets = [line.asset for line in lines]
    nets = net_values(session, assets, on)
    return [
        disposal_note.Line(
            asset.number, asset.name, asset.model or "", asset.measure or "", asset.quantity, asset.acquired_on,
            asset.cost, nets[asset.id],
        )
        for asset in assets
    ]  # fmt: skip


def _must(found: Disposal, lines: list[Line], on: date) -> str:
    """Who must approve, by the rules of a day."""
    needed = limit(found.level, [line.thing for line in lines], on) if found.level else None
    return _word("authority", needed.authority.value if needed else None)


def _particulars(
    session: Session, found: Disposal, kind: Kind, lines: list[Line]
) -> tuple[tuple[tuple[str, str], tuple[str, str]], ...]:
    compound = session.scalar(sa.select(Compound.name).where(Compound.id == found.compound_id)) or ""
    pieces = sum(line.asset.quantity for line in lines)
    about = (
        (("处置方式", _word("mode", found.mode.value)), ("所在大院", compound)),
        (("处置原因", _word("ground", found.ground.value) + (f"：{found.reason}" if found.reason else "")),
         ("资产范围", f"共 {len(lines):,} 项 {pieces:,} 件")),
        (("接收方", found.receiver or UNKNOWN), ("评估价值", _money(found.appraised))),
    )  # fmt: skip
    applied = (("单位级次", _word("level", found.level and found.level.value)), ("申请日期", _day(found.applied_on)))
    authority = found.approver or _word("authority", found.authority and found.authority.value)
    approved = (("批复单位", authority), ("批复", f"{found.approval_no or UNKNOWN}　{_day(found.approved_on)}"))
    if kind is APPLICATION:
        return (*about, applied)
    if kind is APPROVED:
        return (*about, approved)
    voucher = f"{found.voucher or UNKNOWN}　{_day(found.booked_on)}"
    return (*about, approved, (("核销凭证", voucher), ("处置日期", _day(found.executed_on))))


def _day(value: date | None) -> str:
    return day(value) if value else UNKNOWN


def _money(fen: int | None) -> str:
    return UNKNOWN if fen is None else f"¥{figures(fen)}"


def _application(session: Session, found: Disposal, lines: list[Line], on: date) -> tuple[Chapter, ...]:
    rows = tuple(
        (str(n), _word("item", check.item.value, "disposal_paper"), check.paper_no or UNKNOWN,
         check.paper_on.isoformat() if check.paper_on else UNKNOWN, check.source)
        for n, check in enumerate(checklist(session, found, lines, on), 1)
    )  # fmt: skip
    return (*_losses(session, found, lines, on), Chapter("随附材料", "Papers of the application", PAPERS, rows))


def _losses(session: Session, found: Disposal, lines: list[Line], on: date) -> tuple[Chapter, ...]:
    if found.mode is not DisposalMode.WRITE_OFF:
        return ()
    rows = tuple(
        (str(n), line.asset.number, _word("cause", line.line.cause and line.line.cause.value, "disposal_line"),
         line.line.responsibility or UNKNOWN,
         UNKNOWN if line.line.compensation is None else figures(line.line.compensation))
        for n, line in enumerate(lines, 1)
    )  # fmt: skip
    owed = sum(line.line.compensation or 0 for line in lines)
    return (Chapter("损失说明与责任认定", "Losses", LOSSES, rows, f"应赔偿合计 ¥{figures(owed)}。", (4,)),)


def _written_off(session: Session, found: Disposal, lines: list[Line], on: date) -> tuple[Chapter, ...]:
    sums = rows_of(session, found.id)
    rows = tuple(
        (str(n), _word("kind", row.kind.value, "disposal_income"), figures(-row.amount if row.cost else row.amount),
         row.received_on.isoformat() if row.received_on else UNKNOWN,
         UNKNOWN if row.paid is None else figures(row.paid), row.paid_on.isoformat() if row.paid_on else UNKNOWN,
         row.voucher or UNKNOWN)
        for n, row in enumerate(sums, 1)
    )  # fmt: skip
    now = balance(session, found.id)
    sums_ = (("应收", now.due), ("已收", now.received), ("税费", now.spent), ("已上缴国库", now.paid))
    remark = "，".join(f"{name} ¥{figures(fen)}" for name, fen in sums_) + "。"
    income = (Chapter("处置收入及上缴", "Income and treasury payments", SUMS, rows, remark, (2, 4)),) if rows else ()
    return (*_losses(session, found, lines, on), *income)
