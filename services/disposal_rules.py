"""What a disposal needs: which papers, and whose approval. Both are dated rows with their source, and nothing here."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

import resources
from models.disposal import Authority, DisposalMode, LossCause, PaperItem
from models.occupancy import UnitLevel

PLACES = ("A0101", "A0103")  # buildings and land, by the beginning of their class: their title is looked at
APPLY, EXECUTE = "apply", "execute"


@dataclass(frozen=True)
class Thing:
    """What the rules ask of a card: its class, its cost (fen), and of a loss what happened."""

    class_code: str
    cost: int
    cause: LossCause | None = None


@dataclass(frozen=True)
class Limit:
    """From a sum (fen) on, of the cards of some classes together, an authority approves. `local` rows are common
    practice and are to be replaced by the office's own rule."""

    level: UnitLevel
    classes: tuple[str, ...]
    least: int
    authority: Authority
    from_on: date
    until_on: date | None
    local: bool
    source: str


@dataclass(frozen=True)
class Asked:
    """A paper is asked for before a step: in some modes, for some classes, after some causes; none named means all."""

    item: PaperItem
    modes: tuple[DisposalMode, ...]
    classes: tuple[str, ...]
    causes: tuple[LossCause, ...]
    step: str
    from_on: date
    until_on: date | None
    source: str

    def fits(self, mode: DisposalMode, things: Iterable[Thing]) -> bool:
        """Whether a disposal like this needs it."""
        return (not self.modes or mode in self.modes) and any(
            (not self.classes or thing.class_code.startswith(self.classes))
            and (not self.causes or thing.cause in self.causes)
            for thing in things
        )


def papers(mode: DisposalMode, things: Iterable[Thing], on: date) -> list[Asked]:
    """The papers asked for on a day, in the order of an application."""
    known = list(things)
    return [row for row in _papers() if _in_force(row, on) and row.fits(mode, known)]


def limit(level: UnitLevel, things: Iterable[Thing], on: date) -> Limit | None:
    """The row that names the highest authority; None where the rules know nothing of this level on that day."""
    known, found = list(things), list[Limit]()
    for row in _limits():
        fitting = [thing.cost for thing in known if not row.classes or thing.class_code.startswith(row.classes)]
        if row.level is level and _in_force(row, on) and fitting and sum(fitting) >= row.least:
            found.append(row)
    return max(found, key=lambda row: (row.authority.rank, row.least), default=None)


def _in_force(row: Limit | Asked, on: date) -> bool:
    return row.from_on <= on and (row.until_on is None or on <= row.until_on)


def _rows(name: str) -> list[dict[str, str]]:
    text = resources.path("reference", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def _limits() -> tuple[Limit, ...]:
    return tuple(
        Limit(
            UnitLevel(row["level"]), tuple(row["classes"].split()), int(row["from_yuan"]) * 100,
            Authority(row["authority"]), date.fromisoformat(row["from_on"]), _day(row["until_on"]),
            row["local"] == "yes", row["source"],
        )
        for row in _rows("disposal_limits.csv")
    )  # fmt: skip


@cache
def _papers() -> tuple[Asked, ...]:
    return tuple(
        Asked(
            PaperItem(row["item"]), tuple(map(DisposalMode, row["modes"].split())), tuple(row["classes"].split()),
            tuple(map(LossCause, row["causes"].split())), row["step"], date.fromisoformat(row["from_on"]),
            _day(row["until_on"]), row["source"],
        )
        for row in _rows("disposal_papers.csv")
    )  # fmt: skip
