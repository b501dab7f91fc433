"""Attachments: files kept as evidence about a record, looked at, saved elsewhere and taken away again."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.attachment import Attachment, Shows
from models.base import Entity, entities
from resources.words import N_, Word
from services import checks
from services.attached import kinds, names
from services.desk import evidence
from services.desk.errors import Conflict, Invalid, Missing, NotAllowed
from services.desk.intent import intent, query
from services.desk.listing import LISTINGS, Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.session import DeskSession
from services.desk.sight import sees
from services.desk.vault import Damaged
from services.desk.work import NO_RECORD, Work
from services.records import write

ATTACHMENTS = listing(Listing("attachments", Attachment, ("added_at", "name", "size"), sums=("size",)))
SERIES, PIECE = "FJ", 1 << 20
FIELDS = {name: describe(Attachment)[name] for name in ("name", "taken_on", "shows", "note")}
CHANGEABLE = {name: replace(spec, required=False, default=None) for name, spec in FIELDS.items()}
ME = FieldSpec("attachment", "attachment_id", Kind.REFERENCE, True, target="attachment")
NO_FILE = N_("{file} is no file that can be read: {problem}")
NOT_ABOUT = N_("Nothing can be attached to records of the kind {kind}")
NOT_YOURS = N_("Your role does not include records of the kind {kind}")
TWICE = N_("{file} is attached to this record already, as {number} {name}")
GONE = N_("The content of {number} {name} is missing or was changed; restore it from a backup, or add the file again")
INSIDE = N_("{folder} is the folder of the office's data: save the copy elsewhere")
UNWRITTEN = N_("{file} was not written: {problem}")


def about(kind: str) -> bool:
    """Whether something can be attached to records of this kind."""
    barred = resources.settings("attachments")["not_about"]
    return kind in entities() and kind not in barred and any(found.entity == kind for found in LISTINGS.values())


@intent(N_("Add attachment"), on=Attachment)
def add(
    work: Work,
    *,
    about_kind: str,
    about_id: UUID,
    path: str,
    name: str | None = None,
    taken_on: date | None = None,
    shows: Shows | None = None,
    note: str | None = None,
) -> UUID:
    """A copy of the file at `path` is kept, about one record. Its kind is told by its content: Invalid says why a file
    is not taken. Progress counts the bytes twice: looked at, and kept. Cancelled leaves nothing behind."""
    record = _record(work, about_kind, about_id)
    with _opened(Path(path)) as (file, size):
        sha256 = _digest(work, file, size)
        media = kinds.told(file, size, names.clean(name or Path(path).name) or about_kind)
        row = Attachment(
            compound_id=record.id if about_kind == "compound" else _compound(record), about_kind=about_kind,
            about_id=record.id, number=next(work.numbers(SERIES)), name=names.of_kind(name or Path(path).name, media),
            media=media, size=size, sha256=sha256, added_at=work.now, added_by=work.actor,
            taken_on=taken_on, shows=checks.checked(FIELDS["shows"], shows), note=_note(note),
        )  # fmt: skip
        _not_twice(work, row)
        work.add(row)
        work.witness(record)
        work.because(row.name)
        work.session.flush()  # what the person may not write is refused before the bytes are kept
        file.seek(0)
        work.keep_file(file, size, sha256, lambda done: work.progress(size + done, 2 * size))
    return row.id


@intent(N_("Revise attachment"), on=Attachment)
def revise(work: Work, **values: Any) -> None:
    """Another name, day or note; what is not given stays. The content never changes."""
    row = work.get(Attachment, values.pop(ME.name))
    given = checks.checked_all(CHANGEABLE, values, whole=False)
    if given.get("name"):
        given["name"] = names.of_kind(given["name"], row.media)
    write(row, FIELDS, given)
    work.because(row.name)


takes("attachments.revise", (ME, *CHANGEABLE.values()))


@intent(N_("Remove attachment"), on=Attachment)
def remove(work: Work, *, attachment_id: UUID) -> None:
    """It is shown no more. The bytes stay, so that this can be taken back."""
    row = work.get(Attachment, attachment_id)
    work.remove(row)
    with suppress(Missing):
        work.witness(work.get(entities()[row.about_kind], row.about_id, dead=True))
    work.because(row.name)


@query(N_("Open attachment"), on=Attachment, name="attachments.open")
def look_at(session: Session, attachment_id: UUID) -> str:
    """A plain copy to be looked at, checked against the records: its path. It is removed at sign-out. Conflict: the
    content is missing or was changed."""
    row = _row(session, attachment_id)
    try:
        return str(evidence.of(session).copies.make(names.on_disk(row.name, row.media), evidence.content(session, row)))
    except Damaged:
        raise Conflict(GONE, number=row.number, name=row.name) from None


@query(N_("Save a copy of an attachment"), on=Attachment)
def save(session: Session, attachment_id: UUID, to: str) -> str:
    """A copy to keep, at the path `to`; whole or not at all. Conflict: the content is missing or was changed."""
    row, place = _row(session, attachment_id), Path(to).absolute()
    store = evidence.of(session).path
    if store is not None and place.resolve().is_relative_to(store.resolve().parent):
        raise Invalid(INSIDE, folder=store.parent)
    part = place.with_name(f".{row.sha256[:16]}.part")
    try:
        with part.open("wb") as out:
            out.writelines(evidence.content(session, row))
        part.replace(place)
    except Damaged:
        raise Conflict(GONE, number=row.number, name=row.name) from None
    except OSError as error:
        raise Invalid(UNWRITTEN, file=place, problem=error.strerror or error) from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return str(place)


def _row(session: Session, id: UUID) -> Attachment:
    row = session.get(Attachment, id)
    if row is None:
        raise Missing(NO_RECORD)
    return row


def _record(work: Work, kind: str, id: UUID) -> Entity:
    """The record it is to be about, which the person must be able to read."""
    if not about(kind):
        raise Invalid(NOT_ABOUT, kind=Word(kind) if kind in entities() else kind)
    found = work.get(entities()[kind], id)
    assert isinstance(work.session, DeskSession)
    if not sees(work.session.kinds, kind, _compound(found)):
        raise NotAllowed(NOT_YOURS, kind=Word(kind))
    return found


def _compound(record: Entity) -> UUID | None:
    """The compound a record lies in; none for those of the whole office."""
    found = getattr(record, "compound_id", None)
    return found if isinstance(found, UUID) else None


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """A plain file and its size. Invalid: a folder, a pipe, a device, or one that cannot be read."""
    try:
        file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb")
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or error
        raise Invalid(NO_FILE, file=names.clean(str(path)), problem=problem) from None
    with file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise Invalid(NO_FILE, file=names.clean(str(path)), problem=Word(N_("it is a folder or a device")))
        yield file, found.st_size


def _digest(work: Work, file: BinaryIO, size: int) -> str:
    digest, done = hashlib.sha256(), 0
    if size <= resources.settings("attachments")["most_bytes"]:  # one that is too large is refused by its size
        for piece in iter(partial(file.read, PIECE), b""):
            digest.update(piece)
            done += len(piece)
            work.progress(min(done, size), 2 * size)
    return digest.hexdigest()


def _note(text: str | None) -> str | None:
    found = checks.checked(FIELDS["note"], text)
    assert found is None or isinstance(found, str)
    return found


def _not_twice(work: Work, row: Attachment) -> None:
    same = sa.select(Attachment).where(Attachment.about_id == row.about_id, Attachment.sha256 == row.sha256)
    if known := work.session.scalars(same.limit(1)).first():
        raise Conflict(TWICE, file=row.name, number=known.number, name=known.name)
