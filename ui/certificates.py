"""Certificates in the window: opened with their person, renewed and re-checked one or many at a time, printed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from resources.words import N_
from services.desk.intent import INTENTS
from services.document_issuing import Subject
from ui import asks
from ui.kit.editors import today
from ui.kit.going import ToForm, ToList, ToPaper, ToPerson
from ui.kit.messages import toast
from ui.kit.text import Message, Own, counted, words
from ui.part import Asked, Part, Row
from ui.screens import certificates as screens

if TYPE_CHECKING:
    from uuid import UUID

    from services.desk.desk import Desk
    from ui.workbench import Workbench

WATCHED = frozenset({"certificate", "certificate_recheck", "staff"})
NOTHING = N_("Mark the certificates first")


class Certificates(Part):
    """What the window does about certificates."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {
            "certificates.renew": self._many, "certificates.recheck": self._many,
            "certificates.revoke": self._revoke, "certificates.register": self._register,
            "certificate_kinds.list": self._list, "trade_certificates.list": self._list,
            "post_requirements.list": self._list,
        }  # fmt: skip
        if bench.background.desk.may("staff.sheet"):
            self.opens = {"certificate": self._row}
        bench.background.changed.connect(self._touched)
        self._waiting()

    def _row(self, row: Row) -> None:
        self.bench.places.go(ToPerson(row["staff_id"], "certificates"))

    def _list(self, asked: Asked) -> None:
        """A list beside this one; what a marked post requires, of that post."""
        name = asked.act.name.removesuffix(".list")
        if asked.screen.entity == "post" and asked.rows:
            row = asked.rows[0]
            self.bench.places.go(ToList(name, (("post_id", (row["id"],)),), {row["id"]: str(row["name"])}))
        else:
            self.bench.show_screen(name)

    # One or many

    def _many(self, asked: Asked) -> None:
        kinds = {row["kind"] for row in asked.rows}
        hours = screens.hours_of(kinds.pop()) if len(kinds) == 1 else None
        work = partial(asks.marked, asked.screen.listing, asked.numbers)
        self.bench.background.ask(work, partial(self._ask, asked, hours), self.bench.refused)

    def _ask(self, asked: Asked, hours: int | None, ids: list[UUID]) -> None:
        if not ids:
            toast(self.bench, NOTHING, kind="info")
            return
        facts = (
            _about(asked.rows[0])
            if len(ids) == 1 and asked.rows
            else counted("{n} certificate", "{n} certificates", len(ids))
        )
        if asked.act.name == "certificates.renew":
            self.bench.places.go(screens.renewal(ids, facts))
        else:
            self.bench.places.go(screens.recheck(ids, facts, hours))

    def _revoke(self, asked: Asked) -> None:
        row, name = asked.rows[0], "certificates.revoke"
        self.bench.places.go(
            ToForm(name, INTENTS[name].label, {"certificate_id": row["id"]}, {"revoked_on": today()}, screens.REVOKED,
                   _about(row))
        )  # fmt: skip

    # Papers, and what waits

    def _register(self, _asked: Asked) -> None:
        name = f"{words(N_('Register of certificates'))}-{today()}.pdf"
        about = Subject("certificates", None, None, today())
        self.bench.places.go(ToPaper(N_("Register of certificates"), name, _paper, about))

    def _touched(self, kinds: frozenset[str]) -> None:
        if kinds & WATCHED:
            self._waiting()

    def _waiting(self) -> None:
        if self.bench.background.desk.may("certificates.due"):
            show = partial(self.bench.rail.show_waiting, "certificates_due")
            self.bench.background.ask(asks.certificates_waiting, show, tag="certificates waiting")


def _about(row: Row) -> Message:
    return Own(" · ".join((str(row["staff"]), words(f"certificate_kind.code={row['kind']}"), str(row["paper_no"]))))


def _paper(desk: Desk) -> bytes:
    data: bytes = desk.ask("certificates.register", on=today())
    return data
