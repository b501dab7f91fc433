"""Who may sign in and what for: accounts, their passwords, and the roles they hold in which compounds, from when.

The security administrator keeps them; nobody grants or takes anything from himself, and an officer holds one role.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.account import Account
from models.role_grant import OFFICERS, Role, RoleGrant
from resources.words import N_, Word
from services import checks
from services.desk.doors import Ring
from services.desk.errors import Conflict, Invalid, NotAllowed
from services.desk.intent import Grant, intent
from services.desk.listing import Listing, listing
from services.desk.work import NO_DOORS, Work

ACCOUNTS = listing(Listing("accounts", Account, ("name", "person")))
GRANTS = listing(Listing("role_grants", RoleGrant, ("number",), words=("number",), also={"account_id": ("name",)}))
KEPT = N_("What concerns accounts reaches beyond these records: set it right under Accounts or Grants instead")
SERIES, EVERYONE, AT_WORK = "SQ", "everyone", "at_work"
NOBODY = N_("Account or password is wrong")
NO_ROLE = N_("This account holds no role today; ask the security administrator")
NOT_SELF = N_("Nobody changes what he may do himself; another security administrator must")
ONE_ROLE = N_("An officer holds one role and no other: {account} holds {role}")
EVERYWHERE = N_("The role of an officer holds in all compounds")
OFFICER = N_(
    "{account} holds the office of {role}: nobody else gives an officer a password. He changes it himself; if it is "
    "lost, use the recovery sheet"
)
RETIRED = N_("{account} is retired")
TAMPERED = N_(
    "Your key opens this data, but the data does not know the account any more: it was tampered with from outside. "
    "Change nothing, tell the system administrator, and bring back a backup"
)
RESERVED = frozenset({"recovery sheet"})  # the journal calls by it who came with the sheet
LAST = N_("{account} is the last {role}; name another one first")


def long_enough(text: str, field: str = "account.password") -> str:
    """A password long enough. Invalid: it is not."""
    shortest = resources.settings("sign_in")["shortest_password"]
    if len(text) < shortest:
        raise Invalid(N_("The password needs at least {n} characters"), field=Word(field), n=shortest)
    return text


def account_name(text: str) -> str:
    """The name of an account as it is compared. Invalid: empty or too long."""
    name = checks.code(text)
    if not name or len(name) > 40:
        raise Invalid(N_("The account needs a name of at most 40 characters"), field=Word("account.name"))
    if checks.mixed(name):
        raise Invalid(checks.MIXED, field=Word("account.name"), value=name)
    if " ".join(name.casefold().split()) in RESERVED:
        raise Invalid(N_("No account can be called “{account}”; take another name"), account=name)
    return name


@intent(N_("Add account"), on=Account, name="accounts.add", kept=KEPT)
def add(work: Work, *, name: str, person: str, password: str) -> UUID:
    """A new account with its first password; it may do nothing until a role is granted."""
    name, secret = account_name(name), long_enough(password)
    if work.session.scalar(sa.select(Account.id).where(Account.name == name)):
        raise Conflict(N_("“{field}” {number} is already in use"), field=Word("account.name"), number=name)
    row = work.add(Account(name=name, person=person.strip() or name, password_at=work.now))
    work.at_door(lambda doors: doors.put(name, secret))
    return row.id


@intent(N_("Retire account"), on=Account, name="accounts.retire", kept=KEPT)
def retire(work: Work, *, account_id: UUID) -> None:
    """Nobody signs in with it any more: its grants end, its key slot is removed. What it did stays known."""
    row = _other(work, account_id)
    for grant in work.session.scalars(_holding(work.today).where(RoleGrant.account_id == row.id)):
        _not_last(work, row, grant.role)
        _end(work, grant)
    row.retired_on = work.today
    name = row.name
    work.at_door(lambda doors: doors.remove(name))


@intent(N_("Change my password"), name="accounts.change_password", kept=KEPT)
def change_password(work: Work, *, old_password: str, new_password: str) -> None:
    """One's own. NotAllowed: the old one is wrong."""
    ring, name = ring_of(work), work.actor
    secret = long_enough(new_password)
    ring.check(name, old_password)
    row = work.session.scalars(sa.select(Account).where(Account.name == name)).one()
    row.password_at = work.now
    work.at_door(lambda doors: doors.put(name, secret))


@intent(N_("Give a new password"), on=Account, name="accounts.reset_password", kept=KEPT)
def reset_password(work: Work, *, account_id: UUID, password: str) -> None:
    """For somebody who forgot it; his delay after failures ends as well. Not for an officer: whoever gave him one could
    come in as him, and none of the three is to hold another's office."""
    row, secret = _other(work, account_id), long_enough(password)
    name = row.name
    if row.retired_on:
        raise Conflict(RETIRED, account=name)
    for held in work.session.scalars(_holding(work.today).where(RoleGrant.account_id == row.id)):
        if held.role in OFFICERS:
            raise Conflict(OFFICER, account=name, role=Word(f"role_grant.role={held.role.value}"))
    row.password_at, row.delayed_until = work.now, None
    work.at_door(lambda doors: doors.put(name, secret))


