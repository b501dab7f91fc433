"""What all papers of a stocktake have in common: whose they are, over what, on which days, who counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from models.stocktake import Stocktake, StocktakeState, StocktakeTeam
from resources.words import N_, tr
from services.desk.listing import View
from services.desk.reader import Reader
from services.desk.session import DeskSession
from services.desk.site import the_office
from services.documents.amounts import figures
from services.documents.blocks import day
from services.documents.statement import Fact
from services.documents.table import UNKNOWN, Figure

S = StocktakeState
MAY_CHANGE = (S.COUNTING, S.EXPLAINING)
POSTS = (N_("Counted by"), N_("Supervised by"), N_("Asset manager"), N_("Finance"), N_("Head of the unit"))


@dataclass(frozen=True)
class Team:
    """Who counts together: name of the team, of its counter, of its supervisor."""

    id: UUID
    name: str
    counter: str
    supervisor: str


@dataclass(frozen=True)
class About:
    """A stocktake to be told in a language, by a day (`made`, aware); narrowed to a team or a room where it is a sheet.
    `issued`: it is frozen now."""

    session: Session
    found: Stocktake
    lang: str
    made: datetime
    team_id: UUID | None = None
    stocktake_room_id: UUID | None = None
    issued: bool = False

    def say(self, text: str, /, **values: Any) -> str:
        """A text in the language of the paper."""
        return tr(self.lang, text, **values)

    def word(self, name: str, value: Any) -> str:
        """A choice in words; a dash for none."""
        return self.say(f"{name}={value.value}") if value is not None else UNKNOWN

    def day(self, value: date | None) -> str:
        """A day as papers of the language write it; a dash for none."""
        return UNKNOWN if value is None else day(value) if self.lang == "zh_CN" else value.isoformat()

    @property
    def draft(self) -> bool:
        """Whether what a paper says may still change."""
        return not self.issued and self.found.state in MAY_CHANGE

    @property
    def mark(self) -> str:
        """What stands under the number."""
        said = N_("Issued {day}") if self.issued else N_("As of {day}")
        return self.say(said, day=self.made.date().isoformat())

    @property
    def office(self) -> str:
        """The name of the office."""
        return the_office(self.session).name

    @property
    def teams(self) -> Mapping[UUID, Team]:
        """The teams in the order of their names."""
        team = StocktakeTeam
        ns = self.session.scalars(sa.select(team.n).where(team.stocktake_id == self.found.id).order_by(team.name))
        rows = Reader(cast("DeskSession", self.session), View("stocktake_teams")).page(list(ns))
        return {row["id"]: Team(row["id"], row["name"], row["counter"] or "", row["supervisor"] or "") for row in rows}

    @property
    def row(self) -> Mapping[str, Any]:
        """The stocktake as its list shows it: with the names of what it is narrowed to."""
        return Reader(cast("DeskSession", self.session), View("stocktakes")).page([self.found.n])[0]

    def base(self, *, draft: bool | None = None) -> dict[str, Any]:
        """What every paper says of itself, as arguments of `Form`; a draft unless what it says is settled."""
        draft = self.draft if draft is None else draft
        mark = self.say(N_("Draft, not issued")) if draft else self.mark
        return {"lang": self.lang, "office": self.office, "number": self.found.number, "version": 1, "made": self.made,
                "mark": mark, "draft": draft}  # fmt: skip

    def particulars(self) -> list[Fact]:
        """Office, compound, days, scope and reason, as every paper has them at its head."""
        found, say = self.found, self.say
        compound = self.row["compound"] or ""
        counted = self.day(found.started_on)
        if found.counted_on and found.counted_on != found.started_on:
            counted += f" – {self.day(found.counted_on)}"
        return [
            (say(N_("Unit")), self.office), (say(N_("Compound")), compound),
            (say(N_("Stocktake")), found.title), (say(N_("Reason")), self.word("stocktake.reason", found.reason)),
            (say(N_("Base date")), self.day(found.base_on)), (say(N_("Counted on")), counted),
            (say(N_("Scope")), self.scope()),
        ]  # fmt: skip

    def scope(self) -> str:
        """What the stocktake is narrowed to, or that it is over everything."""
        names = [self.row[name] for name in ("building", "room", "unit", "keeper")]
        if prefix := self.found.class_prefix:
            names.append(self.say(N_("classes {prefix}…"), prefix=prefix))
        return self.say(N_(", ")).join(name for name in names if name) or self.say(N_("The whole compound"))

    def place(self, building: str, floor: str, room: str) -> str:
        """A place in words."""
        return " ".join(part for part in (building, room or floor) if part) or UNKNOWN


def money(fen: int | None) -> str:
    """A sum of a table."""
    return UNKNOWN if fen is None else Figure(figures(fen))


__all__ = ["POSTS", "About", "Team", "money"]
