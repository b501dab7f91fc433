"""The only kind of session there is: every read is scoped, nothing is written past the unit of work."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NoReturn
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.sql import visitors

from models.base import GLOBAL, About, Entity, Scoped, Shared, entities
from models.compound import Compound
from models.journal import Record
from services.desk.errors import BypassError
from services.desk.sight import Kinds, inside, told

FORBIDDEN = ("insert", "update", "delete", "textclause", "text_as_from", "textual_select", "from_statement")
ALIVE = with_loader_criteria(
    Entity, lambda kind: kind.alive == sa.true(), include_aliases=True, propagate_to_loaders=False
)


@lru_cache(maxsize=64)
def _within(compounds: frozenset[UUID] | None) -> tuple[Any, ...]:
    if compounds is None:
        return ()
    seen = frozenset({GLOBAL}) | compounds
    return (
        with_loader_criteria(Scoped, lambda kind: kind.compound_id.in_(compounds), include_aliases=True),
        with_loader_criteria(
            Shared, lambda kind: kind.compound_id.in_(compounds) | kind.compound_id.is_(None), include_aliases=True
        ),
        with_loader_criteria(Compound, lambda kind: kind.id.in_(compounds), include_aliases=True),
        with_loader_criteria(Record, lambda kind: kind.st.in_(seen), include_aliases=True),
        *(with_loader_criteria(kind, inside(kind, kind, compounds), include_aliases=True) for kind in _closed()),
    )


def _closed() -> list[type[Shared]]:
    return [kind for kind in entities().values() if issubclass(kind, Shared) and not kind.open]


@lru_cache(maxsize=64)
def _telling(kinds: Kinds) -> tuple[Any, ...]:
    """What is said about a record is read by who may list records of its kind."""
    if kinds is None:
        return ()
    telling = [kind for kind in entities().values() if issubclass(kind, About)]
    return tuple(with_loader_criteria(kind, told(kind, kinds), include_aliases=True) for kind in telling)


class DeskSession(Session):
    """Give it the compounds that may be read (None = all) and the kinds of record that may be listed. Desk modules
    alone use `raw`."""

    def __init__(self, engine: sa.Engine, compounds: frozenset[UUID] | None, kinds: Kinds = None) -> None:
        super().__init__(engine, expire_on_commit=False)
        self.compounds, self.kinds = compounds, kinds
        self.every_read = (*_within(compounds), *_telling(kinds))
        self.list_read = (*self.every_read, ALIVE)

    def raw(self) -> sa.Connection:
        """The connection under the session, past every guard in Python."""
        return super().connection()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise BypassError("the desk keeps the transaction, and the unit of work does the writing")

    connection = commit = rollback = begin_nested = _refuse
    bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refuse


@event.listens_for(DeskSession, "do_orm_execute")
def _scope(state: ORMExecuteState) -> None:
    session = state.session
    assert isinstance(session, DeskSession)
    if state.is_column_load:
        return
    if not state.is_relationship_load:
        _check(state.statement)
    dead = state.is_relationship_load or state.execution_options.get("dead", False)
    options = session.every_read if dead else session.list_read
    if options:
        assert isinstance(state.statement, sa.sql.Executable)
        state.statement = state.statement.options(*options)


@lru_cache(maxsize=64)  # by identity: a statement that is made once is looked at once
def _check(statement: Any) -> None:
    """Refuse everything but a SELECT from entities: the filter does not reach text, bare tables or unions."""
    if not isinstance(statement, sa.Select):
        raise BypassError(f"only select() of entities here, not {type(statement).__name__}")
    known, bare = set[str](), set[str]()
    for part in visitors.iterate(statement):
        literal = getattr(part, "is_literal", False) and str(part) not in ("*", "1")
        if part.__visit_name__ in FORBIDDEN or literal:
            raise BypassError(f"{part.__visit_name__} inside a select")
        if drawn := _unfiltered(part):
            raise BypassError(f"the first selected thing must be an entity or its column, to read {drawn}")
        for source in _sources(part):
            entity = not {"parententity", "parentmapper"}.isdisjoint(source._annotations)  # noqa: SLF001
            (known if entity else bare).add(_name(source.table if isinstance(source, sa.Column) else source))
    if bare - known - {""}:  # session.get() itself compares a bare key, beside the entity
        raise BypassError(f"select the entity, not its table: {bare - known}")


def _unfiltered(part: Any) -> set[str]:
    """Tables of a select that begins with no entity: SQLAlchemy compiles it as plain SQL, without any filter."""
    if not isinstance(part, sa.Select) or part._propagate_attrs.get("compile_state_plugin") == "orm":  # noqa: SLF001
        return set()
    return {_name(f) for f in part.get_final_froms()} - {""}


def _sources(part: Any) -> tuple[Any, ...]:
    """What a part of a statement draws rows from."""
    found: tuple[Any, ...] = (part,)
    if isinstance(part, sa.Select):
        found = (*part._raw_columns, *part._from_obj, *(join[0] for join in part._setup_joins))  # noqa: SLF001
    elif isinstance(part, sa.FromClause) and not _name(part):
        found = tuple(getattr(part, side, None) for side in ("left", "right"))
    elif isinstance(part, sa.Table):
        found = ()
    return tuple(f for f in found if isinstance(f, sa.Table | sa.Column | sa.Alias))


def _name(source: Any) -> str:
    """A table's name or an alias's own; subqueries are looked into instead."""
    if isinstance(source, sa.Alias):
        return str(source.name) if isinstance(source.element, sa.Table) else ""
    return source.name if isinstance(source, sa.Table) else ""


@event.listens_for(DeskSession, "before_flush")
def _note(session: DeskSession, *_: Any) -> None:
    unit = session.info.get("unit")
    if unit is None:
        if session.new or session.dirty or session.deleted:
            raise BypassError("a query changes nothing")
    else:
        unit.note()
