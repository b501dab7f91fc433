"""The root certificate of the office: made here by the security administrator, its key kept by him alone as a file.

Electronic Signature Law of the PRC (2019) art. 13: a signature counts when its key is the signer's own and under his
control alone, and every later change is found.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.signing import SigningRoot
from resources.words import N_, Word
from services import authority
from services.desk.errors import Invalid, Missing
from services.desk.intent import intent, query
from services.desk.listing import Listing, listing
from services.desk.signing_keys import new_key
from services.desk.work import Work

ROOTS = listing(Listing("signing_roots", SigningRoot, ("number",)))
SERIES = "GZ"
KEPT = N_("A certificate is not unmade: what was issued with it would be checked by nothing. Make a new one instead")
SHORT = N_("The password of the root file needs at least {n} characters")
THERE = N_("{file} is there already; choose another name, a key file is never written over")
UNWRITTEN = N_("{file} was not written: {problem}")
NO_ROOT = N_("The office has no root certificate yet; the security administrator makes it")


@intent(N_("New root certificate"), on=SigningRoot, name="signing_roots.make", kept=KEPT)
def make(work: Work, *, path: str, root_password: str) -> UUID:
    """A root certificate of this office; its key goes, encrypted, to a new file at `path` and nowhere else. The roots
    before stay good for what was issued with them. Invalid: short password, or no file can be made."""
    if len(root_password) < (n := resources.settings("signing")["shortest_root_password"]):
        raise Invalid(SHORT, field=Word("signing_root.root_password"), n=n)
    office, begin, key = work.office, authority.day_of(work.now), new_key()
    until = authority.last_day(begin, authority.years("root", begin))
    made = authority.root(office, key, work.now, until)
    row = work.add(
        SigningRoot(
            number=next(work.numbers(SERIES)), name=f"{office} 签名根证书", from_on=begin, until_on=until,
            fingerprint=authority.fingerprint(made), certificate=authority.pem(made),
        )
    )  # fmt: skip
    work.session.flush()  # what may not be written is refused before the file is
    _write(Path(path), authority.root_file(key, made, root_password))
    return row.id


def _write(path: Path, data: bytes) -> None:
    """A new file that nobody else reads; on the disk before the office says that it has this root."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 — only this way is the mode right from the start
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        raise Invalid(THERE, file=path.name) from None
    except OSError as error:
        raise Invalid(UNWRITTEN, file=path.name, problem=error.strerror or error) from None


@dataclass(frozen=True)
class Root:
    """A root certificate: `pem` is the public part."""

    id: UUID
    number: str
    until_on: date
    pem: str


@query(N_("Root certificate in use"), on=SigningRoot, name="signing_roots.newest")
def newest(session: Session) -> Root:
    """The root that certificates are issued with. Missing: there is none."""
    found = session.scalars(sa.select(SigningRoot).order_by(SigningRoot.n.desc()).limit(1)).first()
    if found is None:
        raise Missing(NO_ROOT)
    return Root(found.id, found.number, found.until_on, found.certificate)


def readable(path: str) -> bytes:
    """A file of an officer. Invalid: it cannot be read, or is no key file by its size."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        problem = error.strerror or error
        raise Invalid(N_("{file} cannot be read: {problem}"), file=Path(path).name, problem=problem) from None
    if len(data) > 1 << 20:
        raise Invalid(authority.NOT_A_ROOT, file=Path(path).name)
    return data
