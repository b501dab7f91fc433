"""An office on a server: set up by who runs it, opened by accounts that are roles of PostgreSQL.

There is no data key: what may be read is what the server lets a role read. On each computer an account keeps its
signing key (`writer.key`), wrapped by its password like everything an office in a folder has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services import accounts, checks, office, recovery, sign_ins
from services.accounts import grants
from services.desk import doors, keys, served
from services.desk.codes import new_code, read_code
from services.desk.desk import Desk
from services.desk.errors import NotAllowed, UserError
from services.desk.held import Held
from services.desk.intent import Grant
from services.desk.marker import state_folder
from services.desk.pen import Pen
from services.desk.store import Store
from services.documents.recovery_sheet import Sheet
from services.office import EVERYTHING, KEYS, NOT_THE_CODE, SHEET, WRITER, Office

Clock = Callable[[], datetime] | None


def set_up(
    where: str, *, name: str, code: str, account: str, password: str, officers: Mapping[str, str], clock: Clock = None,
) -> Sheet:  # fmt: skip
    """A new office in an empty database: `where` is its address with the name of who administers the server, who gives
    all of it away. All of it is there afterwards, or nothing."""
    url = doors.address(where)
    name, account = office.office_name(name, code, account, password, officers)
    recovery_code = new_code()
    served.prepare(url)
    try:
        with closing(served.as_owner(url)) as store:
            store.create()
            desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), account, EVERYTHING)
            desk = replace(desk, clock=clock) if clock else desk
            desk.do(office.found_office, code=code, name=name, account=account, officers=[*officers], sheet=True)
            served.secure(store, {account: password, **officers, "": recovery_code})
            sheet = recovery.sheet_of(desk, recovery_code)
    except BaseException:
        served.forsake(url)
        raise
    served.leave(url)
    return sheet


def renew(where: str) -> None:
    """Brings the rights of an office on a server up to this version of the program, as who administers the server."""
    url = doors.address(where)
    served.rejoin(url)
    try:
        with closing(served.as_owner(url)) as store:
            served.secure(store, {})
            store.ship()
    finally:
        served.leave(url)


def opened(where: Path | str, account: str, password: str) -> Office:
    """Opens an office, in a folder or on a server."""
    if isinstance(where, str):
        return sign_in(where, account, password)
    return office.sign_in(where, account, password)


def recovered(where: Path | str, code: str, account: str, password: str) -> Sheet:
    """A new password by the recovery sheet of an office, in a folder or on a server."""
    if isinstance(where, str):
        return recover(where, code, account, password)
    return office.recover(where, code, account, password)


def sign_in(where: str, account: str, password: str, clock: Clock = None, cost: keys.Cost = keys.Cost()) -> Office:
    """Opens the office for this account: the server checks the password. NotAllowed: it is wrong, or he holds no role.
    Conflict: the server does not answer, or what is there is no office of this version."""
    url, account = doors.address(where), checks.code(account)
    store = served.open_as(url, account, password)

    def today() -> date:
        return (clock() if clock else datetime.now().astimezone()).date()

    try:
        held = Held(store, lambda session, day: grants(session, account, day), today)
        held.now()
        folder = place(url, account)
        desk = Desk(store, pen(store, folder, account, password, cost), account, held)
        desk = replace(desk, clock=clock) if clock else desk
        before = desk.do(sign_ins.signed_in).value
    except BaseException:
        store.close()
        raise
    return Office(folder, desk, None, before)


def recover(where: str, code: str, account: str, password: str, clock: Clock = None) -> Sheet:
    """The code of the recovery sheet gives an account a new password; answers with the sheet that takes its place.
    The errors are those of `office.recover`."""
    typed, url = read_code(code), doors.address(where)
    accounts.long_enough(password)
    try:
        store = served.open_as(url, "", typed)
    except NotAllowed as refused:
        raise refused if refused.message != doors.NOBODY else NotAllowed(NOT_THE_CODE) from None
    with closing(store):
        may = (Grant((recovery.RECOVER,), reads=("sites.list",)),)
        desk = Desk(store, store.enroll(Ed25519PrivateKey.generate()), SHEET, may, auth="recovery code")
        desk = replace(desk, clock=clock) if clock else desk
        made = desk.do(recovery.recover, name=account, new_password=password).value
        return recovery.sheet_of(desk, made)


def place(url: sa.URL, account: str) -> Path:
    """Where this computer keeps what an account signs with; the name tells neither office nor account."""
    own = hashlib.sha256(f"{doors.written(url)}\0{account}".encode()).hexdigest()[:32]
    return state_folder() / "servers" / own


def pen(store: Store, folder: Path, account: str, password: str, cost: keys.Cost) -> Pen:
    """Who this account writes as on this computer. Under another password than last time, and on another computer, it
    is another writer."""
    folder.mkdir(0o700, parents=True, exist_ok=True)
    slots, writer = folder / KEYS, folder / WRITER
    with suppress(UserError):
        return store.enroll(keys.writer_key(writer, keys.unlock(slots, account, password)))
    for file in (slots, writer):
        file.unlink(missing_ok=True)
    data_key = keys.new_data_key()
    keys.add_slot(slots, account, password, data_key, cost)
    return store.enroll(keys.writer_key(writer, data_key))
