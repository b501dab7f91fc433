"""Differences are explained: what caused them, who answers, what becomes of them; keeper, department and office say
what they think."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

import sqlalchemy as sa

from models.stocktake import (
    DIFFERS,
    CountResult,
    Opinion,
    Stocktake,
    StocktakeLine,
    StocktakeState,
    StocktakeSurplus,
)
from resources.words import N_, Word
from services import checks
from services.desk.errors import Conflict, Invalid
from services.desk.intent import intent
from services.desk.schema import FieldSpec, Kind, describe, takes
from services.desk.work import Work
from services.records import write
from services.stocktake_rules import LOSS, MAY
from services.stocktake_states import in_state
from services.stocktake_surpluses import worth
from services.stocktakes import ME

R, S = CountResult, StocktakeState
Row = TypeVar("Row", StocktakeLine, StocktakeSurplus)
AT_ONCE = 500
NONE = N_("Choose at least one difference of this stocktake")
NO_DIFFERENCE = N_("{number} does not differ: there is nothing to explain")
LOST = N_("“{settlement}” does not fit {number}: what is lost is written off, or searched on")
MORE_THERE = N_("“{settlement}” does not fit {number}: what is too much is entered, given back, or left as it is")
ASTRAY = N_("“{settlement}” does not fit {number}: its card is corrected, it is put back, or left as it is")
NOT_SO = {R.MISSING: LOST, R.SHORT: LOST, R.OVER: MORE_THERE, R.ELSEWHERE: ASTRAY}
NO_LOSS = N_("{number} is no loss: nobody answers for it and nobody pays")
LINE, MORE = describe(StocktakeLine), describe(StocktakeSurplus)
OF_LINE = {name: LINE[name] for name in ("cause", "explanation", "responsible", "compensation", "settlement")}
OF_SURPLUS = {name: MORE[name] for name in ("cause", "explanation", "settlement", "value", "basis", "value_paper")}
LINES = FieldSpec("stocktake_line", "line_ids", Kind.REFERENCE, True, target="stocktake_line", many=True)
SURPLUSES = FieldSpec("stocktake_surplus", "surplus_ids", Kind.REFERENCE, True, target="stocktake_surplus", many=True)


@intent(N_("Explain differences"), on=StocktakeLine, name="stocktakes.explain")
def explain(work: Work, stocktake_id: UUID, line_ids: Sequence[UUID], **said: Any) -> None:
    """Of these lines: `cause`, `explanation`, who is `responsible` for a loss ("nobody" is an answer), what he pays for
    each (`compensation`, fen), the `settlement`. What is not said stays. Conflict: a line does not differ; Invalid: the
    settlement does not fit it."""
    found = in_state(work, stocktake_id, S.EXPLAINING)
    given = checks.checked_all(OF_LINE, said, whole=False)
    for row in _rows(work, found, StocktakeLine, line_ids):
        if row.result not in DIFFERS:
            raise Conflict(NO_DIFFERENCE, number=row.number)
        if row.result not in LOSS and (given.get("responsible") or given.get("compensation")):
            raise Invalid(NO_LOSS, field=Word("stocktake_line.responsible"), number=row.number)
        _fits(row.number, given, row.result)
        write(row, LINE, given)


takes("stocktakes.explain", (ME, LINES, *OF_LINE.values()))


@intent(N_("Explain surpluses"), on=StocktakeSurplus, name="stocktakes.explain_surplus")
def explain_surplus(work: Work, stocktake_id: UUID, surplus_ids: Sequence[UUID], **said: Any) -> None:
    """Of these surpluses: `cause`, `explanation`, `settlement`, and what they are worth (`value` in fen for all pieces
    of each, `basis`, `value_paper`). What is not said stays. Invalid: the settlement or the value does not fit."""
    found = in_state(work, stocktake_id, S.EXPLAINING)
    given = checks.checked_all(OF_SURPLUS, said, whole=False)
    for row in _rows(work, found, StocktakeSurplus, surplus_ids):
        _fits(f"{row.position} {row.name}", given, R.OVER)
        write(row, MORE, given)
        worth(row)


takes("stocktakes.explain_surplus", (ME, SURPLUSES, *OF_SURPLUS.values()))


@intent(N_("Give an opinion on differences"), on=StocktakeLine, name="stocktakes.opine")
def opine(
    work: Work, stocktake_id: UUID, who: Opinion, text: str, line_ids: Sequence[UUID] = (),
    surplus_ids: Sequence[UUID] = (),
) -> None:  # fmt: skip
    """What the keeper, the department or the office thinks of these lines and surpluses; an empty text takes it off."""
    found, field = in_state(work, stocktake_id, S.EXPLAINING), f"{Opinion(who).value}_opinion"
    said = checks.checked(replace(LINE[field], required=False), text)
    rows = [*_rows(work, found, StocktakeLine, line_ids)] if line_ids or not surplus_ids else []
    more = [*_rows(work, found, StocktakeSurplus, surplus_ids)] if surplus_ids else []
    for row in rows:
        if row.result not in DIFFERS:
            raise Conflict(NO_DIFFERENCE, number=row.number)
    for one in (*rows, *more):
        if getattr(one, field) != said:
            setattr(one, field, said)


takes("stocktakes.opine", (
    ME, FieldSpec("stocktake_line", "who", Kind.CHOICE, True, choices=tuple(Opinion), choice_type=Opinion),
    replace(LINE["office_opinion"], name="text", required=True), replace(LINES, required=False),
    replace(SURPLUSES, required=False),
))  # fmt: skip


def _fits(number: str, given: dict[str, Any], result: CountResult) -> None:
    wanted = given.get("settlement")
    if wanted is not None and wanted not in MAY[result]:
        word = Word(f"stocktake_line.settlement={wanted.value}")
        raise Invalid(NOT_SO[result], field=Word("stocktake_line.settlement"), settlement=word, number=number)


def _rows(work: Work, found: Stocktake, kind: type[Row], ids: Iterable[UUID]) -> list[Row]:
    """The rows in the order they are named, all of this stocktake. Invalid: none, or one is of another."""
    wanted, rows = list(dict.fromkeys(ids)), dict[UUID, Row]()
    for start in range(0, len(wanted), AT_ONCE):
        part = sa.select(kind).where(kind.stocktake_id == found.id, kind.id.in_(wanted[start : start + AT_ONCE]))
        rows |= {row.id: row for row in work.session.scalars(part)}
    if not wanted or len(rows) != len(wanted):
        raise Invalid(NONE, field=Word("stocktake_line.line_ids"))
    return [rows[id] for id in wanted]
