"""The handover note 固定资产移交清单: particulars, the assets with their sums, sign-off, verification.

Chinese by decision; the English sublabels are those readers of both languages look for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from datetime import datetime, time, timedelta, timezone

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
from services.documents.fonts import Cleaner, Face
from services.documents.handover_words import WORDING, Line, Note, Party
from services.documents.ink import MUTED, PORTRAIT, Style
from services.documents.paper_code import Seal
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Block, Flow, Paper, Tell, paint
from services.documents.sign_off import Signer, SignOff
from services.documents.table import BODY, HEAD, PAD, UNKNOWN, Column, Running, Sums, Table, lay
from services.documents.verification import Verification

KIND, DRAFT = "handover", "handover_draft"
QUANTITY, COST, NET = 5, 6, 7
SHOWN: dict[int, Callable[[int], str]] = {QUANTITY: "{:,}".format, COST: figures, NET: figures}
NUMBERS = Style(Face.SANS, 7.2)
CHINA = timezone(timedelta(hours=8))  # one time zone for the whole country, without summer time
AT_ONCE = 500
SUPERVISED = "监交人在双方签字后签字，证明移交过程。"


def render(note: Note, tell: Tell = lambda done, total: True, seal: Seal | None = None) -> Paper:
    """Draws the note. `tell(page, pages)` hears of progress and stops it with False (Cancelled); `seal` signs what the
    QR code says, on this side of the press.

    Characters no face has are printed as 〓 and named in `Paper.losses`; whether that may be issued is for the caller.
    Invalid: it has no lines, or its sums are beyond what can be written in words.
    """
    if not note.lines:
        raise Invalid(N_("A handover note needs at least one asset"))
    if any((value or 0) < 0 for line in note.lines for value in (line.cost, line.net)):
        raise Invalid(N_("A value of this note is below zero; correct the card first"))
    if max(sum(line.cost or 0 for line in note.lines), sum(line.net or 0 for line in note.lines)) >= LIMIT:
        raise Invalid(N_("The sum of this note is too large to be written in words"))
    return drawn(note, code(note, digest(note), seal), tell)


@press
def drawn(note: Note, said_by_code: str, tell: Tell) -> Paper:
    """The note with what its QR code says."""
    clean = Cleaner()
    note = _cleaned(note, clean)
    rows, said = digest(note), WORDING[note.purpose]
    flow = Flow(PORTRAIT, [Continued(said.title, note.number)])
    _opening(flow, note, said_by_code)
    _table(flow, note, clean)
    _closing(flow, note, rows, said_by_code)
    facts = Facts(DRAFT if note.draft else KIND, note.number, note.version, said.title, note.office, _made(note))
    mark = "草　稿" if note.draft else ""
    return paint(flow, PORTRAIT, facts, tell, losses=clean.losses, watermark=mark, anchor=note.anchor,
                 code=said_by_code)  # fmt: skip


def digest(note: Note) -> str:
    """SHA-256 (hex) of the rows as they stand in the office's records.

    Each line is a JSON array without spaces, ASCII only, ended by \n: number, name, model, measure, quantity, cost and
    net value in fen (null when not recorded), place.
    """
    found = hashlib.sha256()
    for line in note.lines:
        found.update(json.dumps(astuple(line), separators=(",", ":")).encode() + b"\n")
    return found.hexdigest()


def code(note: Note, rows: str, seal: Seal | None = None) -> str:
    """What the QR code carries (`paper_code`): lines, pieces, cost and net value as key figures, totals of the known
    values in fen, `-` when none is known; see `digest` for the rows."""
    sums = (_known(line.cost for line in note.lines), _known(line.net for line in note.lines))
    figures_ = (len(note.lines), _pieces(note), *sums)
    return paper_code.written(KIND, note.number, note.version, note.on, figures_, rows, None if note.draft else seal)


def _known(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _pieces(note: Note) -> int:
    return sum(line.quantity for line in note.lines)


def _made(note: Note) -> datetime:
    return (note.issued_at or datetime.combine(note.on, time(), CHINA)).astimezone(CHINA)


def _cleaned(note: Note, clean: Cleaner) -> Note:
    """Every text printable on one line. The cells of the table are cleaned as they are laid."""

    def plain(text: str) -> str:
        return clean(text).replace("\n", " ")

    def party(found: Party) -> Party:
        return replace(found, unit=plain(found.unit), person=plain(found.person), post=plain(found.post))

    return replace(
        note, number=plain(note.number), office=plain(note.office), compound=plain(note.compound),
        from_=party(note.from_), to=party(note.to), supervisor=party(note.supervisor) if note.supervisor else None,
        basis=plain(note.basis), mode=plain(note.mode), terms=[(label, plain(words)) for label, words in note.terms],
        found=[replace(x, name=plain(x.name), what=plain(x.what)) for x in note.found],
    )  # fmt: skip


def _opening(flow: Flow, note: Note, said_by_code: str) -> None:
    below = [f"第 {note.version} 版　替代此前版本"] if note.version > 1 else []
    below += ["草稿　未开具" if note.draft else f"开具时间　{_made(note):%Y-%m-%d %H:%M}"]
    pieces = f"{note.compound}　共 {len(note.lines):,} 项 {_pieces(note):,} 件".strip()
    said = WORDING[note.purpose]
    pairs = [
        *zip(said.sides, (_side(note.from_), _side(note.to)), strict=True),
        (said.basis, note.basis or UNKNOWN), (said.day, day(note.on)), ("核对方式", note.mode), ("资产范围", pieces),
        *note.terms,
    ]  # fmt: skip
    pairs += [("", "")] * (len(pairs) % 2)
    particulars = tuple(zip(pairs[::2], pairs[1::2], strict=True))
    masthead = Masthead(note.office, note.number, below, said_by_code)
    flow.place(masthead, Title(said.title, said.english), Particulars(particulars, PORTRAIT))


def _side(party: Party) -> str:
    return "　".join(filter(None, (party.unit, party.person))) or UNKNOWN


def _table(flow: Flow, note: Note, clean: Cleaner) -> None:
    total = {
        QUANTITY: _pieces(note),
        COST: sum(x.cost or 0 for x in note.lines),
        NET: sum(x.net or 0 for x in note.lines),
    }
    table = Table(_columns(note, total), PORTRAIT, clean)
    running = Running(table, SHOWN)
    rows = [table.row(_cells(n, line)) for n, line in enumerate(note.lines, 1)]
    tail: list[Block] = [
        _total(table, note),
        Gap(3),
        _sum("原值合计（大写）", [x.cost for x in note.lines], "原值", strong=True),
        _sum("净值合计（大写）", [x.net for x in note.lines], "净值"),
    ]
    if table.cut:
        tail.append(Remark(f"有 {table.cut} 个单元格内容过长，以“…”截止，全文见资产卡片。"))
    lay(flow, table, rows, [*tail, Rule()], running, lambda n: _values(note.lines[n]))


def _total(table: Table, note: Note) -> Sums:
    whole = Running(table, SHOWN)
    for line in note.lines:
        whole.add(_values(line))
    return whole.block("合　计　Total")


def _columns(note: Note, total: Mapping[int, int]) -> list[Column]:
    """Numbers and sums get the width they need within limits, the three columns that wrap share what is left."""

    def figures_of(n: int, least: float, most: float) -> float:
        return max(least, min(most, HEAD.width(SHOWN[n](total[n])) + 2 * PAD))

    number = max(67.0, min(85.0, max(NUMBERS.width(line.number[:40]) for line in note.lines) + 2 * PAD + 0.1))
    measure = max(25.0, min(33.0, max(BODY.width(line.measure[:9]) for line in note.lines) + 2 * PAD))
    pieces, cost, net = figures_of(QUANTITY, 27, 44), figures_of(COST, 57, 72), figures_of(NET, 57, 72)
    share = (PORTRAIT.measure - 24 - number - measure - pieces - cost - net) / 21
    return [
        Column("序号", 24, "center", wraps=False, style=Style(Face.SANS, 8, MUTED)),
        Column("资产编号", number, style=NUMBERS),
        Column("资产名称", 6 * share),
        Column("规格型号", 8 * share),
        Column("单位", measure, "center", wraps=False),
        Column("数量", pieces, "right", wraps=False),
        Column("原值（元）", cost, "right", wraps=False),
        Column("净值（元）", net, "right", wraps=False),
        Column("存放地点", 7 * share),
    ]


def _cells(n: int, line: Line) -> tuple[str, ...]:
    sums = tuple(UNKNOWN if value is None else figures(value) for value in (line.cost, line.net))
    return (str(n), line.number, line.name, line.model, line.measure, f"{line.quantity:,}", *sums, line.place)


def _values(line: Line) -> Mapping[int, int | None]:
    return {QUANTITY: line.quantity, COST: line.cost, NET: line.net}


def _sum(label: str, values: Sequence[int | None], what: str, *, strong: bool = False) -> Words:
    """A sum in words; what is not recorded is said."""
    known, missing = _known(values), sum(value is None for value in values)
    remark = f"另有 {missing:,} 项{what}未录" if missing and known is not None else ""
    return Words(label, f"{what}均未录" if known is None else in_words(known), remark, strong)


def _closing(flow: Flow, note: Note, rows: str, said_by_code: str) -> None:
    """Statement, signatures and verification on one page: whoever signs sees what for."""
    said = WORDING[note.purpose]
    text = said.statement.format(mode=note.mode, lines=f"{len(note.lines):,}", pieces=f"{_pieces(note):,}")
    signers = [_signer(*role, party) for role, party in zip(said.signers, (note.from_, note.to), strict=True)]
    if note.supervisor:
        signers.append(_signer("监交人", "Supervised by", note.supervisor))
        text += SUPERVISED
    for part in _wrong(note):
        flow.keep(part)
    flow.keep(
        Statement(f"{said.day[:2]}声明", text, PORTRAIT),
        SignOff(signers, PORTRAIT),
        Gap(14),
        _verification(note, rows, said_by_code),
        Blank(),
    )


def _wrong(note: Note) -> Iterator[Block]:
    """What both sides are to know before they sign: the lines that are not as listed, AT_ONCE characters or so a
    block, so that many of them go over pages."""
    heading, said = f"核对情况　{len(note.found)} 处与清单不符", ""
    for n, x in enumerate(note.found, 1):
        line = f"第 {x.position} 项 {x.name}：{x.what}"
        said += line if len(line) <= AT_ONCE else f"{line[:AT_ONCE]}…"
        if n == len(note.found) or len(said) > AT_ONCE:
            yield Statement(heading, f"{said}。", PORTRAIT)
            heading, said = "核对情况（续）", ""
        else:
            said += "；"


def _signer(role: str, english: str, party: Party) -> Signer:
    return Signer(role, english, party.unit or UNKNOWN, party.person, party.post, party.signed_on)


def _verification(note: Note, rows: str, said_by_code: str) -> Verification:
    """Only what is true of this file."""
    first = "用“大院管家”的“核验文件”检查电子文件或扫描二维码，可知是否改动、由谁签名、是否有效。"
    stands = "以电子签名或各方亲笔签字、盖章为准。"
    return Verification(
        said_by_code, "文件核对", "Verification",
        (
            first,
            "本件是草稿，不作移交凭证，二维码未签名。" if note.draft else stands,
            "二维码载有编号、版本、日期、项数、件数、合计金额（分）、明细摘要及出具方签名。",
            "明细摘要 SHA-256　" + " ".join(rows[n : n + 16] for n in range(0, 64, 16)),
        ),
    )  # fmt: skip
