"""The lines of a handover note: put on, taken off, looked at by both sides one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from models.asset import Asset
from models.handover import Handover, HandoverLine, HandoverPurpose, HandoverState, LineCheck, Side
from resources.words import N_, Word
from services.assets import free, holding
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.work import Work

AT_ONCE = 500
KEPT = N_("A handover note is changed on its page: recall it or cancel it there")
CHECKABLE = (HandoverState.DRAFT, HandoverState.ISSUED, HandoverState.HALF_SIGNED)
MISSING = N_("Of {quantity} pieces 1 to {quantity} can be missing")
SIGNED_OFF = N_("This side has signed; what it found stands")
LENT = "handover.purpose=lend"


@holding("handover")
def _noted(ids: Sequence[UUID]) -> sa.Select[UUID, str]:
    return _named(ids).where(HandoverLine.open)


@holding(LENT)
def _lent(ids: Sequence[UUID]) -> sa.Select[UUID, str]:
    """On loan: handed out by a loan note and not back."""
    done = (Handover.purpose == HandoverPurpose.LEND, Handover.state == HandoverState.DONE)
    return _named(ids).where(HandoverLine.out(), *done)


def _named(ids: Sequence[UUID]) -> sa.Select[UUID, str]:
    found = sa.select(HandoverLine.asset_id, Handover.number).join(Handover, Handover.id == HandoverLine.handover_id)
    return found.where(HandoverLine.asset_id.in_(ids))


@intent(N_("Record what a side found"), on=Handover, name="handovers.check", kept=KEPT)
def check(
    work: Work, handover_id: UUID, side: Side, *, asset_ids: Sequence[UUID] | None = None,
    found: LineCheck = LineCheck.CHECKED, short: int | None = None, word: str | None = None,
) -> None:  # fmt: skip
    """What giver or receiver found of these lines (none named: of those not looked at yet).

    `short` is how many pieces are missing. Only before that side has signed; what was found is printed when the note
    is issued after it.
    """
    note, side, found = work.get(Handover, handover_id), Side(side), LineCheck(found)
    if side is Side.SUPERVISOR:
        raise Invalid(N_("Giver and receiver look at the lines"), field=Word("handover.side"))
    if note.state not in CHECKABLE or _signed_on(note, side):
        raise Conflict(SIGNED_OFF)
    lines = lines_of(work, handover_id)
    wanted = set(asset_ids) if asset_ids is not None else None
    if wanted is not None and wanted - {line.asset_id for line in lines}:
        raise Invalid(N_("An asset is not on this note"), field=Word("handover.asset_ids"))
    for line in lines:
        if line.asset_id in wanted if wanted is not None else _check_of(line, side) is LineCheck.PENDING:
            was = line.found_wrong
            _found(line, side, found, short, word)
            if note.state is not HandoverState.DRAFT and was | line.found_wrong:
                note.unsaid = True


def _found(line: HandoverLine, side: Side, found: LineCheck, short: int | None, word: str | None) -> None:
    if found is LineCheck.SHORT and not 1 <= (short or 0) <= line.quantity:
        raise Invalid(MISSING, field=Word("handover_line.to_short"), quantity=line.quantity)
    if found is LineCheck.DAMAGED and not word:
        raise Invalid(N_("Say what is damaged"), field=Word("handover_line.to_word"))
    setattr(line, f"{side.value}_check", found)
    setattr(line, f"{side.value}_short", short if found is LineCheck.SHORT else None)
    setattr(line, f"{side.value}_word", word or None)


def accept(lines: Sequence[HandoverLine], side: Side) -> None:
    """A signature on the paper says that what was not found otherwise is as it is listed."""
    for line in lines:
        if _check_of(line, side) is LineCheck.PENDING:
            _found(line, side, LineCheck.CHECKED, None, None)


def _check_of(line: HandoverLine, side: Side) -> LineCheck:
    return line.from_check if side is Side.FROM else line.to_check


def _signed_on(note: Handover, side: Side) -> date | None:
    return note.from_signed_on if side is Side.FROM else note.to_signed_on


def lines_of(work: Work, handover_id: UUID) -> list[HandoverLine]:
    """The lines of a note, in order."""
    found = sa.select(HandoverLine).where(HandoverLine.handover_id == handover_id).order_by(HandoverLine.position)
    return list(work.session.scalars(found))


def assets_of(work: Work, ids: Sequence[UUID]) -> list[Asset]:
    """The assets in the given order, each once, all of one compound."""
    wanted, found = list(dict.fromkeys(ids)), dict[UUID, Asset]()
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(Asset).where(Asset.id.in_(wanted[start : start + AT_ONCE]))
        found |= {asset.id: asset for asset in work.session.scalars(part)}
    if not wanted:
        raise Invalid(N_("Choose at least one asset"), field=Word("handover.asset_ids"))
    if len(found) != len(wanted):
        raise Invalid(N_("An asset is not there, or out of your reach"), field=Word("handover.asset_ids"))
    if len({asset.compound_id for asset in found.values()}) > 1:
        raise Conflict(N_("A note covers assets of one compound only"))
    return [found[id] for id in wanted]


def put_lines(work: Work, note: Handover, assets: Sequence[Asset], last: int) -> list[HandoverLine]:
    """Lines for these assets after the `last` one. Conflict: an open document is about one of them."""
    ids = [a.id for a in assets]
    for start in range(0, len(ids), AT_ONCE):
        held = (
            sa.select(Asset.number, Handover.number)
            .join(HandoverLine, HandoverLine.asset_id == Asset.id)
            .join(Handover, Handover.id == HandoverLine.handover_id)
            .where(HandoverLine.open, Asset.id.in_(ids[start : start + AT_ONCE]))
        )
        with work.session.no_autoflush:
            if busy := work.session.execute(held).first():
                message = N_("{asset} is already on open handover note {number}")
                raise Conflict(message, asset=busy[0], number=busy[1])
    present(work, note, assets)
    where = {"compound_id": note.compound_id, "handover_id": note.id}
    return [
        work.add(HandoverLine(asset_id=asset.id, position=position, quantity=asset.quantity, **where))
        for position, asset in enumerate(assets, last + 1)
    ]


def present(work: Work, note: Handover, assets: Sequence[Asset]) -> None:
    """Nothing else is open about these assets; what comes back from a loan is on that loan, and may be on its note."""
    back = (LENT,) if note.purpose is HandoverPurpose.RETURN else ()
    free(work, *assets, but=("handover", *back))
