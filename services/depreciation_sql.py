"""Depreciation as SQL, on both engines: the same figures as `services.depreciation`, for every card at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from models.asset import Asset, Depreciation, ValueKind
from models.asset_value import AssetValueChange
from services.depreciation import ended, month_of

EDITION = "2022"
Expr = sa.ColumnElement[Any]


class month_index(FunctionElement[int]):  # noqa: N801 — it is called like a function of SQL
    """Months since the year 0 of a date."""

    type = sa.BigInteger()
    inherit_cache = True


@compiles(month_index, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)  # dates are text there: no function of dates is as fast
    return f"(substr({day}, 1, 4) * 12 + substr({day}, 6, 2) - 1)"


@compiles(month_index, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)
    return f"(extract(year FROM {day})::bigint * 12 + extract(month FROM {day})::bigint - 1)"


@dataclass(frozen=True)
class Figures:
    """A select of one row a card that is in the books at the end of a day: the columns asked for, and below them
    `cost`, `accumulated`, `amount` (of the month of that day) in fen, and `unknown` (1 where nobody can say)."""

    rows: sa.Subquery

    @property
    def sums(self) -> tuple[Expr, ...]:
        """How many cards, and the sums of all four."""
        c = self.rows.c
        return (
            sa.func.count().label("cards"), *(_sum(c[name]).label(name) for name in NAMES),
        )  # fmt: skip


NAMES = ("cost", "accumulated", "amount", "unknown")


def _sum(column: Any) -> Expr:
    return sa.cast(sa.func.coalesce(sa.func.sum(column), 0), sa.BigInteger)


def class_prefix() -> Expr:
    """The first two levels of the class of an asset; empty where it has none of the standard in force."""
    known = sa.and_(Asset.class_edition == EDITION, Asset.class_code.is_not(None))
    return sa.case((known, sa.func.substr(Asset.class_code, 1, 5)), else_="")


def _changes(day: date) -> tuple[sa.Subquery, sa.Subquery]:
    """The last change of every card up to a day, and the first of all."""
    c = AssetValueChange
    picked = (c.asset_id, c.on, c.cost, c.accumulated, c.months_left, c.cost_before, c.life_before)

    def ranked(*order: Any) -> sa.Select[Any]:
        return sa.select(*picked, sa.func.row_number().over(partition_by=c.asset_id, order_by=order).label("rank"))

    last, first = ranked(c.on.desc(), c.id.desc()).where(c.on <= day).subquery(), ranked(c.on, c.id).subquery()
    every = [sa.select(*(s.c[p.key] for p in picked)).where(s.c.rank == 1) for s in (last, first)]
    return every[0].subquery("latest"), every[1].subquery("earliest")


def figures(day: date, *columns: Any, where: tuple[Any, ...] = (), there: bool = True) -> Figures:
    """Of every card in the books at the end of a day (`there` False: of those that left as well, until they did)."""
    a, (latest, first), through = Asset, _changes(day), ended(day)
    begun = sa.func.coalesce(a.entered_on, a.acquired_on)
    left = sa.case((a.disposed_on < a.moved_on, a.disposed_on), else_=sa.func.coalesce(a.moved_on, a.disposed_on))
    value = sa.func.coalesce(_then(latest, "cost", first, "cost_before", a.cost), 0)
    prior = sa.func.coalesce(a.prior_accumulated, 0)
    carried = sa.func.coalesce(latest.c.accumulated, sa.case((prior > value, value), else_=prior))
    life = _then(latest, "months_left", first, "life_before", a.life_months)
    since = sa.func.coalesce(latest.c.on, begun)
    out = sa.or_(
        sa.func.coalesce(a.depreciation, Depreciation.STRAIGHT_LINE) == Depreciation.NONE,
        sa.func.coalesce(a.value_kind, ValueKind.COST) == ValueKind.NOMINAL,
    )
    start = month_index(since)
    until = through if there else sa.case((month_index(left) <= through, month_index(left) - 1), else_=through)
    nobody = sa.or_(a.life_months.is_(None), a.cost.is_(None), since.is_(None))
    inner = (
        sa.select(
            *columns, value.label("cost"), carried.label("carried"), (until - start + 1).label("count"),
            sa.case((sa.or_(out, since.is_(None)), 0), else_=sa.func.coalesce(life, 0)).label("months"),
            sa.case((sa.and_(sa.not_(out), nobody), 1), else_=0).label("unknown"),
        )
        .select_from(a)
        .outerjoin(latest, latest.c.asset_id == a.id).outerjoin(first, first.c.asset_id == a.id)
        .where(sa.or_(begun.is_(None), begun <= day), *where)
    )  # fmt: skip
    if there:
        inner = inner.where(*(sa.or_(end.is_(None), end > day) for end in (a.disposed_on, a.moved_on)))
    if not where:
        inner = inner.order_by(a.n).offset(0)  # every row is read: in the order they lie, not of some index
    return Figures(_outer(inner.subquery("terms"), month_of(day) == through))


def _then(latest: sa.Subquery, since: str, first: sa.Subquery, before: str, now: Any) -> Expr:
    """What the last change says, else what was before the first one, else what the card says."""
    return sa.case(
        (latest.c.asset_id.is_not(None), latest.c[since]), (first.c.asset_id.is_not(None), first.c[before]), else_=now
    )


def _outer(t: sa.Subquery, whole: bool) -> sa.Subquery:
    """What follows from the terms of a card; the month of a day takes something once it has ended."""
    keep = [c for c in t.c if c.key not in ("carried", "count", "months")]
    monthly = (2 * (t.c.cost - t.c.carried) + t.c.months) // (2 * t.c.months)
    runs = sa.and_(t.c.months > 0, t.c["count"] > 0, t.c.cost > t.c.carried)
    taken = t.c.carried + t.c["count"] * monthly
    done = sa.case(
        (sa.not_(runs), t.c.carried), (t.c["count"] >= t.c.months, t.c.cost),
        (taken > t.c.cost, t.c.cost), else_=taken,
    )  # fmt: skip
    rest = t.c.cost - t.c.carried - (t.c["count"] - 1) * monthly
    month = sa.case(
        (sa.or_(sa.not_(runs), t.c["count"] > t.c.months, rest <= 0), 0),
        (sa.or_(t.c["count"] == t.c.months, rest < monthly), rest), else_=monthly,
    )  # fmt: skip
    amount = month if whole else sa.literal(0)
    return sa.select(*keep, done.label("accumulated"), amount.label("amount")).subquery("figures")


class in_order(FunctionElement[str]):  # noqa: N801
    """The values of a group with commas between them, in the order of a second column."""

    type = sa.Text()
    inherit_cache = True


@compiles(in_order, "sqlite")
def _concat(element: Any, compiler: Any, **kw: Any) -> str:
    value, order = (compiler.process(part, **kw) for part in element.clauses)
    return f"group_concat({value}, ',' ORDER BY {order})"


@compiles(in_order, "postgresql")
def _agg(element: Any, compiler: Any, **kw: Any) -> str:
    value, order = (compiler.process(part, **kw) for part in element.clauses)
    return f"string_agg(({value})::text, ',' ORDER BY {order})"
