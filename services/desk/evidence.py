"""The bytes of attachments: read back from where the store keeps them, and the proof that all of them are there."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.base import table
from models.beside import Blob
from services.desk.store import Store, fingerprint
from services.desk.vault import Damaged, Vault


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


def attachments(store: Store) -> list[str]:
    """Every attachment is there with the bytes its record names, and no file is there that none names."""
    faults, seen, t = list[str](), dict[str, str](), table(Attachment)
    with store.reading.connect() as connection:
        for row in connection.execute(sa.select(t.c.number, t.c.sha256, t.c.size).order_by(t.c.n)):
            if row.sha256 not in seen:
                seen[row.sha256] = _fault(connection, store.vault, row.sha256, row.size)
            faults += [f"attachment {row.number}: {seen[row.sha256]}"] if seen[row.sha256] else []
    return faults + ([] if store.vault is None else list(_strays(store.vault, set(seen))))


def _fault(connection: sa.Connection, vault: Vault | None, sha256: str, size: int) -> str:
    if vault is not None:
        if not vault.place(sha256).exists():
            return "missing"
        return "" if vault.whole(sha256, size) else "changed"
    blob = table(Blob)
    data = connection.scalar(sa.select(blob.c.bytes).where(blob.c.sha256 == bytes.fromhex(sha256)))
    if data is None:
        return "missing"
    return "" if fingerprint(data) == sha256 and len(data) == size else "changed"


def _strays(vault: Vault, known: set[str]) -> Iterator[str]:
    """Files no attachment names, but for those an attachment may come to name any moment."""
    places, pending = {vault.place(sha256) for sha256 in known}, vault.pending()
    for file in vault.files():
        if file not in places and file.name not in pending:
            yield f"file {file.relative_to(vault.folder.parent).as_posix()}: no attachment names it"
