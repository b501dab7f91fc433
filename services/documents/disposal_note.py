"""The papers of a disposal: 处置申请表, 处置批复清单, 资产核销清单. One layout, three moments.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime

from resources.words import N_
from services.desk.errors import Invalid
from services.documents import paper_code
from services.documents.amounts import LIMIT, figures, in_words
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
from services.documents.chapter import Heading, below
from services.documents.fonts import Cleaner, Face
from services.documents.ink import MUTED, PORTRAIT, Style
from services.documents.paper_code import Seal
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import UNKNOWN, Column, Running, Table, lay
from services.documents.verification import Verification

QUANTITY, COST, NET = 5, 7, 8
SHOWN: dict[int, Callable[[int], str]] = {QUANTITY: "{:,}".format, COST: figures, NET: figures}
SMALL, COUNT = Style(Face.SANS, 7.2), Style(Face.SANS, 8, MUTED)
LINES = (("序号", 24), ("资产编号", 74), ("资产名称", 74), ("规格型号", 78), ("单位", 25), ("数量", 27),
         ("取得日期", 52), ("原值（元）", 61), ("净值（元）", 61))  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """One of the papers: its name in the file, its titles, what its statement says, and who signs."""

    name: str
    title: str
    english: str
    statement: str
    signers: tuple[tuple[str, str], ...]


APPLICATION = Kind(
    "disposal_application", "国有资产处置申请表", "APPLICATION FOR DISPOSAL OF ASSETS",
    "经集体研究，拟以“{mode}”方式处置上列资产，共 {lines} 项 {pieces} 件。所附材料真实、完整，资产权属清晰。"
    "现申请按规定权限审批。",
    (("经办人", "Prepared by"), ("资产管理部门", "Asset office"), ("单位负责人", "Head"), ("审批机关", "Authority")),
)  # fmt: skip
APPROVED = Kind(
    "disposal_approval", "国有资产处置批复清单", "LIST OF ASSETS APPROVED FOR DISPOSAL",
    "上列资产共 {lines} 项 {pieces} 件，已按上述批复同意以“{mode}”方式处置。处置完成前资产不得移动、拆用或者另作他用；"
    "处置收入扣除相关税费后按规定上缴国库。",
    (("资产管理部门", "Asset office"), ("财务部门", "Finance"), ("单位负责人", "Head of the office")),
)  # fmt: skip
WRITTEN_OFF = Kind(
    "disposal_write_off", "国有资产核销清单", "LIST OF ASSETS WRITTEN OFF",
    "上列资产共 {lines} 项 {pieces} 件，已以“{mode}”方式处置完毕，据此核销台账和会计账。资产卡片予以保留，不作删除。",
    (("资产管理部门", "Asset office"), ("财务部门", "Finance"), ("单位负责人", "Head of the office")),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One card. Money in fen; None is not recorded."""

    number: str
    name: str
    model: str
    measure: str
    quantity: int
    acquired: date | None
    cost: int | None
    net: int | None


@dataclass(frozen=True)
class Chapter:
    """A further table in words: its names, the titles and widths of its columns, its rows, a remark below."""

    name: str
    english: str
    columns: tuple[tuple[str, float], ...]
    rows: tuple[tuple[str, ...], ...]
    remark: str = ""
    right: tuple[int, ...] = ()  # columns of sums


@dataclass(frozen=True)
class Note:
    """Everything a paper says. `made` (aware) dates the file; `particulars` are labelled facts, two to a row."""

    kind: Kind
    number: str
    version: int
    office: str
    mode: str
    on: date
    made: datetime
    particulars: tuple[tuple[tuple[str, str], tuple[str, str]], ...]
    lines: Sequence[Line]
    chapters: tuple[Chapter, ...] = ()
    authority: str = ""  # who must approve
    draft: bool = False
    anchor: str = ""


def render(note: Note, tell: Tell = lambda done, total: True, seal: Seal | None = None) -> Paper:
    """Draws the paper. `tell(page, pages)` stops it with False (Cancelled); `seal` signs what the QR code
    says. Invalid: no lines, a value below zero, or sums beyond what can be written in words."""
    if not note.lines:
        raise Invalid(N_("A disposal needs at least one asset"))
    if any((value or 0) < 0 for line in note.lines for value in (line.cost, line.net)):
        raise Invalid(N_("A value of this disposal is below zero; correct the card first"))
    if sum(line.cost or 0 for line in note.lines) >= LIMIT:
        raise Invalid(N_("The sum of this disposal is too large to be written in words"))
    return drawn(note, code(note, digest(note), seal), tell)


@press
def drawn(note: Note, said_by_code: str, tell: Tell) -> Paper:
    """The paper with what its QR code says."""
    clean = Cleaner()
    note = _cleaned(note, clean)
    rows = digest(note)
    flow = Flow(PORTRAIT, [Continued(note.kind.title, note.number)])
    _opening(flow, note, said_by_code)
    _table(flow, note, clean)
    for chapter in note.chapters:
        _chapter(flow, chapter, clean)
    _closing(flow, note, rows, said_by_code)
    kind = f"{note.kind.name}_draft" if note.draft else note.kind.name
    facts = Facts(kind, note.number, note.version, note.kind.title, note.office, note.made)
    mark = "草　稿" if note.draft else ""
    return paint(flow, PORTRAIT, facts, tell, losses=clean.losses, watermark=mark, anchor=note.anchor,
                 code=said_by_code)  # fmt: skip


