"""Handover notes: drafted, issued as a paper, signed by both sides (`handover_signing`); then the things change hands.

Decree 738 (行政事业性国有资产管理条例) art. 15: when the user or keeper of a state asset changes, a handover is made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.document import Document
from models.handover import OPEN, Handover, HandoverLine, HandoverMode, HandoverPurpose, HandoverState
from resources.words import N_, Word
from services import issued, paper_settings
from services.checks import checked_all
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, Made, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.handover_facts import FOUND, Facts, facts, found, kept_by, paper, was_found
from services.handover_lines import KEPT, assets_of, check, lines_of, present, put_lines
from services.handover_rules import sensible, unit_of
from services.handover_signing import sign
from services.records import write
from services.set_parts import with_parts

__all__ = ["Facts", "check", "facts", "kept_by", "paper", "sign"]  # what is read of notes and done with their lines
HANDOVERS = listing(Listing("handovers", Handover, ("number", "state")))
LINES = listing(
    Listing(
        "handover_lines", HandoverLine, ("position",),
        also={"asset_id": ("number", "name", "model", "measure", "cost", "net_value")},
        made=(Made(FieldSpec("handover_line", "check", Kind.CHOICE, choices=FOUND), found, was_found),),
    )
)  # fmt: skip
DOCUMENTS = listing(Listing("documents", Document, ("number", "issued_at"), latest=True))
NO_GIVER = N_("The cards name no common keeper; say who hands over")
TERMS = {
    name: replace(describe(Handover)[name], required=False, default=None)
    for name in ("to_staff_id", "to_unit_id", "to_compound_id", "to_room_id", "borrower", "contact", "due_on",
                 "from_staff_id", "from_unit_id", "supervisor_id", "basis", "handed_on", "mode", "note")
}  # fmt: skip


@intent(N_("Draft handover note"), on=Handover, kept=KEPT)
def draft(
    work: Work,
    asset_ids: Sequence[UUID],
    to_staff_id: UUID | None = None,
    *,
    purpose: HandoverPurpose = HandoverPurpose.ASSIGN,
    to_unit_id: UUID | None = None,
    to_compound_id: UUID | None = None,
    to_room_id: UUID | None = None,
    borrower: str | None = None,
    contact: str | None = None,
    due_on: date | None = None,
    from_staff_id: UUID | None = None,
    from_unit_id: UUID | None = None,
    supervisor_id: UUID | None = None,
    basis: str | None = None,
    handed_on: date | None = None,
    mode: HandoverMode = HandoverMode.ITEM_CHECK,
    note: str | None = None,
) -> UUID:
    """A new note over these assets of one compound and the parts that go with them. Who hands over is taken from the
    cards when they agree."""
    terms = {"basis": basis, "note": note, "mode": mode, "handed_on": handed_on, "borrower": borrower,
             "contact": contact, "due_on": due_on}  # fmt: skip
    assets = assets_of(work, with_parts(work.session, asset_ids))
    giver = from_staff_id or _common(a.keeper_id for a in assets)
    made = Handover(
        compound_id=assets[0].compound_id, number=next(work.numbers("YJ")), purpose=HandoverPurpose(purpose),
        to_staff_id=to_staff_id, to_unit_id=to_unit_id or unit_of(work, to_staff_id), to_compound_id=to_compound_id,
        to_room_id=to_room_id, from_staff_id=giver, supervisor_id=supervisor_id,
        from_unit_id=from_unit_id or _common(a.unit_id for a in assets) or unit_of(work, giver),
        **checked_all(TERMS, terms, whole=False) | {"handed_on": handed_on or work.today},
    )  # fmt: skip
    sensible(work, made)
    if made.from_staff_id is None and made.from_unit_id is None:
        raise Invalid(NO_GIVER, field=Word("handover.from_staff_id"))
    work.add(made)
    put_lines(work, made, assets, 0)
    return made.id


@intent(N_("Revise handover note"), on=Handover, kept=KEPT)
def revise(work: Work, handover_id: UUID, **terms: Any) -> None:
    """The parties and terms of a draft; what is not given stays. A new receiver brings his own unit."""
    found = _in_state(work, handover_id, HandoverState.DRAFT)
    given = checked_all(TERMS, terms, whole=False)
    if given.get("to_staff_id", found.to_staff_id) != found.to_staff_id and "to_unit_id" not in given:
        given["to_unit_id"] = unit_of(work, given["to_staff_id"])
    write(found, describe(Handover), given)
    sensible(work, found)


takes(
    "handovers.revise", (FieldSpec("handover", "handover_id", Kind.REFERENCE, True, target="handover"), *TERMS.values())
)


@intent(N_("Add assets to handover note"), on=Handover, kept=KEPT)
def put(work: Work, handover_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """More assets on a draft."""
    found = _in_state(work, handover_id, HandoverState.DRAFT)
    if found.purpose is HandoverPurpose.RETURN:
        raise Invalid(N_("What was lent is taken back from its loan note"), field=Word("handover.purpose"))
    assets = assets_of(work, with_parts(work.session, asset_ids))
    if assets[0].compound_id != found.compound_id:
        raise Conflict(N_("A note covers assets of one compound only"))
    last = sa.select(sa.func.max(HandoverLine.position)).where(HandoverLine.handover_id == handover_id)
    put_lines(work, found, assets, work.session.scalar(last) or 0)


@intent(N_("Take assets off handover note"), on=Handover, kept=KEPT)
def take_off(work: Work, handover_id: UUID, asset_ids: Sequence[UUID]) -> None:
    """Fewer assets on a draft; at least one stays."""
    _in_state(work, handover_id, HandoverState.DRAFT)
    lines, gone = lines_of(work, handover_id), set(asset_ids)
    if gone - {line.asset_id for line in lines}:
        raise Invalid(N_("An asset is not on this note"), field=Word("handover.asset_ids"))
    staying = [line for line in lines if line.asset_id not in gone]
    if not staying:
        raise Invalid(N_("A note needs at least one asset; cancel the note instead"))
    for line in lines:
        if line.asset_id in gone:
            line.open = line.alive = False
    for position, line in enumerate(staying, 1):
        line.position = position


@intent(N_("Issue handover note"), on=Handover, kept=KEPT)
def issue(work: Work, handover_id: UUID) -> str:
    """Freezes the note as a paper, kept byte for byte; returns its SHA-256."""
    from services.documents import notes  # the PDF libraries are loaded with the first paper

    found = _in_state(work, handover_id, HandoverState.DRAFT)
    outside = found.purpose is HandoverPurpose.RETURN and found.borrower
    if found.from_staff_id is None and found.from_unit_id is None and not outside:
        raise Invalid(N_("Say who hands over: a unit or a person"), field=Word("handover.from_staff_id"))
    sensible(work, found)
    present(work, found, assets_of(work, [line.asset_id for line in lines_of(work, handover_id)]))
    found.version, found.state, found.issued_at = found.version + 1, HandoverState.ISSUED, work.now
    found.unsaid = False
    with paper_settings.dress(work.session, "handover").worn():
        paper = notes.render(work.session, found, tell=work.tell, head=work.head(), seal=work.seal)
    return issued.keep(
        work, paper, compound_id=found.compound_id, kind="handover", number=found.number, version=found.version,
        about_id=found.id, on=found.handed_on,
    ).sha256  # fmt: skip


@intent(N_("Recall handover note"), on=Handover, kept=KEPT)
def recall(work: Work, handover_id: UUID) -> None:
    """An issued note goes back to draft while nobody signed it, or when something was found otherwise than the paper
    says that one side has signed: issued again it is the next version, which both sides sign."""
    found = work.get(Handover, handover_id)
    if not (found.state is HandoverState.HALF_SIGNED and found.unsaid):
        _in_state(work, handover_id, HandoverState.ISSUED)
    found.state, found.from_signed_on, found.to_signed_on = HandoverState.DRAFT, None, None


@intent(N_("Cancel handover note"), on=Handover, kept=KEPT)
def cancel(work: Work, handover_id: UUID) -> None:
    """Before it is done: the assets are free again, the number is void."""
    found = work.get(Handover, handover_id)
    if found.state not in OPEN:
        raise Conflict(N_("This note is {state}; that cannot be done any more"), state=_state(found))
    found.state = HandoverState.CANCELLED
    for line in lines_of(work, handover_id):
        line.open = False


def _in_state(work: Work, handover_id: UUID, state: HandoverState) -> Handover:
    found = work.get(Handover, handover_id)
    if found.state is not state:
        raise Conflict(N_("This note is {state}; that cannot be done any more"), state=_state(found))
    return found


def _state(found: Handover) -> Word:
    return Word(f"handover.state={found.state.value}")


def _common(values: Iterable[UUID | None]) -> UUID | None:
    """The one value all have, or None."""
    seen = set(values)
    return seen.pop() if len(seen) == 1 else None
