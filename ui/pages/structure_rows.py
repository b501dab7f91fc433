"""The tables and the charts of the structure of the team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from resources.words import N_
from services.skill_coverage import Able, Covered
from services.skill_risks import Weak
from services.staff_retiring import Retiring
from services.staff_sides import WORDS, Side, Whose
from services.staff_structure import LEVELS, By, Group, Structure
from services.team_comparison import Team
from ui.kit import show
from ui.kit.bars import Counts
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.text import Message, Own, said, words

NOT_SAID, ALL = N_("Not said"), N_("All")
FIELDS = {"education": "staff.education", "skill": "staff.skill_level", "employment": "staff.employment"}
HEADS: Mapping[By, Message] = {
    By.COMPOUND: "compound", By.UNIT: "staff.unit_id", By.FUNCTION: "post.function", By.EMPLOYMENT: "staff.employment",
    By.YEAR: N_("At the end of"),
}  # fmt: skip
TITLES: Mapping[str, Message] = {
    "ages": N_("Ages"), "education": "staff.education", "skill": "staff.skill_level", "employment": "staff.employment",
}  # fmt: skip
RETIRING = (
    Head(N_("Retire"), 240), Head(N_("People"), 280, right=True), Head(N_("Most of them"), sorts=False),
)  # fmt: skip
COVERED = (
    Head("certificate.kind"), Head("compound", 200), Head(N_("Valid"), 80, right=True),
    Head(N_("Needed"), 80, right=True), Head(N_("Valid soon"), 100, right=True), Head(N_("How it stands"), 200),
)  # fmt: skip
ABLE = (
    Head("trade_certificate.trade"), Head("compound", 200), Head(N_("May do it"), 100, right=True),
    Head(N_("Needed"), 80, right=True), Head(N_("How it stands"), 200),
)  # fmt: skip
TEAMS = (
    Head("compound"), Head(N_("People"), 66, right=True), Head(N_("Own"), 60, right=True),
    Head(N_("On contract"), 80, right=True), Head(N_("Agency"), 70, right=True), Head(N_("Provider"), 74, right=True),
    Head(N_("Mean age"), 76, right=True), Head(N_("College or more"), 100, right=True),
    Head(N_("Hours a head"), 90, right=True), Head(N_("Have their hours"), 110, right=True),
    Head(N_("Training a head (yuan)"), 120, right=True), Head(N_("Certificates short"), 100, right=True),
)  # fmt: skip
SIDES = (
    Head(N_("Whose people")), Head("staff.employer", 220), Head(N_("People"), 70, right=True),
    Head(N_("Mean age"), 80, right=True), Head(N_("College or more"), 110, right=True),
    Head(N_("With a skill level"), 120, right=True), Head(N_("Hours a head"), 100, right=True),
    Head(N_("Have their hours"), 120, right=True), Head(N_("Have their certificates"), 140, right=True),
)  # fmt: skip
STANDS = {
    Weak.SHORT: (N_("too few"), "bad"), Weak.ONLY: (N_("one person alone"), "warn"),
    Weak.SOON: (N_("too few soon"), "warn"), None: (N_("covered"), "ok"),
}  # fmt: skip


# Charts


def charts(found: Structure, group: Group) -> dict[str, Counts]:
    """The counts of each chart, of one group or of all."""
    made: dict[str, Counts] = {"ages": tuple(_parts(found.bands, group.ages, Own))} if found.told else {}
    for part, levels in LEVELS.items():
        name = partial(_choice, FIELDS[part])
        made[part] = tuple(_parts([level for level in levels if getattr(group, part).get(level)],
                                  getattr(group, part), name))  # fmt: skip
    return made


def _parts(keys: Iterable[Any], of: Mapping[Any, int], name: Any) -> Iterable[tuple[Message, int]]:
    yield from ((name(key), of.get(key, 0)) for key in keys)
    if none := of.get(None):
        yield NOT_SAID, none


def _choice(field: str, key: Any) -> Message:
    return f"{field}={key.value}"


# People by something


def heads(found: Structure) -> tuple[Head, ...]:
    """The columns of a structure: what it is by, how many, how old, how schooled."""
    ages = [Head(Own(label), 62, right=True) for label in found.bands] if found.told else []
    aged = [Head(N_("Mean age"), 76, right=True)] if found.told else []
    return (
        Head(HEADS[found.by]), Head(N_("People"), 76, right=True), *aged, *ages,
        Head(N_("College or more"), 100, right=True), Head(N_("With a skill level"), 110, right=True),
    )  # fmt: skip


def groups(found: Structure) -> list[Line]:
    """One line a group, and one over all of them where they are no ends of years."""
    most = max((group.people for group in found.groups), default=0)
    lines = [Line((found.by, group.key), partial(_group, found, group, most)) for group in found.groups]
    if lines and found.by is not By.YEAR:
        lines.append(Line("all", partial(_group, found, found.whole, 0), foot=True))
    return lines


def named(by: By, group: Group) -> Message:
    """What a group is called."""
    if group.key is None:
        return N_("Without a post") if by is By.FUNCTION else NOT_SAID
    if by in (By.COMPOUND, By.UNIT):
        return Own(group.name)
    return Own(str(group.key)) if by is By.YEAR else _choice(str(HEADS[by]), group.key)


def _group(found: Structure, group: Group, most: int) -> list[Cell]:
    name = ALL if group is found.whole else named(found.by, group)
    bar = group.people / most if most else -1.0
    counts = [group.ages.get(label, 0) for label in found.bands] if found.told else []
    schooled = sum(count for level, count in group.education.items() if level and level.value not in LOW)
    skilled = sum(count for level, count in group.skill.items() if level)
    aged = [_mean(group.mean)] if found.told else []
    return [Cell(name, words(name)), Cell(Own(f"{group.people:,}"), group.people, bar=bar), *aged,
            *map(_figure, (*counts, schooled, skilled))]  # fmt: skip


LOW = frozenset({"junior", "secondary"})


def _mean(years: float | None) -> Cell:
    return Cell(Own(show.NOTHING if years is None else f"{years:.1f}"), years)


def _figure(count: int) -> Cell:
    return Cell(Own(f"{count:,}" if count else show.NOTHING), count)


# Retirements, certificates, compounds


def retiring(found: Sequence[Retiring]) -> list[Line]:
    """One line a year."""
    most = max((row.people for row in found), default=0)
    return [Line(row, partial(_retiring, row, n, most)) for n, row in enumerate(found)] if any(
        row.people for row in found) else []  # fmt: skip


def when(row: Retiring) -> Message:
    """In which year, or before or after all of them."""
    if row.from_on is None:
        return said(N_("day passed before {date}"), date=_next(row)) if row.until_on else N_("Not known")
    return Own(str(row.from_on.year)) if row.until_on else said(N_("{year} or later"), year=row.from_on.year)


def _next(row: Retiring) -> str:
    assert row.until_on is not None
    return row.until_on.fromordinal(row.until_on.toordinal() + 1).isoformat()


def _retiring(row: Retiring, at: int, most: int) -> list[Cell]:
    tone = "bad" if row.from_on is None and row.until_on and row.people else ""
    first = sorted(row.functions.items(), key=lambda of: -of[1])[:3]
    said_ = partial(_functions, first)
    return [Cell(when(row), at), Cell(Own(f"{row.people:,}"), row.people, tone, bar=row.people / most if most else 0.0),
            Cell(said_)]  # fmt: skip


def _functions(first: Sequence[tuple[Any, int]]) -> str:
    return words(N_(", ")).join(
        f"{words(_choice('post.function', function) if function else N_('Without a post'))} {count}"
        for function, count in first
    )


def covered(found: Sequence[Covered]) -> list[Line]:
    """One line a compound and certificate, the weakest first."""
    return [Line(row, partial(_covered, row)) for row in found]


def _covered(row: Covered) -> list[Cell]:
    name = partial(_kinds, row.group)
    return [Cell(name, _kinds(row.group)), Cell(Own(row.compound), row.compound), _figure(row.valid),
            _figure(row.needed), _figure(row.after), _stands(row.weak)]  # fmt: skip


def _kinds(group: Sequence[str]) -> str:
    return " / ".join(words(f"certificate_kind.code={kind}") for kind in group)


def able(found: Sequence[Able]) -> list[Line]:
    """One line a compound and kind of work."""
    return [Line(row, partial(_able, row)) for row in found]


def _able(row: Able) -> list[Cell]:
    name = f"trade_certificate.trade={row.trade}"
    return [Cell(name, words(name)), Cell(Own(row.compound), row.compound), _figure(row.valid), _figure(row.needed),
            _stands(row.weak)]  # fmt: skip


def _stands(weak: Weak | None) -> Cell:
    word, tone = STANDS[weak]
    return Cell(word, list(STANDS).index(weak), tone=tone, pill=True)


def teams(found: Sequence[Team]) -> list[Line]:
    """One line a compound."""
    return [Line(row, partial(_team, row)) for row in found]


def _team(row: Team) -> list[Cell]:
    a_head = row.hours / row.people / 10 if row.people else 0.0
    met = Cell(Own(f"{row.met} / {row.bound}"), row.met / row.bound if row.bound else None)
    return [
        Cell(Own(row.compound), row.compound),
        *map(_figure, (row.people, row.own, row.contract, row.agency, row.provider)),
        _mean(row.mean), _figure(row.schooled), Cell(Own(f"{a_head:.1f}"), a_head), met,
        Cell(Own(show.NOTHING if row.per_head is None else show.money(row.per_head)), row.per_head),
        Cell(Own(str(row.short) if row.short else show.NOTHING), row.short, "bad" if row.short else ""),
    ]  # fmt: skip


def sides(found: Sequence[Side]) -> list[Line]:
    """One line a side and employer."""
    return [Line((side.whose, side.employer), partial(_side, side)) for side in found]


def _side(side: Side) -> list[Cell]:
    a_head = side.hours / side.people / 10 if side.people else 0.0
    return [
        Cell(WORDS[side.whose], list(Whose).index(side.whose)), Cell(Own(side.employer or show.NOTHING), side.employer),
        Cell(Own(f"{side.people:,}"), side.people), _mean(side.mean), _share(side.schooled, side.people),
        _share(side.skilled, side.people), Cell(Own(f"{a_head:.1f}"), a_head), _of(side.met, side.bound),
        _of(side.certified, side.asked),
    ]  # fmt: skip


def _share(count: int, people: int) -> Cell:
    return Cell(Own(f"{count:,} · {count * 100 / people:.0f}%" if count else show.NOTHING), count / people)


def _of(count: int, of: int) -> Cell:
    return Cell(Own(f"{count} / {of}" if of else show.NOTHING), count / of if of else None)
