"""The papers of places as the window asks for them: as on today, in the language in force."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from resources.words import N_
from services.document_issuing import Subject
from ui.kit.going import ToPaper
from ui.kit.tongue import tongue

if TYPE_CHECKING:
    from services.desk.desk import Desk


def sheet_of_use(name: str, compound: UUID, building: UUID | None = None) -> ToPaper:
    """The way to the sheet of use of a compound or building."""
    about = Subject("usage", compound, building or compound, _today())
    work = partial(usage, compound, building)
    return ToPaper(N_("Use of office premises"), f"{name.replace('/', '-')}.pdf", work, about)


def handed_over(name: str, compound: UUID) -> ToPaper:
    """The way to the handover papers of a compound."""
    about = Subject("compound", compound, compound, _today())
    return ToPaper(N_("Handover of a compound"), f"{name.replace('/', '-')}.pdf", partial(handover, compound), about)


def usage(compound: UUID, building: UUID | None, desk: Desk) -> bytes:
    """The rooms of a compound or building with their users today."""
    import services.place_papers as papers

    return papers.usage(desk, compound, building, _today(), tongue())


def over(on: date, desk: Desk) -> bytes:
    """The offices with more area than their users may have on a day."""
    import services.place_papers as papers

    return papers.over(desk, on, tongue())


def comparison(year: int, desk: Desk) -> bytes:
    """What the compounds cost in a year."""
    import services.place_papers as papers

    return papers.comparison(desk, year, tongue())


def history(building: UUID, desk: Desk) -> bytes:
    """The rights in a building from the first entry until today."""
    import services.history_papers as papers

    return papers.history(desk, building, _today(), tongue())


def room(room: UUID, on: date | None, desk: Desk) -> bytes:
    """The rights in a room and its users from the first entry until a day (today)."""
    import services.room_history_paper as papers

    return papers.history(desk, room, on or _today(), tongue())


def handover(compound: UUID, desk: Desk) -> bytes:
    """Everything that goes to who takes a compound over, as it is today."""
    import services.compound_handover as papers

    return papers.handover(desk, compound, _today(), tongue())


def _today() -> date:
    from ui.kit.editors import today

    return today()
