"""May this person do this kind of work on this day, and why not: what planning of work asks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.certificate import TRADES, Certificate
from models.staff import Staff, StaffAbsence
from resources.words import N_, Word
from services.certificate_kinds import trades
from services.certificate_state import State
from services.certificates_held import Held, Key, as_id, best, held, raw
from services.desk.errors import Invalid, Missing
from services.desk.intent import query
from services.desk.schema import FieldSpec, Kind, takes
from services.post_asked import asked_of, judged, known_of
from services.reasons import Reason
from services.skill_needs import Scope
from services.trade_rules import Against, against, doubtful

NO_RECORD = N_("There is no such record, or it is out of your reach")
LEFT = N_("left on {date}")
NOT_YET = N_("comes on {date}")
ABSENT = N_("is away until {date}")
MISSING = N_("has no certificate “{kind}”")
AGAINST = {  # why a certificate that is there does not do
    State.EXPIRED: N_("“{kind}” {number} expired on {date}"),
    State.RECHECK: N_("“{kind}” {number}: the re-check was due on {date}"),
    State.REVOKED: N_("“{kind}” {number} was withdrawn; it held until {date}"),
    State.AHEAD: N_("“{kind}” {number} does not begin before {date}"),
}
RULED = {  # why a rule of the trade is not met
    "young": N_("is younger than {age} ({source})"), "old": N_("is older than {age} ({source})"),
    "low": N_("has less schooling than “{level}” ({source})"),
    "retired": N_("is beyond the age of retirement ({source})"),
}  # fmt: skip
NO_TRADE = N_("There is no trade “{trade}”; there are: {trades}")
EVERY = resources.codes(*TRADES["codes"][:2])


@dataclass(frozen=True)
class May:
    """Whether, and everything that stands against it."""

    ok: bool
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Fit:
    """Somebody who may do it, and until when, by the certificates it takes (None: for ever)."""

    staff_id: UUID
    name: str
    number: str
    until: date | None


@query(N_("May a person do this work on this day"), on=Staff, name="staff.may_do")
def may_do(session: Session, staff_id: UUID, trade: str, on: date) -> May:
    """Looks at whether he is here, at a certificate for everything the trade asks for, at the ages and the schooling
    its rules ask for, and at what his posts let nobody work without. Missing: there is no such person in reach.
    Invalid: there is no such trade."""
    person = session.get(Staff, staff_id)
    if person is None:
        raise Missing(NO_RECORD)
    needs = needed(session, trade, on)
    kinds = {kind for group in needs for kind in group}
    mine = {kind: row for (_, kind), row in best(held(session, on, people=(staff_id,), of=kinds)).items()}
    reasons = [*_here(session, person, on), *(why for group in needs if (why := lacking(group, mine, on)))]
    key = session.scalar(sa.select(raw(Staff.id)).where(Staff.id == staff_id))
    reasons += _barred(session, trade, on, [key] if key else (), Scope(holder=staff_id)).get(key or b"", ())
    return May(not reasons, tuple(reasons))


@query(N_("Certificates a person lacks for this work on this day"), on=Staff, name="staff.lacking")
def uncertified(session: Session, staff_id: UUID, trade: str, on: date) -> list[Reason]:
    """What the trade asks for and he does not hold on the day; nothing else about him is looked at: whoever does the
    work may ask it. Of somebody out of reach it names what the trade asks for, and tells nothing of him. Invalid:
    there is no such trade."""
    needs = needed(session, trade, on)
    kinds = {kind for group in needs for kind in group}
    mine = {kind: row for (_, kind), row in best(held(session, on, people=(staff_id,), of=kinds)).items()}
    return [why for group in needs if (why := lacking(group, mine, on))]


@query(N_("Who may do this work on this day"), on=Staff, name="staff.who_may")
def who_may(session: Session, trade: str, on: date, compound_id: UUID | None = None) -> list[Fit]:
    """Everybody in reach, or in one compound, who may; the one whose certificates hold longest first."""
    needs = needed(session, trade, on)
    kinds = {kind for group in needs for kind in group}
    mine = dict[Key, dict[str, Held]]()
    for (person, kind), row in best(held(session, on, of=kinds)).items():
        if row.standing.holds:
            mine.setdefault(person, {})[kind] = row
    away = set(session.scalars(sa.select(raw(StaffAbsence.staff_id)).where(*_away(on))))
    ends = {person: until for person, has in mine.items() if (until := _until(needs, has))}
    here = sa.select(raw(Staff.id), Staff.name, Staff.number).where(*present_on(on))
    if compound_id is not None:
        here = here.where(Staff.compound_id == compound_id)
    if kinds:  # of tens of thousands few hold one of them
        here = here.where(Staff.id.in_(sa.select(Certificate.staff_id).where(Certificate.kind.in_(kinds))))
    found = {id: (name, number) for id, name, number in session.execute(here)
             if (id in ends or not needs) and id not in away}  # fmt: skip
    for id in _barred(session, trade, on, found, Scope()):
        del found[id]
    fit = list[Fit]()
    for id, (name, number) in found.items():
        until = ends.get(id, date.max)
        fit.append(Fit(as_id(id), name, number, None if until == date.max else until))
    return sorted(sorted(fit, key=attrgetter("number")), key=_last, reverse=True)


def standing_against(session: Session, trade: str, on: date, people: Collection[Key]) -> dict[Key, list[Reason]]:
    """What keeps each of these people from a trade on a day: certificates he lacks, its rules, his posts. Whoever is
    not named may. Invalid: there is no such trade."""
    needs = needed(session, trade, on)
    mine = dict[Key, dict[str, Held]]()
    for (person, kind), row in best(held(session, on, of={kind for group in needs for kind in group})).items():
        mine.setdefault(person, {})[kind] = row
    found = dict[Key, list[Reason]]()
    for key in people:
        if lacks := [why for group in needs if (why := lacking(group, mine.get(key, {}), on))]:
            found[key] = lacks
    for key, rows in _barred(session, trade, on, people, Scope()).items():
        found.setdefault(key, []).extend(rows)
    return found


_TRADE = FieldSpec("trade_certificate", "trade", Kind.CHOICE, True, choices=EVERY, shared="trade_certificate.trade")
_ON = FieldSpec("staff", "on", Kind.DATE, True)
_OF = (FieldSpec("staff", "staff_id", Kind.REFERENCE, True, target="staff"), _TRADE, _ON)
takes("staff.may_do", _OF)
takes("staff.lacking", _OF)
takes("staff.who_may", (_TRADE, _ON, FieldSpec("staff", "compound_id", Kind.REFERENCE, target="compound")))


def needed(session: Session, trade: str, on: date) -> list[tuple[str, ...]]:
    """What a trade asks for on a day: of each group of kinds one will do. Invalid: there is no such trade."""
    if trade not in EVERY:
        raise Invalid(NO_TRADE, trade=trade, trades=", ".join(EVERY))
    return list(trades(session, on).get(trade, {}).values())


def lacking(group: Sequence[str], mine: Mapping[str, Held], on: date) -> Reason | None:
    """Why none of a group of kinds does for somebody who holds these, by kind; None when one does."""
    has = [mine[kind] for kind in group if kind in mine]
    if any(row.standing.holds for row in has):
        return None
    if not has:
        return Reason("missing", MISSING, {"kind": Word(f"certificate_kind.code={group[0]}")})
    row = max(has, key=_issued)
    state = row.standing.state
    day = row.issued_on if state is State.AHEAD else row.standing.until
    values = {"kind": Word(f"certificate_kind.code={row.kind}"), "number": row.paper_no, "date": day}
    return Reason(state.value, AGAINST[state], values)


def _until(needs: Sequence[Sequence[str]], has: Mapping[str, Held]) -> date | None:
    """The last day somebody has one of each group of kinds, of what he holds; None: he lacks one."""
    last = date.max
    for group in needs:
        days = [has[kind].standing.until or date.max for kind in group if kind in has]
        if not days:
            return None
        last = min(last, max(days))
    return last


def present_on(on: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Those who have come and not left by a day; on the day somebody leaves he is still there."""
    return (
        sa.or_(Staff.left_on.is_(None), Staff.left_on >= on), sa.or_(Staff.joined_on.is_(None), Staff.joined_on <= on)
    )  # fmt: skip


