"""盘点表: the sheet things are counted on, by room, and after the count what was found beside what the books say.

While things are counted nothing on it lets anybody count without visiting them: the end of the number is written from
the label, and there is neither a serial number nor a code to be read. A blind sheet lists nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from models.building import Building
from models.room import Room
from models.stocktake import CountResult, StocktakeLine, StocktakeRoom, StocktakeState, StocktakeTeam
from resources.words import N_
from services.desk.errors import Missing
from services.documents.stocktake_form import Form, Section
from services.documents.stocktake_tables import columns
from services.documents.stocktake_words import POSTS, About, money
from services.documents.table import UNKNOWN, Column
from services.stocktake_facts import Line
from services.stocktake_sheet_entry import LAST, positions
from services.stocktake_shown import lines

R = CountResult
NAME = N_("Stocktake sheet")
BLIND_LINES, FREE_LINES = 12, 2  # always as many, whatever the books say
NOTHING = N_("There is nothing to count here: choose a team that has rooms, or a room of this stocktake")
NO_PLACE = N_("No place")


def sheet(about: About) -> Form:
    """The sheet of the stocktake, of the rooms of a team, or of one room. Missing: there are no such rooms."""
    rooms = list(_rooms(about))
    if not rooms:
        raise Missing(NOTHING)
    counting = about.found.state is StocktakeState.COUNTING
    how = N_("Blind count") if about.found.blind else N_("Open count")
    facts = [*about.particulars(), (about.say(N_("Manner")), about.say(how)), *_who(about)]
    if counting:
        facts = [(k, "" if k == about.say(N_("Counted on")) else v) for k, v in facts]
        make = _blind if about.found.blind else _open
        remarks = [about.say(text, n=LAST) for text in (_BLIND if about.found.blind else _OPEN)]
    else:
        make, remarks = _result, list[str]()
    sections = list(make(about, rooms))
    base = about.base(draft=False) | ({"mark": about.say(N_("To be filled in"))} if counting else {})
    posts = [about.say(post) for post in POSTS]
    return Form("stocktake_sheet", NAME, particulars=facts, sections=sections, remarks=remarks, posts=posts, **base)


_OPEN = (
    N_("Write the last {n} characters of the number from the label into the boxes: without them nothing is counted."),
    N_("What stands in the room and is not listed is written on the empty lines with its whole number."),
)
_BLIND = (
    N_("Write the whole number from the label of everything that stands in the room; use another sheet for more."),
)  # fmt: skip


def _rooms(about: About) -> Iterator[tuple[UUID | None, str]]:
    """The rooms of the sheet with their names, in the order they are walked."""
    room = StocktakeRoom
    wanted = [room.stocktake_id == about.found.id]
    if about.team_id:
        wanted.append(room.team_id == about.team_id)
    if about.stocktake_room_id:
        wanted.append(room.id == about.stocktake_room_id)
    found = (
        sa.select(room.id, Building.name, Room.floor, Room.number, Room.name, StocktakeTeam.name)
        .outerjoin(Building, Building.id == room.building_id).outerjoin(Room, Room.id == room.room_id)
        .outerjoin(StocktakeTeam, StocktakeTeam.id == room.team_id).where(*wanted).order_by(room.position)
    )  # fmt: skip
    for id, building, _, number, name, team in about.session.execute(found):
        place = " ".join(part for part in (building, number, name) if part) or about.say(NO_PLACE)
        yield id, place + (f"　{team}" if team and not about.team_id else "")


def _who(about: About) -> list[tuple[str, str]]:
    team = about.teams.get(about.team_id) if about.team_id else None
    if team is None:
        return []
    said = about.say(N_("{counter} counts, {supervisor} supervises"), counter=team.counter, supervisor=team.supervisor)
    return [(about.say(N_("Counting team")), f"{team.name}（{said}）")]


def _by_room(about: About, rooms: Sequence[tuple[UUID | None, str]]) -> Mapping[UUID | None, list[tuple[int, Line]]]:
    """The lines of these rooms in the order of their positions, which they bear."""
    order = positions(about.session, about.found.id)
    wanted = [id for id, _ in rooms]
    rows = about.session.execute(
        sa.select(StocktakeLine.id, StocktakeLine.stocktake_room_id)
        .where(StocktakeLine.stocktake_id == about.found.id)
    )  # fmt: skip
    room_of = {row.id: row.stocktake_room_id for row in rows}
    picked = (StocktakeLine.stocktake_room_id.in_(wanted),) if len(wanted) == 1 else ()
    out: dict[UUID | None, list[tuple[int, Line]]] = {id: [] for id in wanted}
    for line in lines(about.session, about.found, *picked):
        id = line.card.line_id
        if id and room_of[id] in out:
            out[room_of[id]].append((order[id], line))
    for some in out.values():
        some.sort(key=lambda one: one[0])
    return out


def _open(about: About, rooms: Sequence[tuple[UUID | None, str]]) -> Iterator[Section]:
    say, by_room = about.say, _by_room(about, rooms)
    made = [
        Column(say(N_("No.")), 30, "center", wraps=False), Column(say(N_("Asset number")), 92, "right", wraps=False),
        Column(say(N_("Last characters")), 54, "center"), Column(say(N_("Asset name")), 110),
        Column(say(N_("Model")), 110), Column(say(N_("Unit")), 30, "center"),
        Column(say(N_("Book quantity")), 48, "right", wraps=False), Column(say(N_("Counted")), 42),
        Column(say(N_("State of it")), 52), Column(say(N_("Kept or used by")), 60), Column(say(N_("Remark")), 100),
    ]  # fmt: skip
    empty = ("",) * len(made)
    for id, name in rooms:
        rows: list[Sequence[str]] = [
            (f"{n}", line.card.number[:-LAST], "", line.card.name, line.card.model, line.card.measure,
             f"{line.card.quantity:,}", "", "", "", "")
            for n, line in by_room[id]
        ]  # fmt: skip
        free = [empty] * FREE_LINES
        yield Section(name, say(N_("{n} cards"), n=f"{len(rows):,}"), made, [*rows, *free], written=7, boxed=2)


def _blind(about: About, rooms: Sequence[tuple[UUID | None, str]]) -> Iterator[Section]:
    say = about.say
    made = [
        Column(say(N_("Line")), 30, "center", wraps=False), Column(say(N_("Whole number from the label")), 150),
        Column(say(N_("Asset name")), 120), Column(say(N_("Model")), 120), Column(say(N_("Counted")), 50),
        Column(say(N_("State of it")), 62), Column(say(N_("Kept or used by")), 72), Column(say(N_("Remark")), 110),
    ]  # fmt: skip
    rows = [(str(n), *("",) * (len(made) - 1)) for n in range(1, BLIND_LINES + 1)]
    for _, name in rooms:
        yield Section(name, "", made, rows, written=1)


def _result(about: About, rooms: Sequence[tuple[UUID | None, str]]) -> Iterator[Section]:
    """What the books say beside what was found, room by room; 国资 forms have these columns."""
    say, by_room = about.say, _by_room(about, rooms)
    table = _result_columns(about)
    rows_of = {row.id: row for row in about.session.scalars(
        sa.select(StocktakeLine).where(StocktakeLine.stocktake_id == about.found.id))}  # fmt: skip
    for id, name in rooms:
        rows = [_result_row(about, n, line, rows_of[line.card.line_id]) for n, line in by_room[id] if line.card.line_id]
        yield Section(name, say(N_("{n} cards"), n=f"{len(rows):,}"), table, rows)


def _result_columns(about: About) -> list[Column]:
    heads: tuple[tuple[str, int, str], ...] = (
        (N_("No."), 28, "c"), (N_("Asset number"), 62, "l"), (N_("Class"), 46, "s"), (N_("Asset name"), 58, "l"),
        (N_("Model"), 52, "l"), (N_("Unit"), 27, "c"), (N_("Book"), 27, "r"), (N_("Cost"), 52, "r"),
        (N_("Depreciated"), 52, "r"), (N_("Net value"), 52, "r"), (N_("Counted"), 29, "r"),
        (N_("State of it"), 29, "l"), (N_("Place"), 46, "l"), (N_("Kept or used by"), 36, "l"),
        (N_("Surplus"), 28, "r"),
        (N_("Amount"), 48, "r"), (N_("Lost"), 28, "r"), (N_("Amount"), 48, "r"), (N_("Cause"), 44, "l"),
        (N_("Settlement"), 44, "l"),
    )  # fmt: skip
    return columns(about, heads)


def _result_row(about: About, n: int, line: Line, row: StocktakeLine) -> Sequence[str]:
    counted = row.counted or 0
    over, gone = max(0, counted - row.quantity), max(0, row.quantity - counted)
    over, gone = (over, 0) if row.result is R.OVER else (0, gone if row.result in (R.SHORT, R.MISSING) else 0)
    net = None if row.cost is None else row.cost - (row.accumulated or 0)

    def part(pieces: int) -> str:
        return "" if not pieces else money(None if row.cost is None else row.cost * pieces // row.quantity)

    there = about.place(line.building, line.floor, line.room) if counted else UNKNOWN
    keeper = line.keeper or (line.card.keeper if counted else "") or UNKNOWN
    state = about.say(N_("damaged")) if row.damaged else about.say(N_("good")) if counted else UNKNOWN
    if there == UNKNOWN and counted:
        there = about.place(line.card.building, line.card.floor, line.card.room)
    return (
        str(n), row.number, row.class_code or "", row.name, row.model or "", row.measure or "", f"{row.quantity:,}",
        money(row.cost), money(row.accumulated), money(net), f"{counted:,}", state, there, keeper,
        f"{over:,}" if over else "", part(over), f"{gone:,}" if gone else "", part(gone),
        about.word("stocktake_line.cause", row.cause) if row.cause else "",
        about.word("stocktake_line.settlement", row.settlement) if row.settlement else "",
    )  # fmt: skip
