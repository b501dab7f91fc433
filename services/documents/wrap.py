"""Breaks Chinese text into lines: what may not begin or end a line, Latin runs whole, no orphans."""

from __future__ import annotations

import re
from collections.abc import Callable

# After GB/T 15834-2011 (标点符号用法) 5.1, with the same signs of other scripts: never first, never last in a line.
NO_START = "，。、；：？！）》〉」』】〕〗｝”’…—～·％‰℃,.;:?!)]}%°¢"
NO_END = "（《〈「『【〔〖｛“‘([{￥＄$¥£@#№"
LATIN = "!-~\u00a1-\u024f\u0370-\u04ff"
ORPHAN = 2
_START, _END = re.escape(NO_START), re.escape(NO_END)
_BREAK = re.compile(
    rf"(?!^)(?!$)(?![{_START}\s])(?<![{_END}])(?<![{_END}]\s)(?:(?<![{LATIN}])|(?![{LATIN}]))",
)
_JOINT = "-/_.,×"

Measure = Callable[[str], float]


def wrap(text: str, measure: Measure, width: float, em: float = 0.0) -> list[str]:
    """The lines of a text, none wider than `width` unless a single character is; spaces at breaks are dropped.

    `measure` gives the width of a string in the same unit. With `em` (the width of one Chinese character) a last
    line of one or two characters is avoided by setting the paragraph slightly narrower in the same number of lines.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _balanced(paragraph, measure, width, em) if em else _filled(paragraph, measure, width)
    return lines


def cap(lines: list[str], most: int, measure: Measure, width: float) -> list[str]:
    """The first `most` lines, the last of them ending in "…" when something was left out."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and measure(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


def _balanced(text: str, measure: Measure, width: float, em: float) -> list[str]:
    lines = _filled(text, measure, width)
    if len(lines) > 1 and len(lines[-1]) <= ORPHAN:
        for narrower in (width - em, width - 2 * em, width - 3 * em):
            again = _filled(text, measure, narrower) if narrower > 3 * em else lines
            if len(again) == len(lines) and len(again[-1]) > ORPHAN:
                return again
    return lines


def _filled(text: str, measure: Measure, width: float) -> list[str]:
    if measure(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0.0
    for unit in _BREAK.split(text):
        used += measure(unit)
        if used <= width or measure((line + unit).rstrip()) <= width:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = unit
        while measure(line.rstrip()) > width and len(line) > 1:
            at = _cut(line, measure, width)
            lines.append(line[:at].rstrip())
            line = line[at:].lstrip()
        used = measure(line)
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut(unit: str, measure: Measure, width: float) -> int:
    """Where to break a run that is wider than a whole line: after a joint if there is one, else where it is full."""
    full = 1
    while full < len(unit) and measure(unit[: full + 1]) <= width:
        full += 1
    joint = max(unit.rfind(sign, 0, full) for sign in _JOINT) + 1
    at = joint if joint >= full // 4 else full
    while at > 1 and (unit[at : at + 1] in NO_START or unit[at - 1] in NO_END):
        at -= 1
    return at if at > 1 else full
