"""Who may be given parts by himself: the keeper anything, who works on orders what these orders need."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from models.base import entities
from models.part import PartMovement
from resources.words import N_
from services.desk.errors import NotAllowed
from services.desk.work import Work

KEEPS = "part_movements.receive"  # the right of who keeps a store
NOT_HIS = N_("Only for a work order that is given to you or your team: for others the keeper of the store issues it")
NOT_TAKEN = N_("Only what you took, or what an order of yours got: for others the keeper of the store takes it back")


def may_take(work: Work, compound: Any, order: Any) -> None:
    """NotAllowed: he keeps no store there, and the order is not his or his team's, or there is none."""
    if not work.may(KEEPS, compound) and not _his(work, order, _person(work)):
        raise NotAllowed(NOT_HIS)


def may_bring(work: Work, first: PartMovement) -> None:
    """NotAllowed: he keeps no store there, did not take it, and its order is not his or his team's."""
    if work.may(KEEPS, first.compound_id):
        return
    person = _person(work)
    order = work.see("work_order", first.work_order_id) if first.work_order_id else None
    if not (person and first.taker == person) and not _his(work, order, person):
        raise NotAllowed(NOT_TAKEN)


def taker(work: Work, compound: Any, said: str | None) -> str | None:
    """Who takes it: whoever is named; where nobody is, the person himself unless he keeps the store."""
    return said if said or work.may(KEEPS, compound) else _person(work)


def _his(work: Work, order: Any, person: str | None) -> bool:
    """Whether an order is given to somebody of this name, or to the unit he is of: an account knows its person by the
    name alone."""
    if order is None or not person:
        return False
    staff: Any = entities()["staff"]
    him = [staff.id == order.technician_id] if order.technician_id else []
    him += [staff.unit_id == order.team_id] if order.team_id else []
    same = sa.select(staff.id).where(staff.name == person, sa.or_(sa.false(), *him))
    return work.session.scalar(same.limit(1)) is not None


def _person(work: Work) -> str | None:
    account: Any = entities()["account"]  # on a server everybody reads his own
    person: str | None = work.session.scalar(sa.select(account.person).where(account.name == work.actor))
    return person
