"""What the facts of a person owe each other, and what follows from them: his name's dot, his group, when he retires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.base import new_id
from models.post import Post, PostHolding
from models.staff import Employment, Staff
from resources.words import N_, Word
from services import checks, posts
from services.desk.errors import Conflict, Invalid
from services.desk.work import Work
from services.retirement import age, age_and_day, group_of

AHEAD = N_("“{field}” {date} lies ahead")
YOUNG = N_("“{field}” {date} would make this person {years} years old on joining; please compare it")
OWN = N_("“{field}” is for people of an agency or a provider; this person is the office's own")
LEFT_BEFORE = N_("“{field}” lies after the day this person left, {date}")
LEAVES = N_("That somebody left is recorded on his page, where it is seen what is still open in his name")
LEAST_AGE = 16  # 劳动法第十五条
LENT = frozenset({Employment.AGENCY, Employment.PROVIDER})
FROM = ("sex", "retirement_group", "born_on", "retirement_shift")


def follows(facts: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What follows from the facts of a person, as column values. Invalid: they cannot all be true."""
    born, joined = facts.get("born_on"), facts.get("joined_on")
    for field in ("born_on", "joined_on"):
        if (day := facts.get(field)) and day > today:
            raise Invalid(AHEAD, field=Word(f"staff.{field}"), date=day)
    if joined and (left := facts.get("left_on")) and joined > left:
        raise Invalid(LEFT_BEFORE, field=Word("staff.joined_on"), date=left)
    if born and joined and age(born, joined) < LEAST_AGE:
        raise Invalid(YOUNG, field=Word("staff.born_on"), date=born, years=age(born, joined))
    if facts.get("employer") and facts.get("employment") and facts["employment"] not in LENT:
        raise Invalid(OWN, field=Word("staff.employer"))
    group = group_of(facts.get("sex"), facts.get("retirement_group"))
    ends = age_and_day(born, group, facts.get("retirement_shift") or 0).on if born and group else None
    found: dict[str, Any] = {"retirement_group": group, "retires_on": ends}
    return found | ({"name": checks.person_name(facts["name"])} if facts.get("name") else {})


def settle(work: Work, person: Staff, given: Mapping[str, Any]) -> None:
    """A new or revised person gets what follows from his facts."""
    facts = {name: getattr(person, name) for name in (*FROM, "name", "joined_on", "left_on", "employment", "employer")}
    for name, value in follows(facts, work.today).items():
        if getattr(person, name) != value:
            setattr(person, name, value)
    if person.rid and ({"left_on", "left_why"} & given.keys()):
        raise Conflict(LEAVES, field=Word("staff.left_on"))
    if "post_id" in given:  # a register says another post than he holds
        _take(work, person)


def arriving(work: Work, values: dict[str, Any]) -> None:
    """The same for a row of a register, as column values. Conflict: the post it names is not there today."""
    values |= follows(values, work.today)
    if values.get("post_id"):
        posts.there(work.get(Post, values["post_id"]), work.today, posts.FOREVER)


def arrived(work: Work, made: Sequence[Mapping[str, Any]]) -> None:
    """Whom a register names with a post holds it since he joined, or since today where it does not say when; never
    before the post was there."""
    rows = [
        {"id": new_id(), "compound_id": post.compound_id, "post_id": post.id, "staff_id": row["id"],
         "from_on": max(row.get("joined_on") or work.today, post.from_on or date.min)}
        for row in made if row.get("post_id") and (post := work.get(Post, row["post_id"]))
    ]  # fmt: skip
    if rows:
        work.bulk_insert(PostHolding, rows)


def _take(work: Work, person: Staff) -> None:
    """He holds this post from today on, or none."""
    wanted, held = person.post_id, posts.current(work, person.id)
    if held is not None and wanted == held.post_id:
        return
    if wanted is not None:
        posts.put(work, person, work.get(Post, wanted), work.today)
    elif held is not None:
        posts.end(work, held.id, work.today)
