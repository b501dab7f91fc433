"""The asset handover list on landscape sheets, with every column."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from resources.words import N_, tr
from services.desk.desk import Desk
from services.desk.errors import Conflict
from services.documents import filing
from services.documents.amounts import figures, in_words
from services.documents.statement import Statement, render
from services.documents.table import Column
from services.handover_list import DASH, HandoverList, Item
from services.place_papers import other_tongue

TITLE = N_("Asset handover list")
DRAFT = N_("Note {number} is a draft: issue it first, then its list")
WIDE = (
    (N_("No."), 22), ("asset.number", 70), ("asset.class_code", 54), ("asset.name", 74), ("asset.model", 66),
    ("asset.measure", 36), ("asset.quantity", 28), ("asset.acquired_on", 50), ("asset.cost", 56),
    ("depreciation_line.accumulated", 56), ("asset.net_value", 56), (N_("Place"), 70), ("asset.status", 40),
    (N_("Papers along with it"), 70), (N_("Remark"), 50),
)  # fmt: skip
RIGHT = frozenset({"asset.quantity", "asset.cost", "depreciation_line.accumulated", "asset.net_value"})


def listed(desk: Desk, handover_id: UUID, lang: str) -> bytes:
    """资产移交清单: the cards of a note from 序号 to 备注, with sums and the sum in words."""
    say = partial(tr, lang)
    found: HandoverList = desk.ask("handovers.listed", handover_id=handover_id)
    if found.state == "draft" and filing.current():
        raise Conflict(DRAFT, number=found.number)
    cost, net = (_sum(found.items, name) for name in ("cost", "net"))
    pieces = sum(item.quantity for item in found.items)
    taken = cost - net if all(item.net is not None for item in found.items if item.cost is not None) else None
    sheet = Statement(
        "handover-list", say(TITLE), other_tongue(lang, TITLE), found.office,
        [
            (say(N_("Note")), found.number), (say("handover.handed_on"), found.on.isoformat()),
            (say(N_("Handed over by")), found.giver), (say(N_("Received by")), found.taker),
            (say(N_("Compound")), found.compound), (say("handover.state"), say(f"handover.state={found.state}")),
            (say("handover.purpose"), say(f"handover.purpose={found.purpose}")),
            (say("handover.basis"), found.basis or DASH),
        ],
        _columns(say), [_row(n, item, say) for n, item in enumerate(found.items, 1)],
        ["", say(N_("Total")), *[""] * 4, f"{pieces:,}", "", figures(cost), "" if taken is None else figures(taken),
         figures(net), *[""] * 4],
        [(say(N_("Lines")), f"{len(found.items):,}"), (say(N_("Pieces")), f"{pieces:,}"),
         (say("asset.cost"), figures(cost)), (say("asset.net_value"), figures(net))],
        [f"{say(N_('Cost in words'))} {in_words(cost)}",
         say(N_("Values as on the day of handing over, from the cards and their depreciation."))],
        [say(N_("Handed over by")), say(N_("Received by")), say(N_("Handover supervised by")),
         say(N_("Asset administrator")), say(N_("Date"))],
    )  # fmt: skip
    return render(sheet, lang=lang, made=desk.clock(), tell=desk.tell).data


def _columns(say: Any) -> list[Column]:
    return [
        Column(say(name), width, "right" if name in RIGHT else "left", name not in RIGHT and name != N_("No."))
        for name, width in WIDE
    ]


def _sum(items: Sequence[Item], name: str) -> int:
    return sum(getattr(item, name) or 0 for item in items)


def _row(n: int, item: Item, say: Any) -> list[str]:
    money = [item.cost, None if item.cost is None or item.net is None else item.cost - item.net, item.net]
    return [
        str(n), item.number, item.code, item.name, item.model, item.measure, f"{item.quantity:,}",
        item.acquired_on.isoformat() if item.acquired_on else DASH,
        *(DASH if fen is None else figures(fen) for fen in money), item.place,
        say(f"asset.status={item.status}"), say(N_(", ")).join(item.papers), item.word,
    ]  # fmt: skip
