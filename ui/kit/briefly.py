"""Large sums in few characters: ten thousands of yuan in Chinese, thousands in English, as each language counts."""

from __future__ import annotations

from resources.words import N_, tr
from ui.kit.theme import LOOK

PARTS = {"zh_CN": 1_000_000, "en": 100_000}  # fen
UNIT = N_("k yuan")


def sum_(fen: int) -> str:
    """1082540000 fen is `1,082.54` (万元), or `10,825.40` (thousand yuan)."""
    return f"{fen / PARTS[LOOK.lang]:,.2f}"


def unit() -> str:
    """What a sum is counted in."""
    return tr(LOOK.lang, UNIT)


def titled(title: str) -> str:
    """The title of a column of such sums."""
    return tr(LOOK.lang, N_("{field} ({unit})"), field=tr(LOOK.lang, title), unit=unit())