@intent(N_("Grant role"), on=RoleGrant, name="role_grants.add", kept=KEPT)
def grant(
    work: Work,
    *,
    account_id: UUID,
    role: Role,
    compound_id: UUID | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
) -> UUID:
    """A role for an account, in one compound or (none given) in all, from today if no day is given."""
    row, begin = _other(work, account_id), from_on or work.today
    if row.retired_on:
        raise Conflict(RETIRED, account=row.name)
    if until_on and until_on < begin:
        raise Invalid(N_("“From” lies after “To”."), field=Word("role_grant.until_on"))
    if role in OFFICERS and compound_id:
        raise Conflict(EVERYWHERE)
    for held in work.session.scalars(_holding(begin, until_on).where(RoleGrant.account_id == row.id)):
        if {held.role, role} & set(OFFICERS):
            raise Conflict(ONE_ROLE, account=row.name, role=Word(f"role_grant.role={held.role.value}"))
    return give(work, row.id, role, compound_id, begin, until_on)


def give(work: Work, account: UUID, role: Role, compound: UUID | None, begin: date, until: date | None = None) -> UUID:
    """A grant as it is stored, under the next number of its series."""
    number = next(work.numbers(SERIES))
    row = RoleGrant(number=number, account_id=account, role=role, compound_id=compound, from_on=begin, until_on=until)
    return work.add(row).id


@intent(N_("End grant"), on=RoleGrant, name="role_grants.end", kept=KEPT)
def end(work: Work, *, role_grant_id: UUID, until_on: date | None = None) -> None:
    """It holds until the end of this day; without one it ends at once."""
    row = work.get(RoleGrant, role_grant_id)
    account = _other(work, row.account_id)
    _not_last(work, account, row.role)
    if until_on and until_on >= row.from_on:
        row.until_on = until_on
    else:
        _end(work, row)


def _end(work: Work, row: RoleGrant) -> None:
    """It held yesterday for the last time; one that began today or begins later never held."""
    row.until_on = work.today - timedelta(days=1)


def grants(session: Session, account: str, today: date) -> tuple[Grant, ...]:
    """What an account may do today. NotAllowed: it is retired, or it holds no role. Conflict: it has a key, as whoever
    asks had to show, but its row is gone, which the program never does."""
    row = session.scalars(sa.select(Account).where(Account.name == account)).one_or_none()
    if row is None:
        raise Conflict(TAMPERED)
    if row.retired_on:
        raise NotAllowed(NOBODY)
    held = session.scalars(_holding(today, today).where(RoleGrant.account_id == row.id)).all()
    if not held:
        raise NotAllowed(NO_ROLE)
    return (*_common(each.role for each in held), *(_grant(each.role.value, each.compound_id) for each in held))


def of_role(role: Role, compound: UUID | None = None) -> tuple[Grant, ...]:
    """What somebody may do who holds this role and no other, in one compound or in all."""
    return (*_common([role]), _grant(role.value, compound))


def _common(roles: Iterable[Role]) -> tuple[Grant, ...]:
    """What everybody may do, and who does more than an officer: keep to himself how he works (his printer's fit)."""
    works = any(role not in OFFICERS for role in roles)
    return (_grant(EVERYONE, None), *([_grant(AT_WORK, None)] if works else []))


def _grant(role: str, compound: UUID | None) -> Grant:
    may = resources.settings("roles")[role]
    return Grant(tuple(may["do"]), None if compound is None else frozenset({compound}), tuple(may["ask"]))


def _holding(begin: date, until: date | None = None) -> sa.Select[RoleGrant]:
    """The grants that hold on at least one of these days, both included; without a last one, from a day on."""
    last = RoleGrant.until_on
    ends = sa.or_(last.is_(None), sa.and_(last >= begin, last >= RoleGrant.from_on))
    return sa.select(RoleGrant).where(ends, *([] if until is None else [RoleGrant.from_on <= until]))


def _other(work: Work, account: UUID) -> Account:
    row = work.get(Account, account)
    if row.name == work.actor:
        raise Conflict(NOT_SELF)
    return row


def _not_last(work: Work, account: Account, role: Role) -> None:
    """There is always somebody for each office of the three."""
    if role not in OFFICERS:
        return
    others = _holding(work.today, work.today).where(RoleGrant.role == role, RoleGrant.account_id != account.id)
    if work.session.scalars(others.limit(1)).first() is None:
        raise Conflict(LAST, account=account.name, role=Word(f"role_grant.role={role.value}"))


def ring_of(work: Work) -> Ring:
    """The doors of the office. Conflict: this store has none of its own."""
    if work.store.ring is None:
        raise Conflict(NO_DOORS)
    return work.store.ring
