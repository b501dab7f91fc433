"""PDF of an asset register of 100,000 rows against a raw canvas that only draws the same strings."""

from __future__ import annotations

import io
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime

ROWS = 100_000
TITLES = ("序号", "资产编号", "资产名称", "规格型号", "使用部门", "存放地点", "单位", "数量", "原值（元）", "启用日期")
SHARES = (34.0, 82.0, 80.0, 96.0, 66.0, 196.0, 26.0, 30.0, 76.0, 60.0)
FREE = {2, 3, 4, 5}
NAMES = ("台式计算机", "笔记本电脑", "激光打印机", "多功能一体机", "空调机组", "消防水泵", "会议桌", "文件柜", "电梯")
MODELS = ("ThinkCentre M930t", "KFR-72LW/01", "SCB13-1000/10", "XBD8.0/40G-L", "2400×1200×750", "S5735-L48T4S")
UNITS = ("办公室", "财务处", "后勤管理处", "信息中心", "安全保卫处", "基建处", "资产管理处", "人事处", "审计处")
HOUSES = ("主楼", "东配楼", "西配楼", "综合楼", "动力中心", "信息楼", "档案楼", "后勤服务楼", "地下车库")
PLACES = ("机房（靠近3号配电箱，与空调机组共用基础）", "会议室", "值班室", "储藏间，旧资产暂存待报废处置", "弱电井")


def rows(count: int) -> Iterator[tuple[str, ...]]:
    """A believable register, the same every time."""
    pick = random.Random(7)
    for n in range(1, count + 1):
        place = f"{pick.choice(HOUSES)}{pick.randint(1, 9)}层{pick.randint(101, 940)}室{pick.choice(PLACES)}"
        yield (
            str(n), f"GD-2026-{n:07d}", pick.choice(NAMES), pick.choice(MODELS), pick.choice(UNITS), place,
            pick.choice("台套件个张组"), str(pick.randint(1, 9)), f"{pick.randint(10**4, 10**8) / 100:,.2f}",
            f"20{pick.randint(5, 26):02d}-{pick.randint(1, 12):02d}-{pick.randint(1, 28):02d}",
        )  # fmt: skip


def floor() -> None:
    """Every string once with `drawString`, 30 rows a page: no wrapping, no rules, no sums, no archive format."""
    from reportlab.pdfgen.canvas import Canvas

    from services.documents.fonts import Face, font

    font(Face.SANS)
    canvas = Canvas(io.BytesIO(), (842, 595), initialFontName=Face.SANS.value, pageCompression=1, invariant=1)
    for n, row in enumerate(rows(ROWS)):
        if n % 30 == 0:
            if n:
                canvas.showPage()
            canvas.setFont(Face.SANS.value, 7.5)
        for k, text in enumerate(row):
            canvas.drawString(48 + sum(SHARES[:k]), 540 - n % 30 * 16, text)
    canvas.getpdfdata()


def ours() -> None:
    """The finished register: laid out, archived, marked."""
    from services.documents.register import render_register
    from services.documents.table import Column

    columns = [
        Column(title, share, "right" if n in (7, 8) else "left", wraps=n in FREE)
        for n, (title, share) in enumerate(zip(TITLES, SHARES, strict=True))
    ]
    made = datetime(2026, 11, 23, tzinfo=UTC)
    render_register("资产台账", columns, rows(ROWS), office="某某机关事务管理局", number="TZ-2026-0001", made=made)


def measure() -> tuple[float, float, float]:
    """CPU seconds of the floor and of ours, and the most memory ours took (MiB), each in a process of its own."""
    (base, _), (spent, peak) = _alone("floor"), _alone("ours")
    return base, spent, peak


def _alone(which: str) -> tuple[float, float]:
    found = subprocess.run([sys.executable, "-m", "bench.pdf", which], check=True, capture_output=True, text=True)
    seconds, peak = map(float, found.stdout.split())
    return seconds, peak


def main() -> None:
    """One row: floor, ours, ratio, memory. With an argument: one of the two, alone."""
    if sys.argv[1:]:
        before = time.process_time()
        {"floor": floor, "ours": ours}[sys.argv[1]]()
        print(time.process_time() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    base, spent, peak = measure()
    print(f"PDF of {ROWS:,} rows: floor {base:.1f} s, ours {spent:.1f} s, ratio {spent / base:.2f}, {peak:.0f} MiB")


if __name__ == "__main__":
    main()
