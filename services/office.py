"""One office's data folder: set up, opened by a password, held by one program at a time.

The folder holds `dayuan.db` (encrypted), `keys.json` (the data key, wrapped once for each account), `writer.key`
(this installation's signing key, encrypted), `numbers.high` (highest numbers given out, encrypted) and `dayuan.lock`.
Outside of it this computer keeps a marker of what it last saw (`services.desk.marker`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import filelock

from models.account import Account
from models.role_grant import Role
from models.site import Site
from resources.words import N_, Word
from services import accounts, checks, incidents
from services.accounts import give, grants
from services.desk import keys
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing
from services.desk.intent import Grant, intent
from services.desk.marker import Marker
from services.desk.opening import Finding, follow, recognise
from services.desk.session import DeskSession
from services.desk.store import NUMBERS, open_file
from services.desk.work import Work

DB, KEYS, WRITER, LOCK = "dayuan.db", "keys.json", "writer.key", "dayuan.lock"
NO_OFFICERS: Mapping[str, str] = {}
EVERYTHING = (Grant(("*",)),)


@dataclass
class Office:
    """An opened office. Close it, or nobody else can open it. `findings` are what was wrong with it at this opening."""

    folder: Path
    desk: Desk
    lock: filelock.BaseFileLock
    findings: tuple[Finding, ...] = ()

    def close(self) -> None:
        """Let go of the store and of the folder."""
        self.desk.store.close()
        self.lock.release()


def exists(folder: Path) -> bool:
    """Whether an office was set up here."""
    return (folder / KEYS).exists()


@intent(N_("Set up office"), on=Site, name="office.set_up")
def found_office(work: Work, *, code: str, name: str, account: str, officers: Sequence[str] = ()) -> None:
    """The office's own row, the officers (of the names of their roles), and a compound administrator for all."""
    work.add(Site(code=code, name=name))
    people = [(account, Role.COMPOUND_ADMINISTRATOR), *((officer, Role(officer)) for officer in officers)]
    for who, role in people:
        row = work.add(Account(name=who, person=who, password_at=work.now))
        give(work, row.id, role, None, work.today)


def set_up(
    folder: Path, *, name: str, code: str, account: str, password: str, officers: Mapping[str, str] = NO_OFFICERS,
    cost: keys.Cost = keys.Cost(), clock: Callable[[], datetime] | None = None,
) -> Office:  # fmt: skip
    """A new office in a folder without one: all of its files appear, or none.

    `code` is the site code of 2-6 letters or digits that its numbers carry; `account` the first compound administrator;
    `officers` the passwords of the accounts system, security and audit. There is no default password.
    """
    name, account = _office_name(name, code, account, password, officers)
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder)
    try:
        if exists(folder) or (folder / DB).exists():
            raise Conflict(N_("There is an office in {folder} already"), folder=folder)
        part = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            _make(folder, part, name, code, {account: password, **officers}, cost, clock)
            for file in (DB, WRITER, NUMBERS, KEYS):  # the key slots last: with them the office is there
                (part / file).replace(folder / file)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return _opened(folder, lock, account, password, clock, cost)
    except BaseException:
        lock.release()
        raise


def sign_in(folder: Path, account: str, password: str) -> Office:
    """Opens the office for this account; unwrapping its key slot is the password check."""
    if not exists(folder):
        raise Missing(N_("There is no office in {folder}; set one up first"), folder=folder)
    lock = _locked(folder)
    try:
        return _opened(folder, lock, checks.code(account), password, None)
    except BaseException:
        lock.release()
        raise


def _make(
    folder: Path, part: Path, name: str, code: str, passwords: Mapping[str, str], cost: keys.Cost,
    clock: Callable[[], datetime] | None,
) -> None:  # fmt: skip
    data_key, (account, *officers) = keys.new_data_key(), passwords
    store = open_file(part / DB, data_key, new=True)
    try:
        store.create()
        desk = Desk(store, store.enroll(keys.writer_key(part / WRITER, data_key)), account, EVERYTHING)
        desk = replace(desk, clock=clock) if clock else desk
        desk.do(found_office, code=code, name=name, account=account, officers=officers)
        marker = Marker.of(folder, data_key)  # before the office is there: it is never without
        follow(store, marker, desk.pen, None)
        marker.close()
    finally:
        store.close()
    for who, password in passwords.items():
        keys.add_slot(part / KEYS, who, password, data_key, cost)


def _opened(
    folder: Path, lock: filelock.BaseFileLock, account: str, password: str, clock: Callable[[], datetime] | None,
    cost: keys.Cost = keys.Cost(),
) -> Office:  # fmt: skip
    data_key = keys.unlock(folder / KEYS, account, password)
    store = open_file(folder / DB, data_key)
    try:
        store.ship()
        today = (clock() if clock else datetime.now().astimezone()).date()
        with DeskSession(store.reading, None) as session:
            held = grants(session, account, today)
        marker = Marker.of(folder, data_key)
        pen, findings, mark = recognise(store, marker, data_key, folder / WRITER)
        follow(store, marker, pen, mark)
        store = replace(store, ring=keys.KeyRing(folder / KEYS, data_key, cost), marker=marker)
        if mark:
            store.high.raise_to(mark.counts)  # also when an older copy of the whole folder was put back
        desk = Desk(store, pen, account, held)
        for finding in findings:
            replace(desk, grants=EVERYTHING).do(incidents.note, **asdict(finding))
        marker.write()
    except BaseException:
        if store.marker:
            store.marker.drop()  # what was found is found again
        store.close()
        raise
    return Office(folder, replace(desk, clock=clock) if clock else desk, lock, tuple(findings))


def _locked(folder: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(folder / LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Conflict(N_("This office is open in another window; close it there first")) from None
    return lock


def _office_name(name: str, code: str, account: str, password: str, officers: Mapping[str, str]) -> tuple[str, str]:
    name, account = name.strip(), accounts.account_name(account)
    if not name or len(name) > 120:
        raise Invalid(N_("The office needs a name of at most 120 characters"), field=Word("site.name"))
    if not (2 <= len(code) <= 6 and code.isascii() and code.isalnum() and code == code.upper()):
        raise Invalid(N_("The site code has 2 to 6 capital letters or digits"), field=Word("site.code"))
    if account in officers:
        raise Invalid(N_("{account} is the account of an officer; take another name"), account=account)
    for secret in (password, *officers.values()):
        accounts.long_enough(secret)
    return name, account
