"""What follows from what is said of a certificate, whether it is typed or comes in a register."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.certificate import Certificate
from resources.words import N_, Word
from services import checks
from services.certificate_kinds import kinds
from services.certificate_state import last_day
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work

ORDER = N_("“{field}” {date} lies before the day of issue, {issued}")
SAME = N_("{name} has this certificate of {date} already: {number}")
VOID = N_("“{kind}” is no longer issued since {date}")
IDENTITY = re.compile(r"(?=((?:\d[ \-]?){17}[\dXx]))")  # also behind other figures, and in groups
KEPT_SIGNS = (6, 4)  # of an identity number, at its beginning and end


def without_identity(paper_no: str) -> str:
    """The number of a paper, the identity number some of them consist of hidden but for its ends: whole it is kept
    with the person, sealed. `T110101199001011234` is kept as `T110101********1234`."""
    written, (first, last) = checks.code(paper_no), KEPT_SIGNS
    for found in IDENTITY.finditer(written):
        signs = [at for at in range(*found.span(1)) if written[at].isalnum()]
        number = "".join(written[at] for at in signs).upper()
        if checks.id_check(number[:17]) == number[17]:
            hidden = signs[first:-last]
            return without_identity("".join("*" if at in hidden else sign for at, sign in enumerate(written)))
    return paper_no


def followed(work: Work, values: dict[str, Any], *, new: bool) -> dict[str, Any]:
    """What follows from the values of a certificate: of a `new` one its last day and its issuer, where they are not
    said. Invalid: its days are out of order. Conflict: its kind is no longer issued."""
    kind, issued, until = values["kind"], values["issued_on"], values.get("valid_until")
    rule, revoked = kinds(work.session).of(kind, issued), values.get("revoked_on")
    if rule is not None and rule.until_on and issued > rule.until_on:
        raise Conflict(VOID, kind=Word(f"certificate_kind.code={kind}"), date=rule.until_on)
    if until and until < issued:
        raise Invalid(ORDER, field=Word("certificate.valid_until"), date=until, issued=issued)
    if revoked and revoked < issued:
        raise Invalid(ORDER, field=Word("certificate.revoked_on"), date=revoked, issued=issued)
    if not new or rule is None:
        return {}
    end = {} if until or not rule.valid_months else {"valid_until": last_day(issued, rule.valid_months)}
    return end | ({} if values.get("issuer") else {"issuer": rule.issuer})


def held_already(staff: UUID, kind: str, issued: date, but: UUID | None = None) -> sa.Select[Any]:
    """The number of another certificate that says the same."""
    same = (Certificate.staff_id == staff, Certificate.kind == kind, Certificate.issued_on == issued)
    return sa.select(Certificate.number).where(*same, Certificate.id != but).limit(1)
