"""Book + surplus − loss = counted: by class and in total, in pieces and in money, at every moment of a stocktake."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.beside import AssetClass
from models.stocktake import CountResult, StocktakeLine, StocktakeSurplus

R = CountResult
AT_ONCE = 500


@dataclass(frozen=True)
class Sums:
    """Pieces, or fen: what the books say is what was `matched` or found `elsewhere`, what is `pending` and what is
    lost; `surplus` was in no book."""

    book: int = 0
    elsewhere: int = 0
    pending: int = 0
    loss: int = 0
    surplus: int = 0

    @property
    def matched(self) -> int:
        """Found where and with whom the books say, of cards with too few or too many pieces those that are there."""
        return self.book - self.elsewhere - self.pending - self.loss

    @property
    def counted(self) -> int:
        """What was found, in the books or not. As long as something is pending it is less than it will be."""
        return self.book + self.surplus - self.loss - self.pending

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))


@dataclass(frozen=True)
class ClassRow:
    """One class code; both empty where the card says none."""

    code: str
    name: str
    pieces: Sums
    cost: Sums


@dataclass(frozen=True)
class Equation:
    """By class, in the order of the codes, and in total; costs in fen."""

    rows: tuple[ClassRow, ...]
    pieces: Sums
    cost: Sums


def equation_of(session: Session, stocktake_id: UUID) -> Equation:
    """The equation of a stocktake as it stands. Of several pieces of one card each bears its share of the cost, and the
    fen that do not divide stay with those that are there."""
    pieces, cost = dict[str, Sums](), dict[str, Sums]()
    for row in (*_lines(session, stocktake_id), *_surpluses(session, stocktake_id)):
        code = row.code or ""
        pieces[code] = pieces.get(code, Sums()) + Sums(*map(int, row[1:6]))
        cost[code] = cost.get(code, Sums()) + Sums(*map(int, row[6:11]))
    names = _names(session, [code for code in pieces if code])
    rows = tuple(ClassRow(code, names.get(code, ""), pieces[code], cost[code]) for code in sorted(pieces))
    return Equation(rows, sum(pieces.values(), Sums()), sum(cost.values(), Sums()))


def _lines(session: Session, stocktake_id: UUID) -> Iterable[Any]:
    line = StocktakeLine
    known, value = sa.func.coalesce(line.counted, 0), sa.func.coalesce(line.cost, 0)

    def sums(whole: Any, gone: Any, over: Any) -> list[Any]:
        """All of it; of lines elsewhere and pending; what is gone and what is too much."""
        by = [sa.case((line.result == result, whole), else_=0) for result in (R.ELSEWHERE, R.PENDING)]
        lost = sa.case((line.result == R.MISSING, whole), (line.result == R.SHORT, gone), else_=0)
        return [sa.cast(sa.func.sum(part), sa.BigInteger)
                for part in (whole, *by, lost, sa.case((line.result == R.OVER, over), else_=0))]  # fmt: skip

    picked = (
        *sums(line.quantity, line.quantity - known, known - line.quantity),
        *sums(value, share(line.quantity - known), share(known - line.quantity)),
    )
    found = sa.select(line.class_code.label("code"), *picked).where(line.stocktake_id == stocktake_id)
    return session.execute(found.group_by(line.class_code))


def share(pieces: Any) -> Any:
    """What so many pieces of a line bear of its cost, fen."""
    line = StocktakeLine
    part = sa.cast(sa.func.coalesce(line.cost, 0), sa.BigInteger) * sa.cast(pieces, sa.BigInteger)
    return part // sa.cast(line.quantity, sa.BigInteger)


def _surpluses(session: Session, stocktake_id: UUID) -> Iterable[Any]:
    more, none = StocktakeSurplus, sa.literal(0)
    picked = (none, none, none, none, sa.cast(sa.func.sum(more.quantity), sa.BigInteger),
              none, none, none, none, sa.cast(sa.func.sum(sa.func.coalesce(more.value, 0)), sa.BigInteger))  # fmt: skip
    found = sa.select(more.class_code.label("code"), *picked).where(more.stocktake_id == stocktake_id)
    return session.execute(found.group_by(more.class_code))


def _names(session: Session, codes: list[str]) -> dict[str, str]:
    found = dict[str, str]()
    for start in range(0, len(codes), AT_ONCE):
        some = AssetClass.code.in_(codes[start : start + AT_ONCE])
        found |= {
            row.code: row.name for row in session.execute(sa.select(AssetClass.code, AssetClass.name).where(some))
        }
    return found
