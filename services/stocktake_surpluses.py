"""Things that are there and in no book: entered on the spot, corrected, dropped, valued.

政府会计准则第3号 art. 7–8, 16: by papers, else by an appraisal, else by the market price, else nominally 1 yuan
a piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.beside import AssetClass
from models.stocktake import Stocktake, StocktakeState, StocktakeSurplus, ValueBasis
from models.stocktake_scan import ScanOutcome, StocktakeScan
from resources.words import N_, Word
from services import checks
from services.card_rules import NOMINAL
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write
from services.stocktake_states import by_turns, in_state, placed
from services.stocktakes import ME

S = StocktakeState
EDITION = "2022"
NO_CLASS = N_("GB/T 14885-2022 has no class {code}")
IN_BOOKS = N_("{code} is a card of the books: a thing that has a card is no surplus")
DEALT_WITH = N_("{code} was dealt with already")
OTHERS = N_("This reading belongs to another stocktake")
ONE_YUAN = N_("A nominal value is 1 yuan a piece: {sum} yuan for {n} pieces")
UNEVEN = N_("{n} pieces cannot share {sum} yuan to the fen: enter them as several surpluses, or correct the value")
ALL = describe(StocktakeSurplus)
OWN = ("name", "class_code", "model", "serial", "quantity", "measure", "building_id", "room_id", "keeper_id", "code",
       "found_word", "value", "basis", "value_paper")  # fmt: skip
FIELDS = {name: ALL[name] for name in OWN}
FIELDS |= {"quantity": replace(ALL["quantity"], least=1)}
SURPLUS = FieldSpec("stocktake_surplus", "stocktake_surplus_id", Kind.REFERENCE, True, target="stocktake_surplus")
OF_SCAN = ("code", "building_id", "room_id", "keeper_id", "quantity")


@intent(N_("Enter a surplus"), on=StocktakeSurplus, name="stocktakes.surplus")
def surplus(work: Work, stocktake_id: UUID, *, scan_id: UUID | None = None, **values: Any) -> UUID:
    """Something is there that no book knows; its id. What is not said of it is taken from the reading of an unknown
    code, and every reading of that code is dealt with. Conflict: the code is of a card, or was dealt with."""
    by_turns(work, stocktake_id)
    found = in_state(work, stocktake_id, S.COUNTING, S.EXPLAINING)
    scan = _unknown(work, found, scan_id) if scan_id else None
    given = checks.checked_all(FIELDS, values, whole=True)
    if scan:
        given = {name: getattr(scan, name) for name in OF_SCAN} | {k: v for k, v in given.items() if v is not None}
    row = StocktakeSurplus(compound_id=found.compound_id, stocktake_id=found.id, position=_next(work, found.id),
                           **{name: value for name, value in given.items() if value is not None})  # fmt: skip
    _sensible(work, row)
    work.add(row)
    if scan:
        for other in _alike(work, scan):
            other.stocktake_surplus_id = row.id
    return row.id


takes("stocktakes.surplus", (
    ME, *FIELDS.values(), FieldSpec("stocktake_scan", "scan_id", Kind.REFERENCE, target="stocktake_scan"),
))  # fmt: skip


@intent(N_("Revise a surplus"), on=StocktakeSurplus, name="stocktakes.revise_surplus")
def revise_surplus(work: Work, stocktake_surplus_id: UUID, **values: Any) -> None:
    """What is given is changed, what is not stays."""
    row = work.get(StocktakeSurplus, stocktake_surplus_id)
    in_state(work, row.stocktake_id, S.COUNTING, S.EXPLAINING)
    given = checks.checked_all(CHANGED, values, whole=False)
    if given.get("room_id"):
        given.setdefault("building_id", None)  # the room says it
    write(row, ALL, given)
    _sensible(work, row)


CHANGED = {name: replace(spec, required=False, default=None) for name, spec in FIELDS.items()}
takes("stocktakes.revise_surplus", (SURPLUS, *CHANGED.values()))


@intent(N_("Drop a surplus"), on=StocktakeSurplus, name="stocktakes.drop_surplus")
def drop_surplus(work: Work, stocktake_surplus_id: UUID) -> None:
    """It was entered by mistake: the readings of its code are unknown again. Conflict: something is attached to it."""
    row = work.get(StocktakeSurplus, stocktake_surplus_id)
    in_state(work, row.stocktake_id, S.COUNTING, S.EXPLAINING)
    for scan in work.session.scalars(sa.select(StocktakeScan).where(StocktakeScan.stocktake_surplus_id == row.id)):
        scan.stocktake_surplus_id, scan.outcome = None, ScanOutcome.UNKNOWN
    work.remove(row)


def _unknown(work: Work, found: Stocktake, scan_id: UUID) -> StocktakeScan:
    scan = work.get(StocktakeScan, scan_id)
    if scan.stocktake_id != found.id:
        raise Conflict(OTHERS, field=Word("stocktake_scan.scan_id"))
    if scan.outcome is not ScanOutcome.UNKNOWN:
        raise Conflict(IN_BOOKS, code=scan.code)
    if scan.stocktake_surplus_id or scan.put_aside:
        raise Conflict(DEALT_WITH, code=scan.code)
    return scan


def _alike(work: Work, scan: StocktakeScan) -> Iterable[StocktakeScan]:
    """The readings of the same unknown code that nobody dealt with, by whichever team."""
    same, wanted = StocktakeScan, checks.number(scan.code)
    open_ = sa.select(same).where(
        same.stocktake_id == scan.stocktake_id, same.outcome == ScanOutcome.UNKNOWN,
        same.stocktake_surplus_id.is_(None), sa.not_(same.put_aside),
    )  # fmt: skip
    return [row for row in work.session.scalars(open_) if checks.number(row.code) == wanted]


def _next(work: Work, stocktake_id: UUID) -> int:
    last = sa.select(sa.func.max(StocktakeSurplus.position)).where(StocktakeSurplus.stocktake_id == stocktake_id)
    return (work.session.scalar(last, execution_options={"dead": True}) or 0) + 1


def _sensible(work: Work, row: StocktakeSurplus) -> None:
    """It lies in the compound, its class is one of the standard, its value fits its basis."""
    with work.session.no_autoflush:
        placed(work, row, ("building_id", "room_id", "keeper_id"))
        known = sa.select(AssetClass.n).where(AssetClass.code == row.class_code, AssetClass.edition == EDITION)
        if row.class_code and work.session.scalar(known) is None:
            raise Invalid(NO_CLASS, field=Word("stocktake_surplus.class_code"), code=row.class_code)
    worth(row)


def worth(row: StocktakeSurplus) -> None:
    """The value fits the pieces. Invalid: a nominal value is not 1 yuan a piece, or it cannot be shared to the fen."""
    if row.basis is ValueBasis.NOMINAL and row.value is None:
        row.value = NOMINAL * row.quantity
    if row.basis is ValueBasis.NOMINAL and row.value != NOMINAL * row.quantity:
        raise Invalid(ONE_YUAN, field=Word("stocktake_surplus.value"), sum=row.quantity, n=row.quantity)
    if row.value is not None and row.value % row.quantity:
        said = f"{row.value // 100}.{row.value % 100:02d}"
        raise Invalid(UNEVEN, field=Word("stocktake_surplus.value"), sum=said, n=row.quantity)
