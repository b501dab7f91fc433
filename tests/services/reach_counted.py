"""Prepared arguments for every act of a stocktake, about one of a compound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

Place = Any  # of tests.services.reach, which has need of this
TODAY = datetime.now(UTC).astimezone().date()
SAID = {"cause": "lost", "explanation": "x", "responsible": "x", "settlement": "write_off"}
VALUED = {"cause": "other", "explanation": "x", "settlement": "leave", "basis": "nominal"}
APPROVED = {"approval_no": "1", "approved_on": TODAY}


class Counted:
    """A stocktake of two cards that their keeper counts himself: one is there, the other will be missing. `steps` are
    those it has gone: "start", "scan", "surplus", "finish", "explain", "report", "approve", "settle"."""

    def __init__(self, place: Place, *steps: str) -> None:
        self.place, desk = place, place.desk
        keeper = place.person()
        cards = [place.inside("assets", name=place.fresh(), keeper_id=keeper, cost=100) for _ in range(2)]
        self.numbers = [desk.named("asset", card).number for card in cards]
        given = {"compound_id": place.compound, "title": place.fresh(), "base_on": TODAY, "keeper_id": keeper}
        self.id = self.do("draft", **given)
        pair = {"counter_id": keeper, "supervisor_id": place.taker}
        self.team = self.do("team", stocktake_id=self.id, name="甲", **pair)
        for step in steps:
            getattr(self, f"_{step}")()

    def do(self, name: str, /, **values: Any) -> Any:
        return self.place.desk.do(f"stocktakes.{name}", **values).value

    def rows(self, listing: str) -> list[dict[str, Any]]:
        from services.desk.listing import View

        found: list[dict[str, Any]]
        found = self.place.desk.first(View(listing, filters=(("stocktake_id", (self.id,)),)), 5000)
        return found

    @property
    def me(self) -> dict[str, UUID]:
        return {"stocktake_id": self.id}

    @property
    def room(self) -> dict[str, UUID]:
        return {"stocktake_room_id": self.rows("stocktake_rooms")[0]["id"]}

    @property
    def reading(self) -> dict[str, Any]:
        return {**self.me, "team_id": self.team, "code": self.numbers[0]}

    @property
    def unknown(self) -> dict[str, UUID]:
        made = self.do("scan", **self.me, team_id=self.team, code=self.place.fresh())
        return {"scan_id": made.scan_id}

    @property
    def lines(self) -> dict[str, Any]:
        """Those that are missing."""
        return {**self.me, "line_ids": [row["id"] for row in self.rows("stocktake_lines") if not row["counted"]]}

    def _start(self) -> None:
        self.do("start", **self.me)

    def _scan(self) -> None:
        self.do("scan", **self.reading)

    def _surplus(self) -> None:
        self.added = self.do("surplus", **self.me, name="x")

    def _finish(self) -> None:
        self.do("finish", **self.me)

    def _explain(self) -> None:
        self.do("explain", **self.lines, **SAID)

    def _report(self) -> None:
        self.do("report", **self.me)

    def _approve(self) -> None:
        self.do("approve", **self.me, **APPROVED)


FINISHED = ("start", "scan", "finish")
REPORTED = (*FINISHED, "explain", "report")


def _of(*steps: str, **more: Any) -> Callable[[Place], dict[str, Any]]:
    return lambda place: Counted(place, *steps).me | more


def _no_loss(place: Place) -> dict[str, Any]:
    made = Counted(place, "start")
    for row in made.rows("stocktake_lines"):
        made.do("scan", **made.me, team_id=made.team, code=row["number"])
    for step in ("finish", "report", "approve"):
        getattr(made, f"_{step}")()
    return made.me


def _another(place: Place) -> dict[str, Any]:
    made = Counted(place)
    pair = {"counter_id": place.giver, "supervisor_id": place.taker}
    return {"team_id": made.do("team", **made.me, name="乙", **pair)}


def _assigned(place: Place) -> dict[str, Any]:
    made = Counted(place, "start")
    return {**made.me, "stocktake_room_ids": list(made.room.values()), "team_id": made.team}


def _read_in(place: Place) -> dict[str, Any]:
    made = Counted(place, "start")
    return {**made.me, "team_id": made.team, "rows": [(made.numbers[0], datetime.now(UTC), None, 1)]}


def _sheet(place: Place) -> dict[str, Any]:
    made = Counted(place, "start")
    return {**made.me, "team_id": made.team, "rows": [(None, made.numbers[0])]}


def _more(place: Place, *steps: str, many: bool = False) -> dict[str, Any]:
    made = Counted(place, "start", "surplus", *steps)
    return {**made.me, "surplus_ids": [made.added]} if many else {"stocktake_surplus_id": made.added}


ARGUMENTS: dict[str, Callable[[Place], dict[str, Any]]] = {
    "do stocktakes.approve": _of(*REPORTED, **APPROVED),
    "do stocktakes.assign": _assigned,
    "do stocktakes.cancel": _of(),
    "do stocktakes.close": _no_loss,
    "do stocktakes.disband": _another,
    "do stocktakes.draft": lambda p: {"compound_id": p.compound, "title": "x", "base_on": date(2026, 1, 1)},
    "do stocktakes.drop_surplus": _more,
    "do stocktakes.enter_sheet": _sheet,
    "do stocktakes.explain": lambda p: Counted(p, *FINISHED).lines | SAID,
    "do stocktakes.explain_surplus": lambda p: _more(p, "scan", "finish", many=True) | VALUED,
    "do stocktakes.finish": _of("start", "scan"),
    "do stocktakes.opine": lambda p: Counted(p, *FINISHED).lines | {"who": "office", "text": "x"},
    "do stocktakes.put_aside": lambda p: Counted(p, "start").unknown,
    "do stocktakes.read_in": _read_in,
    "do stocktakes.recall": _of(*REPORTED),
    "do stocktakes.report": _of(*FINISHED, "explain"),
    "do stocktakes.resume": _of(*FINISHED),
    "do stocktakes.revise": _of(title="x"),
    "do stocktakes.revise_surplus": lambda p: _more(p) | {"name": "y"},
    "do stocktakes.room_done": lambda p: Counted(p, "start").room,
    "do stocktakes.scan": lambda p: Counted(p, "start").reading,
    "do stocktakes.send_back": _of(*REPORTED, sent_back="x"),
    "do stocktakes.settle": _of(*REPORTED, "approve"),
    "do stocktakes.start": _of(),
    "do stocktakes.surplus": _of("start", name="x"),
    "do stocktakes.take_back_scan": lambda p: Counted(p, "start").unknown,
    "do stocktakes.team": lambda p: Counted(p).me | {
        "name": "乙", "counter_id": p.giver, "supervisor_id": p.taker},
    "ask stocktakes.differences": _of(*FINISHED),
    "ask stocktakes.equation": _of("start"),
    "ask stocktakes.lately": _of("start", "scan"),
    "ask stocktakes.own_keeping": _of("start", "scan"),
    "ask stocktakes.paper": _of(*FINISHED, stage="report"),
    "ask stocktakes.progress": _of("start"),
    "ask stocktakes.room": lambda p: (made := Counted(p, "start")).me | made.room,
}  # fmt: skip
