"""盘点报告 and 审批表: the count in figures, the equation, how rooms and teams came out, what is to be approved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from models.stocktake import CountResult, StocktakeLine, StocktakeState
from models.stocktake_scan import StocktakeScan
from resources.words import N_
from services.documents.amounts import figures
from services.documents.statement import Fact
from services.documents.stocktake_form import Form, Opinions, Section
from services.documents.stocktake_tables import Head, columns, result
from services.documents.stocktake_words import POSTS, About, money
from services.documents.table import UNKNOWN, Figure
from services.stocktake_differences import Difference, differences_of
from services.stocktake_equation import Equation, Sums, equation_of
from services.stocktake_own import own_keeping
from services.stocktake_rooms import rooms_of
from services.stocktake_sheet import by_room

R, S = CountResult, StocktakeState
REPORT, APPROVAL = N_("Stocktake report"), N_("Approval of a stocktake")
EQUATION = N_("Book {book} + surplus {surplus} − loss {loss} = counted {counted}")


def report(about: About) -> Form:
    """盘点报告. All of it follows from the count; the equation holds in every row."""
    every, sums = differences_of(about.session, about.found), equation_of(about.session, about.found.id)
    sections = [_equation(about, sums), *_where(about), _differences(about, every), _causes(about, every),
                _own(about)]  # fmt: skip
    posts = [about.say(post) for post in POSTS]
    return Form(
        "stocktake_report", REPORT, particulars=about.particulars(), figures=_cover(about, every, sums),
        text=[*_said(about, sums)], sections=sections, posts=posts,
        remarks=[about.say(SOURCE)], **about.base(draft=not about.issued),
    )  # fmt: skip


SOURCE = N_("Counted and reported by 行政事业性国有资产管理条例 (Decree 738) art. 34, 37 and 39.")


def approval(about: About) -> Form:
    """审批表: what came out and what is to become of it; who says what, and the decision as soon as it is there."""
    every, sums = differences_of(about.session, about.found), equation_of(about.session, about.found.id)
    found, say = about.found, about.say
    decided = [] if not found.approval_no else [
        say(N_("Approved, number {number}"), number=found.approval_no), about.day(found.approved_on),
        found.approver or "",
    ]  # fmt: skip
    who = (N_("Asset office"), N_("Finance"), N_("Head of the unit"))
    boxes = [*((say(post), []) for post in who), (say(N_("Approved by")), [line for line in decided if line])]
    return Form(
        "stocktake_approval", APPROVAL, particulars=about.particulars(), figures=_cover(about, every, sums),
        text=[*_said(about, sums), say(ASKED)], sections=[_asked(about, every), _differences(about, every)],
        opinions=Opinions(boxes, say(N_("Signature")), say(N_("Date"))), **about.base(draft=not about.issued),
    )  # fmt: skip


ASKED = N_(
    "It is asked to approve what is to become of the differences listed. Before the approval nothing is adjusted."
)


def _cover(about: About, every: Sequence[Difference], sums: Equation) -> list[Fact]:
    line = StocktakeLine
    cards = about.session.scalar(sa.select(sa.func.count(line.id)).where(line.stocktake_id == about.found.id)) or 0
    astray = sum(one.result is R.ELSEWHERE for one in every)
    say = about.say
    return [
        (say(N_("Cards")), f"{cards:,}"), (say(N_("Book, pieces")), f"{sums.pieces.book:,}"),
        (say(N_("Counted, pieces")), f"{sums.pieces.counted:,}"),
        (say(N_("Surplus, pieces")), f"{sums.pieces.surplus:,}"),
        (say(N_("Loss, pieces")), f"{sums.pieces.loss:,}"), (say(N_("Cards elsewhere")), f"{astray:,}"),
        (say(N_("Book value, yuan")), figures(sums.cost.book)),
        (say(N_("Counted value, yuan")), figures(sums.cost.counted)),
    ]  # fmt: skip


def _said(about: About, sums: Equation) -> Iterator[str]:
    def told(of: Sums, show: str) -> str:
        shown = {name: f"{getattr(of, name):,}" if show == "n" else figures(getattr(of, name))
                 for name in ("book", "surplus", "loss", "counted")}  # fmt: skip
        return about.say(EQUATION, **shown)

    yield about.say(N_("In pieces: {equation}."), equation=told(sums.pieces, "n"))
    yield about.say(N_("In yuan: {equation}."), equation=told(sums.cost, "fen"))


def _equation(about: About, sums: Equation) -> Section:
    heads: Sequence[Head] = (
        (N_("Class"), 52, "s"), (N_("Name of the class"), 120, "l"), (N_("Book"), 44, "r"),
        (N_("+ surplus"), 44, "r"), (N_("− loss"), 44, "r"), (N_("= counted"), 44, "r"),
        (N_("Of it elsewhere"), 66, "r"), (N_("Book, yuan"), 76, "r"), (N_("+ surplus, yuan"), 72, "r"),
        (N_("− loss, yuan"), 72, "r"), (N_("= counted, yuan"), 76, "r"),
    )  # fmt: skip

    def cells(n: Sums, fen: Sums) -> tuple[str, ...]:
        pieces = (n.book, n.surplus, n.loss, n.counted, n.elsewhere)
        return (
            *(f"{one:,}" for one in pieces),
            *(money(one) for one in (fen.book, fen.surplus, fen.loss, fen.counted)),
        )

    rows = [(row.code or UNKNOWN, row.name or UNKNOWN, *cells(row.pieces, row.cost)) for row in sums.rows]
    total = (about.say(N_("Total")), "", *cells(sums.pieces, sums.cost))
    title = N_("Book + surplus − loss = counted")
    return Section(about.say(title), about.say(N_("by class")), columns(about, heads), rows, total if rows else ())


COUNTS: Sequence[Head] = (
    (N_("Cards"), 40, "r"), (N_("Seen"), 40, "r"), ("stocktake_line.result=matched", 50, "r"),
    ("stocktake_line.result=elsewhere", 44, "r"), ("stocktake_line.result=short", 40, "r"),
    ("stocktake_line.result=over", 40, "r"), ("stocktake_line.result=missing", 40, "r"),
)  # fmt: skip


def _where(about: About) -> Iterator[Section]:
    """By room in the order they are walked, then by team: cards."""
    found = by_room(about.session, about.found.id)
    rooms, teams = list[Sequence[str]](), dict[str, dict[CountResult, int]]()
    for room in rooms_of(about.session, about.found.id, found):
        counts = found.get(room.stocktake_room_id, {})
        team = teams.setdefault(room.team, {})
        for key, n in counts.items():
            team[key] = team.get(key, 0) + n
        place = " ".join(part for part in (room.building, room.room, room.name) if part) or about.say(N_("No place"))
        rooms.append((place, room.team or UNKNOWN, *_counts(counts)))
    heads: Sequence[Head] = ((N_("Place"), 200, "l"), (N_("Counting team"), 80, "l"), *COUNTS)
    yield Section(about.say(N_("By room")), about.say(N_("cards")), columns(about, heads), rooms)
    yield _teams(about, teams)


def _teams(about: About, by_team: Mapping[str, Mapping[CountResult, int]]) -> Section:
    """What came out in the rooms of each team, those of nobody last."""
    people, read = {team.name: team for team in about.teams.values()}, _read(about)
    rows = list[Sequence[str]]()
    for name in [*people, *([""] if "" in by_team else [])]:
        who = people.get(name)
        persons = (who.counter, who.supervisor, f"{read.get(who.id, 0):,}") if who else (UNKNOWN,) * 3
        rows.append((name or about.say(N_("no team")), *persons, *_counts(by_team.get(name, {}))))
    heads: Sequence[Head] = (
        (N_("Counting team"), 80, "l"), (N_("Counted by"), 80, "l"), (N_("Supervised by"), 80, "l"),
        (N_("Readings"), 50, "r"), *COUNTS,
    )  # fmt: skip
    return Section(about.say(N_("By team")), about.say(N_("cards of its rooms")), columns(about, heads), rows)


def _counts(counts: Mapping[CountResult, int]) -> tuple[str, ...]:
    every = sum(counts.values())
    seen = every - counts.get(R.PENDING, 0) - counts.get(R.MISSING, 0)
    by = (counts.get(result_, 0) for result_ in (R.MATCHED, R.ELSEWHERE, R.SHORT, R.OVER, R.MISSING))
    return tuple(f"{n:,}" for n in (every, seen, *by))


def _read(about: About) -> dict[UUID, int]:
    """How many readings each team made."""
    scan = StocktakeScan
    found = sa.select(scan.team_id, sa.func.count(scan.id)).where(scan.stocktake_id == about.found.id)
    return {row[0]: row[1] for row in about.session.execute(found.group_by(scan.team_id))}


def _differences(about: About, every: Sequence[Difference]) -> Section:
    heads: Sequence[Head] = (
        (N_("No."), 28, "c"), (N_("Number, name"), 150, "l"), (N_("Difference"), 50, "l"), (N_("Pieces"), 36, "r"),
        (N_("Amount"), 64, "r"), (N_("Cause"), 60, "l"), (N_("Explanation"), 150, "l"), (N_("Responsible"), 70, "l"),
        (N_("Settlement"), 66, "l"),
    )  # fmt: skip
    rows = [
        (str(n), f"{one.number} {one.name}".strip(), result(about, one), f"{one.pieces:+,}" if one.pieces else UNKNOWN,
         money(one.value), about.word("stocktake_line.cause", one.cause), one.explanation or UNKNOWN,
         one.responsible or UNKNOWN, about.word("stocktake_line.settlement", one.settlement))
        for n, one in enumerate(every, 1)
    ]  # fmt: skip
    title = about.say(N_("Differences and their causes"))
    return Section(title, about.say(N_("{n} lines"), n=f"{len(rows):,}"), columns(about, heads), rows)


def _grouped(
    about: About, every: Sequence[Difference], field: str, title: str, head: str, *, other: str = ""
) -> Section:
    """Differences by what is said of them: how many, which pieces and sums."""
    groups = dict[str, list[Difference]]()
    for one in every:
        groups.setdefault(about.word(f"stocktake_line.{field}", getattr(one, field)), []).append(one)
    heads: Sequence[Head] = (
        (head, 160, "l"), (N_("How many"), 50, "r"), (N_("Pieces more"), 60, "r"), (N_("Amount more"), 90, "r"),
        (N_("Pieces less"), 60, "r"), (N_("Amount less"), 90, "r"), (N_("Cards found elsewhere"), 80, "r"),
    )  # fmt: skip
    rows = [(name, *_sums(some)) for name, some in groups.items()]
    total = (about.say(N_("Total")), *_sums(every))
    return Section(about.say(title), other, columns(about, heads), rows, total if rows else ())


def _sums(some: Sequence[Difference]) -> tuple[str, ...]:
    more, less = [one for one in some if one.pieces > 0], [one for one in some if one.pieces < 0]
    return (
        f"{len(some):,}", f"{sum(one.pieces for one in more):,}", Figure(figures(sum(one.value or 0 for one in more))),
        f"{-sum(one.pieces for one in less):,}", Figure(figures(sum(one.value or 0 for one in less))),
        f"{sum(one.result is R.ELSEWHERE for one in some):,}",
    )  # fmt: skip


def _causes(about: About, every: Sequence[Difference]) -> Section:
    return _grouped(about, every, "cause", N_("By cause"), N_("Cause"))


def _asked(about: About, every: Sequence[Difference]) -> Section:
    return _grouped(about, every, "settlement", N_("What is to become of the differences"), N_("Settlement"))


def _own(about: About) -> Section:
    """Who alone counted what is in his own keeping: told, not refused."""
    heads: Sequence[Head] = ((N_("Counting team"), 160, "l"), (N_("Counted by"), 160, "l"), (N_("Cards"), 60, "r"))
    rows = [(one.team, one.counter, f"{one.cards:,}") for one in own_keeping(about.session, about.found.id)]
    return Section(about.say(N_("Things counted by their own keepers alone")), "", columns(about, heads), rows)