def digest(note: Note) -> str:
    """SHA-256 (hex) of the rows: each a JSON array without spaces, ASCII only, ended by \n; days as ISO text."""
    found = hashlib.sha256()
    for line in note.lines:
        plain = [value.isoformat() if isinstance(value, date) else value for value in astuple(line)]
        found.update(json.dumps(plain, separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()


def code(note: Note, rows: str, seal: Seal | None = None) -> str:
    """What the QR code carries (`paper_code`): lines, pieces and cost (fen) as key figures."""
    figures_ = (len(note.lines), _pieces(note), sum(line.cost or 0 for line in note.lines))
    mine = None if note.draft else seal
    return paper_code.written(note.kind.name, note.number, note.version, note.on, figures_, rows, mine)


def _pieces(note: Note) -> int:
    return sum(line.quantity for line in note.lines)


def _cleaned(note: Note, clean: Cleaner) -> Note:
    def plain(text: str) -> str:
        return clean(text).replace("\n", " ")

    particulars = tuple(((a, plain(b)), (c, plain(d))) for (a, b), (c, d) in note.particulars)
    return replace(note, number=plain(note.number), office=plain(note.office), particulars=particulars,
                   mode=plain(note.mode), authority=plain(note.authority))  # fmt: skip


def _opening(flow: Flow, note: Note, said_by_code: str) -> None:
    below_ = [f"第 {note.version} 版　替代此前版本"] if note.version > 1 else []
    below_ += ["草稿　未开具" if note.draft else f"开具时间　{note.made:%Y-%m-%d %H:%M}"]
    flow.place(
        Masthead(note.office, note.number, below_, said_by_code), Title(note.kind.title, note.kind.english),
        Particulars(note.particulars, PORTRAIT),
    )  # fmt: skip


def _columns(widths: Sequence[tuple[str, float]]) -> list[Column]:
    scale = PORTRAIT.measure / sum(width for _, width in widths)
    made = [Column(name, width * scale) for name, width in widths]
    made[0] = replace(made[0], align="center", wraps=False, style=COUNT)
    return made


def _table(flow: Flow, note: Note, clean: Cleaner) -> None:
    columns = _columns(LINES)
    columns[1], columns[6] = replace(columns[1], style=SMALL), replace(columns[6], style=SMALL, wraps=False)
    columns[4] = replace(columns[4], align="center", wraps=False)
    for at in SHOWN:
        columns[at] = replace(columns[at], align="right", wraps=False)
    table = Table(columns, PORTRAIT, clean)
    running, whole = Running(table, SHOWN), Running(table, SHOWN)
    for line in note.lines:
        whole.add(_values(line))
    rows = [table.row(_cells(n, line)) for n, line in enumerate(note.lines, 1)]
    tail: list[Block] = [
        whole.block("合　计　Total"),
        Gap(3),
        _sum("原值合计（大写）", note, "cost", "原值", strong=True),
        _sum("净值合计（大写）", note, "net", "净值"),
    ]
    if table.cut:
        tail.append(Remark(f"有 {table.cut} 个单元格内容过长，以“…”截止，全文见资产卡片。"))
    lay(flow, table, rows, [*tail, Rule()], running, lambda n: _values(note.lines[n]))


def _cells(n: int, line: Line) -> tuple[str, ...]:
    sums = tuple(UNKNOWN if value is None else figures(value) for value in (line.cost, line.net))
    acquired = line.acquired.isoformat() if line.acquired else UNKNOWN
    return (str(n), line.number, line.name, line.model, line.measure, f"{line.quantity:,}", acquired, *sums)


def _values(line: Line) -> Mapping[int, int | None]:
    return {QUANTITY: line.quantity, COST: line.cost, NET: line.net}


def _sum(label: str, note: Note, field: str, what: str, *, strong: bool = False) -> Words:
    values = [getattr(line, field) for line in note.lines]
    known, missing = [value for value in values if value is not None], values.count(None)
    remark = f"另有 {missing:,} 项{what}未录" if missing and known else ""
    return Words(label, in_words(sum(known)) if known else f"{what}均未录", remark, strong)


def _chapter(flow: Flow, chapter: Chapter, clean: Cleaner) -> None:
    columns = _columns(chapter.columns)
    for at in chapter.right:
        columns[at] = replace(columns[at], align="right", wraps=False)
    table = Table(columns, PORTRAIT, clean, lead=10, least=20)
    rows = [table.row(row) for row in chapter.rows]
    below(flow, Heading(chapter.name, chapter.english), table, rows,
          [Remark(clean(chapter.remark))] if chapter.remark else [])  # fmt: skip


def _closing(flow: Flow, note: Note, rows: str, said_by_code: str) -> None:
    """Statement, signatures and verification on one page: whoever signs sees what for."""
    text = note.kind.statement.format(mode=note.mode, lines=f"{len(note.lines):,}", pieces=f"{_pieces(note):,}")
    signers = [
        Signer(role, english, note.office if role != "审批机关" else note.authority, "")
        for role, english in note.kind.signers
    ]
    flow.keep(
        Statement("说明", text, PORTRAIT),
        SignOff(signers, PORTRAIT),
        Gap(14),
        _verification(note, rows, said_by_code),
        Blank(),
    )


def _verification(note: Note, rows: str, said_by_code: str) -> Verification:
    stands = "以电子签名或亲笔签字、盖章为准。"
    return Verification(
        said_by_code, "文件核对", "Verification",
        (
            "用“大院管家”的“核验文件”检查电子文件或扫描二维码，可知是否改动、由谁签名、是否有效。",
            "本件是草稿，不作处置依据，二维码未签名。" if note.draft else stands,
            f"{day(note.on)}。二维码载有编号、版本、日期、项数、件数、原值合计（分）、明细摘要及出具方签名。",
            "明细摘要 SHA-256　" + " ".join(rows[n : n + 16] for n in range(0, 64, 16)),
        ),
    )  # fmt: skip
