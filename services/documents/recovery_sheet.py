"""The recovery sheet 恢复单: one page in a sealed envelope in a safe, with the code that opens the office's data.

Chinese and English on one page: whoever opens the envelope in need should not have to look for a translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from services.desk.codes import Code
from services.documents.blocks import (
    HEADING,
    LABEL,
    Gap,
    Particulars,
    Title,
    day,
    lines_of,
)
from services.documents.fonts import Cleaner, Face
from services.documents.ink import FILL, INK, MUTED, PORTRAIT, WHITE, Ink, Style
from services.documents.pdfa import Facts
from services.documents.sheet import Flow, Paper, paint

KIND, TITLE, ENGLISH = "recovery-sheet", "恢复单", "RECOVERY SHEET"
SIGN, OFFICE = Style(Face.SANS_BOLD, 23), Style(Face.SERIF_BOLD, 10.5)
PROSE, SMALL = Style(Face.SERIF, 9.5), Style(Face.SERIF, 7.5, MUTED)
CODE_ROWS = 2  # rows of three groups
SECTIONS: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = (
    (
        "用途", "What it is for",
        (
            (
                "所有密码都已遗失，或唯一能重设密码的人不在时，用上面的恢复码为一个账号设置新密码。没有密码，也没有"
                "恢复码，任何人都打不开数据，软件的作者也不能。",
                "When every password is lost, or nobody is there who can give a new one, the code above gives an "
                "account a new password. Without password and without code nobody can open the data, not even the "
                "makers of the program.",
            ),
        ),
    ),
    (
        "用法", "How to use it",
        (
            (
                "在登录页选“忘记密码？使用恢复单”，录入或扫描恢复码，写明账号和新密码。大小写、空格和连字符不影响；"
                "录错会指出是第几组。",
                "On the sign-in page choose “Forgotten? Use the recovery sheet”, type or scan the code, name the "
                "account and a new password. Case, spaces and dashes do not matter; a typing error is told by its "
                "group.",
            ),
            (
                "用过一次即失效，程序随即给出新的恢复码：打印新单，销毁本单。使用情况记入日志。",
                "It works once. The program then shows a new code: print the new sheet, destroy this one. Its use "
                "stands in the journal.",
            ),
        ),
    ),
    (
        "保管", "Where to keep it",
        (
            (
                "装入信封，封口处签名，存放于保险柜，与存有数据的计算机分开。谁拿到本单和数据文件，谁就能打开数据："
                "不要复印、拍照或存成文件。遗失或被人看过时，由系统管理员在“密钥与恢复”中另制一张，本单随即作废。",
                "In an envelope, signed across the flap, in a safe, away from the computer that has the data. Whoever "
                "has this sheet and the files can open the data: no copies, no photographs, no file of it. If it is "
                "lost or was seen, the system administrator makes another under “Keys and recovery”; this one is then "
                "void.",
            ),
            (
                "恢复码与 keys.json 文件配合使用，备份时应复制整个数据文件夹。",
                "The code works together with the file keys.json: a backup copies the whole data folder.",
            ),
        ),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """What stands on it: the office, its site code, the code, and when that was made (aware)."""

    office: str
    site: str
    code: Code
    made: datetime


@dataclass(frozen=True)
class Top:
    """Whose it is, left; that it is to be kept under lock, right."""

    office: str

    @cached_property
    def _lines(self) -> list[str]:
        return lines_of(self.office, OFFICE, PORTRAIT.measure * 0.72)

    @property
    def height(self) -> float:
        """Points; grows with the name of the office."""
        return 20 + 14 * max(1, len(self._lines) - 1)

    def paint(self, ink: Ink, top: float) -> None:
        """The whole name, on as many lines as it takes."""
        form = ink.form
        for n, line in enumerate(self._lines):
            ink.text(form.left, top - 8 - 14 * n, line, OFFICE)
        ink.text(form.end, top - 8, "密封保管", Style(Face.SANS_BOLD, 9), "right")
        ink.text(form.end, top - 20, "Keep sealed", LABEL, "right")


@dataclass(frozen=True)
class CodeBox:
    """The code in large groups, numbered, and as a QR code that a keyboard scanner types in."""

    code: str
    height: float = 150.0

    def paint(self, ink: Ink, top: float) -> None:
        """Groups left, QR code right, in one frame."""
        form, side, pad = ink.form, 104.0, 16.0
        below = top - self.height + 8
        ink.area(form.left, below, form.measure, self.height - 8, FILL)
        ink.frame(form.left, below, form.measure, self.height - 8, 0.8)
        ink.text(form.left + pad, top - 20, "恢复码", HEADING)
        ink.text(form.left + pad + HEADING.width("恢复码") + 7, top - 20, "Recovery code", Style(Face.SERIF, 8, MUTED))
        groups = self.code.split("-")
        across = len(groups) // CODE_ROWS
        room = (form.measure - side - 3 * pad) / across
        for n, group in enumerate(groups):
            x, y = form.left + pad + n % across * room, top - 64 - n // across * 50
            ink.text(x, y + 25, str(n + 1), Style(Face.SANS, 7.5, MUTED))
            ink.text(x, y, group, SIGN, track=2.2, fit=room - 10)
        x, y = form.end - side - pad, below + (self.height - 8 - side) / 2
        ink.area(x - 8, y - 8, side + 16, side + 16, WHITE)
        ink.code(self.code, x, y, side)


@dataclass(frozen=True)
class Bilingual:
    """A heading, and paragraphs that say the same twice."""

    heading: str
    english: str
    paragraphs: Sequence[tuple[str, str]]

    @cached_property
    def _laid(self) -> list[tuple[list[str], list[str]]]:
        wide = PORTRAIT.measure
        return [(lines_of(one, PROSE, wide), lines_of(other, SMALL, wide)) for one, other in self.paragraphs]

    @cached_property
    def height(self) -> float:
        """Points, with the gap above."""
        return 24 + sum(14 * len(one) + 10 * len(other) + 5 for one, other in self._laid)

    def paint(self, ink: Ink, top: float) -> None:
        """Chinese first, English smaller below."""
        left, y = ink.form.left, top - 16
        ink.text(left, y, self.heading, HEADING)
        ink.text(left + HEADING.width(self.heading) + 7, y, self.english, Style(Face.SERIF, 8, MUTED))
        y -= 2
        for one, other in self._laid:
            for line in one:
                y -= 14
                ink.text(left, y, line, PROSE)
            for line in other:
                y -= 10
                ink.text(left, y - 1.5, line, SMALL)
            y -= 5


@dataclass(frozen=True)
class Keeping:
    """Lines for who sealed the envelope, who keeps it, and who opened it."""

    height: float = 80.0

    def paint(self, ink: Ink, top: float) -> None:
        """Three columns, a line each for name and date."""
        form, gap = ink.form, 22.0
        width = (form.measure - 2 * gap) / 3
        for n, (role, english) in enumerate((("封存人", "Sealed by"), ("保管人", "Kept by"), ("启用人", "Opened by"))):
            x = form.left + n * (width + gap)
            ink.text(x, top - 20, role, HEADING)
            ink.text(x + HEADING.width(role) + 6, top - 20, english, Style(Face.SERIF, 8, MUTED))
            for y, label in ((top - 46, "签字"), (top - 68, "日期")):
                ink.text(x, y, label, LABEL)
                ink.rule(x + 26, y - 3, x + width, 0.4, INK)


def render(sheet: Sheet) -> Paper:
    """The sheet as a PDF of one page. The code stands on the page alone, not in what the file says about itself."""
    clean = Cleaner()
    office, site = (clean(text).replace("\n", " ") for text in (sheet.office, sheet.site))
    made = sheet.made.astimezone()
    facts = ((("单位代码", site), ("制作时间", f"{day(made.date())}　{made:%H:%M}")),)
    flow = Flow(PORTRAIT, [])
    flow.place(Top(office), Title(TITLE, ENGLISH), Particulars(facts, PORTRAIT), Gap(4), CodeBox(sheet.code))
    flow.place(*(Bilingual(*section) for section in SECTIONS), Keeping())
    about = Facts(KIND, site, 1, TITLE, office, sheet.made)
    foot = f"{TITLE}　{made:%Y-%m-%d}"
    return paint(flow, PORTRAIT, about, _goes_on, losses=clean.losses, foot=foot)


def _goes_on(_done: int, _total: int) -> bool:
    return True
