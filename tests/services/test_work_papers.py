"""The papers of one order: what is known is printed, what is not is left to be written, and money is for the record."""

from __future__ import annotations

import pytest

from services.desk.desk import Desk
from tests.documents.sample import pages
from tests.services.people import Office
from tests.services.test_work_checklists import lay, template
from tests.services.working import MONDAY, do, line, opened, report, until

pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
TODAY = MONDAY.date()


@pytest.fixture
def office(desk: Desk) -> Office:
    return opened(desk)


def test_the_job_sheet_has_what_is_to_be_done_and_room_for_what_was(office: Office) -> None:
    order = report(office, permit="confined_space", contact="8612", description="井盖下渗水")
    lay(office, order, template(office))
    do(office, "accept", order)
    do(office, "assign", order)
    paper = "".join(pages(office.desk.ask("work_orders.job_sheet", work_order_id=order, on=TODAY)))
    for words in ("维修作业单", "水管漏水", "1号楼 302", "井盖下渗水", "8612", "李秀英", "有限空间",
                  "无有效许可不得开工", "阀门关闭严密", "0.15～0.35 MPa", "处理结果"):  # fmt: skip
        assert words in paper, words
    empty = "".join(pages(office.desk.ask("work_orders.job_sheet", work_order_id=report(office), on=TODAY)))
    assert "作业许可" not in empty and "检查项目" in empty


def test_the_record_tells_every_step_and_every_fen(office: Office) -> None:
    order = until(office, "begin")
    line(office, "work_materials", order, name="阀门", on=TODAY, quantity=2000, unit_price=4550)
    line(office, "work_costs", order, kind="contract", label="吊装", on=TODAY, amount=30000, payer="fund")
    do(office, "finish", order)
    do(office, "redo", order, word="还在漏")
    paper = "".join(pages(office.desk.ask("work_orders.record", work_order_id=order, on=TODAY)))
    for words in ("维修工单记录", "还在漏", "返工", "1 次", "91.00", "391.00", "吊装", "维修资金"):
        assert words in paper, words
    assert "比价" not in paper, "what there is nothing of is left out"
