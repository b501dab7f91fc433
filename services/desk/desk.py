"""The desk: the only door between screens and data. `do` changes, `ask` and the lists read."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, overload
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from models.base import Entity, entities, new_id
from models.journal import Record
from resources.words import N_, Word
from services.desk import past
from services.desk.chain import Stamp
from services.desk.doors import Doors, working
from services.desk.errors import NOT_YOURS, Conflict, Invalid, Missing, NotAllowed
from services.desk.held import KINDS, Held
from services.desk.intent import INTENTS, QUERIES, Act, Grant, act, reach
from services.desk.journal import Unit
from services.desk.listing import LISTINGS, View, of_entity, readable
from services.desk.names import Named, find, named, namesakes
from services.desk.pen import Pen, own_role, queue
from services.desk.proof import Proof, prove
from services.desk.reader import Reader
from services.desk.schema import OWN_PASSWORD, WHY
from services.desk.session import DeskSession
from services.desk.store import Store
from services.desk.trail import Step, history
from services.desk.work import NO_RECORD, Tell, Work

P = ParamSpec("P")
R = TypeVar("R")
DENIED = "42501"  # SQLSTATE: what a server refuses this role
ON_A_SERVER = N_("On a server there is no password to ask for again")


@dataclass(frozen=True)
class Done(Generic[R]):
    """What an intent answered, under which operation, and which kinds of record it touched."""

    value: R
    operation: UUID
    touched: frozenset[str]


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """One person at one store. May be used from any thread but the one that paints."""

    store: Store
    pen: Pen
    account: str
    grants: tuple[Grant, ...] | Held  # for good, or as they are on the day of each act
    auth: str = "password"
    reason: str = ""
    tell: Tell = lambda done, total: True
    clock: Callable[[], datetime] = _utc_now

    def having(self, *, tell: Tell | None = None, reason: str = "") -> Desk:
        """The same desk for one call: with progress reports (False cancels), with a reason."""
        return replace(self, tell=tell or self.tell, reason=reason)

    @overload
    def do(self, intent: str, /, **values: Any) -> Done[Any]: ...
    @overload
    def do(self, intent: Callable[Concatenate[Work, P], R], /, *args: P.args, **values: P.kwargs) -> Done[R]: ...

    def do(self, intent: Any, /, *args: Any, **values: Any) -> Done[Any]:
        """Runs an intent as one unit of work: everything of it is stored and recorded, or nothing."""
        with working(self.store.engine):
            return self._done(act(intent, INTENTS), args, values)

    def _done(self, known: Act, args: tuple[Any, ...], values: dict[str, Any]) -> Done[Any]:
        grants = self._grants()
        compounds, operation = reach(grants, known.needs), new_id()
        stamp = self._stamp(known, operation, values)
        with DeskSession(self.store.writing, compounds, readable(grants)) as session:
            unit = Unit(session, self.pen, stamp)
            session.info["unit"], value = unit, None
            try:
                with session.begin():
                    value = self._run(known, session, unit, args, values)
            except StaleDataError as error:
                raise Conflict(N_("Somebody else changed this just now; please look at it again")) from error
            except IntegrityError as error:
                raise _explained(error) from error
            except DBAPIError as error:
                if own_role(self.store.engine) and getattr(error.orig, "sqlstate", "") == DENIED:
                    if isinstance(self.grants, Held):
                        self.grants.look_again()
                    raise NotAllowed(NOT_YOURS, needs=Word(known.label)) from error
                if "database is locked" in str(error.orig):
                    raise Conflict(N_("The data is busy just now; please try again")) from error
                if not (error.connection_invalidated and unit.touched and self.landed(operation)):
                    raise
        if self.store.marker and (newest := unit.newest):
            self.store.marker.note(newest, unit.heads, unit.taken)
        if isinstance(self.grants, Held) and not KINDS.isdisjoint(unit.touched):
            self.grants.look_again()
        for call in unit.afterwards:
            call()
        return Done(value, operation, frozenset(unit.touched))

    def _grants(self) -> tuple[Grant, ...]:
        return self.grants.now() if isinstance(self.grants, Held) else self.grants

    def _stamp(self, known: Act, operation: UUID, values: dict[str, Any]) -> Stamp:
        """What its records say of it. What the act asks for besides its arguments is taken out of the values; Invalid:
        the reason is missing; NotAllowed: the password is not the person's own."""
        reason, auth = self.reason, self.auth
        if known.why:
            reason = str(values.pop(WHY.name, "") or reason).strip()
            if not reason:
                raise Invalid(N_("“{field}” is required"), field=WHY.key)
        if known.again:
            if self.store.ring is None:
                raise NotAllowed(ON_A_SERVER)
            self.store.ring.check(self.account, str(values.pop(OWN_PASSWORD.name, "")))
            auth = "password again"
        return Stamp(operation, self.account, auth, known.name, reason)

    def _run(self, known: Act, session: DeskSession, unit: Unit, args: tuple[Any, ...], values: dict[str, Any]) -> Any:
        work = Work(session, unit, self.store, self.tell, self.clock(), self.may)
        value = known.function(work, *args, **values)
        if isinstance(value, Entity):
            raise TypeError(f"{known.name} lets a row out of its session; return its id")
        unit.close()
        self.store.high.raise_to(unit.taken)  # while no other unit of work of this file can run
        return value

    @contextmanager
    def _reading(self, needs: str) -> Iterator[DeskSession]:
        with working(self.store.engine):
            grants = self._grants()
            compounds = reach(grants, needs, reading=True)
        with working(self.store.engine), DeskSession(self.store.reading, compounds, readable(grants)) as session:
            ring = self.store.ring.within(session.raw()) if isinstance(self.store.ring, Doors) else self.store.ring
            known = {"store": self.store, "ring": ring, "may": self.may, "tell": self.tell}
            session.info |= known | {"account": self.account}  # for what looks at more than rows
            yield session

    @overload
    def ask(self, query: str, /, **values: Any) -> Any: ...
    @overload
    def ask(self, query: Callable[Concatenate[Session, P], R], /, *args: P.args, **values: P.kwargs) -> R: ...

    def ask(self, query: Any, /, *args: Any, **values: Any) -> Any:
        """Runs a query on a session that can only read, within the compounds of the right it needs."""
        known = act(query, QUERIES)
        with self._reading(known.needs) as session:
            return known.function(session, *args, **values)

    def count(self, view: View) -> int:
        """How many rows a view has."""
        with self._reading(f"{view.listing}.list") as session:
            return Reader(session, view).count()

    def ids(self, view: View) -> array[int]:
        """The local row numbers of a view, in order."""
        with self._reading(f"{view.listing}.list") as session:
            return Reader(session, view).ids()

    def first(self, view: View, limit: int) -> list[dict[str, Any]]:
        """The first rows of a view."""
        with self._reading(f"{view.listing}.list") as session:
            reader = Reader(session, view)
            return reader.page(reader.ids(limit))

    def page(self, listing: str, ns: Sequence[int]) -> list[dict[str, Any]]:
        """Rows of a listing by their local numbers, in that order."""
        with self._reading(f"{listing}.list") as session:
            return Reader(session, View(listing)).page(ns)

    def past(self, listing: str, until: datetime) -> Iterator[list[dict[str, Any]]]:
        """The rows of a listing as they were before an instant, some at a time."""
        with self._reading(f"{listing}.list") as session:
            yield from past.rows(session, LISTINGS[listing], until)

    def sums(self, view: View) -> dict[str, int]:
        """The totals of a view."""
        with self._reading(f"{view.listing}.list") as session:
            return Reader(session, view).sums()

    def values(self, listing: str, name: str) -> list[Any]:
        """What stands in a column of a listing, each once."""
        with self._reading(f"{listing}.list") as session:
            return Reader(session, View(listing)).values(name)

    def extras(self, view: View) -> list[str]:
        """The headers of the extra facts the rows of a view have."""
        with self._reading(f"{view.listing}.list") as session:
            return Reader(session, view).extras()

    def namesakes(self, target: str) -> frozenset[str]:
        """The names that several records of a kind have."""
        with self._reading(f"{of_entity(target).name}.list") as session:
            return namesakes(session, target)

    def find(self, target: str, text: str, limit: int = 20, *, ended: bool = False, **within: UUID) -> list[Named]:
        """Records of a kind by number or name, the exact number first: what a picker offers. Who left and what else
        has ended by today is among them only where `ended` asks for it."""
        on = None if ended else self.clock().astimezone().date()
        with self._reading(f"{of_entity(target).name}.list") as session:
            return find(session, target, text, limit, within, on)

    def named(self, target: str, id: UUID) -> Named:
        """How people name a record, or Missing."""
        if found := self.names(target, [id]).get(id):
            return found
        raise Missing(NO_RECORD)

    def names(self, target: str, ids: Iterable[UUID], *, alive: bool = False) -> dict[UUID, Named]:
        """How people name records, by id; also those that were removed, unless they are to be `alive`."""
        with self._reading(f"{of_entity(target).name}.list") as session:
            return named(session, target, list(ids), not alive)

    def history(self, entity: str, id: UUID) -> list[Step]:
        """Everything that happened to a record, oldest first; nothing if it is out of reach."""
        with self._reading(f"{of_entity(entity).name}.list") as session:
            return history(session, entities()[entity], id)

    def proof(self, entity: str, id: UUID) -> Proof:
        """Whether the records a row's history rests on are whole and sealed, and the row is what they say."""
        with self._reading(f"{of_entity(entity).name}.list") as session:
            return prove(session, entities()[entity], id)

    def may(self, needs: str, *compounds: UUID) -> bool:
        """Whether a right of this name is held anywhere, and in all of these compounds, as was known at the last act:
        it reads nothing, so the window may ask."""
        try:
            within = reach(self.grants, needs, reading=needs not in INTENTS)
        except NotAllowed:
            return False
        return within is None or within.issuperset(compounds)

    def landed(self, operation: UUID) -> bool:
        """Was this unit of work committed? Asks after a lost reply; waits for a COMMIT still on its way."""
        with self.store.writing.begin() as connection:
            queue(connection, self.pen)
            return connection.scalar(sa.select(sa.func.count()).where(Record.uow == operation)) != 0


def _explained(error: IntegrityError) -> Exception:
    """What the database refused, in words, where a person can mend it; a broken guard stays a bug."""
    said = str(error.orig)
    if "one_open_line" in said or "handover_line.asset_id" in said:
        return Conflict(N_("One of these assets is on another open handover note"))
    if "one_disposal_line" in said or "disposal_line.asset_id" in said:
        return Conflict(N_("One of these assets is on another open disposal"))
    if "one_open_lease" in said or "lease.asset_id" in said:
        return Conflict(N_("This asset is on another open lease"))
    if "one_part_stock_part" in said or "part_stock.part_store_id" in said:
        return Conflict(N_("Somebody else changed this just now; please look at it again"))
    if "one_" in said or "UNIQUE" in said:
        return Conflict(N_("This number is already in use"))
    if "NOT NULL" in said or "not-null" in said:
        return Invalid(N_("A required field is empty"))
    if "FOREIGN KEY" in said or "foreign key" in said:
        return Conflict(N_("It refers to a record that is not there"))
    return error
