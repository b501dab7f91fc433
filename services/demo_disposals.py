"""Disposals and leases of the sample office: one of each kind that leads somewhere, over cards that wait for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from services.desk.desk import Desk
from services.desk.listing import View
from services.rights import Purpose

Row = dict[str, Any]
STEPS = ("apply", "approve", "execute")
PLANS: tuple[tuple[str, str, int, str, int], ...] = (  # mode, ground, cards, how far, steps of the way
    ("scrapping", "over_age", 6, "executed", 3), ("transfer", "obsolete", 2, "approved", 2),
    ("donation", "reorganised", 3, "applied", 1), ("scrapping", "over_age", 4, "refused", 1),
    ("write_off", "loss", 2, "executed", 3), ("scrapping", "obsolete", 5, "draft", 0),
)  # fmt: skip
REASONS = {
    "scrapping": "超过最低使用年限，维修费用过高", "transfer": "更新换代后闲置，拟公开转让",
    "donation": "支援基层单位办公", "write_off": "年度清查盘亏",
}  # fmt: skip
RECEIVERS = {"transfer": "某某旧货市场有限公司", "donation": "某某县乡镇卫生院"}
OF_MODE = {"scrapping": ("inspection",), "transfer": ("appraisal",), "donation": ("agreement",), "write_off": ("loss",)}
COMMON = ("application", "decision", "value")


def fill(desk: Desk, start: datetime) -> None:
    """Disposals from the day after `start` on, an asset and (where a title allows it) a room that are let."""
    cards = defaultdict[UUID, list[Row]](list)
    noted = {line["asset_id"] for line in desk.first(View("handover_lines"), 999)}
    for card in desk.first(View("assets", filters=(("status", ("idle",)),), sort="number"), 200):
        if card["id"] not in noted:
            cards[card["compound_id"]].append(card)
    waiting = sorted(cards.values(), key=lambda rows: (-len(rows), rows[0]["number"]))
    for at, plan in enumerate(PLANS):
        rows = waiting[at % len(waiting)]
        chosen, rows[:] = rows[: plan[2]], rows[plan[2] :]
        _carry(_at(desk, start + timedelta(days=1 + at)), [card["id"] for card in chosen], plan, at + 1)
    _let(_at(desk, start + timedelta(days=8)))


def _at(desk: Desk, instant: datetime) -> Desk:
    return replace(desk, clock=partial(_instant, instant))


def _instant(instant: datetime) -> datetime:
    return instant


def _carry(desk: Desk, cards: Sequence[UUID], plan: tuple[str, str, int, str, int], serial: int) -> None:
    """A disposal that goes its way on one day."""
    mode, ground, _, ends, steps = plan
    on, year = desk.clock().date(), desk.clock().year
    made = desk.do(
        "disposals.draft", asset_ids=cards, mode=mode, ground=ground, reason=REASONS[mode], level="city",
        receiver=RECEIVERS.get(mode), appraised=860000 if mode == "transfer" else None,
    ).value  # fmt: skip
    if mode == "write_off":
        desk.do("disposals.explain", disposal_id=made, asset_ids=cards, cause="missing",
                responsibility="保管人交接不清，按规定赔偿", compensation=30000)  # fmt: skip
    for item in (*COMMON, *OF_MODE[mode])[: None if steps else 2]:
        desk.do("disposals.file", disposal_id=made, item=item, paper_no=f"{item[:2].upper()}〔{year}〕{serial}号",
                paper_on=on)  # fmt: skip
    given: dict[str, dict[str, Any]] = {
        "approve": {"authority": "finance", "approver": "某某市财政局", "approved_on": on,
                    "approval_no": f"财资批〔{year}〕{serial}号"},
        "execute": {"executed_on": on, "voucher": f"记-{on:%Y-%m}-{serial:04d}", "booked_on": on},
    }  # fmt: skip
    for step in STEPS[:steps]:
        desk.do(f"disposals.{step}", disposal_id=made, **given.get(step, {}))
    if ends == "refused":
        desk.do("disposals.refuse", disposal_id=made, refusal="部分资产尚可调剂使用", approver="某某市财政局")
    _earn(desk, made, mode, ends, on)


def _earn(desk: Desk, disposal: UUID, mode: str, ends: str, on: date) -> None:
    """What a sale is to bring and has cost already; what was got for scrap, down to the treasury."""

    def earn(kind: str, amount: int, payer: str, due_on: date | None = None) -> UUID:
        made: UUID = desk.do(
            "disposals.earn", disposal_id=disposal, kind=kind, amount=amount, payer=payer, due_on=due_on
        ).value  # fmt: skip
        return made

    if mode == "transfer":
        earn("proceeds", 880000, RECEIVERS[mode], on + timedelta(days=10))
        cost = earn("appraisal", 60000, "某某评估公司")
        desk.do("disposals.receive", disposal_income_id=cost, received_on=on)
    if mode == "scrapping" and ends == "executed":
        scrap = earn("scrap", 124000, "某某再生资源公司", on)
        desk.do("disposals.receive", disposal_income_id=scrap, received_on=on)
        desk.do("disposals.pay", disposal_income_id=scrap, paid_on=on, voucher=f"非税-{on.year}-0117")


def _let(desk: Desk) -> None:
    """An idle asset since last year, with one rent overdue, and a room the title of which stands in nobody's way."""
    on = desk.clock().date()
    for card in desk.first(View("assets", filters=(("status", ("idle",)),), sort="cost", descending=True), 1):
        terms = {"asset_id": card["id"], "lessee": "某某会展服务公司", "purpose": "会务", "rent": 360000}
        _lease(desk, date(on.year - 1, 11, 1), date(on.year + 1, 10, 31), 1, **terms)
    for room in _rooms(desk, on):
        terms = {"room_id": room["id"], "lessee": "某某便民超市", "purpose": "便民超市", "rent": 450000}
        _lease(desk, date(on.year, 1, 1), date(on.year + 2, 12, 31), 3, contact="店长", period="quarter", **terms)


def _lease(desk: Desk, from_on: date, until_on: date, came: int, **terms: Any) -> None:
    """A lease that runs; so many rents came in, all but the last of several went to the treasury."""
    year = from_on.year
    papers = {"approval_no": f"财资批〔{year}〕租-{came}号", "bidding_no": f"招租〔{year}〕{came}号"}
    lease = desk.do(
        "leases.draft", from_on=from_on, until_on=until_on, appraisal_no=f"评〔{year}〕{came}号", **papers, **terms
    ).value  # fmt: skip
    desk.do("leases.start", lease_id=lease)
    rents = desk.first(View("lease_rents", filters=(("lease_id", (lease,)),), sort="due_on"), came)
    for at, rent in enumerate(rents, 1):
        due = rent["due_on"]
        desk.do("leases.receive", lease_rent_id=rent["id"], received_on=due + timedelta(days=4))
        if at == 1 or at < came:
            desk.do("leases.pay", lease_rent_id=rent["id"], paid_on=due + timedelta(days=9),
                    voucher=f"非税-{due:%Y-%m}-{at:03d}")  # fmt: skip


def _rooms(desk: Desk, on: date) -> Iterator[Row]:
    """One room, no office, that nobody uses and the title of which lets it be let."""
    for room in desk.first(View("rooms", filters=(("use", ("ancillary", "service")),), sort="number"), 60):
        place = {"building_id": room["building_id"], "room_id": room["id"]}
        if desk.ask("rights.may", purpose=Purpose.LEASE, on=on, **place).allowed:
            yield room
            return
