"""Filters of lists that a person keeps for himself: kept, renamed, opened with, forgotten, and applied as far as what
they name is still there."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.base import EXACT, Entity, personal
from models.saved_filter import SavedFilter
from resources.words import N_, Word
from services.checks import checked
from services.desk import codec
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.intent import intent, query
from services.desk.listing import LISTINGS, Listing, View, of_entity
from services.desk.schema import FieldSpec, Kind, describe
from services.desk.work import Work

CLASSES = "asset_class"
EDITIONS = 4  # a code stands in one row of each
LONGEST = 20_000  # characters of a filter: some hundred ticked records
RANGES = (Kind.MONEY, Kind.AREA, Kind.DATE, Kind.INSTANT, Kind.INTEGER)
APART = re.compile(r"[\s.\-–—/()]")  # how people write the groups of a number
PERSON = re.compile(r"\d{7}")  # no telephone or ID number is shorter
NO_LIST = N_("There is no list “{name}”; there are: {names}")
KNOWN = N_("You have a filter “{name}” for this list already; take another name")
UNKNOWN = N_("You have no filter “{name}” for this list")
LEFT = N_("“{name}” is applied without what is no longer there, or out of your reach: {fields}")
UNREADABLE = N_("This is no filter of the list")
NUMBER = N_("A search by the number of a person is not saved: it would stand in the records for ever")


class Content(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    """What is kept of a view: values as the journal writes them, of a quantity (from, to)."""

    search: str = ""
    filters: list[tuple[str, list[str | int | bool | None]]] = []
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Saved:
    """One of a person's filters of a list."""

    name: str
    content: str
    first: bool


@dataclass(frozen=True)
class Opened:
    """A filter as it can be applied today: `names` are the words of the records it lets through, `left` the fields of
    which something is no longer there."""

    view: View
    names: dict[Any, str]
    left: tuple[str, ...] = ()


def written(view: View) -> str:
    """A view as it is kept."""
    filters = [(name, [codec.plain(value) for value in values]) for name, values in view.filters]
    return msgspec.json.encode(Content(view.search, filters, view.sort, view.descending)).decode()


@intent(N_("Save filter"), on=SavedFilter)
def save(work: Work, listing: str, name: str, content: str) -> None:
    """Keeps it for himself alone; what he kept under this name before is replaced. Invalid: it is none of this list."""
    called = _called(name)
    _check(listing, content)
    row = work.session.scalar(_mine(work.actor, listing, called))
    if row is None:
        work.add(SavedFilter(account=work.actor, listing=listing, name=called, content=content))
    else:
        row.content = content


@intent(N_("Rename filter"), on=SavedFilter)
def rename(work: Work, listing: str, name: str, new_name: str) -> None:
    """Another name. Conflict: it is taken."""
    row, called = _own(work, listing, name), _called(new_name)
    if called != row.name and work.session.scalar(_mine(work.actor, listing, called)):
        raise Conflict(KNOWN, name=called)
    row.name = called


@intent(N_("Open list with filter"), on=SavedFilter)
def open_with(work: Work, listing: str, name: str | None = None) -> None:
    """The list opens with this filter, with none where no name is given."""
    chosen = _own(work, listing, name) if name else None
    for row in work.session.scalars(_mine(work.actor, listing).where(SavedFilter.first)):
        row.first = False
    if chosen is not None:
        chosen.first = True


@intent(N_("Delete filter"), on=SavedFilter)
def forget(work: Work, listing: str, name: str) -> None:
    """It is offered no more; nothing happens where there is none."""
    if row := work.session.scalar(_mine(work.actor, listing, _called(name))):
        work.remove(row)


@query(N_("My saved filters of a list"), on=SavedFilter)
def mine(session: Session, listing: str) -> list[Saved]:
    """Of the person who asks, by name."""
    rows = session.scalars(_mine(session.info["account"], listing).order_by(SavedFilter.name))
    return [Saved(row.name, row.content, row.first) for row in rows]


def named(desk: Desk, listing: str, name: str) -> Saved:
    """The person's filter of this name. Missing: there is none."""
    found = next((saved for saved in desk.ask(mine, listing) if saved.name == name.strip()), None)
    if found is None:
        raise Missing(UNKNOWN, name=name)
    return found


