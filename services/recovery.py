"""The way back in when passwords are lost: a code on a printed sheet, in a safe, opens a key slot of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.account import Account
from models.site import Site
from resources.words import N_
from services import accounts
from services.desk.codes import Code, new_code
from services.desk.desk import Desk
from services.desk.doors import Ring
from services.desk.errors import Conflict, Missing
from services.desk.intent import intent, query
from services.desk.keys import RECOVERY
from services.desk.listing import View
from services.desk.work import NO_DOORS, Work
from services.documents.recovery_sheet import Sheet, render
from services.sign_ins import note_codes

RECOVER = "office.recover"
NO_ACCOUNT = N_("There is no account “{account}” in this office")


@dataclass(frozen=True)
class Doors:
    """How the doors of the office stand: accounts that may sign in and those of them with a key slot, the recovery
    sheet, tries with names no account has, the cost of a password (passes, MiB), and the slots that cost less."""

    accounts: int
    slots: int
    recovery: bool
    recovery_at: datetime | None
    recovery_failed: int
    unknown_tries: int
    passes: int
    mib: int
    below: int


@query(N_("Keys and recovery"), name="office.keys")
def doors(session: Session) -> Doors:
    """How they stand now. Conflict: the office is on a server."""
    ring: Ring | None = session.info["ring"]
    if ring is None:
        raise Conflict(NO_DOORS)
    rows = session.execute(sa.select(Account.name, Account.retired_on)).all()
    living, unknown = sum(row.retired_on is None for row in rows), ring.strangers(row.name for row in rows)
    site, stand = session.scalars(sa.select(Site)).one(), ring.standing()
    failed = max(site.recovery_failed, stand.tried.failed)
    return Doors(
        living, stand.slots, stand.recovery, site.recovery_at, failed, max(site.unknown_tries, unknown),
        stand.cost.passes, stand.cost.kib // 1024, stand.below,
    )  # fmt: skip


@intent(
    N_("New recovery sheet"), on=Site, name="office.new_recovery", again=True,
    kept=N_("The code before it opens nothing any more; make another new one instead"),
)  # fmt: skip
def new_recovery(work: Work) -> Code:
    """A new code, shown once; the one before opens nothing any more. For a sheet that was lost or seen."""
    return renew(work)


@intent(
    N_("Recover with the sheet"), on=Account, name=RECOVER,
    kept=N_("The code is spent, and the old password is not known any more"),
)  # fmt: skip
def recover(work: Work, *, name: str, new_password: str) -> Code:
    """A new password for an account, by who has the code. The code is spent; the new one is the answer."""
    ring, name = accounts.ring_of(work), accounts.account_name(name)
    secret = accounts.long_enough(new_password)
    row = work.session.scalars(sa.select(Account).where(Account.name == name)).one_or_none()
    if row is None:
        raise Missing(NO_ACCOUNT, account=name)
    if row.retired_on:
        raise Conflict(accounts.RETIRED, account=name)
    row.password_at, row.delayed_until = work.now, None
    if tried := ring.tries([RECOVERY]):
        note_codes(work, tried[RECOVERY])
    work.at_door(lambda doors: doors.put(name, secret))
    return renew(work, spent=True)


def renew(work: Work, *, spent: bool = False) -> Code:
    """Another code for the office once this is stored, and when it was made."""
    site, code = work.session.scalars(sa.select(Site)).one(), new_code()
    site.recovery_at = work.now
    if not spent:
        site.recovery_failed = 0
    work.at_door(lambda doors: doors.put(RECOVERY, code))
    return code


def sheet_of(desk: Desk, code: Code, made: datetime | None = None) -> Sheet:
    """What stands on the sheet of this code; without an instant it was made now."""
    site = desk.first(View("sites"), 1)[0]
    return Sheet(site["name"], site["code"], code, made or desk.clock())


def drawn(desk: Desk, code: Code) -> tuple[Sheet, bytes]:
    """The sheet of a code that was made just now, and its PDF."""
    sheet = sheet_of(desk, code)
    return sheet, render(sheet).data
