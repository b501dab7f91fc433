"""How many records a list has, how many of them match, and what they add up to."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from resources.words import N_, tr
from services.desk.listing import Listing, View
from ui.kit import show
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

DOT = " · "
_serial = count()


class Figures(QObject):
    """Read beside the list; sums come last. A failure is left to the list, which says what is wrong."""

    known = Signal()

    def __init__(self, background: Background, listing: Listing) -> None:
        super().__init__()
        self.background, self.listing = background, listing
        self.total = self.matching = -1
        self.sums: dict[str, int] = {}
        self._narrowed = False
        self._tag = f"figures{next(_serial)}"

    def read(self, view: View) -> None:
        """Count and add up this view."""
        self._narrowed = bool(view.search or view.filters)
        self.background.ask(partial(_counts, view), self._counted, self._failed, self._tag)
        if self.listing.sums:
            self.background.ask(partial(_sums, view), self._summed, self._failed, f"{self._tag}.sums")

    def sentence(self) -> str:
        """The figures in one line."""
        if self.total < 0:
            return ""
        parts = [tr(LOOK.lang, N_("{count} in all"), count=f"{self.total:,}")]
        if self._narrowed:
            parts.append(tr(LOOK.lang, N_("{count} match"), count=f"{self.matching:,}"))
        for name, total in self.sums.items():
            spec = self.listing.columns[name]
            shown = show.fact(LOOK.lang, spec, total)
            parts.append(tr(LOOK.lang, N_("{field} Σ {sum}"), field=show.label(LOOK.lang, spec), sum=shown))
        return DOT.join(parts)

    def range(self, first: int, last: int, listed: int, marked: int) -> str:
        """Which rows are looked at (`first` to `last`, from 0) of those listed, and how many are marked."""
        if last < first or not listed:
            return ""
        count, text = max(self.matching, listed), N_("{first}–{last} of {count}")
        shown = tr(LOOK.lang, text, first=f"{first + 1:,}", last=f"{last + 1:,}", count=f"{count:,}")
        return shown if marked < 2 else shown + DOT + tr(LOOK.lang, N_("{count} marked"), count=f"{marked:,}")

    def _counted(self, counts: tuple[int, int]) -> None:
        self.total, self.matching = counts
        self.known.emit()

    def _summed(self, sums: dict[str, int]) -> None:
        self.sums = sums
        self.known.emit()

    def _failed(self, _error: Exception) -> None:
        pass


def _counts(view: View, desk: Desk) -> tuple[int, int]:
    total = desk.count(View(view.listing))
    return total, desk.count(view) if view.search or view.filters else total


def _sums(view: View, desk: Desk) -> dict[str, int]:
    return desk.sums(view)
