"""How a great stocktake ends: what differs is explained, reported, approved, settled by documents, and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.stocktake import StocktakeLine, StocktakeSurplus
from tests.great.office import Great
from tests.great.things import Extra, Thing
from tests.services.counting import TODAY

FOUND = 4  # keepers whose things follow where they were found; the others put them back


def follows(one: Thing) -> bool:
    """Whether the card follows its thing."""
    return one.fate == "lent" or (one.fate == "elsewhere" and one.keeper < FOUND)


def explain(great: Great, every: Sequence[Thing], more: Sequence[Extra]) -> None:
    """Every difference, many at once; the keeper and the office give their opinion."""
    lines = {row.number: row.id for row in great.rows(StocktakeLine, "number", "id")}

    def say(picked: Sequence[Thing], **said: Any) -> None:
        great.do("explain", line_ids=[lines[one.number] for one in picked], **said)

    lost = [one for one in every if one.expected[0] in ("missing", "short")]
    astray = [one for one in every if one.expected[0] == "elsewhere"]
    over = [one for one in every if one.fate == "over"]
    say(lost, cause="lost", explanation="搬迁时遗失", responsible="无责任人", compensation=0, settlement="write_off")
    say([one for one in astray if follows(one)], cause="unrecorded_move", explanation="未登记",
        settlement="correct_card")  # fmt: skip
    say(
        [one for one in astray if not follows(one)],
        cause="unrecorded_move",
        explanation="未登记",
        settlement="put_back",
    )
    say(over, cause="bookkeeping", explanation="卡片少记", settlement="enter_card")
    great.do("opine", who="keeper", text="同意核销", line_ids=[lines[one.number] for one in lost])
    surplus = {row.code: row.id for row in great.rows(StocktakeSurplus, "code", "id")}
    for enters, settlement in ((True, "enter_card"), (False, "give_back")):
        ids = [surplus[extra.code] for extra in more if extra.name and extra.entered is enters]
        great.do("explain_surplus", surplus_ids=ids, cause="unrecorded_receipt", explanation="无凭据，未经评估",
                 settlement=settlement)  # fmt: skip
    great.do("opine", who="office", text="据实入账", surplus_ids=list(surplus.values()))


def settle(great: Great) -> Mapping[str, int]:
    """Reported, approved, and every document that settles something done; how many of each kind."""
    great.do("report")
    great.do("approve", approval_no="批〔2026〕1号", approved_on=TODAY, approver="局长办公会")
    great.do("settle")
    return finished(great)


def finished(great: Great) -> Mapping[str, int]:
    """Every document that settles something is done; how many of each kind."""
    documents = {one.document.id: one for one in great.ask("differences") if one.document}
    done = {"disposal": disposed, "handover": handed_over, "asset_need": accepted}
    for id, one in documents.items():
        done[one.document.kind](great, id, one.pieces)
    kinds = [one.document.kind for one in documents.values()]
    return {kind: kinds.count(kind) for kind in done}


def disposed(great: Great, id: UUID, _pieces: int) -> None:
    """Its own steps."""
    desk = great.desk
    for item in ("application", "decision", "value", "loss", "inspection"):
        desk.do("disposals.file", disposal_id=id, item=item, paper_no="1", paper_on=TODAY)
    desk.do("disposals.revise", disposal_id=id, level="city")
    desk.do("disposals.apply", disposal_id=id)
    desk.do("disposals.approve", disposal_id=id, authority="government", approval_no="1", approved_on=TODAY)
    desk.do("disposals.execute", disposal_id=id, executed_on=TODAY)


def handed_over(great: Great, id: UUID, _pieces: int) -> None:
    """Both sides sign."""
    great.desk.do("handovers.issue", handover_id=id)
    for side in ("from", "to"):
        great.desk.do("handovers.sign", handover_id=id, side=side)


def accepted(great: Great, id: UUID, pieces: int) -> None:
    """By two persons, as one card."""
    two = {"accepted_by_id": great.people["T0"], "second_by_id": great.people["T1"]}
    great.desk.do("asset_needs.accept", asset_need_id=id, accepted=pieces, each=False, **two)
