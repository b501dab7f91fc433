"""What is broken in the sample office: open jobs one by one, and what was repaired in the weeks before."""

from __future__ import annotations

from typing import NamedTuple

from models.work_rules import Priority
from models.work_states import WorkState

S, P = WorkState, Priority


class Job(NamedTuple):
    """An open job: minutes since it was reported, where in which building (by its number), who by the post that does
    such work (a firm by its place in the list), hours from now it is planned for, and what it waits for."""

    state: WorkState
    priority: Priority
    trade: str
    title: str
    ago: int
    building: int
    place: str
    post: str = ""
    firm: int = -1
    plan: float = 0.0
    hold: str = ""


HOUR, DAY = 60, 24 * 60
OPEN = (
    Job(S.REPORTED, P.EMERGENCY, "plumbing", "三楼卫生间水管漏水", 12, 0, "3层东侧"),
    Job(S.REPORTED, P.NORMAL, "other", "会议室投影无信号", 40, 1, "二会议室"),
    Job(S.REPORTED, P.NORMAL, "joinery", "办公室门锁损坏", HOUR, 1, "217室"),
    Job(S.REPORTED, P.URGENT, "electric", "楼道应急灯不亮", 95, 2, "4层楼道"),
    Job(S.RETURNED, P.NORMAL, "masonry", "外墙瓷砖松动", 2 * DAY, 3, "南立面"),
    Job(S.ACCEPTED, P.NORMAL, "plumbing", "开水间下水缓慢", 5 * HOUR, 0, "5层开水间"),
    Job(S.ASSIGNED, P.URGENT, "electric", "走廊照明闪烁", 4 * HOUR, 2, "5层走廊", "高低压电工", plan=5),
    Job(S.ASSIGNED, P.PLANNED, "high_voltage", "配电房例行检修", 3 * DAY, 0, "配电房", "高低压电工", plan=24),
    Job(S.ASSIGNED, P.NORMAL, "plumbing", "卫生间感应水阀失灵", 7 * HOUR, 1, "2层男卫", "水工", plan=3),
    Job(S.TRAVELLING, P.URGENT, "joinery", "大门自动门卡住", 2 * HOUR, 0, "主入口", "综合维修工", plan=1),
    Job(S.ASSIGNED, P.NORMAL, "masonry", "地下车库地坪开裂", 2 * DAY, 4, "地下车库B区", "综合维修工", plan=48),
    Job(S.WORKING, P.URGENT, "cooling", "空调制冷效果差", 27 * HOUR, 0, "305室", "锅炉暖通工"),
    Job(S.WORKING, P.EMERGENCY, "lift", "电梯异响排查", 205, 1, "客梯A", firm=0),
    Job(S.WORKING, P.PLANNED, "other", "食堂排烟机清洗", 3 * DAY, 3, "后厨", "综合维修工"),
    Job(S.WORKING, P.NORMAL, "electric", "地下室插座更换", 26 * HOUR, 2, "地下一层", "高低压电工"),
    Job(S.ON_HOLD, P.NORMAL, "joinery", "档案室防火门闭门器更换", 4 * DAY, 1, "档案室", "综合维修工", hold="part"),
    Job(S.ON_HOLD, P.NORMAL, "plumbing", "屋面雨水管疏通", 3 * DAY, 5, "屋面", "水工", hold="access"),
    Job(S.WORKING, P.NORMAL, "plumbing", "热水器温控失灵", 20 * HOUR, 4, "1层淋浴间", "水工"),
    Job(S.WORKING, P.URGENT, "heating", "供暖回水温度偏低", 9 * HOUR, 0, "锅炉房", "锅炉暖通工"),
    Job(S.DONE, P.NORMAL, "joinery", "更换地下车库道闸", 4 * DAY, 4, "入口", "综合维修工"),
    Job(S.DONE, P.NORMAL, "greening", "绿化带喷灌维修", 5 * DAY, 5, "大院东侧", "绿化工"),
    Job(S.CHECKED, P.NORMAL, "electric", "会议室灯具更换", 5 * DAY, 1, "三会议室", "高低压电工"),
    Job(S.RATED, P.URGENT, "plumbing", "消火栓渗漏", 6 * DAY, 2, "2层消火栓", "水工"),
)
REPAIRED = (  # trade, title, post, what was done
    ("plumbing", "洗手池下水堵塞", "水工", "疏通下水管"), ("electric", "办公室跳闸", "高低压电工", "更换漏电保护器"),
    ("joinery", "窗户关不严", "综合维修工", "更换铰链"), ("cooling", "风机盘管漏水", "锅炉暖通工", "清理冷凝水盘"),
    ("masonry", "墙面渗水修补", "综合维修工", "重做防水"), ("plumbing", "马桶水箱漏水", "水工", "更换进水阀"),
    ("electric", "日光灯更换", "高低压电工", "更换灯管"), ("other", "饮水机不加热", "综合维修工", "更换加热管"),
)  # fmt: skip
ASIDE = (S.CANCELLED, S.TRANSFERRED, S.MERGED)  # how three of them ended
FIRMS = (  # name, credit code, contact, phone, at night, (licence, paper, issued, valid until)
    ("永升电梯工程有限公司", "91990000MA0SAMPL1X", "周师傅", "10000000101", "10000000102",
     ("lift_repair", "TS3999001-2028", "2024-03-12", "2028-03-11")),
    ("恒暖锅炉安装有限公司", "91990000MA0SAMPL2X", "吴经理", "10000000201", None,
     ("boiler_repair", "TS3999002-2026", "2022-06-30", "2026-06-29")),
    ("明达电力工程有限公司", "91990000MA0SAMPL3X", "郑经理", "10000000301", "10000000302",
     ("power_facility", "9-9-00001-2020", "2023-01-09", "2029-01-08")),
    ("机关后勤服务中心维修队", None, "值班室", "10000000401", "10000000401", None),
)  # fmt: skip
