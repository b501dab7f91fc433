"""A register on paper: a title and a long table on landscape sheets, made for 100,000 rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from resources.words import N_
from services.desk.errors import Invalid
from services.documents.blocks import HEADING, LABEL, Blank, Continued
from services.documents.fonts import Cleaner, Face
from services.documents.ink import LANDSCAPE, Ink, Style
from services.documents.pdfa import Facts
from services.documents.press import press
from services.documents.sheet import Flow, Paper, Tell, paint
from services.documents.table import Column, Table, lay

KIND = "register"
BODY = Style(Face.SANS, 7.5)


@dataclass(frozen=True)
class Opening:
    """What stands above the table on the first page."""

    title: str
    office: str
    number: str
    height: float = 46.0

    def paint(self, ink: Ink, top: float) -> None:
        """Office and number over the centred title."""
        form = ink.form
        ink.text(form.left, top - 8, self.office, HEADING, fit=form.measure / 2)
        ink.text(form.end, top - 8, self.number, LABEL, "right", fit=form.measure / 3)
        middle, style = form.left + form.measure / 2, Style(Face.SERIF_BOLD, 17)
        ink.text(middle, top - 31, self.title, style, "center", track=2, fit=form.measure)


@press
def render_register(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[str]],
    *,
    office: str,
    number: str,
    made: datetime,
    tell: Tell = lambda done, total: True,
) -> Paper:
    """The rows under these columns, whose widths are shares of the sheet.

    `made` (aware) dates the file: the same rows give the same bytes. `tell(page, pages)` stops it with False
    (Cancelled). Invalid: no rows.
    """
    clean = Cleaner()
    title, office, number = clean(title), clean(office), clean(number)
    flow = Flow(LANDSCAPE, [Continued(title, number)])
    flow.place(Opening(title, office, number))
    _table(flow, columns, rows, clean)
    return paint(flow, LANDSCAPE, Facts(KIND, number, 1, title, office, made), tell, losses=clean.losses)


def _table(flow: Flow, columns: Sequence[Column], rows: Iterable[Sequence[str]], clean: Cleaner) -> None:
    scale = LANDSCAPE.measure / sum(column.width for column in columns)
    scaled = [replace(column, width=column.width * scale, style=BODY) for column in columns]
    table = Table(scaled, LANDSCAPE, clean, lead=10, least=19)
    laid = [table.row(row) for row in rows]
    if not laid:
        raise Invalid(N_("There are no rows to print"))
    lay(flow, table, laid, [Blank()])
