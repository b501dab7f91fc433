"""Time between two instants in SQL, and the months of a period as instants, on both engines."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class minutes_between(FunctionElement[int]):  # noqa: N801 — it is called like a function of SQL
    """Whole minutes from the first instant to the second."""

    type = sa.BigInteger()
    inherit_cache = True


@compiles(minutes_between, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(({second} - {first}) / 60000000)"  # microseconds there


@compiles(minutes_between, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"trunc(extract(epoch FROM ({second} - {first})) / 60)::bigint"


def begins(day: date) -> datetime:
    """The instant a day begins where the machine is."""
    return datetime.combine(day, time()).astimezone()


def within(column: Any, from_on: date, until_on: date) -> sa.ColumnElement[bool]:
    """Whether an instant lies on one of these days, both counted."""
    found: sa.ColumnElement[bool] = sa.and_(column >= begins(from_on), column < begins(until_on + timedelta(days=1)))
    return found


def months(from_on: date, until_on: date) -> list[date]:
    """The first days of the months from one day until another."""
    found, month = [], from_on.replace(day=1)
    while month <= until_on:
        found.append(month)
        month = _next(month)
    return found


def month_of(column: Any, from_on: date, until_on: date) -> Any:
    """The month of an instant as `2026-11`, of those of a period; NULL beyond."""
    whens = [(column < begins(_next(month)), f"{month:%Y-%m}") for month in months(from_on, until_on)]
    return sa.case(*whens)


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)
