"""Posts of the establishment, and who holds them: people join, move, cover for others, and leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from models.post import Post, PostHolding
from models.staff import Staff
from resources.words import N_, Clauses, Word
from services import checks
from services.desk.beyond import everywhere
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.listing import Listing, listing
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.undo import following
from services.desk.work import Work
from services.post_lacks import lacks
from services.records import records, write

ORDER = N_("“From” lies after “To”.")
AHEAD = N_("“{field}” {date} lies ahead: it is entered when it has come")
CLOSED = N_("Post {number} is there from {from_on} to {until_on} only")
STILL_HELD = N_("{count} people still hold post {number} after {date}")
HELD_BEFORE = N_("{count} people held post {number} before {date}")
GONE = N_("{name} left on {date}")
TWICE = N_("{name} holds post {post} from {from_on} to {until_on}: one post at a time, unless it is covered")
LACKS = N_("{name} does not meet what the post asks for: {what}. Choose somebody else, or say why he holds it "
           "nevertheless")  # fmt: skip
OVER = N_("This has ended on {date}")
FOREVER = date(9999, 12, 31)
FIELDS = describe(PostHolding)
DESPITE = FieldSpec("post_holding", "despite", Kind.TEXT, max_length=200)
ME = FieldSpec("post_holding", "post_holding_id", Kind.REFERENCE, True, target="post_holding")
AT_ONCE = 500


def _settle(work: Work, post: Post, given: dict[str, Any]) -> None:
    """A post is there from a day to a day, and holds nobody outside of them."""
    if post.from_on and post.until_on and post.until_on < post.from_on:
        raise Invalid(ORDER, field=Word("post.until_on"))
    last = post.until_on or FOREVER
    for day, said, outside in (
        (post.from_on, HELD_BEFORE, PostHolding.from_on < (post.from_on or date.min)),
        (post.until_on, STILL_HELD, sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on > last)),
    ):
        held = sa.select(PostHolding.id).where(PostHolding.post_id == post.id, outside, PostHolding.alive)
        if day and post.rid and (count := everywhere(work.session, held)):
            raise Conflict(said, count=count, number=post.number, date=day)


POSTS = records("posts", Post, sorts=("number",), sums=("approved",), series="GW", settle=_settle)
HOLDINGS = listing(Listing("post_holdings", PostHolding, (), also={"staff_id": ("number", "employment"),
                                                                   "post_id": ("number", "function")}))  # fmt: skip


@intent(N_("Assign to post"), on=PostHolding, name="post_holdings.assign")
def assign(
    work: Work, staff_id: UUID, post_id: UUID, from_on: date, acting: bool = False, basis: str | None = None,
    despite: str | None = None,
) -> UUID:  # fmt: skip
    """Somebody joins or moves: he holds the post from a day on, and the one he held until the day before is over.
    `acting`: he covers it beside his own. Conflict: he left, or the post is not there then; or he does not meet today
    what it asks for, and nobody says why he is put there `despite` that. The word stands in the history."""
    person, post, word = work.get(Staff, staff_id), work.get(Post, post_id), checks.checked(DESPITE, despite)
    lacking = lacks(work.session, staff_id, post_id, work.today)
    if lacking and not word:
        what = Clauses((reason.message, reason.values) for reason in lacking)
        raise Conflict(LACKS, field=DESPITE.key, name=person.name, what=what)
    if word and lacking:
        work.because(word)
    return put(work, person, post, from_on, acting=acting, basis=basis)


def put(
    work: Work, person: Staff, post: Post, from_on: date, *, acting: bool = False, basis: str | None = None
) -> UUID:
    """The same whatever he lacks: a register says what is so."""
    staff_id, post_id = person.id, post.id
    row = PostHolding(compound_id=post.compound_id, staff_id=staff_id, post_id=post_id, from_on=from_on, acting=acting)
    write(row, FIELDS, {"basis": basis})
    if not acting and (before := current(work, staff_id)) and before.from_on < from_on:
        before.until_on = from_on - timedelta(days=1)
    _sensible(work, person, post, row)
    work.add(row)
    derive(work, [staff_id])
    return row.id


ASSIGNED = ("staff_id", "post_id", "from_on", "acting", "basis")
takes("post_holdings.assign", (*(replace(FIELDS[n], required=n in ASSIGNED[:3]) for n in ASSIGNED), DESPITE))


@intent(N_("End holding of post"), on=PostHolding, name="post_holdings.end")
def end(work: Work, post_holding_id: UUID, until_on: date, basis: str | None = None) -> None:
    """The last day somebody held or covered a post. Conflict: it has ended already."""
    row = work.get(PostHolding, post_holding_id)
    if row.until_on is not None:
        raise Conflict(OVER, date=row.until_on)
    row.until_on = until_on
    write(row, FIELDS, {"basis": basis} if basis else {})
    _again(work, row)


takes("post_holdings.end", (ME, replace(FIELDS["until_on"], required=True), FIELDS["basis"]))


@intent(N_("Revise holding of post"), on=PostHolding, name="post_holdings.revise")
def revise(work: Work, post_holding_id: UUID, **values: Any) -> None:
    """Days, basis, or whether it is covered, entered wrongly; what is not given stays."""
    row = work.get(PostHolding, post_holding_id)
    write(row, {n: FIELDS[n] for n in values}, values)
    _again(work, row)


takes("post_holdings.revise", (
    ME, *(replace(FIELDS[name], required=False, default=None) for name in ("from_on", "until_on", "acting", "basis")),
))  # fmt: skip


@intent(N_("Remove holding of post"), on=PostHolding, name="post_holdings.remove")
def remove(work: Work, post_holding_id: UUID) -> None:
    """Entered by mistake."""
    row = work.get(PostHolding, post_holding_id)
    work.remove(row)
    derive(work, [row.staff_id])


def end_all(work: Work, staff_id: UUID, on: date) -> None:
    """Whoever leaves holds nothing after that day. Invalid: something begins after it."""
    later = sa.or_(PostHolding.until_on.is_(None), PostHolding.until_on > on)
    found = sa.select(PostHolding).where(PostHolding.staff_id == staff_id, later)
    for row in work.session.scalars(found).all():
        row.until_on = on
        _again(work, row)


def current(work: Work, staff_id: UUID) -> PostHolding | None:
    """What somebody holds now and does not only cover."""
    mine = (PostHolding.staff_id == staff_id, PostHolding.acting.is_(False), PostHolding.until_on.is_(None))
    with work.session.no_autoflush:
        return work.session.scalar(sa.select(PostHolding).where(*mine))


@following(PostHolding)
def _follow(work: Work, ids: list[UUID]) -> None:
    """After something was taken back people hold what their holdings say, and one post at a time as ever."""
    for start in range(0, len(ids), AT_ONCE):
        back = sa.select(PostHolding).where(PostHolding.id.in_(ids[start : start + AT_ONCE]))
        for row in work.session.scalars(back).all():
            _sensible(work, work.get(Staff, row.staff_id), work.get(Post, row.post_id), row)
        named = sa.select(PostHolding.staff_id).where(PostHolding.id.in_(ids[start : start + AT_ONCE]))
        derive(work, set(work.session.scalars(named, execution_options={"dead": True})))


def derive(work: Work, people: Iterable[UUID]) -> None:
    """What the list of people says of their post: the one they hold today and do not only cover. All days of holdings
    have come when they are entered, so that this never changes by itself."""
    work.session.flush()
    for id in people:
        held = current(work, id)
        person = work.get(Staff, id)
        if person.post_id != (held.post_id if held else None):
            person.post_id = held.post_id if held else None


def _again(work: Work, row: PostHolding) -> None:
    with work.session.no_autoflush:
        _sensible(work, work.get(Staff, row.staff_id), work.get(Post, row.post_id), row)
    derive(work, [row.staff_id])


def _sensible(work: Work, person: Staff, post: Post, row: PostHolding) -> None:
    for field in ("from_on", "until_on"):
        if (day := getattr(row, field)) and day > work.today:
            raise Invalid(AHEAD, field=Word(f"post_holding.{field}"), date=day)
    if row.until_on and row.until_on < row.from_on:
        raise Invalid(ORDER, field=Word("post_holding.until_on"))
    last = row.until_on or FOREVER
    there(post, row.from_on, last)
    if person.left_on and last > person.left_on:
        raise Conflict(GONE, name=person.name, date=person.left_on)
    if not row.acting:
        _alone(work, person, row)


def there(post: Post, first: date, last: date) -> None:
    """Conflict: a post is not there on all of these days."""
    if first < (post.from_on or date.min) or last > (post.until_on or FOREVER):
        raise Conflict(CLOSED, number=post.number, from_on=post.from_on or "…", until_on=post.until_on or "…")


def _alone(work: Work, person: Staff, row: PostHolding) -> None:
    """Somebody holds one post at a time."""
    found = sa.select(PostHolding).where(PostHolding.staff_id == person.id, PostHolding.acting.is_(False))
    with work.session.no_autoflush:
        others = [other for other in work.session.scalars(found) if other.id != row.id and not other.acting]
    for other in others:
        if other.from_on <= (row.until_on or FOREVER) and row.from_on <= (other.until_on or FOREVER):
            until = other.until_on or "…"
            raise Conflict(TWICE, name=person.name, post=work.get(Post, other.post_id).name, from_on=other.from_on,
                           until_on=until)  # fmt: skip
