"""盘盈表, 盘亏表, 差异说明表, 调整清单: what differs, why, who thinks what of it, and which document settles it."""

from __future__ import annotations

from collections.abc import Sequence

from models.stocktake import CountResult, StocktakeLine, StocktakeSurplus
from resources.words import N_
from services.documents.ink import Align
from services.documents.stocktake_form import Form, Section
from services.documents.stocktake_words import POSTS, About, money
from services.documents.table import LINES, UNKNOWN, Column, Figure
from services.stocktake_differences import Difference, differences_of
from services.stocktake_differing import lost, rows_of

R = CountResult
WHOLE = 28  # lines of a cell: the longest explanation and the longest opinion are told whole
Head = tuple[str, int, str]
SURPLUS, LOSS = N_("List of surpluses"), N_("List of losses")
DIFFERENCES, ADJUSTMENTS = N_("Explanation of differences"), N_("List of adjustments")
SIDES: dict[str, Align] = {"l": "left", "c": "center", "r": "right", "s": "left"}


def columns(about: About, heads: Sequence[Head]) -> list[Column]:
    """Columns by name, share of the sheet and side: l (wrapped), c, r, or s (left, set smaller rather than wrapped)."""
    return [Column(about.say(head), width, SIDES[at], at == "l") for head, width, at in heads]


def surplus(about: About) -> Form:
    """What is in no book, and what is more than the books say, with what it is worth and by what."""
    lines, more = rows_of(about.session, about.found.id)
    by_id = {one.id: one for one in differences_of(about.session, about.found)}
    there: list[StocktakeLine | StocktakeSurplus] = [*more, *(row for row in lines if row.result is R.OVER)]
    rows = [_more(about, by_id[row.id], row) for row in there]
    pieces, value = (sum(getattr(by_id[row.id], name) or 0 for row in there) for name in ("pieces", "value"))
    heads: Sequence[Head] = (
        (N_("No."), 28, "c"), (N_("Code, number"), 74, "l"), (N_("Class"), 46, "s"), (N_("Asset name"), 76, "l"),
        (N_("Model"), 70, "l"), (N_("Unit"), 28, "c"), (N_("Surplus pieces"), 44, "r"), (N_("Place"), 60, "l"),
        (N_("Kept or used by"), 42, "l"), ("stocktake_surplus.value", 58, "r"), (N_("Valued by"), 42, "l"),
        ("stocktake_surplus.value_paper", 62, "l"), (N_("Cause"), 50, "l"), (N_("Settlement"), 50, "l"),
    )  # fmt: skip
    total = ("", about.say(N_("Total")), "", "", "", "", f"{pieces:,}", "", "", Figure(money(value)), "", "", "", "")
    remark = about.say(N_("Valued by papers, else by appraisal, else by the market price, else nominally 1 yuan."))
    return _form(about, "stocktake_surplus_list", SURPLUS, columns(about, heads), rows, total, [remark])


def _more(about: About, one: Difference, row: StocktakeLine | StocktakeSurplus) -> Sequence[str]:
    where = one.found if any(vars(one.found).values()) else one.place
    return (
        "", one.number or UNKNOWN, row.class_code or UNKNOWN, one.name, one.model, row.measure or "",
        f"{one.pieces:,}", about.place(where.building, where.floor, where.room),
        one.found_keeper or one.keeper or UNKNOWN, money(one.value),
        about.word("stocktake_surplus.basis", one.basis) if one.surplus else about.say(N_("card")),
        one.value_paper or UNKNOWN, about.word("stocktake_line.cause", one.cause),
        about.word("stocktake_line.settlement", one.settlement),
    )  # fmt: skip


def loss(about: About) -> Form:
    """What is not there, whole cards and pieces of cards, with who answers for it."""
    lines, _ = rows_of(about.session, about.found.id)
    gone = [row for row in lines if row.result in (R.MISSING, R.SHORT)]
    by_id = {one.id: one for one in differences_of(about.session, about.found)}
    rows = [_gone(about, by_id[row.id], row) for row in gone]
    heads: Sequence[Head] = (
        (N_("No."), 28, "c"), (N_("Asset number"), 74, "l"), (N_("Class"), 46, "s"), (N_("Asset name"), 70, "l"),
        (N_("Model"), 60, "l"), (N_("Unit"), 28, "c"), (N_("Book pieces"), 44, "r"), (N_("Cost"), 54, "r"),
        (N_("Depreciated"), 54, "r"), (N_("Net value"), 54, "r"), (N_("Lost pieces"), 44, "r"),
        (N_("Lost cost"), 54, "r"), (N_("Cause"), 44, "l"), (N_("Responsible"), 60, "l"), (N_("Pays"), 46, "r"),
        (N_("Settlement"), 48, "l"),
    )  # fmt: skip
    sums = [sum(values) for values in (
        (row.quantity for row in gone), (row.cost or 0 for row in gone), (row.accumulated or 0 for row in gone),
        ((row.cost or 0) - (row.accumulated or 0) for row in gone), (-lost(row) for row in gone),
        (by_id[row.id].value or 0 for row in gone), (row.compensation or 0 for row in gone),
    )]  # fmt: skip
    total = ("", about.say(N_("Total")), "", "", "", "", f"{sums[0]:,}", money(sums[1]), money(sums[2]), money(sums[3]),
             f"{sums[4]:,}", money(sums[5]), "", "", money(sums[6]), "")  # fmt: skip
    return _form(about, "stocktake_loss_list", LOSS, columns(about, heads), rows, total, [])


