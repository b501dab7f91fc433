"""The safety file of special equipment 特种设备安全技术档案: one thing with everything the law wants kept of it.

Its five parts are those of 特种设备安全法 art. 35. Chinese by decision; the English sublabels are those readers of both
languages look for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.documents.blocks import day
from services.documents.ink import LANDSCAPE
from services.documents.plain_paper import Fact, Part, PlainPaper

Rows = Sequence[Sequence[str]]
PAPERS = (("序号", 24.0), ("编号", 110.0), ("文件名称", 260.0), ("说明", 240.0), ("日期", 70.0))
CHECKED = (("序号", 24.0), ("项目", 190.0), ("报告、证书编号", 120.0), ("检验日期", 70.0), ("有效期至", 70.0),
           ("结论", 60.0), ("检验机构", 170.0))  # fmt: skip
OWN = (("序号", 24.0), ("工单", 110.0), ("项目", 240.0), ("计划日期", 70.0), ("完成日期", 70.0), ("法定最迟", 70.0),
       ("实施单位、人员", 120.0))  # fmt: skip
USE = (("序号", 24.0), ("日期", 70.0), ("表计", 180.0), ("读数", 90.0), ("累计", 90.0), ("备注", 250.0))
FAULTS = (("序号", 24.0), ("工单", 110.0), ("发现时间", 90.0), ("故障", 150.0), ("原因", 110.0), ("处理", 150.0),
          ("停用", 60.0))  # fmt: skip
LAW = "特种设备安全法第三十五条；原件另行归档"


@dataclass(frozen=True)
class File:
    """What is kept of one thing, in words: facts two a row, and the rows of each part without their number."""

    facts: Sequence[tuple[Fact, Fact]]
    papers: Rows
    inspections: Rows
    upkeep: Rows
    readings: Rows
    faults: Rows
    out_of_use: str


def paper(office: str, number: str, made: date, found: File) -> PlainPaper:
    """The file as on a day."""
    parts = [
        Part(PAPERS, _counted(found.papers), "一、设计文件、质量合格证明、安装及使用维护文件、使用登记",
             "Design, quality, installation and registration"),
        Part(CHECKED, _counted(found.inspections), "二、定期检验和定期自行检查", "Inspections"),
        Part(OWN, _counted(found.upkeep), "三、日常维护保养", "Upkeep"),
        Part(USE, _counted(found.readings), "四、日常使用状况", "Use"),
        Part(FAULTS, _counted(found.faults), "五、运行故障和事故", "Faults and accidents",
             remark=f"停用合计：{found.out_of_use}" if found.faults else ""),
    ]  # fmt: skip
    facts = [*found.facts, (("依据", LAW), ("汇总至", day(made)))]
    signers = (("安全管理员", "Safety officer"), ("设备管理负责人", "Head of equipment"))
    return PlainPaper(
        "equipment_file", number, "特种设备安全技术档案", "SAFETY FILE OF SPECIAL EQUIPMENT", office, made, facts,
        parts, signers, form=LANDSCAPE,
    )  # fmt: skip


def _counted(rows: Rows) -> Rows:
    return [(str(n), *row) for n, row in enumerate(rows, 1)]
