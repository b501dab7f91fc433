"""Answers a view of a listing within one session, scoped, on both engines."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.base import PLACED, About, Entity, entities, table
from models.compound import Compound
from services.desk import finding, personal, private, search
from services.desk.errors import NOT_YOURS, NotAllowed
from services.desk.intent import INTENTS
from services.desk.listing import LISTINGS, Listing, View, chosen, label_of
from services.desk.pen import own_role
from services.desk.referring import IDS
from services.desk.schema import Kind
from services.desk.session import DeskSession
from services.desk.sight import inside, told

SLICE = 1 << 17  # characters of an id list parsed at once: about 2 ms, so that the window keeps painting
OPEN = ("compound", "account")  # kinds a server names only to who may read them
RANGES = {Kind.MONEY, Kind.AREA, Kind.HOURS, Kind.QUANTITY, Kind.DATE, Kind.INSTANT, Kind.INTEGER}


class Reader:
    """Answers one view within one session; with a day, only what may be chosen on it."""

    def __init__(self, session: DeskSession, view: View, on: date | None = None) -> None:
        self.session, self.view, self.listing, self.on = session, view, LISTINGS[view.listing], on
        self.table = table(self.listing.kind)
        self.key = self.table.c[self.listing.key]
        self.connection = session.raw()
        self.dialect = self.connection.dialect.name
        self.closed = private.closed(session, self.listing.kind)
        self.people = self._holders(view.search.strip())
        self.words = search.wanted(view.search)

    def count(self) -> int:
        """How many rows the view has."""
        return int(self.connection.scalar(self._select(sa.func.count())) or 0)

    def sums(self) -> dict[str, int]:
        """The totals of the listing's summed columns; empty values count as nothing."""
        picked = [sa.func.coalesce(sa.func.sum(self.listing.value(name)), 0).label(name) for name in self.listing.sums]
        row = self.connection.execute(self._select(*picked)).one() if picked else ()
        return {name: int(value) for name, value in zip(self.listing.sums, row, strict=True)}

    def extras(self) -> list[str]:
        """The headers of the extra facts its rows have, in order."""
        if "extra" not in self.table.c:
            return []
        extra = self.table.c.extra
        if self.dialect == "postgresql":
            source: Any = sa.func.jsonb_object_keys(extra).table_valued("key").render_derived(name="facts")
        else:
            source = sa.func.json_each(extra).table_valued("key", name="facts")
        found = self._select(source.c.key).where(extra.is_not(None)).distinct()
        return sorted(self.connection.scalars(found.join_from(self.table, source, sa.true())))

    def values(self, name: str) -> list[Any]:
        """What stands in a column a view may filter by, each once. KeyError: it is none of those, as personal ones."""
        self._open(name)
        column = self.listing.value(name)
        return list(
            self.connection.scalars(self._select(column).where(column.is_not(None)).distinct().order_by(column))
        )

    def ids(self, limit: int = 0) -> array[int]:
        """Local row numbers in order. One statement that SQLite runs without holding the interpreter."""
        found = self._ordered(self._select(self.key.label("n")))
        if limit:
            return array("q", self.connection.scalars(found.limit(limit)))
        inner = found.subquery()
        glue = (
            sa.func.string_agg(sa.cast(inner.c.n, sa.Text), ",")
            if self.dialect == "postgresql"
            else sa.func.group_concat(inner.c.n)
        )
        return _parse(self.connection.scalar(sa.select(glue).select_from(inner)) or "")

    def page(self, ns: Sequence[int]) -> list[dict[str, Any]]:
        """Rows in the order of `ns`; a row out of reach or gone is left out."""
        found = _scoped(self.listing._page, self.listing, self.session)  # noqa: SLF001 — kept where it is made
        read = self.connection.execute(found, {"ns": list(ns)})
        names = tuple(read.keys())
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in read.all()}
        if own_role(self.connection):
            self._called(rows.values())
        personal.masked(self.connection, self.listing.kind, list(rows.values()))
        private.hide(self.closed, rows.values())
        return [rows[n] for n in ns if n in rows]

    def _called(self, rows: Iterable[dict[str, Any]]) -> None:
        """What a server keeps back of the records that rows refer to: their names are told, as everywhere."""
        for name, spec in self.listing.fields.items():
            label = label_of(spec) if spec.kind is Kind.REFERENCE else ""
            dark = {row[name] for row in rows if label and row[name] and row[label] is None}
            if dark and spec.target not in OPEN:
                found = getattr(sa.func.sec, f"called_{spec.target}")(sa.cast(sa.literal(list(dark), IDS), IDS))
                told = found.table_valued(sa.column("id", sa.Uuid()), sa.column("label", sa.Text))
                called = {row.id: row.label for row in self.connection.execute(sa.select(told.c.id, told.c.label))}
                for row in rows:
                    row[label] = row[label] or called.get(row[name])

    def _select(self, *picked: Any) -> sa.Select[Any]:
        found = self.listing.standing(_scoped(sa.select(*picked).select_from(self.table), self.listing, self.session))
        for name, values in self.view.filters:
            found = found.where(self._filter(name, values))
        if self.on and issubclass(self.listing.kind, Entity):
            found = found.where(chosen(self.listing.kind, self.on))
        return self._search(found) if self.view.search.strip() else found

    def _open(self, name: str) -> None:
        """KeyError: a view may not filter by it. NotAllowed: it is private, and filtering would tell it."""
        if name not in self.listing.filters:
            raise KeyError(name)
        if name in self.closed:
            raise NotAllowed(NOT_YOURS, needs=self.listing.columns[name].key)

    def _filter(self, name: str, values: tuple[Any, ...]) -> sa.ColumnElement[bool]:
        self._open(name)
        column, spec = self.listing.value(name), self.listing.columns[name]
        if spec.kind in RANGES:
            low, high = values
            parts = [column >= low] if low is not None else []
            return sa.and_(sa.true(), *parts, *([column <= high] if high is not None else []))
        given = [spec.choice_type(v) if spec.choice_type else v for v in values if v is not None]
        empty = [column.is_(None)] if None in values else []
        return sa.or_(column.in_(given), *empty)

    def _holders(self, text: str) -> list[UUID]:
        """Who has this whole number, of the rows in reach: told to those alone who could have it shown there. To
        anybody else it would give the hidden signs away, one search for each number there may be."""
        reveal, may = f"{self.listing.name}.reveal", self.session.info.get("may")
        if not text or reveal not in INTENTS or may is None or not may(reveal):
            return []
        t, ids = self.table, personal.holders(self.connection, self.listing.kind, text)
        if not ids:
            return []
        within = t.c.compound_id if "compound_id" in t.c else sa.null()
        rows = _scoped(sa.select(t.c.id, within).where(t.c.id.in_(ids)), self.listing, self.session)
        held = self.connection.execute(self.listing.standing(rows))
        return [id for id, compound in held if may(reveal, *([compound] if compound else []))]

    def _search(self, found: sa.Select[Any]) -> sa.Select[Any]:
        if not self.people:
            return self._said(found)
        t = self.table
        said = self._said(sa.select(t.c.n).select_from(t))
        return found.where(sa.or_(t.c.id.in_(self.people), t.c.n.in_(said)))

    def _said(self, found: sa.Select[Any]) -> sa.Select[Any]:
        """The rows that say every word of the search."""
        kind, t, text = self.listing.kind, self.table, self.view.search.strip()
        if not search.searched(kind):
            return found.where(sa.or_(*(t.c[w].icontains(text, autoescape=True) for w in self.listing.words)))
        if not self.words:
            return found.where(sa.false())
        own, words, through = self._parts
        for hits in through:
            found = found.where(t.c.n.in_(hits))
        if words:
            index, matching = search.hits(kind, words, self.dialect)
            found = found.join_from(t, index, index.c.rowid == t.c.n).where(matching)
        fields = [t.c[name] for name in entities()[self.listing.entity].naming.search]
        return found.where(*(search.said(fields, part) for part in own if search.loose(part)))

    @cached_property
    def _parts(self) -> tuple[list[str], list[str], list[Any]]:
        """The parts of a search that only the row's own words can say, their tokens, and the row numbers for each of
        the others."""
        own, through = list[str](), list[Any]()
        for part in self.view.search.split():
            hits = finding.through(self.connection, entities()[self.listing.entity], part)
            own += [part] if hits is None else []
            through += [] if hits is None else [hits]
        return own, search.wanted(" ".join(own)), through

    def _ordered(self, found: sa.Select[Any]) -> sa.Select[Any]:
        t, view = self.table, self.view
        if view.sort and view.sort not in self.listing.sorts:
            raise KeyError(view.sort)
        if view.sort:
            self._open(view.sort)
        if not self.listing.sorts or (self.listing.latest and not (view.sort or self.words)):
            return found.order_by(self.key.desc())
        if self.words and not view.sort and not self.people:  # newest first costs nothing
            if not search.searched(self.listing.kind):
                return found.order_by(t.c.n)
            by_words = self._parts[1] and self.dialect == "sqlite"
            return found.order_by((search.index_of(self.listing.kind).c.rowid if by_words else t.c.n).desc())
        key = t.c[view.sort or self.listing.sorts[0]]  # empty values last, and first when descending, on both engines
        if view.descending:
            return found.order_by(key.desc().nulls_first(), t.c.n.desc())
        return found.order_by(key.nulls_last(), t.c.n)


def _scoped(found: sa.Select[Any], listing: Listing, session: DeskSession) -> sa.Select[Any]:
    """The one place besides the session's own filter where the scope of a read is set."""
    kind = listing.kind
    t = table(kind).c
    if session.kinds is not None and issubclass(kind, About):
        found = found.where(told(t, session.kinds))
    if session.compounds is None:
        return found
    if listing.within:
        return found.where(table(kind).c[listing.within].in_(session.compounds))
    if kind is Compound:
        return found.where(t.id.in_(session.compounds))
    return found.where(inside(kind, t, session.compounds)) if issubclass(kind, PLACED) else found


def _parse(text: str) -> array[int]:
    out, start = array("q"), 0
    while start < len(text):
        cut = text.find(",", start + SLICE)
        end = len(text) if cut < 0 else cut
        out.extend(map(int, text[start:end].split(",")))
        start = end + 1
    return out
