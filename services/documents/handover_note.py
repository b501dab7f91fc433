"""The handover note 固定资产移交清单: particulars, the assets with their sums, sign-off, verification.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from resources.words import N_
from services.desk.errors import Invalid
from services.documents.amounts import LIMIT, figures, in_words
from services.documents.blocks import (
    Blank,
    Continued,
    Gap,
    Masthead,
    Particulars,
    Remark,
    Rule,
    Signer,
    SignOff,
    Statement,
    Title,
    Verification,
    Words,
    day,
)
from services.documents.fonts import Cleaner, Face
from services.documents.ink import MUTED, PORTRAIT, Style
from services.documents.pdfa import Facts
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.table import Column, Running, Table, lay

TITLE, ENGLISH = "固定资产移交清单", "FIXED ASSET HANDOVER LIST"
KIND = "handover"
UNKNOWN = "—"
QUANTITY, COST, NET = 5, 6, 7
NUMBERS = Style(Face.SANS, 7.5)
STATEMENT = (
    "移交、接收双方在本清单上签字，即确认已按所列“移交方式”对上列 {lines} 项 {pieces} 件资产进行核对。"
    "自双方签字之日起，上列资产的使用、保管责任由接收方承担；签字之前形成的问题由移交方说明并记入附注。{copies}"
)
COPIES = {True: "本清单一式三份，移交方、接收方、监交方各执一份。", False: "本清单一式两份，移交方、接收方各执一份。"}


@dataclass(frozen=True)
class Party:
    """One side of the handover; `signed_on` is printed when it is known."""

    unit: str
    person: str
    post: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class Line:
    """One card. Money in fen; None is not recorded."""

    number: str
    name: str
    model: str
    measure: str
    quantity: int
    cost: int | None
    net: int | None
    place: str


@dataclass(frozen=True)
class Note:
    """Everything the paper says. `issued_at` (aware) dates the file; a draft has none and is dated by `on`."""

    number: str
    version: int
    office: str
    compound: str
    from_: Party
    to: Party
    supervisor: Party | None
    basis: str
    mode: str
    on: date
    lines: Sequence[Line]
    issued_at: datetime | None
    draft: bool = False


def render(note: Note, tell: Tell = lambda done, total: True) -> Paper:
    """Draws the note. `tell(page, pages)` hears of progress and stops it with False (Cancelled).

    Invalid: it has no lines, or its sums are beyond what can be written in words.
    """
    if not note.lines:
        raise Invalid(N_("A handover note needs at least one asset"))
    if sum(line.cost or 0 for line in note.lines) >= LIMIT:
        raise Invalid(N_("The sum of this note is too large to be written in words"))
    clean = Cleaner()
    note = _cleaned(note, clean)
    flow = Flow(PORTRAIT, [Continued(TITLE, note.number)])
    _opening(flow, note)
    _table(flow, note, clean)
    _closing(flow, note)
    facts = Facts(KIND, note.number, note.version, TITLE, note.office, _made(note))
    return paint(flow, PORTRAIT, facts, tell, losses=clean.losses, watermark="草  稿" if note.draft else "")


def digest(note: Note) -> str:
    """SHA-256 (hex) of the rows: number, quantity, cost and net value of each line, one line a row."""
    rows = (f"{x.number}\t{x.quantity}\t{_or_dash(x.cost)}\t{_or_dash(x.net)}\n" for x in note.lines)
    return hashlib.sha256("".join(rows).encode()).hexdigest()


def code(note: Note) -> str:
    """What the QR code carries: `DAYUAN1|number|version|date|lines|pieces|cost|net|SHA-256 of the rows`.

    Cost and net are totals of the known values in fen, `-` when none is known.
    """
    net = [x.net for x in note.lines if x.net is not None]
    cost = [x.cost for x in note.lines if x.cost is not None]
    sums = (_or_dash(sum(cost) if cost else None), _or_dash(sum(net) if net else None))
    parts = (note.number, str(note.version), note.on.isoformat(), str(len(note.lines)), str(_pieces(note)), *sums)
    return "|".join(("DAYUAN1", *parts, digest(note)))


def _or_dash(value: int | None) -> str:
    return "-" if value is None else str(value)


def _pieces(note: Note) -> int:
    return sum(line.quantity for line in note.lines)


def _made(note: Note) -> datetime:
    return note.issued_at or datetime(note.on.year, note.on.month, note.on.day).astimezone()


def _cleaned(note: Note, clean: Cleaner) -> Note:
    """Every text printable. The cells of the table are cleaned as they are laid."""

    def party(found: Party) -> Party:
        return replace(found, unit=clean(found.unit), person=clean(found.person), post=clean(found.post))

    return replace(
        note, office=clean(note.office), compound=clean(note.compound), from_=party(note.from_), to=party(note.to),
        supervisor=party(note.supervisor) if note.supervisor else None, basis=clean(note.basis), mode=clean(note.mode),
    )  # fmt: skip


def _opening(flow: Flow, note: Note) -> None:
    below = [f"第 {note.version} 版　替代前版"] if note.version > 1 else []
    below += ["草稿　不作凭证"] if note.draft else ["扫码可核对"]
    pieces = f"共 {len(note.lines):,} 项 {_pieces(note):,} 件"
    rows = (
        (("移交单位", _side(note.from_)), ("接收单位", _side(note.to))),
        (("移交依据", note.basis or UNKNOWN), ("移交日期", day(note.on))),
        (("移交方式", note.mode), ("资产范围", f"{note.compound}　{pieces}")),
    )
    flow.place(
        Masthead(note.office, note.number, below, code(note)), Title(TITLE, ENGLISH), Particulars(rows, PORTRAIT)
    )


def _side(party: Party) -> str:
    return "　".join(filter(None, (party.unit, party.person))) or UNKNOWN


def _table(flow: Flow, note: Note, clean: Cleaner) -> None:
    table = Table(_columns(), PORTRAIT, clean)
    running = Running(table, {QUANTITY: lambda n: f"{n:,}", COST: figures, NET: figures})
    rows = [table.row(_cells(n, line)) for n, line in enumerate(note.lines, 1)]
    lay(flow, table, rows, _tail(note, table), running, lambda n: _values(note.lines[n]))
    if table.cut:
        flow.keep(Remark(f"有 {table.cut} 个单元格内容过长，未能全部印出，全文见资产卡片。"))


def _columns() -> list[Column]:
    fixed = [
        Column("序号", 26, "center", wraps=False, style=Style(Face.SANS, 8, MUTED)),
        Column("资产编号", 82, style=NUMBERS),
        Column("资产名称", 66),
        Column("规格型号", 72),
        Column("单位", 25, "center", wraps=False),
        Column("数量", 28, "right", wraps=False),
        Column("原值（元）", 58, "right", wraps=False),
        Column("净值（元）", 58, "right", wraps=False),
    ]
    return [*fixed, Column("存放地点", PORTRAIT.measure - sum(column.width for column in fixed))]


def _cells(n: int, line: Line) -> tuple[str, ...]:
    sums = tuple(UNKNOWN if value is None else figures(value) for value in (line.cost, line.net))
    return (str(n), line.number, line.name, line.model, line.measure, f"{line.quantity:,}", *sums, line.place)


def _values(line: Line) -> Mapping[int, int | None]:
    return {QUANTITY: line.quantity, COST: line.cost, NET: line.net}


def _tail(note: Note, table: Table) -> list[Block]:
    """The sums, in figures and in words; what is not recorded is said."""
    total = Running(table, {QUANTITY: lambda n: f"{n:,}", COST: figures, NET: figures})
    for line in note.lines:
        total.add(_values(line))
    return [
        total.block("合　计　Total"),
        _sum("原值合计（大写）", [x.cost for x in note.lines], "原值", strong=True),
        _sum("净值合计（大写）", [x.net for x in note.lines], "净值"),
        Rule(),
    ]


def _sum(label: str, values: Sequence[int | None], what: str, *, strong: bool = False) -> Words:
    known = [value for value in values if value is not None]
    missing = len(values) - len(known)
    remark = f"另有 {missing} 项{what}未录" if missing and known else ""
    return Words(label, in_words(sum(known)) if known else f"{what}均未录", remark, strong)


def _closing(flow: Flow, note: Note) -> None:
    copies = COPIES[note.supervisor is not None]
    text = STATEMENT.format(lines=f"{len(note.lines):,}", pieces=f"{_pieces(note):,}", copies=copies)
    signers = [_signer("移交人", "Handed over by", note.from_), _signer("接收人", "Received by", note.to)]
    if note.supervisor:
        signers.append(_signer("监交人", "Supervised by", note.supervisor))
    flow.keep(Statement("移交声明", text, PORTRAIT), Gap(14), SignOff(signers, PORTRAIT))
    flow.keep(Gap(14), _verification(note), Blank())


def _signer(role: str, english: str, party: Party) -> Signer:
    return Signer(role, english, party.unit or UNKNOWN, party.person, party.post, party.signed_on)


def _verification(note: Note) -> Verification:
    """Only what is true of this file."""
    rows = digest(note)
    return Verification(
        code(note), "文件核对", "Verification",
        (
            "用“大院管家”的“验证文件”（或 main.py verify）打开电子文件，可知其自生成后是否被改动。",
            "本文件未带电子签名，核对结果不证明签发人身份；纸质件以双方签字、盖章为准。",
            f"明细摘要 SHA-256　{rows[:32]}",
            f"　　　　　　　　　 {rows[32:]}",
        ),
    )  # fmt: skip
