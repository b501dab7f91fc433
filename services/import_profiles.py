"""Mapping profiles: those the office keeps and those that come with the program; a register's header finds its own."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.orm import Session

import resources
from models.import_profile import ImportProfile
from resources.words import N_
from services.desk.desk import Desk
from services.desk.errors import Invalid
from services.desk.intent import query
from services.desk.schema import describe
from services.desk.work import Work
from services.imports.columns import targets
from services.imports.profile import Profile, check, load, parse
from services.records import RECORDS, records


def _valid(_work: Work, row: Any, _values: dict[str, Any]) -> None:
    """A profile that cannot be read, or names fields its records do not have, is not kept."""
    found, kinds = parse(row.content.encode(), row.name), {r.listing.name: kind for kind, r in RECORDS.items()}
    if found.kind != row.kind or not found.columns or row.kind not in kinds:
        raise Invalid(N_("A mapping profile names the columns of one kind of register"))
    fields = describe(kinds[row.kind])
    check(found, row.kind, fields, targets(fields))


PROFILES = records("import_profiles", ImportProfile, sorts=("name",), series="FA", settle=_valid)


def kept(session: Session, kind: str) -> list[Profile]:
    """The profiles for one kind of register, those of the office first, each by its own name."""
    picked = sa.select(ImportProfile.name, ImportProfile.content).where(ImportProfile.kind == kind)
    own = list[Profile]()
    for name, content in session.execute(picked.order_by(ImportProfile.n.desc())):
        with suppress(Invalid):  # one that a newer program wrote stands in no register's way
            own.append(msgspec.structs.replace(parse(content.encode(), name), name=name))
    shipped = [load(path) for path in sorted(resources.path("profiles").glob("*.json"))]
    return own + [profile for profile in shipped if profile.kind == kind]


def found(known: Sequence[Profile], wanted: str) -> Profile | None:
    """The profile with this name, or in this file; None where none is wanted."""
    named = next((profile for profile in known if profile.name == wanted), None)
    return named or (load(Path(wanted)) if wanted else None)


def based(desk: Desk, kind: str, base: str, columns: dict[str, str]) -> Profile:
    """What a person says about the columns of a source, beside what the profile `base` says of it."""
    own = found(desk.ask(profiles, kind=kind), base) or Profile(kind)
    return msgspec.structs.replace(own, kind=kind, columns=columns)


@query(N_("Mapping profiles for a kind of register"), name="imports.profiles")
def profiles(session: Session, *, kind: str) -> list[Profile]:
    """As `kept`, for whoever may take registers in."""
    return kept(session, kind)
