"""What the sample office taught in a year, and what is to come: invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.post import PostFunction
from models.training import (
    CourseKind,
    SessionKind,
)

Row = dict[str, Any]
K, S, F = CourseKind, SessionKind, PostFunction


COURSES: tuple[Row, ...] = (
    {"code": "XF-01", "name": "消防安全常识与灭火器使用", "kind": K.FIRE, "hours": 40, "repeat_months": 12,
     "basis": "公安部令第61号第三十六条"},
    {"code": "XF-02", "name": "消防应急疏散演练", "kind": K.FIRE, "hours": 20, "repeat_months": 6,
     "basis": "公安部令第61号第四十条"},
    {"code": "AQ-01", "name": "新入职人员岗前安全培训", "kind": K.INDUCTION, "hours": 240, "pass_score": 80,
     "own_certificate": True, "basis": "生产经营单位安全培训规定第十三条"},
    {"code": "AQ-02", "name": "安全生产再培训", "kind": K.SAFETY, "hours": 80, "repeat_months": 12, "pass_score": 60},
    {"code": "DG-01", "name": "低压电工作业复审培训", "kind": K.CERTIFICATE, "hours": 80, "pass_score": 80,
     "certificate_kind": "low_voltage", "repeat_months": 36, "basis": "总局令第30号第二十一条"},
    {"code": "JN-01", "name": "暖通空调运行与节能", "kind": K.SKILL, "hours": 160, "repeat_months": 24},
    {"code": "FW-01", "name": "会务服务与礼仪", "kind": K.SERVICE, "hours": 80, "repeat_months": 24},
    {"code": "GL-01", "name": "机关事务管理业务培训", "kind": K.MANAGEMENT, "hours": 160, "repeat_months": 12},
)  # fmt: skip


LINES: tuple[tuple[str, int, PostFunction | None, int, int, int], ...] = (
    ("GL-01", 3, F.MANAGEMENT, 6, 1, 6000), ("XF-01", 4, None, 22, 1, 3000), ("AQ-02", 5, None, 22, 1, 4000),
    ("XF-02", 6, None, 22, 1, 1500), ("FW-01", 9, F.RECEPTION, 5, 1, 3500), ("JN-01", 10, F.HEATING, 4, 1, 9000),
    ("XF-02", 11, None, 22, 1, 1500), ("DG-01", 12, F.ELECTRICITY, 4, 1, 5600),
)  # fmt: skip


HELD: tuple[tuple[str, date, str, SessionKind, int, int], ...] = (  # course, day, trainer, how, people, yuan
    ("GL-01", date(2026, 3, 18), "市委党校讲师", S.LECTURE, 6, 5600),
    ("XF-01", date(2025, 10, 21), "消防支队教官", S.LECTURE, 20, 2600),
    ("XF-01", date(2026, 4, 22), "消防支队教官", S.LECTURE, 18, 2800),
    ("AQ-02", date(2026, 5, 13), "安全工程师", S.LECTURE, 19, 3800),
    ("XF-02", date(2026, 6, 24), "保卫科", S.DRILL, 21, 1200),
    ("FW-01", date(2026, 9, 10), "礼仪讲师", S.PRACTICE, 5, 3500),
    ("JN-01", date(2026, 10, 20), "设备厂家工程师", S.OUTSIDE, 4, 9200),
)  # fmt: skip


AHEAD: tuple[tuple[str, date, str, SessionKind, int, int, int], ...] = (  # … places, people
    ("XF-02", date(2026, 11, 27), "保卫科", S.DRILL, 22, 18, 1500),
    ("DG-01", date(2026, 12, 9), "安全生产培训中心", S.OUTSIDE, 3, 5, 5600),
    ("AQ-01", date(2026, 12, 15), "安全工程师", S.LECTURE, 20, 6, 2400),
)  # fmt: skip


CALLED_OFF = ("FW-01", date(2026, 11, 12), "礼仪讲师", "教师时间冲突，改期举办")


PROVIDERS = {  # of the trainers who are not the office's own
    "市委党校讲师": "某某市委党校", "消防支队教官": "某某市消防救援支队", "安全工程师": "某某安全技术服务中心",
    "礼仪讲师": "某某职业技术学院", "设备厂家工程师": "某某暖通设备有限公司",
    "安全生产培训中心": "某某安全生产培训中心",
}  # fmt: skip
