"""The people of a session as rows: their place, presence, hours, score and result, each with its word."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_
from ui.kit import show
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said

if TYPE_CHECKING:
    from services.training_sheet import Seat

HEADS = (
    Head("attendance.staff_id"), Head("attendance.state", 118), Head("attendance.signed_in_at", 92),
    Head("attendance.hours", 66, right=True), Head("attendance.score", 66, right=True), Head(N_("Result"), 116),
    Head(N_("Feedback"), 110),
)  # fmt: skip
PLACES = {"enrolled": ("attendance.state=enrolled", "info"), "waiting": ("attendance.state=waiting", "warn")}
QUEUE = N_("waiting, no. {n}")


def lines(seats: Sequence[Seat], *, held: bool) -> list[Line]:
    """A row for each place; its key is the person."""
    return [Line(seat.staff_id, partial(_cells, seat, held)) for seat in seats]


def _cells(seat: Seat, held: bool) -> list[Cell]:
    place, tone = PLACES.get(seat.state.value, ("attendance.state=withdrawn", "idle"))
    word: Message = said(QUEUE, n=seat.queue) if seat.queue else place
    note = " · ".join(filter(None, (seat.number, seat.unit, seat.note)))
    signed = f"{seat.signed_in_at.astimezone():%H:%M}" if seat.signed_in_at else show.NOTHING
    said_, mark = result(seat, held)
    rated = " · ".join(filter(None, ("★" * seat.rating if seat.rating else "", seat.feedback)))
    return [
        Cell(Own(seat.name), seat.name, note=Own(note)),
        Cell(word, (seat.state.value, seat.queue), tone=tone, pill=True),
        Cell(Own(signed), seat.signed_in_at),
        Cell(Own(show.NOTHING if seat.hours is None else show.hours(seat.hours)), seat.hours),
        Cell(Own(show.NOTHING if seat.score is None else str(seat.score)), seat.score),
        Cell(said_, seat.passed, tone=mark, pill=bool(mark)),
        Cell(Own(rated), seat.rating, tip=Own(seat.feedback)),
    ]


def result(seat: Seat, held: bool) -> tuple[Message, str]:
    """What came of it in a word, and its tone; nothing while nobody can say."""
    if seat.passed is not None:
        return (N_("passed"), "ok") if seat.passed else (N_("not passed"), "bad")
    if seat.signed_in_at is not None:
        return (N_("score missing"), "warn") if held else (N_("signed in"), "ok")
    if seat.against:
        return said(N_("cannot come: {why}"), why=seat.against), "warn"
    return (N_("absent"), "idle") if held and seat.state.value == "enrolled" else (Own(""), "")
