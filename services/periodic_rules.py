"""Work that comes back by law or custom: the shipped rules of a day, and what an office or compound says instead."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.periodic_work import Confidence, PeriodicWork, PeriodicWorkRule, PlanBasis
from models.work_permit import PermitKind
from resources.words import N_, Word
from services.desk.errors import Invalid
from services.desk.intent import query
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, takes
from services.desk.work import Work
from services.records import records
from services.recurrence import Every

ENDS_BEFORE = N_("It ends before it begins")
BOTH = N_("An interval is a number and a unit: say both or neither")
BINDS = N_("The law binds every office ({source}): it may be done more often, but not as if nobody asked for it")


@dataclass(frozen=True)
class Rule:
    """What holds on a day: `object` and `task` as papers name them, and `source`, in Chinese."""

    code: str
    object: str
    task: str
    inspection: bool
    every: Every
    basis: PlanBasis
    legal: bool
    always: bool
    class_prefix: str
    trade: str
    needs: str | None
    permit: PermitKind | None
    tolerance_days: int
    lead_days: int
    season_from: str | None
    season_until: str | None
    source: str


def _settle(work: Work, row: PeriodicWork, given: dict[str, Any]) -> None:
    if row.until_on is not None and row.until_on < row.from_on:
        raise Invalid(ENDS_BEFORE, field=Word("periodic_work.until_on"))
    if (row.every is None) != (row.unit is None):
        raise Invalid(BOTH, field=Word("periodic_work.unit"))
    if row.legal is False:
        _binding(work.session, row)


def _binding(session: Session, row: PeriodicWork) -> None:
    """What the law asks for beyond doubt, no office lets off; of a rule that is still to be confirmed it may say so."""
    found = sa.select(PeriodicWorkRule).where(
        PeriodicWorkRule.code == row.code, PeriodicWorkRule.legal, PeriodicWorkRule.confidence == Confidence.HIGH,
        sa.or_(PeriodicWorkRule.until_on.is_(None), PeriodicWorkRule.until_on >= row.from_on),
    )  # fmt: skip
    rule = session.scalars(found.order_by(PeriodicWorkRule.from_on.desc())).first()
    if rule is not None:
        raise Invalid(BINDS, field=Word("periodic_work.legal"), source=rule.source)


OWN = records("periodic_works", PeriodicWork, sorts=("code", "from_on"), settle=_settle)
RULES = listing(Listing("periodic_work_rules", PeriodicWorkRule, ("code",), words=("object", "task", "source")))


class Instead(NamedTuple):
    """What is said instead of a shipped rule; None leaves it as it is."""

    code: str
    compound_id: UUID | None
    every: Every | None
    legal: bool | None
    tolerance_days: int | None
    lead_days: int | None
    source: str


@dataclass(frozen=True)
class Rules:
    """All rules of a day: the shipped ones, and what is said instead, of the office first, then of compounds."""

    shipped: dict[str, Rule]
    own: tuple[Instead, ...]

    def of(self, code: str | None, compound_id: UUID) -> Rule | None:
        """The rule that holds in a compound; None: there is none of that code on the day."""
        rule = self.shipped.get(code or "")
        for row in self.own if rule else ():
            if rule and row.code == rule.code and row.compound_id in (None, compound_id):
                rule = _instead(rule, row)
        return rule

    def in_force(self, compound_id: UUID) -> list[Rule]:
        """Every rule as it holds in a compound."""
        return [rule for code in self.shipped if (rule := self.of(code, compound_id))]


@query(N_("Rules of periodic work on a day"), on=PeriodicWork, name="periodic_works.in_force")
def rules(session: Session, on: date) -> Rules:
    """What holds; of several rows of one code the one that began last."""
    shipped = session.scalars(
        sa.select(PeriodicWorkRule).where(*_holds(PeriodicWorkRule, on)).order_by(PeriodicWorkRule.n)
    )
    held: dict[str, PeriodicWorkRule] = {}
    for row in shipped:
        if row.code not in held or held[row.code].from_on < row.from_on:
            held[row.code] = row
    own = session.scalars(sa.select(PeriodicWork).where(*_holds(PeriodicWork, on)))
    order = sorted(own, key=lambda row: (row.compound_id is not None, row.from_on))
    return Rules({code: _rule(row) for code, row in held.items()}, tuple(map(_said, order)))


def _rule(row: PeriodicWorkRule) -> Rule:
    return Rule(
        row.code, row.object, row.task, row.inspection, Every(row.every, row.unit), row.basis, row.legal, row.always,
        row.class_prefix or "", row.trade, row.needs, row.permit, row.tolerance_days, row.lead_days, row.season_from,
        row.season_until, row.source,
    )  # fmt: skip


def _said(row: PeriodicWork) -> Instead:
    every = Every(row.every, row.unit) if row.every is not None and row.unit is not None else None
    return Instead(row.code, row.compound_id, every, row.legal, row.tolerance_days, row.lead_days, row.basis_text)


def _instead(rule: Rule, row: Instead) -> Rule:
    names = ("every", "legal", "tolerance_days", "lead_days")
    said: dict[str, Any] = {name: value for name in names if (value := getattr(row, name)) is not None}
    return replace(rule, **said, source=f"{rule.source}；{row.source}")


takes("periodic_works.in_force", (FieldSpec("periodic_work", "on", Kind.DATE, True),))


def _holds(kind: Any, on: date) -> tuple[sa.ColumnElement[bool], ...]:
    return kind.from_on <= on, sa.or_(kind.until_on.is_(None), kind.until_on >= on)
