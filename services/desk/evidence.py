"""The bytes of attachments: read back from where the store keeps them, and the proof that all of them are there."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.base import table
from models.beside import Blob
from resources.words import N_
from services.desk.faults import Fault, Tell, counted, goes_on, snapshot, step
from services.desk.store import Store, fingerprint
from services.desk.vault import Damaged, Vault

MISSING, CHANGED = N_("attachment {number}: missing"), N_("attachment {number}: changed")
STRAY = N_("file {file}: no attachment names it")


def of(session: Session) -> Store:
    """The store a query reads from."""
    found = session.info["store"]
    assert isinstance(found, Store)
    return found


def content(session: Session, row: Attachment) -> Iterator[bytes]:
    """The content of an attachment, in pieces. Damaged: it is missing or changed, and what came before is of no use."""
    vault = of(session).vault
    if vault is not None:
        yield from vault.read(row.sha256, row.size)
        return
    data = session.scalar(sa.select(Blob.bytes).where(Blob.sha256 == bytes.fromhex(row.sha256)))
    if data is None or fingerprint(data) != row.sha256:
        raise Damaged(row.sha256)
    yield data


def named(store: Store) -> set[str]:
    """The SHA-256 (hex) of every attachment, removed ones too: taking a removal back needs their bytes."""
    with store.reading.connect() as connection:
        return set(connection.scalars(sa.select(table(Attachment).c.sha256).distinct()))


def attachments(store: Store, tell: Tell = goes_on) -> list[str]:
    """Every attachment is there with the bytes its record names, and no file is there that none names."""
    faults, seen, t = list[str](), dict[str, str](), table(Attachment)
    with snapshot(store) as connection:
        total = counted(connection, Attachment)
        rows = connection.execute(sa.select(t.c.number, t.c.sha256, t.c.size).order_by(t.c.n))
        for done, row in enumerate(rows, 1):
            if row.sha256 not in seen:
                seen[row.sha256] = _fault(connection, store.vault, row.sha256, row.size)
            faults += [Fault(seen[row.sha256], number=row.number)] if seen[row.sha256] else []
            step(tell, done, total, every=1)  # one may take seconds
    return faults + ([] if store.vault is None else list(_strays(store.vault, set(seen))))


def _fault(connection: sa.Connection, vault: Vault | None, sha256: str, size: int) -> str:
    if vault is not None:
        if not vault.place(sha256).exists():
            return MISSING
        return "" if vault.whole(sha256, size) else CHANGED
    blob = table(Blob)
    data = connection.scalar(sa.select(blob.c.bytes).where(blob.c.sha256 == bytes.fromhex(sha256)))
    if data is None:
        return MISSING
    return "" if fingerprint(data) == sha256 and len(data) == size else CHANGED


def _strays(vault: Vault, known: set[str]) -> Iterator[str]:
    """Files no attachment names, but for those an attachment may come to name any moment."""
    places, pending = {vault.place(sha256) for sha256 in known}, vault.pending()
    for file in vault.files():
        if file not in places and file.name not in pending:
            yield Fault(STRAY, file=file.relative_to(vault.folder.parent).as_posix())