def _here(session: Session, person: Staff, on: date) -> list[Reason]:
    found = list[Reason]()
    if person.left_on and person.left_on < on:
        found.append(Reason("left", LEFT, {"date": person.left_on}))
    if person.joined_on and person.joined_on > on:
        found.append(Reason("not_yet", NOT_YET, {"date": person.joined_on}))
    away = sa.select(StaffAbsence).where(StaffAbsence.staff_id == person.id, *_away(on))
    for row in session.scalars(away):
        found.append(Reason("absent", ABSENT, {"date": row.until_on}))  # why he is away is his own affair
    return found


def _barred(session: Session, trade: str, on: date, people: Collection[Key], scope: Scope) -> dict[Key, list[Reason]]:
    """Of these people those whom a rule of the trade or their post keeps from it, with why."""
    found = dict[Key, list[Reason]]()
    doubts = doubtful(trade, on)
    for key, known in known_of(session, on, people, *doubts).items() if people and doubts else ():
        for rule in against(trade, known, on):
            found.setdefault(key, []).append(_ruled(rule))
    mine = {key: rows for key, rows in asked_of(session, on, scope, barring=True).items() if key in people}
    for key, rows in judged(session, on, mine).items():
        for row in rows:
            if row.lacking and (why := row.why()):
                found.setdefault(key, []).append(why)
    return found


def _ruled(found: Against) -> Reason:
    asks, message = found.rule.asks, RULED[found.code]
    level = Word(f"staff.education={asks.education.value}") if asks and asks.education else ""
    values = {"age": asks.age if asks else None, "level": level, "source": found.rule.source}
    return Reason(found.code, message, {name: value for name, value in values.items() if f"{{{name}}}" in message})


def _away(on: date) -> Collection[sa.ColumnElement[bool]]:
    return StaffAbsence.from_on <= on, StaffAbsence.until_on >= on


def _issued(row: Held) -> date:
    return row.issued_on


def _last(row: Fit) -> date:
    return row.until or date.max
