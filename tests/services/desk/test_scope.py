"""Who may do what, where: every read sees the compounds of its right, nothing is written past the records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from models.asset import Asset
from models.base import GLOBAL
from models.building import Building
from models.compound import Compound
from models.journal import Record
from models.organization import Organization
from services.desk.desk import Desk
from services.desk.errors import BypassError, Conflict, Missing, NotAllowed
from services.desk.intent import Grant, intent, query
from services.desk.session import DeskSession
from services.desk.work import Work
from tests.services.desk.acts import found, hide, load, names, register, revise, sound, two

Session_ = Any  # a session, in the many short functions below
B = aliased(Asset)
TABLE: sa.Table = Asset.__table__  # type: ignore[assignment]


def clerk_of(desk: Desk, *compounds: UUID, patterns: tuple[str, ...] = ("*",)) -> Desk:
    return replace(desk, grants=(Grant(patterns, frozenset(compounds)),))


def changed(session: Session_, **fields: Any) -> None:
    asset = session.scalars(sa.select(Asset)).first()
    for key, value in fields.items():
        setattr(asset, key, value)
    session.flush()


def test_rights_reach_as_far_as_they_are_granted(desk: Desk) -> None:
    a, b = two(desk)
    mine, other = (desk.do(register, c, c.hex).value for c in (a, b))
    clerk = replace(desk, grants=(Grant(("assets.list",)), Grant(("tests.*",), frozenset({a}))))
    clerk.do(revise, mine, name="x")
    with pytest.raises(Missing):
        clerk.do(revise, other, name="x")
    with pytest.raises(NotAllowed):
        clerk.do(register, b, "2")
    with pytest.raises(NotAllowed):
        clerk.do(load, [{"compound_id": b, "number": "3", "name": "n"}])
    with pytest.raises(NotAllowed, match=r"tests\.revise"):
        replace(desk, grants=(Grant(("assets.list",)),)).do(revise, mine, name="x")
    assert len(names(clerk)) == 2  # this right reaches everywhere
    assert (clerk.may("tests.revise"), clerk.may("assets.list"), clerk.may("compounds.list")) == (True, True, False)
    sound(desk)


def test_what_concerns_all_compounds_needs_a_right_over_all(desk: Desk) -> None:
    a, _ = two(desk)
    clerk = clerk_of(desk, a)
    with pytest.raises(NotAllowed, match="all compounds"):
        clerk.do(found, "C")

    @intent("T", name="tests.units")
    def units(work: Work) -> None:
        work.bulk_insert(Organization, [{"code": "1", "name": "n"}])

    with pytest.raises(NotAllowed, match="all compounds"):
        clerk.do(units)
    desk.do(units)
    sound(desk)


READS: dict[str, Callable[[Session_], Any]] = {
    "entity": lambda s: len(s.scalars(sa.select(Asset)).all()),
    "column": lambda s: len(s.execute(sa.select(Asset.id, Asset.name)).all()),
    "count": lambda s: s.scalar(sa.select(sa.func.count()).select_from(Asset)),
    "count of ids": lambda s: s.scalar(sa.select(sa.func.count(Asset.id))),
    "alias": lambda s: len(s.execute(sa.select(B.id)).all()),
    "subquery": lambda s: s.scalar(sa.select(sa.func.count()).select_from(sa.select(Asset.id).subquery())),
    "cte": lambda s: s.scalar(sa.select(sa.func.count()).select_from(sa.select(Asset.id).cte())),
    "scalar subquery": lambda s: s.scalar(sa.select(sa.select(sa.func.count(Asset.id)).scalar_subquery())),
    "exists of theirs": lambda s: 1 + int(bool(s.scalar(sa.select(sa.exists().where(Asset.name == "theirs"))))),
    "in": lambda s: len(s.execute(sa.select(Compound.id).where(Compound.id.in_(sa.select(Asset.compound_id)))).all()),
    "join": lambda s: len(s.execute(sa.select(Compound.id).join(Asset, Asset.compound_id == Compound.id)).all()),
    "outer join": lambda s: sum(
        r[1] is not None
        for r in s.execute(sa.select(Compound.id, Asset.id).outerjoin(Asset, Asset.compound_id == Compound.id))
    ),
    "union in a subquery": lambda s: s.scalar(
        sa.select(sa.func.count()).select_from(
            sa.union_all(
                sa.select(Asset.id).where(Asset.cost > 9), sa.select(Asset.id).where(Asset.cost < 9)
            ).subquery()
        )
    ),
    "query": lambda s: s.query(Asset).count(),
    "query column": lambda s: len(s.query(Asset.name).all()),
    "group": lambda s: len(s.execute(sa.select(Asset.compound_id, sa.func.count()).group_by(Asset.compound_id)).all()),
    "window": lambda s: len(s.execute(sa.select(Asset.id, sa.func.row_number().over(order_by=Asset.id))).all()),
    "where only": lambda s: len(s.execute(sa.select(sa.literal(1)).where(Asset.cost >= 0)).all()),
    "case": lambda s: s.scalar(sa.select(sa.func.sum(sa.case((Asset.cost >= 0, 1))))),
    "cast": lambda s: len(s.execute(sa.select(sa.cast(Asset.cost, sa.String))).all()),
    "records": lambda s: s.scalar(sa.select(sa.func.count(Record.lsn)).where(Record.st != GLOBAL)),
    "limit": lambda s: len(s.execute(sa.select(Asset.id).order_by(Asset.id).limit(10)).all()),
    "other tables": lambda s: 1 + len(s.scalars(sa.select(Building)).all()),
}


@pytest.mark.parametrize("shape", READS)
def test_every_read_is_filtered(desk: Desk, shape: str) -> None:
    a, b = two(desk)
    mine = desk.do(register, a, "1", "mine", cost=1).value
    theirs = desk.do(register, b, "2", "theirs", cost=1).value

    @intent("T", name="tests.build")
    def build(work: Work) -> None:
        work.add(Building(compound_id=b, code="1", name="n"))

    @query("T", name="tests.read")
    def read(session: Session) -> Any:
        return READS[shape](session)

    @query("T", name="tests.get")
    def got(session: Session) -> tuple[bool, bool]:
        return session.get(Asset, mine) is not None, session.get(Asset, theirs) is not None

    desk.do(build)
    clerk, other, nobody = clerk_of(desk, a), clerk_of(desk, b), clerk_of(desk)
    assert clerk.ask(read) == 1
    assert clerk.ask(got) == (True, False)
    assert other.ask(got) == (False, True)  # the cache of statements does not mix people up
    assert nobody.ask(got) == (False, False)
    assert desk.ask(got) == (True, True)


def test_reads_do_not_see_what_was_hidden(desk: Desk) -> None:
    a, _ = two(desk)
    made = desk.do(register, a, "1").value
    desk.do(hide, made)

    @query("T", name="tests.see")
    def see(session: Session) -> tuple[Any, Any, Any]:
        alive = session.get(Asset, made), session.scalar(sa.select(sa.func.count(Asset.id)))
        return *alive, session.get(Asset, made, execution_options={"dead": True}) is not None

    assert desk.ask(see) == (None, 0, True)


BYPASS: dict[str, Callable[[Session_], Any]] = {
    "update": lambda s: s.execute(sa.update(Asset).values(name="y")),
    "insert": lambda s: s.execute(sa.insert(Asset), [{"name": "y"}]),
    "delete": lambda s: s.execute(sa.delete(Asset)),
    "core": lambda s: s.execute(sa.update(TABLE).values(name="y")),
    "query update": lambda s: s.query(Asset).update({"name": "y"}),
    "text": lambda s: s.execute(sa.text("update asset set name='y'")),
    "from_statement": lambda s: s.scalars(
        sa.select(Asset).from_statement(sa.text("update asset set name='y' returning *"))
    ).all(),
    "cte": lambda s: s.execute(sa.select(sa.update(Asset).values(name="y").returning(Asset.id).cte())).all(),
    "bulk insert": lambda s: s.bulk_insert_mappings(Asset, []),
    "bulk update": lambda s: s.bulk_update_mappings(Asset, []),
    "bulk save": lambda s: s.bulk_save_objects([]),
    "connection": lambda s: s.connection(),
    "commit": lambda s: s.commit(),
    "rollback": lambda s: s.rollback(),
    "savepoint": lambda s: s.begin_nested(),
    "bare table": lambda s: s.execute(sa.select(TABLE)).all(),
    "bare table in a join": lambda s: s.execute(sa.select(Compound.id, TABLE.c.id)).all(),
    "window first": lambda s: s.execute(sa.select(sa.func.row_number().over(order_by=Asset.id))).all(),
    "bare alias": lambda s: s.execute(sa.select(TABLE.alias().c.id)).all(),
    "bare column": lambda s: s.execute(sa.select(Compound.id).where(TABLE.c.name == "x")).all(),
    "bare join": lambda s: s.execute(sa.select(Compound.id).join(TABLE, sa.true())).all(),
    "bare from": lambda s: s.execute(
        sa.select(Compound.id).select_from(sa.join(Compound, TABLE, sa.true()))
    ).all(),
    "bare count": lambda s: s.execute(sa.select(sa.func.count()).select_from(TABLE)).all(),
    "bare subquery": lambda s: s.execute(sa.select(Compound.id).where(sa.exists(sa.select(TABLE.c.id)))).all(),
    "union": lambda s: s.execute(sa.union(sa.select(Asset.id), sa.select(Asset.id))).all(),
    "literal": lambda s: s.execute(sa.select(sa.literal_column("(select name from asset)"), Compound.id)).all(),
    "text in where": lambda s: s.execute(
        sa.select(Compound.id).where(sa.text("exists (select 1 from asset)"))
    ).all(),
    "delete row": lambda s: (s.delete(s.scalars(sa.select(Asset)).first()), s.flush()),
    "move": lambda s: changed(s, compound_id=uuid4()),
    "new number": lambda s: changed(s, n=99),
    "record by hand": lambda s: (s.add(Record(lsn=99)), s.flush()),
}  # fmt: skip


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)  # refused before any engine sees it
@pytest.mark.parametrize("way", BYPASS)
def test_nothing_goes_past_the_unit_of_work(desk: Desk, way: str) -> None:
    a, _ = two(desk)
    desk.do(register, a, "1", "x")

    @intent("T", name="tests.bypass")
    def bypass(work: Work) -> None:
        BYPASS[way](work.session)

    with pytest.raises(BypassError):
        desk.do(bypass)
    assert names(desk) == ["x"]
    sound(desk)


def test_a_query_writes_nothing(desk: Desk) -> None:
    a, _ = two(desk)
    desk.do(register, a, "1", "x")

    @query("T", name="tests.sly")
    def sly(session: Session) -> None:
        session.scalars(sa.select(Asset)).one().name = "y"
        session.flush()

    @query("T", name="tests.slyer")
    def slyer(session: Session) -> None:
        assert isinstance(session, DeskSession)
        session.raw().exec_driver_sql("update counter set last = 99")

    with pytest.raises(BypassError):
        desk.ask(sly)
    with pytest.raises(sa.exc.DBAPIError, match=r"readonly|read-only"):
        desk.ask(slyer)
    desk.do(register, a, "2", "y")  # the same connections may write again
    assert names(desk) == ["x", "y"]


def test_only_what_is_marked_can_be_called(desk: Desk) -> None:
    with pytest.raises(TypeError):
        desk.do("tests.nothing")
    with pytest.raises(TypeError):
        desk.ask("tests.register")  # an intent is not a query
    with pytest.raises(TypeError):
        intent("again", name="tests.register")(register)
    with pytest.raises(Conflict):  # by its name it is the same intent
        desk.do("tests.found", code=desk.do("tests.found", code="A") and "A")