def opened(desk: Desk, listing: str, content: str, among: Collection[str] | None = None) -> Opened:
    """A kept filter as far as it can be applied today: fields (`among` those a screen offers), choices, classes and
    records that are no longer there, or out of reach, are left out and named."""
    view, left = _read(LISTINGS[listing], content, among)
    names, filters = dict[Any, str](), list[tuple[str, tuple[Any, ...]]]()
    for field, values in view.filters:
        spec = LISTINGS[listing].columns[field]
        if spec.kind is Kind.CLASS_CODE or (spec.kind is Kind.REFERENCE and spec.target):
            known = _known(desk, spec, [value for value in values if value is not None])
            names |= known
            left += [field] if any(value is not None and value not in known for value in values) else []
            values = tuple(value for value in values if value is None or value in known)
        filters += [(field, values)] if values else []
    applied = View(listing, view.search, tuple(filters), view.sort, view.descending)
    return Opened(applied, names, tuple(dict.fromkeys(left)))


def _known(desk: Desk, spec: FieldSpec, values: list[Any]) -> Mapping[Any, str]:
    """The words of those that are still there."""
    try:
        if spec.kind is Kind.CLASS_CODE:
            view = View(of_entity(CLASSES).name, filters=(("code", tuple(values)),))
            return {row["code"]: row["name"] for row in desk.first(view, EDITIONS * len(values))}
        return {id: each.label for id, each in desk.names(spec.target, values, alive=True).items()}
    except NotAllowed:
        return {}


def _called(name: str) -> str:
    return str(checked(describe(SavedFilter)["name"], name))


def _mine(account: str, listing: str, name: str = "") -> sa.Select[SavedFilter]:
    found = sa.select(SavedFilter).where(SavedFilter.account == account, SavedFilter.listing == listing)
    return found.where(SavedFilter.name == name) if name else found


def _own(work: Work, listing: str, name: str) -> SavedFilter:
    row = work.session.scalar(_mine(work.actor, listing, _called(name)))
    if row is None:
        raise Missing(UNKNOWN, name=name)
    return row


def _check(listing: str, content: str) -> None:
    """Invalid: what is to be kept is no filter of the list, or would keep the number of a person."""
    if listing not in LISTINGS:
        raise Invalid(NO_LIST, name=listing, names=", ".join(LISTINGS))
    about = LISTINGS[listing]
    view, left = _read(about, content)
    if left or len(content) > LONGEST:
        raise Invalid(UNREADABLE, field=Word("saved_filter.content"))
    kind = about.kind
    if issubclass(kind, Entity) and personal(kind) and PERSON.search(APART.sub("", view.search)):
        raise Invalid(NUMBER)


def _read(about: Listing, content: str, among: Collection[str] | None = None) -> tuple[View, list[str]]:
    """What a list can show of it, and the fields it does not have (any more). Invalid: it cannot be read at all."""
    try:
        said = msgspec.json.decode(content, type=Content)
    except msgspec.MsgspecError:
        raise Invalid(UNREADABLE) from None
    offered, left = set(about.filters if among is None else among), list[str]()
    filters = list[tuple[str, tuple[Any, ...]]]()
    for name, values in said.filters:
        spec = about.columns.get(name) if name in about.filters and name in offered else None
        known = _values(spec, values) if spec else ()
        filters += [(name, known)] if known else []
        left += [name] if len(known) < len(values) or not known else []
    sort = said.sort if said.sort in about.sorts else ""
    left += [said.sort] if said.sort and not sort else []
    return View(about.name, said.search, tuple(filters), sort, said.descending and bool(sort)), left


def _values(spec: FieldSpec, values: list[Any]) -> tuple[Any, ...]:
    """Those of them that are values of the field; of a quantity both ends or nothing."""
    known = tuple(value for given in values for value in _value(spec, given))
    if spec.kind in RANGES:
        whole = len(known) == len(values) == 2 and known != (None, None)
        return known if whole else ()
    return known


def _value(spec: FieldSpec, given: Any) -> tuple[Any, ...]:
    """One value, or none where the field cannot have it."""
    if given is None:
        return (None,)
    if spec.kind is Kind.CHOICE and spec.choices and given not in spec.choices:
        return ()
    read: Callable[[Any], Any] = READ.get(spec.kind, _text)
    try:
        return (read(given),)
    except (TypeError, ValueError):
        return ()


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given


def _whole(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or abs(given) > EXACT:
        raise TypeError
    return given


def _flag(given: Any) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _instant(given: Any) -> datetime:
    found = datetime.fromisoformat(given)
    if found.tzinfo is None:
        raise ValueError
    return found


READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.INTEGER: _whole, Kind.MONEY: _whole, Kind.AREA: _whole, Kind.FLAG: _flag, Kind.REFERENCE: UUID,
    Kind.DATE: date.fromisoformat, Kind.INSTANT: _instant,
}  # fmt: skip
