"""The papers of training as the window asks for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.kit.editors import today

if TYPE_CHECKING:
    from services.desk.desk import Desk


def session(id: UUID, desk: Desk) -> bytes:
    """The list to sign, or the record of a session that was held."""
    return _asked(desk, "training_sessions.paper", training_session_id=id)


def certificate(id: UUID, desk: Desk) -> bytes:
    """Our own certificate of one person."""
    return _asked(desk, "attendances.certificate", attendance_id=id)


def plan(id: UUID, desk: Desk) -> bytes:
    """A plan with what became of it until today."""
    return _asked(desk, "training_plans.paper", training_plan_id=id, on=today())


def card(id: UUID, year: int, desk: Desk) -> bytes:
    """What a person heard in a year."""
    return _asked(desk, "training.card", staff_id=id, year=year)


def passport(id: UUID, desk: Desk) -> bytes:
    """All a person has learnt until today."""
    return _asked(desk, "training.passport_paper", staff_id=id, on=today())


def audit(year: int, desk: Desk) -> bytes:
    """A year of training for the auditor."""
    return _asked(desk, "training.report", year=year, on=today())


def _asked(desk: Desk, name: str, **values: Any) -> bytes:
    found: bytes = desk.ask(name, **values)
    return found
