"""What the law asks for and no plan does: things of a class, or whole compounds, without a plan for a legal rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.asset import Asset
from models.building import Building
from models.compound import Compound
from models.maintenance_plan import MaintenancePlan
from services.periodic_rules import Rule, Rules
from services.plan_things import Whole, in_books


@dataclass(frozen=True)
class Gap:
    """So many things of a compound, or the compound itself (1), that a legal rule is not planned for."""

    compound_id: UUID
    compound: str
    rule: Rule
    things: int


@dataclass
class _Covered:
    """By class code: how many cards there are, and how many have a plan of their own for a rule."""

    cards: dict[str, int] = field(default_factory=dict)
    own: dict[tuple[str, str], int] = field(default_factory=dict)


def gaps(session: Session, rules: Rules, plans: Iterable[Whole], compound_ids: Sequence[UUID] = ()) -> list[Gap]:
    """In the order of compounds and rules. Four questions."""
    here = [Compound.id.in_(compound_ids)] if compound_ids else []
    compounds = list(session.execute(sa.select(Compound.id, Compound.name).where(*here).order_by(Compound.code)))
    built = set(session.scalars(sa.select(Building.compound_id).distinct()))
    covered, made = _covered(session), list[Gap]()
    planned = {(w.plan.compound_id, w.plan.rule) for w in plans if w.things}
    classes: dict[tuple[UUID, str | None], list[str]] = {}
    for whole in plans:
        if whole.plan.class_prefix:
            classes.setdefault((whole.plan.compound_id, whole.plan.rule), []).append(whole.plan.class_prefix)
    for id, name in compounds:
        for rule in (rule for rule in rules.in_force(id) if rule.legal):
            if rule.always:
                things = int(id in built and (id, rule.code) not in planned)
            else:
                things = _bare(rule, covered.get(id), tuple(classes.get((id, rule.code), ())))
            if things:
                made.append(Gap(id, name, rule, things))
    return made


def _bare(rule: Rule, found: _Covered | None, prefixes: tuple[str, ...]) -> int:
    if not rule.class_prefix or found is None:
        return 0
    asked = (
        (code, count) for code, count in found.cards.items()
        if code.startswith(rule.class_prefix) and not code.startswith(prefixes or ("-",))
    )  # fmt: skip
    return sum(max(0, count - found.own.get((rule.code, code), 0)) for code, count in asked)


def _covered(session: Session) -> dict[UUID, _Covered]:
    made: dict[UUID, _Covered] = {}
    counted = sa.func.count(sa.distinct(Asset.id))
    coded: tuple[Any, ...] = (Asset.class_code.is_not(None), *in_books())
    cards = sa.select(Asset.compound_id, Asset.class_code, sa.func.count()).where(*coded)
    for compound, code, count in session.execute(cards.group_by(Asset.compound_id, Asset.class_code)):
        made.setdefault(compound, _Covered()).cards[str(code)] = count
    own = (
        sa.select(Asset.compound_id, MaintenancePlan.rule, Asset.class_code, counted)
        .join(Asset, Asset.id == MaintenancePlan.asset_id)
        .where(MaintenancePlan.rule.is_not(None), MaintenancePlan.ended_on.is_(None), *coded)
        .group_by(Asset.compound_id, MaintenancePlan.rule, Asset.class_code)
    )  # fmt: skip
    for compound, rule, code, count in session.execute(own):
        made.setdefault(compound, _Covered()).own[str(rule), str(code)] = count
    return made
