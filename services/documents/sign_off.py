"""The sign-off of a paper: a box for each party, with room for pen, electronic signature and wet seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from services.documents.blocks import ENGLISH, HEADING, LABEL, LABEL_SMALL, VALUE, day, lines_of
from services.documents.ink import FILL, INK, MUTED, Format, Ink


@dataclass(frozen=True)
class Signer:
    """One box of the sign-off: who signs, and what is already known."""

    role: str
    english: str
    unit: str
    person: str
    post: str = ""
    signed_on: date | None = None


@dataclass(frozen=True)
class SignWords:
    """What stands before the lines of a box (name, signature, post, date), on the empty line of the date, and where
    the seal goes."""

    lines: tuple[str, str, str, str] = ("姓名", "签字", "职务", "日期")
    date: str = "年　　月　　日"
    seal: str = "盖章　Seal"


@dataclass(frozen=True)
class SignOff:
    """A box for each party, side by side, with room for name, signature, post, date and wet seal."""

    signers: Sequence[Signer]
    form: Format
    gap: float = 10.0
    words: SignWords = SignWords()

    @cached_property
    def _width(self) -> float:
        return (self.form.measure - self.gap * (len(self.signers) - 1)) / len(self.signers)

    @cached_property
    def _units(self) -> list[list[str]]:
        return [lines_of(signer.unit, VALUE, self._width - 18) for signer in self.signers]

    @cached_property
    def height(self) -> float:
        """Points; grows with the longest name of a unit."""
        return 138 + 12 * max(map(len, self._units))

    def paint(self, ink: Ink, top: float) -> None:
        """All boxes are equally high."""
        for n, (signer, unit) in enumerate(zip(self.signers, self._units, strict=True)):
            self._box(ink, self.form.left + n * (self._width + self.gap), top, signer, unit)

    def spots(self, top: float) -> list[tuple[float, float, float, float]]:
        """The right half of each box below its name: the left half stays for pen and wet seal."""
        half, step = self._width / 2, self._width + self.gap
        left, y = self.form.left + half - 1, top - self.height + 4
        return [(left + n * step, y, half - 3, 84) for n in range(len(self.signers))]

    def _box(self, ink: Ink, x: float, top: float, signer: Signer, unit: Sequence[str]) -> None:
        end, below = x + self._width, top - self.height
        ink.part()
        ink.area(x, top - 24, self._width, 24, FILL)
        ink.rule(x, top - 24, end, 0.4, INK)
        ink.frame(x, below, self._width, self.height)
        ink.text(x + 9, top - 16, signer.role, HEADING)
        if HEADING.width(signer.role) + ENGLISH.width(signer.english) + 24 <= self._width:
            ink.text(end - 9, top - 16, signer.english, ENGLISH, "right")
        for n, line in enumerate(unit):
            ink.text(x + 9, top - 39 - 12 * n, line, VALUE)
        y, when = below + 92, day(signer.signed_on) if signer.signed_on else ""
        for at, value in enumerate((signer.person, "", signer.post, when)):
            label = self.words.lines[at]
            ink.text(x + 9, y, label, LABEL)
            ink.text(x + 36, y, value, VALUE, fit=self._width - 45)
            if at or not value:
                ink.rule(x + 34, y - 3.5, end - 9, 0.4, MUTED)
            if at == 3 and not value:
                ink.text(end - 12, y, self.words.date, LABEL, "right")
            y -= 22
        ink.text(x + 9, below + 7, self.words.seal, LABEL_SMALL)
