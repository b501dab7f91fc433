"""队伍结构分析表: how the people are made up on a day, in charts and tables, as a paper in either language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from models.post import PostFunction
from resources.words import N_, tr
from services.desk.desk import Desk
from services.documents.amounts import figures
from services.documents.statement import Chapter, Statement, render
from services.documents.table import Column
from services.place_papers import NOTHING, office_of, other_tongue, signers
from services.skill_coverage import Coverage
from services.skill_risks import Weak
from services.staff_retiring import Retiring
from services.staff_sides import WORDS, Side
from services.staff_structure import LEVELS, By, Group, Structure
from services.team_comparison import SCHOOLED, Team

FIELDS = {"education": "staff.education", "skill": "staff.skill_level", "employment": "staff.employment"}
CHAPTERS = {By.UNIT: N_("By unit"), By.FUNCTION: N_("By post function"), By.YEAR: N_("By year")}
FIRST = {By.COMPOUND: "compound", By.UNIT: "staff.unit_id", By.FUNCTION: "post.function", By.YEAR: N_("At the end of")}
STANDS = {Weak.SHORT: N_("too few"), Weak.ONLY: N_("one person alone"), Weak.SOON: N_("too few soon")}
NOT_SAID = N_("Not said")


def report(desk: Desk, on: date, lang: str, **scope: Any) -> bytes:
    """All of it, of some compounds, units and functions or of everybody; who may not be told ages gets none."""
    say = partial(tr, lang)
    found: dict[By, Structure] = {by: desk.ask("staff.structure", on=on, by=by, **scope) for by in FIRST}
    main = found[By.COMPOUND]
    covered: Coverage = desk.ask("staff.coverage", on=on, **scope)
    chapters = [
        *_charts(main, say), *_ahead(desk.ask("staff.retiring", on=on, **scope), say),
        *(_table(found[by], title, lang) for by, title in CHAPTERS.items()), _covered(covered, lang),
        *_sides(desk, on, scope, lang),
    ]  # fmt: skip
    whole = main.whole
    weak = [row for row in covered.kinds if row.weak]
    pairs = [
        (say(N_("People")), f"{whole.people:,}"), (say(N_("Mean age")), _mean(whole)),
        (say(N_("College or more")), f"{_schooled(whole):,}"),
        (say(N_("Certificates too few hold")), f"{sum(row.weak is Weak.SHORT for row in weak):,}"),
        (say(N_("Held by one person alone")), f"{sum(row.weak is Weak.ONLY for row in weak):,}"),
    ]  # fmt: skip
    paper = Statement(
        "team-structure", say(N_("Structure of the team")), other_tongue(lang, N_("Structure of the team")),
        office_of(desk), [(say(N_("People of")), _scope(desk, scope, say)), (say(N_("As on")), on.isoformat())],
        _columns(main, say),
        [_row(main, group, say) for group in main.groups],
        _row(main, whole, say, say(N_("Total"))) if main.groups else (), pairs,
        [say(N_("Posts are those of the day; schooling, skill and employment are as they are known now."))],
        signers(say), chapters,
    )  # fmt: skip
    return render(paper, lang=lang, made=desk.clock(), tell=desk.tell).data


def _scope(desk: Desk, scope: Mapping[str, Any], say: Any) -> str:
    """Whose structure it is, in words."""
    kinds = {"compound": scope.get("compound_ids"), "organization": scope.get("unit_ids")}
    names = [name.label for kind, ids in kinds.items() if ids for name in desk.names(kind, ids).values()]
    names += [str(say(f"post.function={PostFunction(function).value}")) for function in scope.get("functions") or ()]
    return "、".join(names) or str(say(N_("all compounds in reach")))


def _chapter(title: str, lang: str, **parts: Any) -> Chapter:
    return Chapter(tr(lang, title), other_tongue(lang, title), **parts)


def _charts(found: Structure, say: Any) -> list[Chapter]:
    """Ages, schooling, skill and employment of everybody."""
    lang, whole = say.args[0], found.whole
    made = [_chart(N_("Ages"), lang, found.bands, whole.ages, str)] if found.told else []
    titles = {"education": N_("Schooling"), "skill": N_("Skill levels"), "employment": N_("Employment")}
    for part, title in titles.items():
        of: Mapping[Any, int] = getattr(whole, part)
        name = partial(_choice, FIELDS[part], say)
        made.append(_chart(title, lang, [level for level in LEVELS[part] if of.get(level)], of, name))
    return [chart for chart in made if chart.bars]


def _chart(title: str, lang: str, keys: Sequence[Any], of: Mapping[Any, int], name: Any) -> Chapter:
    bars = [(name(key), of.get(key, 0)) for key in keys]
    if none := of.get(None):
        bars.append((tr(lang, NOT_SAID), none))
    return _chapter(title, lang, bars=bars if sum(count for _, count in bars) else ())


def _choice(field: str, say: Any, key: Any) -> str:
    return str(say(f"{field}={key.value}"))


def _ahead(found: Sequence[Retiring], say: Any) -> list[Chapter]:
    lang = say.args[0]
    bars = [(_when(row, say), row.people) for row in found]
    return [_chapter(N_("Retirements ahead"), lang, bars=bars)] if any(count for _, count in bars) else []


def _when(row: Retiring, say: Any) -> str:
    if row.from_on is None:
        return str(say(N_("day passed")) if row.until_on else say(N_("Not known")))
    return str(row.from_on.year) if row.until_on else str(say(N_("{year} or later"), year=row.from_on.year))


# Tables


def _columns(found: Structure, say: Any) -> list[Column]:
    ages = [(N_("Mean age"), 46), *((label, 40) for label in found.bands)] if found.told else []
    names = [(FIRST[found.by], 120), (N_("People"), 44), *ages]
    return _laid([*names, (N_("College or more"), 60), (N_("With a skill level"), 70)], say)


def _laid(names: Sequence[tuple[str, int]], say: Any, texts: Sequence[int] = (0,)) -> list[Column]:
    """Columns by their names and widths; all but `texts` are figures."""
    return [Column(say(name), width, "left" if n in texts else "right", n in texts)
            for n, (name, width) in enumerate(names)]  # fmt: skip


def _row(found: Structure, group: Group, say: Any, name: str = "") -> list[str]:
    ages = [_mean(group), *(_count(group.ages.get(label, 0)) for label in found.bands)] if found.told else []
    skilled = sum(count for level, count in group.skill.items() if level)
    return [name or _named(found.by, group, say), f"{group.people:,}", *ages, _count(_schooled(group)), _count(skilled)]


def _named(by: By, group: Group, say: Any) -> str:
    if group.key is None:
        return str(say(N_("Without a post") if by is By.FUNCTION else NOT_SAID))
    return _choice(FIRST[by], say, group.key) if by is By.FUNCTION else group.name or str(group.key)


def _table(found: Structure, title: str, lang: str) -> Chapter:
    say = partial(tr, lang)
    rows = [_row(found, group, say) for group in found.groups]
    return _chapter(title, lang, columns=_columns(found, say), rows=rows)


def _covered(found: Coverage, lang: str) -> Chapter:
    """What too few hold; what is covered is not listed."""
    say = partial(tr, lang)
    names = [("certificate.kind", 190), ("compound", 150), (N_("Valid"), 50), (N_("Needed"), 50)]
    names.append((N_("How it stands"), 90))
    rows = [
        [" / ".join(say(f"certificate_kind.code={kind}") for kind in row.group), row.compound, str(row.valid),
         str(row.needed), say(STANDS[row.weak])]
        for row in found.kinds if row.weak
    ]  # fmt: skip
    return _chapter(N_("Certificates too few hold"), lang, columns=_laid(names, say, (0, 1, 4)), rows=rows)


def _sides(desk: Desk, on: date, scope: Mapping[str, Any], lang: str) -> list[Chapter]:
    """The compounds beside each other; of units and functions alone there is nothing to compare."""
    if scope.get("unit_ids") or scope.get("functions"):
        return []
    say, only = partial(tr, lang), scope.get("compound_ids")
    teams: list[Team] = [team for team in desk.ask("staff.compare", on=on) if not only or team.compound_id in only]
    names = (("compound", 120), (N_("People"), 40), (N_("Own"), 40), (N_("On contract"), 50), (N_("Agency"), 46),
             (N_("Provider"), 50), (N_("Mean age"), 46), (N_("Hours a head"), 60), (N_("Have their hours"), 70),
             (N_("Training a head (yuan)"), 80), (N_("Certificates short"), 60))  # fmt: skip
    rows = [_team(team) for team in teams]
    return [
        _chapter(N_("Compounds side by side"), lang, columns=_laid(names, say), rows=rows),
        _whose(desk, on, only, lang),
    ]


def _whose(desk: Desk, on: date, only: Any, lang: str) -> Chapter:
    """The office's own people beside those of agencies and providers."""
    say = partial(tr, lang)
    names = ((N_("Whose people"), 90), ("staff.employer", 170), (N_("People"), 44), (N_("Mean age"), 50),
             (N_("College or more"), 66), (N_("With a skill level"), 76), (N_("Hours a head"), 66),
             (N_("Have their hours"), 80), (N_("Have their certificates"), 90))  # fmt: skip
    found: list[Side] = desk.ask("staff.sides", on=on, compound_ids=only or ())
    rows = [
        [say(WORDS[side.whose]), side.employer or NOTHING, _count(side.people),
         NOTHING if side.mean is None else f"{side.mean:.1f}", _count(side.schooled), _count(side.skilled),
         f"{side.hours / side.people / 10:.1f}", f"{side.met} / {side.bound}", f"{side.certified} / {side.asked}"]
        for side in found
    ]  # fmt: skip
    return _chapter(N_("Own people and those of providers"), lang, columns=_laid(names, say, (0, 1)), rows=rows)


def _team(team: Team) -> list[str]:
    a_head = f"{team.hours / team.people / 10:.1f}" if team.people else NOTHING
    return [
        team.compound, *map(_count, (team.people, team.own, team.contract, team.agency, team.provider)),
        NOTHING if team.mean is None else f"{team.mean:.1f}", a_head,
        f"{team.met} / {team.bound}", NOTHING if team.per_head is None else figures(team.per_head), _count(team.short),
    ]  # fmt: skip


def _mean(group: Group) -> str:
    return NOTHING if group.mean is None else f"{group.mean:.1f}"


def _count(count: int) -> str:
    return f"{count:,}" if count else NOTHING


def _schooled(group: Group) -> int:
    return sum(group.education.get(level, 0) for level in SCHOOLED)
