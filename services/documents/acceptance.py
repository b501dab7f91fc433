"""The acceptance note 固定资产验收单: what came, what was accepted and rejected, the cards it made, who accepted it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.acquisition import AssetNeed
from models.asset import Asset
from models.beside import AssetClass
from models.compound import Compound
from models.organization import Organization
from models.staff import Staff
from resources.words import tr
from services.desk.site import the_office
from services.documents import paper_code
from services.documents.amounts import figures, in_words
from services.documents.blocks import (
    Blank,
    Continued,
    Gap,
    Masthead,
    Particulars,
    Remark,
    Rule,
    Statement,
    Title,
    Words,
    day,
)
from services.documents.fonts import Cleaner
from services.documents.ink import PORTRAIT
from services.documents.paper_code import Seal
from services.documents.pdfa import Facts
from services.documents.sheet import Block, Flow, Paper, anchored, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import UNKNOWN, Column, Table, lay
from services.documents.verification import Verification

TITLE, ENGLISH, KIND = "固定资产验收单", "FIXED ASSET ACCEPTANCE NOTE", "acceptance"
LANG = "zh_CN"  # an official paper is Chinese by decision
STATEMENT = (
    "上列资产经两名验收人员共同验收：应到 {quantity} 件，验收合格 {accepted} 件，不合格 {rejected} 件{why}。"
    "合格资产自验收之日起登记入账，建立资产卡片 {cards} 张。"
)
WIDTHS = (24, 92, 118, 92, 30, 60, 72)


def render(
    session: Session,
    need: AssetNeed,
    cards: Sequence[Asset],
    *,
    made: datetime,
    head: tuple[int, str],
    seal: Seal | None = None,
) -> Paper:
    """Draws the note of what was accepted just now. Invalid: a character no shipped face has."""
    clean = Cleaner()
    rows = _rows(need, cards)
    digest = hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()
    office = clean(the_office(session).name)
    flow = Flow(PORTRAIT, [Continued(TITLE, need.number)])
    figures_ = (len(cards), need.accepted, _total(need))
    code = paper_code.written(KIND, need.number, 1, need.accepted_on or made.date(), figures_, digest, seal)
    stamp = f"开具时间　{made.astimezone():%Y-%m-%d %H:%M}"
    particulars = [((a, clean(b)), (c, clean(d))) for (a, b), (c, d) in _facts(session, need)]
    flow.place(Masthead(office, need.number, [stamp], code), Title(TITLE, ENGLISH), Particulars(particulars, PORTRAIT))
    _table(flow, need, rows, clean)
    _closing(flow, session, need, len(cards), code, digest)
    return paint(flow, PORTRAIT, Facts(KIND, need.number, 1, TITLE, office, made), lambda done, total: True,
                 losses=clean.losses, anchor=anchored(*head), code=code)  # fmt: skip


def _facts(session: Session, need: AssetNeed) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    def name(kind: type[Compound] | type[Organization], id: UUID | None) -> str:
        return (session.scalar(sa.select(kind.name).where(kind.id == id)) or UNKNOWN) if id else UNKNOWN

    about = (AssetClass.code == need.class_code, AssetClass.edition == need.class_edition)
    class_name = session.scalar(sa.select(AssetClass.name).where(*about)) or ""
    source = tr(LANG, f"asset_need.source={need.source.value}") if need.source else UNKNOWN
    form = tr(LANG, f"asset_need.procurement={need.procurement.value}") if need.procurement else UNKNOWN
    price = f"{figures(need.price)} 元" if need.price is not None else UNKNOWN
    return [
        (("资产名称", need.name), ("规格型号", need.model or UNKNOWN)),
        (("资产分类", f"{need.class_code} {class_name}"), ("管理大院", name(Compound, need.compound_id))),
        (("取得方式", source), ("采购形式", form)),
        (("供应商", need.supplier or UNKNOWN), ("合同号", need.contract or UNKNOWN)),
        (("发票号", need.invoice or UNKNOWN), ("批准依据", need.decision or UNKNOWN)),
        (("使用部门", name(Organization, need.unit_id)), ("单价", price)),
        (("验收日期", day(need.accepted_on) if need.accepted_on else UNKNOWN), ("应到数量", f"{need.quantity:,}")),
    ]  # fmt: skip


def _rows(need: AssetNeed, cards: Sequence[Asset]) -> list[tuple[str, ...]]:
    return [
        (str(n), card.number, card.name, card.serial or "", f"{card.quantity:,}",
         figures(need.price) if need.price is not None else UNKNOWN,
         figures(card.cost) if card.cost is not None else UNKNOWN)
        for n, card in enumerate(cards, 1)
    ]  # fmt: skip


def _total(need: AssetNeed) -> str:
    return "-" if need.price is None else str(need.price * (need.accepted or 0))


def _table(flow: Flow, need: AssetNeed, rows: Sequence[tuple[str, ...]], clean: Cleaner) -> None:
    names = ("序号", "资产编号", "资产名称", "序列号", "数量", "单价（元）", "原值（元）")
    scale = PORTRAIT.measure / sum(WIDTHS)
    columns = [Column(name, wide * scale, "right" if n > 3 else "left", n in (2, 3))
               for n, (name, wide) in enumerate(zip(names, WIDTHS, strict=True))]  # fmt: skip
    table = Table(columns, PORTRAIT, clean)
    total = in_words(int(_total(need))) if need.price is not None else "未录"
    tail: list[Block] = [Words("原值合计（大写）", total, "", True), Rule()]
    if rows:
        lay(flow, table, [table.row(row) for row in rows], tail)
    else:
        flow.keep(Remark("无合格资产，未建立资产卡片。"), Rule())


def _closing(flow: Flow, session: Session, need: AssetNeed, cards: int, code: str, digest: str) -> None:
    why = f"（{need.rejected_why}）" if need.rejected and need.rejected_why else ""
    text = STATEMENT.format(quantity=f"{need.quantity:,}", accepted=f"{need.accepted or 0:,}",
                            rejected=f"{need.rejected or 0:,}", why=why, cards=f"{cards:,}")  # fmt: skip
    signers = [
        _signer(session, "验收人", "Accepted by", need.accepted_by_id, need),
        _signer(session, "验收人", "Accepted by", need.second_by_id, need),
        _signer(session, "资产管理员", "Asset clerk", None, need),
    ]
    lines = (
        "用“大院管家”的“核验文件”检查电子文件或扫描二维码，可知是否改动、由谁签名、是否有效。",
        "以电子签名或各方亲笔签字、盖章为准。二维码载有编号、日期、卡片数、件数、金额（分）、明细摘要及出具方签名。",
        "明细摘要 SHA-256　" + " ".join(digest[n : n + 16] for n in range(0, 64, 16)),
    )
    flow.keep(
        Statement("验收结论", text, PORTRAIT), SignOff(signers, PORTRAIT), Gap(14),
        Verification(code, "文件核对", "Verification", lines), Blank(),
    )  # fmt: skip


def _signer(session: Session, role: str, english: str, person: UUID | None, need: AssetNeed) -> Signer:
    staff = session.get(Staff, person) if person else None
    unit = session.scalar(sa.select(Organization.name).where(Organization.id == staff.unit_id)) if staff else None
    return Signer(role, english, unit or UNKNOWN, staff.name if staff else "", "", need.accepted_on if staff else None)
