"""Leases in the window: drafted from an asset or of a place, started, ended, their rents seen to, papers printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from services.document_issuing import Subject
from ui.kit import show
from ui.kit.editors import today
from ui.kit.going import ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.text import Own
from ui.pages.income_due import DuePage
from ui.pages.lease import LeasePage
from ui.part import Asked, Part, Row
from ui.screens import leases as form_of

if TYPE_CHECKING:
    from services.desk.desk import Desk, Done
    from services.lease_sheet import Rent
    from ui.workbench import Workbench

SURE = {
    "leases.cancel": (N_("Cancel this lease?"), N_("Its number is void."), N_("Cancel lease"), "bad"),
    "leases.start": (N_("Start this lease?"), N_("From now on the asset or place is let."), N_("Start"), "primary"),
}
AFTER = {"leases.cancel": N_("The lease is cancelled"), "leases.start": N_("The lease runs")}
DAYS = {"leases.receive": "received_on", "leases.pay": "paid_on", "leases.end": "ended_on"}


class Leases(Part):
    """What the window does about leases."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"leases.draft": self._draft, "leases.register": self._register}
        self.opens = {"lease": self._row, "lease_rent": self._about}

    def follow(self, board: QWidget) -> None:
        """The board of what is due opens leases."""
        if isinstance(board, DuePage):
            board.open_requested.connect(self._due)

    def _due(self, kind: str, row: Row) -> None:
        if kind == "lease":
            self.open(row["id"])

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _about(self, row: Row) -> None:
        self.open(row["lease_id"])

    def _draft(self, asked: Asked) -> None:
        """Of the marked asset, or of a place that the form asks for."""
        one = asked.rows[0] if asked.rows and asked.screen.entity == "asset" else None
        facts = Own(f"{one['name']} · {one['number']}") if one else Own("")
        fixed: dict[str, Any] = {"asset_id": one["id"]} if one else {}
        page = self.bench.form(
            "leases.draft", N_("Draft lease"), form_of.OF_ASSET if one else form_of.FORM, fixed, then=self._drafted,
            initial={"from_on": today()}, once=True, facts=facts,
        )  # fmt: skip
        page.save.say(N_("Draft lease"))

    def _drafted(self, done: Done[Any]) -> None:
        self.bench.show_screen("leases")
        self.open(done.value)

    def _register(self, _asked: Asked) -> None:
        on = today()
        self.bench.places.go(
            ToPaper(N_("Register of leases"), f"{on.isoformat()}-leases.pdf", _paper, Subject("leases", None, None, on))
        )

    def open(self, lease: UUID) -> None:
        """Open a lease."""
        page = LeasePage(self.bench.background, lease)
        page.asked.connect(self._act)
        self.bench.open_page(page)

    def _act(self, act: str, values: dict[str, Any]) -> None:
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        if act == "leases.revise":
            self._revise(fixed, values["_row"])
        elif act in SURE:
            title, sentence, word, kind = SURE[act]
            if confirm(self.bench, title, sentence, word, kind=kind):
                self.bench.background.do(act, fixed, partial(self._done, act), self.bench.refused)
        else:
            self._ask(act, fixed, values)

    def _ask(self, act: str, fixed: dict[str, Any], values: dict[str, Any]) -> None:
        initial: dict[str, Any] = {DAYS[act]: today()} if act in DAYS else {}
        rent = values.get("_rent")
        if act == "leases.change_rent" and rent is not None:
            initial = {"due_on": rent.due_on, "amount": rent.amount}
        facts = _of_rent(rent) if rent is not None else Own(values["_row"]["number"])
        self.bench.form(
            act, INTENTS[act].label, form_of.STEPS.get(act, ()), fixed, initial=initial, once=True, facts=facts
        )

    def _revise(self, fixed: dict[str, Any], row: Row) -> None:
        names = [field.name for field in arguments("leases.revise") if field.name not in fixed]
        labels = {name: str(row.get(name.removesuffix("_id")) or "") for name in names}
        title, initial = INTENTS["leases.revise"].label, {name: row.get(name) for name in names}
        self.bench.form("leases.revise", title, form_of.FORM, fixed, initial=initial, labels=labels, revising=True,
                        facts=Own(row["number"]))  # fmt: skip

    def _done(self, act: str, _done: Done[Any]) -> None:
        toast(self.bench, AFTER[act])


def _of_rent(rent: Rent) -> Own:
    """A rent by its number, its period and its sum."""
    return Own(f"{rent.number} · {rent.from_on} – {rent.until_on} · ¥ {show.money(rent.amount)}")


def _paper(desk: Desk) -> bytes:
    data: bytes = desk.ask("leases.register", on=today())
    return data
