"""One office's data folder: set up, opened by a password, held by one program at a time.

The folder holds `dayuan.db` (encrypted), `keys.json` (the data key, wrapped once for each account), `writer.key`
(this installation's signing key, encrypted), `numbers.high` (highest numbers given out, encrypted), `attachments/`
(files kept as evidence, encrypted) and `dayuan.lock`. Outside of it this computer keeps a marker of what it last saw
(`services.desk.marker`).
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

import filelock

from models.account import Account
from models.role_grant import Role
from models.site import Site
from resources.words import N_, Word
from services import accounts, checks, incidents, recovery, sign_ins
from services.accounts import give, grants
from services.desk import evidence, keys
from services.desk.codes import new_code, read_code
from services.desk.desk import Desk
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.held import Held
from services.desk.intent import Grant, intent
from services.desk.marker import Marker
from services.desk.opening import Finding, follow, recognise, settle
from services.desk.session import DeskSession
from services.desk.store import NUMBERS, open_file
from services.desk.work import Work
from services.documents.recovery_sheet import Sheet
from services.sign_ins import Before

DB, KEYS, WRITER, LOCK = "dayuan.db", "keys.json", "writer.key", "dayuan.lock"
SHEET = "recovery sheet"  # who the journal names when somebody comes with the recovery code
HALF = N_("{file} is missing from {folder}. Bring it back from a backup; nothing is set up over what is there")
NOT_THE_CODE = N_("This code opens nothing here: it is of another office, or a newer sheet took its place")
NO_OFFICERS: Mapping[str, str] = {}
EVERYTHING = (Grant(("*",)),)


@dataclass
class Office:
    """An opened office. Close it, or nobody else can open it. `findings` are what was wrong with it at this opening."""

    folder: Path
    desk: Desk
    lock: filelock.BaseFileLock | None  # none on a server, where many work at once
    before: Before
    findings: tuple[Finding, ...] = ()
    sheet: Sheet | None = field(default=None, repr=False)  # of an office just set up, until somebody takes it

    def take_sheet(self) -> Sheet | None:
        """The recovery sheet of an office just set up, once."""
        sheet, self.sheet = self.sheet, None
        return sheet

    def close(self) -> None:
        """Let go of the store and of the folder."""
        self.desk.store.close()
        if self.lock is not None:
            self.lock.release()


def exists(folder: Path) -> bool:
    """Whether an office was set up here."""
    return (folder / KEYS).exists() and (folder / DB).exists()


def missing(folder: Path) -> str:
    """Which of the two files an office cannot be without is not there, although the other is; "" when none is."""
    here = [(folder / name).exists() for name in (KEYS, DB)]
    return "" if all(here) or not any(here) else (DB if here[0] else KEYS)


def _whole(folder: Path) -> None:
    """Conflict: half of an office is there. Missing: none of it."""
    if name := missing(folder):
        raise Conflict(HALF, file=name, folder=folder)
    if not exists(folder):
        raise Missing(N_("There is no office in {folder}; set one up first"), folder=folder)


@intent(N_("Set up office"), on=Site, name="office.set_up", kept=N_("An office that is set up stays"))
def found_office(
    work: Work, *, code: str, name: str, account: str, officers: Sequence[str] = (), sheet: bool = False
) -> None:
    """The office's own row, the officers (of the names of their roles), and a compound administrator for all."""
    work.add(Site(code=code, name=name, recovery_at=work.now if sheet else None))
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
    name, account = office_name(name, code, account, password, officers)
    folder.mkdir(parents=True, exist_ok=True)
    lock = _locked(folder)
    try:
        if name_of := missing(folder):
            raise Conflict(HALF, file=name_of, folder=folder)
        if exists(folder):
            raise Conflict(N_("There is an office in {folder} already"), folder=folder)
        part, recovery_code = Path(tempfile.mkdtemp(prefix=".new-", dir=folder)), new_code()
        try:
            _make(folder, part, name, code, {account: password, **officers, keys.RECOVERY: recovery_code}, cost, clock)
            for file in (DB, WRITER, NUMBERS, KEYS):  # the key slots last: with them the office is there
                (part / file).replace(folder / file)
        finally:
            shutil.rmtree(part, ignore_errors=True)
        opened = _opened(folder, lock, account, password, clock)
        return replace(opened, sheet=recovery.sheet_of(opened.desk, recovery_code))
    except BaseException:
        lock.release()
        raise


def sign_in(folder: Path, account: str, password: str) -> Office:
    """Opens the office for this account; unwrapping its key slot is the password check."""
    _whole(folder)
    lock = _locked(folder)
    try:
        return _opened(folder, lock, checks.code(account), password, None)
    except BaseException:
        lock.release()
        raise


