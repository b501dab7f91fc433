"""Our own certificate 培训合格证书, one landscape page. Chinese by decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.documents import paper_code
from services.documents.blocks import PROSE, Blank, Gap, Masthead, Title, day, lines_of
from services.documents.fonts import Cleaner, Face
from services.documents.ink import LANDSCAPE, MUTED, Ink, Style
from services.documents.paper_code import Seal as Sealing
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Flow, Paper, paint
from services.documents.verification import Verification
from services.documents.wrap import cap

KIND, TITLE, ENGLISH = "training_certificate", "培训合格证书", "CERTIFICATE OF TRAINING"
NAME, SMALL = Style(Face.SERIF_BOLD, 26), Style(Face.SERIF, 10, MUTED)
ROOM = 70.0  # points for what it says: a course with a long name is set smaller
SIZES = ((14.0, 26.0), (11.5, 20.0), (10.0, 17.0), (9.0, 14.0))  # print and lead


@dataclass(frozen=True)
class Said:
    """What the certificate says. `hours` in tenths; `until` the day the course is due again, None for always; `made`
    (aware) dates the file, `anchor` stands in its foot."""

    number: str
    office: str
    name: str
    staff_number: str
    course: str
    hours: int
    score: int | None
    on: date
    until: date | None
    session: str
    made: datetime
    anchor: str = ""


@dataclass(frozen=True)
class Centred:
    """Lines of one style in the middle of the page."""

    lines: tuple[str, ...]
    style: Style
    lead: float

    @property
    def height(self) -> float:
        """Points."""
        return self.lead * len(self.lines)

    def paint(self, ink: Ink, top: float) -> None:
        """Each on its own line."""
        middle = ink.form.left + ink.form.measure / 2
        for n, line in enumerate(self.lines, 1):
            ink.text(middle, top - n * self.lead + 6, line, self.style, "center", fit=ink.form.measure)


@dataclass(frozen=True)
class Seal:
    """Who issues it, and when; the office's seal goes over it."""

    office: str
    on: date
    height: float = 62.0

    def paint(self, ink: Ink, top: float) -> None:
        """At the right."""
        for n, line in enumerate((self.office, day(self.on), "（盖章　Seal）"), 1):
            ink.text(ink.form.end - 30, top - 18 * n, line, PROSE if n < 3 else SMALL, "right")


def render(said: Said, seal: Sealing | None = None) -> Paper:
    """Draws it; `seal` signs what its QR code says, on this side of the press."""
    figures = (said.session, said.staff_number)
    return drawn(said, paper_code.written(KIND, said.number, 1, said.on, figures, "", seal))


@press
def drawn(said: Said, code: str) -> Paper:
    """The certificate with what its QR code says."""
    clean = Cleaner()
    office, name = clean(said.office), clean(said.name)
    flow = Flow(LANDSCAPE, [])
    flow.place(
        Masthead(office, said.number, [f"开具时间　{said.made.astimezone():%Y-%m-%d %H:%M}"], code),
        Title(TITLE, ENGLISH), Gap(16), Centred((name,), NAME, 40), Gap(8),
        _set(clean(_text(said)).replace("\n", " ")), Gap(10),
        Centred((_until(said),), SMALL, 18), Gap(10), Seal(office, said.on), Gap(8),
        Verification(code, "文件核对", "Verification", (
            "用“大院管家”的“核验文件”检查电子文件或扫描二维码，可知是否改动、由谁签名、是否有效。",
            "以电子签名或盖章为准。二维码载有编号、日期、班次、工号及出具方签名。",
        )), Blank(),
    )  # fmt: skip
    facts = Facts(KIND, said.number, 1, TITLE, office, said.made)
    return paint(flow, LANDSCAPE, facts, _on, losses=clean.losses, anchor=said.anchor, code=code)


def _set(text: str) -> Centred:
    """The text as large as there is room for."""
    for size, lead in SIZES:
        style = Style(Face.SERIF, size)
        lines = lines_of(text, style, LANDSCAPE.measure - 120)
        if lead * len(lines) <= ROOM:
            break
    return Centred(tuple(cap(lines, int(ROOM / lead), style.width, LANDSCAPE.measure - 120)), style, lead)


def _text(said: Said) -> str:
    hours = f"{said.hours // 10}" if said.hours % 10 == 0 else f"{said.hours / 10:.1f}"
    score = f"，考核成绩 {said.score} 分" if said.score is not None else ""
    heard = f"于{day(said.on)}参加“{said.course}”培训，共 {hours} 学时{score}"
    return f"（工号 {said.staff_number}）{heard}，经考核合格，特发此证。"


def _until(said: Said) -> str:
    return f"有效期至{day(said.until)}，到期前应重新参加培训。" if said.until else "长期有效"


def _on(_done: int, _total: int) -> bool:
    return True
