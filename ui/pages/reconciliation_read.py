"""What the board of differences reads, prints and writes, off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from services.desk.listing import View
from services.reconciliation_facts import Board
from ui.kit.editors import today

if TYPE_CHECKING:
    from services.desk.desk import Desk

MOST = 500  # compounds to choose from


@dataclass(frozen=True)
class Seen:
    """What the board shows: the differences, and the compounds there are by id."""

    board: Board
    compounds: dict[UUID, str]


def read(compound: UUID | None, desk: Desk) -> Seen:
    """The board of today, of one compound or of all."""
    found: Board = desk.ask("reconciliation.board", on=today(), compound_id=compound)
    places = desk.first(View("compounds", sort="code"), MOST) if desk.may("compounds.list") else []
    return Seen(found, {place["id"]: place["name"] for place in places})


def paper(compound: UUID | None, desk: Desk) -> bytes:
    """The report of today as PDF."""
    data: bytes = desk.ask("reconciliation.report", on=today(), compound_id=compound)
    return data


def written(compound: UUID | None, place: Path, lang: str, only_open: bool | None, desk: Desk) -> int:
    """Writes the differences to a file (of `only_open` None: the explanations); how many rows."""
    from services import reconciliation_sheet

    if only_open is None:
        return reconciliation_sheet.write_notes(desk, today(), compound, place, lang)
    return reconciliation_sheet.write(desk, today(), compound, place, lang, only_open=only_open)
