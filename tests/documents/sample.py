"""Notes to print: believable assets, and everything people really type."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pypdfium2

from services.documents.handover_note import render
from services.documents.handover_words import Line, Note, Party
from services.documents.sheet import Paper

RARE = "䶮㛃𬭚堃昇喆珺𫖯犇㼆鿍𬍛翀頔赟㵾𬸚㺭琋彧䲟𨱏𬬭𬙋𬘘"
THINGS = (
    ("高压配电柜", "KYN28A-12 / 10kV 1250A", "台", 4, 48600000, "动力中心一层高压配电室"),
    ("干式变压器", "SCB13-1000/10", "台", 2, 39260000, "动力中心一层变压器室"),
    (
        "乘客电梯",
        "KONE 3000S MonoSpace 1000kg",
        "部",
        4,
        151200000,
        "主楼东、西电梯厅（含2部无障碍电梯，随机附件齐全）",
    ),
    ("网络摄像机", "DS-2CD3T46WD-I5", "只", 86, 7396000, "主楼、东配楼、西配楼公共区域及围墙周界"),
    ("会议桌", "6000×1800×750 胡桃木", "张", 3, 4140000, "主楼二层第一、第三、第五会议室"),
    ("密集架", "六列五节双面 电动", "组", 12, 15840000, "档案楼一层库房（管理人：𬭚䶮）"),
)


def lines(count: int) -> tuple[Line, ...]:
    """So many cards; every fifth has no net value."""
    made = []
    for n in range(1, count + 1):
        name, model, measure, quantity, cost, place = THINGS[n % len(THINGS)]
        net = None if n % 5 == 0 else cost // 3
        made.append(Line(f"JGSW-ZC-2026-{n:06d}", name, model, measure, quantity, cost, net, place))
    return tuple(made)


NOTE = Note(
    number="JGSW-YJ-2026-0187",
    version=1,
    office="某某市机关事务管理局",
    compound="市府第一大院",
    from_=Party("后勤管理处", "李秀英"),
    to=Party("某某物业服务中心", "王䶮", "主任"),
    supervisor=Party("资产管理处", "张伟"),
    basis="机管〔2026〕41号《关于办公用房及设备移交的通知》",
    mode="逐项核对",
    on=date(2026, 11, 23),
    lines=lines(2),
    issued_at=datetime(2026, 11, 23, 1, 30, tzinfo=UTC),
)
DRAFT = replace(NOTE, draft=True, issued_at=None)


@cache
def printed(count: int) -> Paper:
    """The note with so many lines, drawn once per test run."""
    return render(replace(NOTE, lines=lines(count)))


def pages(data: bytes) -> list[str]:
    """The text of each page as a reader's copy-and-paste gives it, without line ends."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in pdf]


def text(data: bytes) -> str:
    """The text of all pages."""
    return "".join(pages(data))