def _gone(about: About, one: Difference, row: StocktakeLine) -> Sequence[str]:
    net = None if row.cost is None else row.cost - (row.accumulated or 0)
    return (
        "", row.number, row.class_code or UNKNOWN, row.name, row.model or "", row.measure or "", f"{row.quantity:,}",
        money(row.cost), money(row.accumulated), money(net), f"{-one.pieces:,}", money(one.value),
        about.word("stocktake_line.cause", one.cause), one.responsible or UNKNOWN, money(one.compensation),
        about.word("stocktake_line.settlement", one.settlement),
    )  # fmt: skip


def differences(about: About) -> Form:
    """Every difference with its cause and what keeper, department and office think of it."""
    rows = [_explained(about, one) for one in differences_of(about.session, about.found)]
    heads: Sequence[Head] = (
        (N_("No."), 24, "c"), (N_("Number, name"), 76, "l"), (N_("Difference"), 43, "l"), (N_("Pieces"), 28, "r"),
        (N_("Amount"), 50, "r"), (N_("In the books"), 52, "l"), (N_("Found"), 52, "l"), (N_("Cause"), 48, "l"),
        (N_("Explanation"), 128, "l"), (N_("Opinion of the keeper"), 72, "l"), (N_("Of the department"), 72, "l"),
        (N_("Of the office"), 72, "l"), (N_("Settlement"), 43, "l"),
    )  # fmt: skip
    return _form(about, "stocktake_differences", DIFFERENCES, columns(about, heads), rows, (), [], lines=WHOLE)


def _explained(about: About, one: Difference) -> Sequence[str]:
    def where(place: str, keeper: str) -> str:
        return "\n".join(part for part in (place if place != UNKNOWN else "", keeper) if part) or UNKNOWN

    book = where(about.place(one.place.building, one.place.floor, one.place.room), one.keeper)
    seen = where(about.place(one.found.building, one.found.floor, one.found.room), one.found_keeper)
    return (
        "", f"{one.number}\n{one.name}" if one.number else one.name, result(about, one),
        f"{one.pieces:+,}" if one.pieces else UNKNOWN, money(one.value), book, seen,
        about.word("stocktake_line.cause", one.cause), one.explanation or UNKNOWN, one.keeper_opinion,
        one.department_opinion, one.office_opinion, about.word("stocktake_line.settlement", one.settlement),
    )  # fmt: skip


def result(about: About, one: Difference) -> str:
    """How it differs, in words."""
    return about.word("stocktake_line.result", one.result) if one.result else about.say(N_("Surplus"))


def adjustments(about: About) -> Form:
    """After the approval: by which document each difference is settled, and how far that is."""
    every = differences_of(about.session, about.found)
    rows = [_settled(about, one) for one in every]
    heads: Sequence[Head] = (
        (N_("No."), 28, "c"), (N_("Number, name"), 150, "l"), (N_("Difference"), 50, "l"), (N_("Pieces"), 34, "r"),
        (N_("Amount"), 60, "r"), (N_("Settlement"), 66, "l"), (N_("Document"), 70, "l"), (N_("Its number"), 92, "l"),
        (N_("Its state"), 60, "l"), (N_("Settled on"), 62, "l"), (N_("Settled"), 40, "l"),
    )  # fmt: skip
    done = sum(one.settled for one in every)
    remark = about.say(N_("{done} of {n} differences are settled. Nothing is adjusted but by these documents."),
                       done=f"{done:,}", n=f"{len(every):,}")  # fmt: skip
    return _form(about, "stocktake_adjustments", ADJUSTMENTS, columns(about, heads), rows, (), [remark])


def _settled(about: About, one: Difference) -> Sequence[str]:
    by = one.document
    state = about.say(f"{by.kind}.state={by.state}") if by and by.state else UNKNOWN
    return (
        "", f"{one.number}\n{one.name}" if one.number else one.name, result(about, one),
        f"{one.pieces:+,}" if one.pieces else UNKNOWN, money(one.value),
        about.word("stocktake_line.settlement", one.settlement), about.say(by.kind) if by else UNKNOWN,
        by.number if by else UNKNOWN, state, one.settled_on.isoformat() if one.settled_on else UNKNOWN,
        about.say(N_("yes") if one.settled else N_("no")),
    )  # fmt: skip


def _form(
    about: About, kind: str, name: str, heads: Sequence[Column], rows: Sequence[Sequence[str]], total: Sequence[str],
    remarks: Sequence[str], *, lines: int = LINES,
) -> Form:  # fmt: skip
    """A paper of one table; its rows are numbered."""
    numbered = [(str(n), *row[1:]) for n, row in enumerate(rows, 1)]
    section = Section(about.say(N_("Details")), about.say(N_("{n} lines"), n=f"{len(rows):,}"), heads, numbered,
                      total if rows else (), lines=lines)  # fmt: skip
    posts = [about.say(post) for post in POSTS]
    return Form(kind, name, particulars=[*about.particulars(), *_approved(about)], sections=[section],
                remarks=remarks, posts=posts, **about.base())  # fmt: skip


def _approved(about: About) -> list[tuple[str, str]]:
    found = about.found
    if not found.approval_no:
        return []
    said = " ".join(part for part in (found.approver or "", found.approval_no, about.day(found.approved_on)) if part)
    return [(about.say(N_("Approved")), said)]
