"""Who may do what on a day: accounts with the roles they hold, by whom they were given, and what stands against the
separation of powers (三员分立: GB/T 22239-2019, 8.1.5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.account import Account
from models.compound import Compound
from models.journal import Record
from models.role_grant import OFFICERS, Role, RoleGrant
from resources.words import N_, Word
from services.desk.intent import query
from services.work_spans import begins

AT_ONCE = 500
FOUNDING = ("office.set_up", "demo.fill")  # whoever founds an office gives the first roles, his own among them
SIGNED_IN = "accounts.signed_in"
TWO_ROLES = N_("{account} holds the office of {role} and other roles beside it: {others}")
IN_A_PLACE = N_("{account} holds the office of {role} in one compound only; an officer's role holds in all")
VACANT = N_("Nobody holds the office of {role}")
TWO_ACCOUNTS = N_("{person} has several accounts, one of them an officer's: {accounts}. Are they the same person?")
SELF = N_("{account} gave the role {role} to himself")
RETIRED = N_("{account} is retired since {date} and still holds {role}")


@dataclass(frozen=True)
class Held:
    """A role of an account. `by` gave it (empty: not known), `at` when; `compound` is empty for all compounds."""

    number: str
    role: Role
    compound: str
    from_on: date
    until_on: date | None
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Holder:
    """An account with what it holds on the day; `signed_in_at` is the last time until the end of that day."""

    account: str
    person: str
    retired_on: date | None
    signed_in_at: datetime | None
    held: tuple[Held, ...]


@dataclass(frozen=True)
class Against:
    """Something that stands against the separation of powers, as a sentence with its values."""

    sentence: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Register:
    """Everybody who had an account on the day, by name, and what is against the rule."""

    on: date
    holders: tuple[Holder, ...]
    against: tuple[Against, ...]


@query(N_("Rights and roles"), on=RoleGrant, name="role_grants.register")
def register(session: Session, on: date) -> Register:
    """As on a day, by the days of the grants; accounts made later are left out."""
    after = begins(on + timedelta(days=1))
    accounts = list(session.scalars(sa.select(Account).order_by(Account.name)))
    holding = sa.select(RoleGrant).where(
        RoleGrant.from_on <= on, sa.or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= on)
    )
    grants = list(session.scalars(holding.order_by(RoleGrant.number)))
    made = _made(session, [*(a.created_rid for a in accounts), *(g.created_rid for g in grants)])
    names = {row.id: row.name for row in session.execute(sa.select(Compound.id, Compound.name))}
    came = sa.select(Record.actor, sa.func.max(Record.at)).where(Record.cmd == SIGNED_IN, Record.at < after)
    last: dict[str, datetime] = {row[0]: row[1] for row in session.execute(came.group_by(Record.actor))}
    held, selves = defaultdict[UUID, list[Held]](list), list[tuple[UUID, Role]]()
    for grant in grants:
        actor, at, cmd = made.get(grant.created_rid, ("", None, ""))
        compound = names.get(grant.compound_id, "") if grant.compound_id else ""
        held[grant.account_id].append(
            Held(grant.number, grant.role, compound, grant.from_on, grant.until_on, actor, at)
        )
        if cmd not in FOUNDING and any(a.id == grant.account_id and a.name == actor for a in accounts):
            selves.append((grant.account_id, grant.role))
    there = [a for a in accounts if (at := made.get(a.created_rid, ("", None, ""))[1]) is None or at < after]
    holders = tuple(
        Holder(a.name, a.person, a.retired_on if a.retired_on and a.retired_on <= on else None, last.get(a.name),
               tuple(held[a.id]))
        for a in there
    )  # fmt: skip
    known = {a.id: a.name for a in accounts}
    own = [Against(SELF, {"account": known[id], "role": _role(role)}) for id, role in selves]
    return Register(on, holders, (*_against(holders), *own))


def _made(session: Session, lsns: Iterable[int]) -> dict[int, tuple[str, datetime | None, str]]:
    """Who made a row, when and by which act, by the record that made it."""
    wanted, found = sorted(set(lsns)), dict[int, tuple[str, datetime | None, str]]()
    for start in range(0, len(wanted), AT_ONCE):
        picked = sa.select(Record.lsn, Record.actor, Record.at, Record.cmd)
        for lsn, actor, at, cmd in session.execute(picked.where(Record.lsn.in_(wanted[start : start + AT_ONCE]))):
            found[lsn] = (actor, at, cmd)
    return found


def _against(holders: Iterable[Holder]) -> Iterator[Against]:
    """An officer holds one role and no other, in all compounds; every office is held; nobody is two people."""
    people, officers = defaultdict[str, list[Holder]](list), set[Role]()
    for holder in holders:
        people["".join(holder.person.split()).casefold()].append(holder)
        roles = list(dict.fromkeys(held.role for held in holder.held))
        offices = [role for role in roles if role in OFFICERS]
        if not holder.retired_on:
            officers |= set(offices)
        if offices and len(roles) > 1:
            others = [_role(role) for role in roles if role is not offices[0]]
            yield Against(TWO_ROLES, {"account": holder.account, "role": _role(offices[0]), "others": tuple(others)})
        for held in holder.held:
            if held.role in OFFICERS and held.compound:
                yield Against(IN_A_PLACE, {"account": holder.account, "role": _role(held.role)})
            if holder.retired_on:
                values = {"account": holder.account, "date": holder.retired_on, "role": _role(held.role)}
                yield Against(RETIRED, values)
    for same in people.values():
        working = [holder for holder in same if holder.held and not holder.retired_on]
        if len(working) > 1 and any(held.role in OFFICERS for holder in working for held in holder.held):
            names = ", ".join(holder.account for holder in working)
            yield Against(TWO_ACCOUNTS, {"person": working[0].person, "accounts": names})
    for role in OFFICERS:
        if role not in officers:
            yield Against(VACANT, {"role": _role(role)})


def _role(role: Role) -> Word:
    return Word(f"role_grant.role={role.value}")
