"""Colours, type and measures of both themes: the only module that holds a colour."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont

from resources import path

Pair = tuple[str, str]  # foreground, background


@dataclass(frozen=True)
class Tokens:
    """One theme. Every pair used for text is checked for contrast in the tests."""

    name: str
    bg: str
    surface: str
    sunken: str
    border: str
    line: str
    text: str
    text2: str
    text3: str
    primary: str
    onprimary: str
    tint: str
    hover: str
    selected: str
    control: str
    chart2: str
    chart2line: str
    chart3: str
    track: str
    desk: str
    paper: str
    mark: str
    okfill: str
    warnfill: str
    badfill: str
    okline: str
    warnline: str
    badline: str
    ok: Pair
    idle: Pair
    warn: Pair
    bad: Pair
    info: Pair
    scrim: tuple[int, int, int, int]


LIGHT = Tokens(
    name="light", bg="#F4F6F9", surface="#FFFFFF", sunken="#F8FAFC", border="#E3E8EF", line="#EEF1F5",
    text="#111927", text2="#4B5565", text3="#5B6578", primary="#2855D9", onprimary="#FFFFFF", tint="#EBF1FF",
    hover="#F3F6FB", selected="#EDF3FF", control="#8691A3", chart2="#B4C6F5", chart2line="#6C8AE4", chart3="#7A8699",
    track="#E6EAF0", desk="#E8ECF2", paper="#FFFFFF", mark="#FFE9A8",
    okfill="#1E9E63", warnfill="#C97016", badfill="#D6453D", okline="#8CCFAE", warnline="#E8B878", badline="#E59A94",
    ok=("#05603A", "#E3F5EB"), idle=("#3D4757", "#EDF0F4"), warn=("#8A3A08", "#FDF0DF"), bad=("#A51D15", "#FDE9E7"),
    info=("#1A4FB4", "#E6EFFD"), scrim=(17, 25, 39, 92),
)  # fmt: skip
DARK = Tokens(
    name="dark", bg="#0D1117", surface="#151A22", sunken="#11161D", border="#2A313C", line="#212832",
    text="#E8EBF0", text2="#B3BBC8", text3="#8D97A7", primary="#7EA2FF", onprimary="#0B1530", tint="#1C2843",
    hover="#1B212B", selected="#1B2741", control="#66717F", chart2="#3C5391", chart2line="#6F88D2", chart3="#6E7A8C",
    track="#252C37", desk="#0A0D12", paper="#F4F5F7", mark="#5A4613",
    okfill="#4FBF88", warnfill="#E0A050", badfill="#E8766E", okline="#2E6A4A", warnline="#7A5622", badline="#7A3A36",
    ok=("#6FD9A2", "#12301F"), idle=("#B7C0CD", "#252C37"), warn=("#F5B567", "#38260F"), bad=("#FF9A92", "#3D1A19"),
    info=("#8FB8FF", "#172A4A"), scrim=(0, 0, 0, 140),
)  # fmt: skip

RAIL, TOP, MARGIN, GAP, PAD, SIDE = 212, 56, 20, 16, 20, 336
CONTROL, CHIP, HEAD, ROW = 36, 30, 38, 52
FAMILY = "Noto Sans SC"
FACES = ("NotoSansSC_400Regular.ttf", "NotoSansSC_500Medium.ttf", "NotoSansSC_600SemiBold.ttf")


class Look(QObject):
    """The theme and language now in force. Widgets that paint or hold text listen to `changed`."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tokens = LIGHT
        self.lang = "zh_CN"

    def use(self, *, tokens: Tokens | None = None, lang: str | None = None) -> None:
        """Switch theme, language or both, live."""
        self.tokens, self.lang = tokens or self.tokens, lang or self.lang
        self.changed.emit()


LOOK = Look()


def tokens() -> Tokens:
    """The theme in force."""
    return LOOK.tokens


def colour(name: str, part: int = 0) -> QColor:
    """A token as a colour; `part` chooses foreground (0) or background (1) of a pair."""
    value = getattr(LOOK.tokens, name)
    if name == "scrim":
        return QColor(*value)
    return QColor(value if isinstance(value, str) else value[part])


def font(px: int = 13, weight: int = 400) -> QFont:
    """The interface face. Sizes are pixels of the 100 % screen, weights 400, 500 or 600."""
    made = QFont(FAMILY)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def load_fonts() -> None:
    """Make the shipped faces known once, so that every machine shows the same characters."""
    from PySide6.QtGui import QFontDatabase

    for face in FACES:
        if QFontDatabase.addApplicationFont(str(path("fonts", face))) < 0:
            raise RuntimeError(f"cannot load {face}")
