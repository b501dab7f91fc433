"""What posts require of who holds them, from a day until a day: certificates, courses, schooling, ages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.post import Post, PostRequirement, RequirementKind
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write

K = RequirementKind
SAYS = {
    K.CERTIFICATE: "certificate_kind", K.COURSE: "course_id", K.EDUCATION: "education", K.LEAST_AGE: "age",
    K.MOST_AGE: "age",
}  # fmt: skip
ONLY = (K.CERTIFICATE, ("alternative", "holders"))
NEEDED = N_("A requirement of this kind says “{field}”")
STRANGE = N_("A requirement of the kind “{kind}” says nothing of “{field}”; leave it empty")
TRADE = N_("A certificate bars the work of its trade by the shipped rules; leave “{field}” empty")
ORDER = N_("“From” lies after “To”.")
TWICE = N_("The post requires this in that time already")
REQUIREMENTS = listing(Listing("post_requirements", PostRequirement, ("from_on",), also={"post_id": ("number",)}))
FIELDS = {name: spec for name, spec in describe(PostRequirement).items() if name != "compound_id"}
CHANGEABLE = {n: replace(s, required=False, default=None) for n, s in FIELDS.items() if n not in ("post_id", "kind")}
ME = FieldSpec("post_requirement", "post_requirement_id", Kind.REFERENCE, True, target="post_requirement")


@intent(N_("Add requirement of a post"), on=PostRequirement, name="post_requirements.add")
def add(work: Work, **values: Any) -> UUID:
    """From a day on a post requires it; its id. Conflict: it does already."""
    given = checks.checked_all(FIELDS, values, whole=True)
    post = work.get(Post, given["post_id"])
    row = PostRequirement(compound_id=post.compound_id, **{k: v for k, v in given.items() if v is not None})
    _sensible(work, row)
    return work.add(row).id


@intent(N_("Revise requirement of a post"), on=PostRequirement, name="post_requirements.revise")
def revise(work: Work, post_requirement_id: UUID, **values: Any) -> None:
    """What is given is changed, what is not stays. What is to change on a day is ended and added anew."""
    row = work.get(PostRequirement, post_requirement_id)
    write(row, FIELDS, checks.checked_all(CHANGEABLE, values, whole=False))
    with work.session.no_autoflush:
        _sensible(work, row)


@intent(N_("End requirement of a post"), on=PostRequirement, name="post_requirements.end")
def end(work: Work, post_requirement_id: UUID, until_on: date) -> None:
    """The last day it is required."""
    row = work.get(PostRequirement, post_requirement_id)
    row.until_on = until_on
    with work.session.no_autoflush:
        _sensible(work, row)


@intent(N_("Remove requirement of a post"), on=PostRequirement, name="post_requirements.remove")
def remove(work: Work, post_requirement_id: UUID) -> None:
    """Entered by mistake."""
    work.remove(work.get(PostRequirement, post_requirement_id))


takes("post_requirements.add", tuple(FIELDS.values()))
takes("post_requirements.revise", (ME, *CHANGEABLE.values()))
takes("post_requirements.end", (ME, replace(FIELDS["until_on"], required=True)))


def _sensible(work: Work, row: PostRequirement) -> None:
    kind, said = RequirementKind(row.kind), SAYS[RequirementKind(row.kind)]
    if getattr(row, said) is None:
        raise Invalid(NEEDED, field=Word(f"post_requirement.{said}"))
    strange = {*SAYS.values(), *(ONLY[1] if kind is not ONLY[0] else ())} - {said}
    for name in sorted(strange):
        if getattr(row, name) is not None:
            word = Word(f"post_requirement.kind={kind.value}")
            raise Invalid(STRANGE, kind=word, field=Word(f"post_requirement.{name}"))
    if row.bars and kind is K.CERTIFICATE:
        raise Invalid(TRADE, field=Word("post_requirement.bars"))
    if row.until_on and row.until_on < row.from_on:
        raise Invalid(ORDER, field=Word("post_requirement.until_on"))
    same = sa.select(PostRequirement.id).where(
        PostRequirement.post_id == row.post_id, PostRequirement.kind == kind, PostRequirement.id != row.id,
        getattr(PostRequirement, said) == getattr(row, said),
        sa.or_(PostRequirement.until_on.is_(None), PostRequirement.until_on >= row.from_on),
        *([PostRequirement.from_on <= row.until_on] if row.until_on else []),
    )  # fmt: skip
    with work.session.no_autoflush:
        if work.session.scalar(same.limit(1)):
            raise Conflict(TWICE)
