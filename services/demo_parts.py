"""Parts of the sample office: two stores, what came in over the autumn and left for jobs; a few are to be ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import new_id
from models.part import Part, PartStore
from models.provider import Provider, ProviderKind
from models.work_order import WorkOrder
from models.work_states import ENDED
from services import part_cards, part_counts, part_movements
from services.desk.work import Work

Row = dict[str, Any]
AFTER = timedelta(days=28)  # from the first day of the sample until the last movement
SHOPS = ("某某市宏达五金机电商行", "某某市亮明照明器材公司")
WHOLE = 1000
# name, specification, unit, category, trade, shop, fen each, came, minimum, ordered up to
PARTS: tuple[tuple[str, str, str, str, str, int, int, int, int, int], ...] = (
    ("LED灯管", "T8 16W 1.2m", "支", "照明", "electric", 1, 1850, 120, 60, 150),
    ("LED面板灯", "600×600 48W", "盏", "照明", "electric", 1, 9600, 24, 10, 30),
    ("LED球泡", "E27 9W", "只", "照明", "electric", 1, 780, 80, 40, 100),
    ("应急照明灯", "双头 3W", "只", "照明", "electric", 1, 6800, 12, 10, 20),
    ("疏散指示灯", "单面 左向", "只", "照明", "electric", 1, 5200, 8, 6, 12),
    ("声控开关", "86型 LED", "个", "电气", "electric", 0, 1650, 30, 15, 40),
    ("墙壁开关", "86型 双开单控", "个", "电气", "electric", 0, 1280, 40, 20, 50),
    ("墙壁插座", "86型 五孔 10A", "个", "电气", "electric", 0, 1360, 40, 20, 50),
    ("微型断路器", "C16 1P", "只", "电气", "electric", 0, 2150, 20, 10, 24),
    ("微型断路器", "C32 2P", "只", "电气", "electric", 0, 4380, 12, 6, 12),
    ("漏电断路器", "C32 2P 30mA", "只", "电气", "electric", 0, 8650, 8, 4, 10),
    ("交流接触器", "CJX2-2510 220V", "只", "电气", "electric", 0, 7800, 4, 3, 6),
    ("热继电器", "NR2-25 17~25A", "只", "电气", "electric", 0, 6900, 3, 2, 4),
    ("铜芯电线", "BV 2.5mm²", "米", "电气", "electric", 0, 235, 400, 100, 400),
    ("铜芯电线", "BV 4mm²", "米", "电气", "electric", 0, 368, 200, 100, 300),
    ("电工胶带", "PVC 18mm×20m", "卷", "电气", "electric", 0, 320, 60, 20, 60),
    ("水龙头", "DN15 陶瓷芯", "个", "给排水", "plumbing", 0, 4550, 24, 10, 24),
    ("感应水龙头", "DN15 直流6V", "个", "给排水", "plumbing", 0, 21800, 4, 3, 6),
    ("角阀", "DN15 铜", "个", "给排水", "plumbing", 0, 2680, 30, 12, 30),
    ("球阀", "DN20 铜", "个", "给排水", "plumbing", 0, 3950, 10, 6, 12),
    ("球阀", "DN25 铜", "个", "给排水", "plumbing", 0, 5650, 6, 4, 8),
    ("闸阀", "DN50 铸铁", "个", "给排水", "plumbing", 0, 14800, 3, 2, 4),
    ("PPR管", "DN20 4m", "根", "给排水", "plumbing", 0, 2240, 30, 10, 30),
    ("PPR管", "DN25 4m", "根", "给排水", "plumbing", 0, 3380, 20, 10, 20),
    ("PPR直接头", "DN20", "个", "给排水", "plumbing", 0, 185, 100, 40, 100),
    ("PPR弯头", "DN20 90°", "个", "给排水", "plumbing", 0, 215, 100, 40, 100),
    ("生料带", "20m", "卷", "给排水", "plumbing", 0, 150, 80, 30, 80),
    ("软管", "4分 50cm 不锈钢", "根", "给排水", "plumbing", 0, 1450, 30, 12, 30),
    ("冲洗阀", "脚踏 DN25", "个", "给排水", "plumbing", 0, 8600, 6, 4, 8),
    ("地漏", "DN50 不锈钢", "个", "给排水", "plumbing", 0, 3200, 10, 5, 12),
    ("空调过滤网", "柜机 通用", "张", "暖通", "cooling", 0, 2800, 20, 10, 24),
    ("空调启动电容", "35μF 450V", "只", "暖通", "cooling", 0, 3600, 8, 4, 10),
    ("制冷剂", "R410A 10kg", "瓶", "暖通", "cooling", 0, 68000, 2, 2, 3),
    ("风机盘管电机", "FP-68", "台", "暖通", "cooling", 0, 32500, 2, 1, 2),
    ("温控器", "液晶 三速", "个", "暖通", "cooling", 0, 9800, 6, 4, 8),
    ("Y型过滤器", "DN40", "个", "暖通", "cooling", 0, 7400, 4, 2, 4),
    ("门锁芯", "70mm 双开", "个", "门窗", "joinery", 0, 3800, 12, 6, 12),
    ("闭门器", "65kg", "个", "门窗", "joinery", 0, 9200, 6, 4, 8),
    ("铝合金合页", "4寸", "副", "门窗", "joinery", 0, 1600, 20, 10, 20),
    ("玻璃胶", "中性 300ml", "支", "门窗", "joinery", 0, 1850, 24, 12, 24),
    ("膨胀螺栓", "M8×80", "套", "五金", "masonry", 0, 120, 200, 80, 200),
)  # fmt: skip
BOUGHT = {0: (40, 1920), 13: (100, 262), 16: (6, 4980), 26: (20, 160)}  # again in November, dearer: pieces, fen each
LEFT = (  # what left for whom: part, pieces; those for jobs go to open orders of that trade
    (0, 74, "物业班组"), (3, 4, "物业班组"), (7, 6, ""), (8, 3, ""), (9, 7, ""), (13, 250, "电工班"), (16, 5, ""),
    (17, 2, ""), (18, 4, ""), (22, 8, ""), (26, 12, "水工班"), (28, 1, ""), (31, 2, ""), (34, 3, ""), (36, 3, ""),
)  # fmt: skip
SECOND = 12  # parts that lie in the second store too


def fill(work: Work, compounds: list[Row], staff: list[Row]) -> None:
    """A store in the first compound and one in the second, which is being counted."""
    later = replace(work, now=work.now + AFTER)
    shops = [{"id": new_id(), "number": number, "name": name, "kind": ProviderKind.COMPANY}
             for name, number in zip(SHOPS, work.numbers("FW", len(SHOPS)), strict=True)]  # fmt: skip
    work.bulk_insert(Provider, shops)
    parts = list(_parts(work, shops))
    work.bulk_insert(Part, parts)
    stores = list(_stores(work, compounds, staff))
    work.bulk_insert(PartStore, stores)
    for at, part in enumerate(parts):
        _receive(later, stores[0], part, at, PARTS[at][7], PARTS[at][6], 30 + at % 25)
        if at % 3 == 0 and at // 3 < SECOND:
            _receive(later, stores[1], part, at, PARTS[at][7] // 4 or 1, PARTS[at][6], 20 + at % 15)
    for at, (pieces, price) in BOUGHT.items():
        _receive(later, stores[0], parts[at], at, pieces, price, 9)
    _issues(later, stores[0], parts)
    later.session.flush()
    count = part_counts.start(later, part_store_id=stores[1]["id"], note="年末盘点")
    part_counts.enter(later, part_count_id=count, rows=[(line, line * WHOLE) for line in (1, 2, 3)])


def _parts(work: Work, shops: list[Row]) -> Any:
    numbers = work.numbers("BP", len(PARTS))
    for n, (name, specification, measure, category, trade, shop, *_) in enumerate(PARTS, 1):
        yield {
            "id": new_id(), "number": next(numbers), "name": name, "specification": specification, "measure": measure,
            "category": category, "trade": trade, "provider_id": shops[shop]["id"], "barcode": f"69099{n:07}{n % 10}",
        }  # fmt: skip


def _stores(work: Work, compounds: list[Row], staff: list[Row]) -> Any:
    numbers = work.numbers("KF", 2)
    for compound, name in zip(compounds[:2], ("工程部一号库房", "后勤维修库房"), strict=True):
        keeper = next(person for person in staff if person["compound_id"] == compound["id"])
        yield {"id": new_id(), "compound_id": compound["id"], "number": next(numbers), "name": name,
               "keeper_id": keeper["id"]}  # fmt: skip


def _receive(work: Work, store: Row, part: Row, at: int, pieces: int, price: int, ago: int) -> None:
    """So long ago; the card gets its place and its levels with the first receipt."""
    part_movements.receive(
        work, part_store_id=store["id"], part_id=part["id"], quantity=pieces * WHOLE, unit_price=price,
        on=work.today - timedelta(days=ago), provider_id=part["provider_id"], voucher=f"送货单{1000 + at}",
    )  # fmt: skip
    card = part_cards.card(work, work.see("part_store", store["id"]), part["id"], make=False)
    assert card is not None
    if card.least is None:
        least, up_to = PARTS[at][8:10]
        share = 1 if store["name"].startswith("工程部") else 4
        card.place = f"{'ABCDE'[at // 9]}-{at % 9 + 1:02d}"
        card.least, card.up_to = least * WHOLE // share, up_to * WHOLE // share
        card.wanted = part_cards.wanted(card)


def _issues(work: Work, store: Row, parts: list[Row]) -> None:
    """To people, and to open orders of the trade; one of them brings a piece back."""
    of = WorkOrder
    found = sa.select(of.id, of.trade).where(
        of.compound_id == store["compound_id"], of.state.not_in(ENDED), of.technician_id.is_not(None)
    )
    orders: dict[str, list[UUID]] = {}
    for id, trade in work.session.execute(found.order_by(of.n)):
        orders.setdefault(trade, []).append(id)
    last = None
    for n, (at, pieces, taker) in enumerate(LEFT):
        waiting = orders.get(PARTS[at][4], ())
        more: Row = {"taker": taker} if taker or not waiting else {"work_order_id": waiting[n % len(waiting)]}
        made = part_movements.issue(work, part_store_id=store["id"], part_id=parts[at]["id"], quantity=pieces * WHOLE,
                                    on=work.today - timedelta(days=len(LEFT) - n), **more)  # fmt: skip
        last = made if "work_order_id" in more and pieces > 1 else last
    if last is not None:
        part_movements.give_back(work, part_movement_id=last, quantity=WHOLE, note="未用完退库")
    part_movements.issue(
        work, part_store_id=store["id"], part_id=parts[32]["id"], quantity=3 * WHOLE, taker="空调班",
        despite="会议中心空调抢修，厂家直送一瓶，单据后补",
    )  # fmt: skip
