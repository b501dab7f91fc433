"""领料单 and 库房盘点表: what leaves a store is signed for, what lies there counted blind. Chinese by decision."""

from __future__ import annotations

from services.documents.amounts import figures
from services.documents.plain_paper import Part, PlainPaper
from services.documents.table import UNKNOWN
from services.documents.work_sheet import TALL, amount
from services.part_papers import CountSheet, Slip

SLIP = (("序号", 26), ("材料编号", 106), ("名称、规格型号", 140), ("单位", 34), ("数量", 48), ("单价（元）", 56),
        ("金额（元）", 62), ("备注", 70))  # fmt: skip
SHEET = (("序号", 26), ("货位", 46), ("材料编号", 106), ("名称、规格型号", 160), ("单位", 34), ("实盘数量", 60),
         ("差异原因、备注", 100))  # fmt: skip


def slip(found: Slip) -> PlainPaper:
    """One line each part that left; who issued and who took it sign."""
    rows = [
        (str(n), line.part, _named(line.name, line.specification), line.measure, amount(line.quantity),
         figures(line.unit_price), figures(line.amount), line.note)
        for n, line in enumerate(found.lines, 1)
    ]  # fmt: skip
    facts = [
        (("大院", found.compound or UNKNOWN), ("库房", found.store)),
        (("用途（工单）", found.order or UNKNOWN), ("领料日期", found.on.isoformat())),
        (("领料人", found.taker or UNKNOWN), ("保管员", found.keeper or UNKNOWN)),
    ]
    total = {6: figures(sum(line.amount for line in found.lines))}
    part = Part(SLIP, rows, right=frozenset({4, 5, 6}), sums=total,
                remark="单价为领料时库存的移动加权平均价，四舍五入到分，仅供查阅；以金额为准。")  # fmt: skip
    signers = (("发料人", "Issued by"), ("领料人", "Taken by"))
    return PlainPaper("part_issue_slip", found.number, "领料单", "ISSUE SLIP", found.office, found.on, facts, [part],
                      signers)  # fmt: skip


def count_sheet(found: CountSheet) -> PlainPaper:
    """Every card of the store with room for what is counted; the books are not told."""
    rows = [
        (str(row.position), row.place, row.part, _named(row.name, row.specification), row.measure, "", "")
        for row in found.rows
    ]
    facts = [
        (("大院", found.compound or UNKNOWN), ("库房", found.store)),
        (("盘点日期", found.started_on.isoformat()), ("保管员", found.keeper or UNKNOWN)),
    ]
    part = Part(SHEET, rows, least=TALL, remark="盲盘：本表不列账面数量。没有实物的填 0；录入按序号进行。")
    signers = (("盘点人", "Counted by"), ("监盘人", "Watched by"))
    return PlainPaper("part_count_sheet", found.number, "库房盘点表", "COUNT SHEET", found.office, found.started_on,
                      facts, [part], signers)  # fmt: skip


def _named(name: str, specification: str) -> str:
    return " ".join(filter(None, (name, specification)))
