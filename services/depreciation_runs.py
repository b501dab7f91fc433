"""The monthly run: a month of depreciation booked for each compound, in order, and compared later with the cards."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.base import new_id
from models.compound import Compound
from models.depreciation_run import DepreciationLine, DepreciationRun
from resources.words import N_, Word
from services.depreciation import ended, first_of, last_of, month_of
from services.depreciation_balances import class_names
from services.depreciation_sql import class_prefix, figures, in_order
from services.desk.errors import STOPPED, Cancelled, Conflict, Invalid, Missing
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.work import Work

AHEAD = N_("{month} has not ended yet: it can be booked from its last day on")
ORDER = N_("{compound}: {month} comes first")
TWICE = N_("{month} is booked already")
NOTHING = N_("There are no assets in the books of {month}")
RUNS = listing(Listing("depreciation_runs", DepreciationRun, ("month", "amount", "number"), sums=("amount",)))
LINES = listing(Listing("depreciation_lines", DepreciationLine, ("class_prefix", "number"), sums=("amount",),
                        also={"run_id": ("month",)}))  # fmt: skip


@dataclass(frozen=True)
class Sums:
    """Cards in the books at the end of a month, and their figures in fen; `unknown` cards have no life, cost or day."""

    cards: int = 0
    cost: int = 0
    accumulated: int = 0
    amount: int = 0
    unknown: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))


@dataclass(frozen=True)
class Part:
    """A compound's month before it is booked: by class, together, the last month that is booked (its first day), and
    whether this one is booked already or can be booked now; `names` are those of its classes."""

    compound_id: UUID
    compound: str
    by_class: dict[str, Sums]
    last: date | None
    booked: bool
    ready: bool
    names: dict[str, str]

    @property
    def total(self) -> Sums:
        """All classes together."""
        return sum(self.by_class.values(), Sums())


def totals(session: Session, day: date) -> dict[UUID, dict[str, Sums]]:
    """By compound and class, of every card in the books at the end of a day."""
    found = figures(day, Asset.compound_id.label("compound"), class_prefix().label("prefix"))
    by = (found.rows.c.compound, found.rows.c.prefix)
    made: dict[UUID, dict[str, Sums]] = {}
    for compound, prefix, *sums in session.execute(sa.select(*by, *found.sums).group_by(*by)):
        made.setdefault(compound, {})[prefix] = Sums(*map(int, sums))
    return made


def digests(session: Session, day: date) -> dict[UUID, str]:
    """By compound a SHA-256 (hex) over what the month that ends on a day takes of each card, in the order of ids."""
    rows = figures(day, Asset.compound_id.label("compound"), Asset.id.label("id")).rows
    every = sa.select(rows.c.compound, in_order(rows.c.amount, rows.c.id)).group_by(rows.c.compound)
    return {compound: digest(said) for compound, said in session.execute(every)}


def digest(amounts: str) -> str:
    """Over amounts in fen with commas between them."""
    return hashlib.sha256(amounts.encode()).hexdigest()


def last_runs(session: Session) -> dict[UUID, DepreciationRun]:
    """The newest run of every compound."""
    every = session.scalars(sa.select(DepreciationRun).order_by(DepreciationRun.month))
    return {run.compound_id: run for run in every}


@query(N_("Month before it is booked"), name="depreciation.preview")
def preview(session: Session, *, month: date) -> list[Part]:
    """Every compound with cards or runs, by code. `month` is any day of it."""
    return _parts(session, month_of(month))


def _parts(session: Session, month: int) -> list[Part]:
    found, lasts, named = totals(session, last_of(month)), last_runs(session), class_names(session)
    made = list[Part]()
    for id, name in session.execute(sa.select(Compound.id, Compound.name).order_by(Compound.code)):
        run = lasts.get(id)
        if id not in found and run is None:
            continue
        done = run is not None and month_of(run.month) >= month
        ready = run is None or month_of(run.month) + 1 == month
        classes = found.get(id, {})
        names = {prefix: named.get(prefix, "") for prefix in classes}
        made.append(Part(id, name, classes, run.month if run else None, done, ready, names))
    return made


def next_month(parts: Iterable[Part], on: date) -> date | None:
    """The first day of the earliest month that some compound has to book on a day; without any run the last that has
    ended; None when everything is booked."""
    lasts = [month_of(part.last) for part in parts if part.last]
    following = min(lasts) + 1 if lasts else ended(on)
    return first_of(following) if following <= ended(on) else None


@intent(N_("Book depreciation"), on=DepreciationRun, name="depreciation.book")
def book(work: Work, *, month: date, compound_ids: Sequence[UUID] = ()) -> int:
    """Books a month (any day of it) for the compounds within reach, or these; those that have it are passed over. How
    many were booked. Invalid: it has not ended. Conflict: an earlier one is missing, or all have it. Missing: no
    cards."""
    number, field = month_of(month), Word("depreciation_run.month")
    said = f"{month:%Y-%m}"
    if number > ended(work.today):
        raise Invalid(AHEAD, field=field, month=said)
    parts = [p for p in _parts(work.session, number) if not compound_ids or p.compound_id in compound_ids]
    due = [part for part in parts if not part.booked]
    if not due:
        raise (Conflict(TWICE, field=field, month=said) if parts else Missing(NOTHING, month=said))
    for part in due:
        if not part.ready and part.last:
            raise Conflict(ORDER, compound=part.compound, month=f"{first_of(month_of(part.last) + 1):%Y-%m}")
    _store(work, number, due)
    work.because(said)
    return len(due)


def _store(work: Work, month: int, due: Sequence[Part]) -> None:
    over, lasts = digests(work.session, last_of(month)), last_runs(work.session)
    runs = work.numbers("JT", len(due))
    lines = work.numbers("ZM", max(1, sum(len(part.by_class) for part in due)))
    for part in due:
        total, before = part.total, lasts.get(part.compound_id)
        run = DepreciationRun(
            id=new_id(), compound_id=part.compound_id, number=next(runs), month=first_of(month),
            digest=over.get(part.compound_id, digest("")), previous_id=before.id if before else None,
            unknown=total.unknown, **_figures(total),
        )  # fmt: skip
        work.add(run)
        for prefix, sums in sorted(part.by_class.items()):
            work.add(DepreciationLine(compound_id=part.compound_id, run_id=run.id, number=next(lines),
                                      class_prefix=prefix, **_figures(sums)))  # fmt: skip


def _figures(sums: Sums) -> dict[str, int]:
    return {name: getattr(sums, name) for name in ("cards", "cost", "amount", "accumulated")}


@dataclass(frozen=True)
class Differs:
    """A booked month that does not follow from the cards any more: as it was booked, and as it would be now. `classes`:
    the amounts are the same, only classes were changed since."""

    run_id: UUID
    number: str
    compound: str
    month: date
    booked: Sums
    now: Sums
    classes: bool = field(default=False)


@query(N_("Booked months that no longer follow from the cards"), name="depreciation.verify")
def verify(session: Session, *, compound_id: UUID | None = None) -> list[Differs]:
    """Every run within reach computed once more; `tell` of the desk hears of each month and stops it."""
    found = sa.select(DepreciationRun, Compound.name).join(Compound, Compound.id == DepreciationRun.compound_id)
    if compound_id:
        found = found.where(DepreciationRun.compound_id == compound_id)
    rows = session.execute(found.order_by(DepreciationRun.month, Compound.code)).all()
    by_month: dict[date, list[Any]] = {}
    for row in rows:
        by_month.setdefault(row[0].month, []).append(row)
    wrong = list[Differs]()
    for done, (month, runs) in enumerate(by_month.items()):
        if not session.info["tell"](done, len(by_month)):
            raise Cancelled(STOPPED)
        wrong += _compared(session, month, runs)
    return wrong


def _compared(session: Session, month: date, runs: Iterable[Any]) -> Iterable[Differs]:
    day = last_of(month_of(month))
    now, over = totals(session, day), digests(session, day)
    for run, compound in runs:
        classes = now.get(run.compound_id, {})
        whole, own = sum(classes.values(), Sums()), over.get(run.compound_id, digest(""))
        booked = Sums(run.cards, run.cost, run.accumulated, run.amount, run.unknown)
        if _figures(whole) != _figures(booked) or own != run.digest:
            yield Differs(run.id, run.number, compound, month, booked, whole)
            continue
        lines = session.scalars(sa.select(DepreciationLine).where(DepreciationLine.run_id == run.id))
        kept = {line.class_prefix: (line.cards, line.cost, line.amount, line.accumulated) for line in lines}
        if kept != {prefix: tuple(_figures(sums).values()) for prefix, sums in classes.items()}:
            yield Differs(run.id, run.number, compound, month, booked, whole, classes=True)