def recover(folder: Path, code: str, account: str, password: str, clock: Callable[[], datetime] | None = None) -> Sheet:
    """The code of the recovery sheet gives an account a new password; answers with the sheet that takes its place.

    Invalid: a typing error in the code, or the password is too short. NotAllowed: not the code of this office, or tried
    too often. Missing, Conflict: there is no such account, or it is retired; the code is not spent then.
    """
    typed = read_code(code)
    accounts.long_enough(password)
    _whole(folder)
    lock = _locked(folder)
    try:
        data_key = _by_code(folder, typed)
        may = (Grant((recovery.RECOVER,), reads=("sites.list",)),)
        desk, _ = _entered(folder, data_key, SHEET, clock, lambda session: may)
        desk = replace(desk, auth="recovery code")
        with closing(desk.store):
            made = desk.do(recovery.recover, name=account, new_password=password).value
            return recovery.sheet_of(desk, made)
    finally:
        lock.release()


def _by_code(folder: Path, code: str) -> bytes:
    try:
        return keys.unlock(folder / KEYS, keys.RECOVERY, code)
    except NotAllowed as refused:
        raise refused if refused.message == keys.TOO_EARLY else NotAllowed(NOT_THE_CODE) from None


def _make(
    folder: Path, part: Path, name: str, code: str, passwords: Mapping[str, str], cost: keys.Cost,
    clock: Callable[[], datetime] | None,
) -> None:  # fmt: skip
    data_key, (account, *officers, _) = keys.new_data_key(), passwords
    store = open_file(part / DB, data_key, new=True)
    try:
        store.create()
        desk = Desk(store, store.enroll(keys.writer_key(part / WRITER, data_key)), account, EVERYTHING)
        desk = replace(desk, clock=clock) if clock else desk
        desk.do(found_office, code=code, name=name, account=account, officers=officers, sheet=True)
        marker = Marker.of(folder, data_key)  # before the office is there: it is never without
        follow(store, marker, desk.pen, None)
        marker.close()
    finally:
        store.close()
    for who, password in passwords.items():
        keys.add_slot(part / KEYS, who, password, data_key, cost)


def _opened(
    folder: Path, lock: filelock.BaseFileLock, account: str, password: str, clock: Callable[[], datetime] | None
) -> Office:
    data_key = keys.unlock(folder / KEYS, account, password)

    def today() -> date:
        return (clock() if clock else datetime.now().astimezone()).date()

    desk, findings = _entered(folder, data_key, account, clock, lambda session: grants(session, account, today()))
    desk = replace(desk, grants=Held(desk.store, lambda session, day: grants(session, account, day), today))
    try:
        before = desk.do(sign_ins.signed_in).value
        keys.KeyRing(folder / KEYS, data_key).strengthen(account, password)
    except BaseException:
        desk.store.close()
        raise
    return Office(folder, desk, lock, before, findings)


def _entered(
    folder: Path, data_key: bytes, account: str, clock: Callable[[], datetime] | None,
    holds: Callable[[DeskSession], tuple[Grant, ...]],
) -> tuple[Desk, tuple[Finding, ...]]:  # fmt: skip
    """A desk at the store of a folder, and what this computer's marker found wrong with it, which is recorded. Nothing
    is written when `holds` refuses the account."""
    store = open_file(folder / DB, data_key)
    try:
        store.ship()
        with DeskSession(store.reading, None) as session:
            held = holds(session)
        store.copies.clear()
        if store.vault is not None:
            store.vault.sweep(partial(evidence.named, store))
        marker = Marker.of(folder, data_key)
        pen, findings, mark = recognise(store, marker, data_key, folder / WRITER)
        follow(store, marker, pen, mark)
        store = replace(store, ring=keys.KeyRing(folder / KEYS, data_key), marker=marker)
        if mark:
            store.high.raise_to(mark.counts)  # also when an older copy of the whole folder was put back
        desk = Desk(store, pen, account, held)
        desk = replace(desk, clock=clock) if clock else desk
        for finding in findings:
            replace(desk, grants=EVERYTHING).do(incidents.note, **asdict(finding))
        settle(marker, pen, data_key, folder / WRITER)
    except BaseException:
        if store.marker:
            store.marker.drop()  # what was found is found again
        store.close()
        raise
    return desk, tuple(findings)


def _locked(folder: Path) -> filelock.BaseFileLock:
    lock = filelock.FileLock(folder / LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Conflict(N_("This office is open in another window; close it there first")) from None
    return lock


def office_name(name: str, code: str, account: str, password: str, officers: Mapping[str, str]) -> tuple[str, str]:
    """The names of a new office and its first account as they are kept. Invalid: one of them, the site code or a
    password cannot be."""
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
