"""A handover note of the store as the paper's rows: what the paper says is gathered here, how it looks is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.beside import Blob
from models.building import Building
from models.compound import Compound
from models.document import Document
from models.handover import Handover, HandoverLine, HandoverState, LineCheck, Side
from models.handover import HandoverPurpose as P
from models.organization import Organization
from models.room import Room
from models.staff import Staff
from resources.words import N_, tr
from services.depreciation_balances import net_values
from services.desk.errors import Conflict, Missing
from services.desk.site import the_office
from services.documents.blocks import day
from services.documents.handover_note import render as draw
from services.documents.handover_words import Found, Line, Note, Party
from services.documents.paper_code import Seal
from services.documents.sheet import Paper, anchored
from services.handover_list import VOID

PAPER_LANGUAGE = "zh_CN"  # the English paper comes with the work on paper
ISSUED = (HandoverState.ISSUED, HandoverState.HALF_SIGNED, HandoverState.DONE)


def render(
    session: Session, found: Handover, *, tell: Callable[[int, int], bool], draft: bool = False,
    head: tuple[int, str] | None = None, seal: Seal | None = None,
) -> Paper:  # fmt: skip
    """Draws the note, with the head of the journal at issue in its foot and a QR code signed by `seal`."""
    note = replace(_note(session, found, draft), anchor=anchored(*head) if head else "")
    return draw(note, tell=tell, seal=seal)


def of(session: Session, handover_id: UUID) -> bytes:
    """The kept bytes of an issued note, or a draft drawn anew with its watermark. A void number is not printed."""
    found = session.get(Handover, handover_id)
    if found is None:
        raise Missing(N_("There is no such record, or it is out of your reach"))
    if found.state is HandoverState.CANCELLED:
        raise Conflict(VOID, number=found.number)
    if found.state not in ISSUED:
        return render(session, found, tell=lambda done, total: True, draft=True).data
    own = (Document.about_id == found.id, Document.kind == "handover", Document.version == found.version)
    kept = sa.select(Document.sha256).where(*own)
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(str(session.scalar(kept)))))
    if data is None:
        raise Missing(N_("The paper of {number} is missing from the store; run a check"), number=found.number)
    return data


def _note(session: Session, found: Handover, draft: bool) -> Note:
    compound = session.scalar(sa.select(Compound.name).where(Compound.id == found.compound_id))
    supervisor = _party(session, None, found.supervisor_id) if found.supervisor_id else None
    return Note(
        number=found.number, version=found.version, office=the_office(session).name,
        purpose=found.purpose, terms=tuple(_terms(session, found)), found=tuple(_found(session, found.id)),
        from_=_side(session, found, Side.FROM), to=_side(session, found, Side.TO), supervisor=supervisor,
        basis=found.basis or "",
        mode=tr(PAPER_LANGUAGE, f"handover.mode={found.mode.value}"), on=found.handed_on, compound=compound or "",
        lines=list(_lines(session, found)), issued_at=found.issued_at, draft=draft,
    )  # fmt: skip


def _party(session: Session, unit: UUID | None, person: UUID | None) -> Party:
    staff = session.get(Staff, person) if person else None
    unit = unit or (staff.unit_id if staff else None)
    name = session.scalar(sa.select(Organization.name).where(Organization.id == unit)) if unit else None
    return Party(unit=name or "", person=staff.name if staff else "")


def _side(session: Session, note: Handover, side: Side) -> Party:
    """Giver or receiver; who borrows from outside stands where our own people would."""
    unit, staff = (note.from_unit_id, note.from_staff_id) if side is Side.FROM else (note.to_unit_id, note.to_staff_id)
    outside = {P.LEND: Side.TO, P.RETURN: Side.FROM}.get(note.purpose)
    if note.borrower and side is outside and staff is None:
        return Party(unit=note.borrower, person="")
    return _party(session, unit, staff)


def _terms(session: Session, note: Handover) -> Iterator[tuple[str, str]]:
    """What a purpose says beside the rest."""
    if note.to_compound_id:
        yield "调入大院", session.scalar(sa.select(Compound.name).where(Compound.id == note.to_compound_id)) or ""
    if note.due_on:
        yield "归还期限", day(note.due_on)
    if note.contact:
        yield "联系方式", note.contact


WHAT = {
    LineCheck.SHORT: "短缺 {short} {measure}",
    LineCheck.DAMAGED: "损坏",
}


def _found(session: Session, note_id: UUID) -> Iterator[Found]:
    """What either side found otherwise than listed, in the order of the lines."""
    wrong = (LineCheck.SHORT, LineCheck.DAMAGED)
    lines = (
        sa.select(HandoverLine, Asset.name, Asset.measure)
        .join(Asset, Asset.id == HandoverLine.asset_id)
        .where(HandoverLine.handover_id == note_id)
        .where(HandoverLine.from_check.in_(wrong) | HandoverLine.to_check.in_(wrong))
        .order_by(HandoverLine.position)
    )
    for line, name, measure in session.execute(lines):
        sides = (
            ("移交方", line.from_check, line.from_short, line.from_word),
            ("接收方", line.to_check, line.to_short, line.to_word),
        )
        said = [
            f"{who}核对{WHAT[check].format(short=short, measure=measure or '件')}" + (f"（{word}）" if word else "")
            for who, check, short, word in sides
            if check in WHAT
        ]
        yield Found(line.position, name, "，".join(said))


def _lines(session: Session, note: Handover) -> Iterator[Line]:
    """The cards with what they are worth on the day of handing over."""
    found = (
        sa.select(Asset, HandoverLine.quantity, Building.name, Room.number)
        .join(HandoverLine, HandoverLine.asset_id == Asset.id)
        .outerjoin(Building, Building.id == Asset.building_id)
        .outerjoin(Room, Room.id == Asset.room_id)
        .where(HandoverLine.handover_id == note.id)
        .order_by(HandoverLine.position)
    )
    rows = session.execute(found).all()
    nets = net_values(session, [asset for asset, *_ in rows], note.handed_on)
    for asset, quantity, building, room in rows:
        where = "".join(filter(None, (building, room))) or asset.place_text or ""
        known = (asset.number, asset.name, asset.model or "", asset.measure or "")
        yield Line(*known, quantity, asset.cost, nets[asset.id], where)
