"""Titles in the window: opened on a page, their ledger kept, their defects seen to, their papers printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from models.title import TitlePaper
from resources.words import N_
from services.desk.intent import INTENTS
from services.document_issuing import Subject
from services.titles import NEEDS
from ui import asks
from ui.kit.going import ToFiles, ToPaper
from ui.kit.messages import confirm, toast
from ui.kit.screen import Section
from ui.kit.text import Own, said, words
from ui.pages.expiring import ExpiringPage
from ui.pages.title import TitlePage
from ui.pages.title_may import MayPage
from ui.part import Asked, Part, Row
from ui.screens import SCREENS, title_defects, title_events

if TYPE_CHECKING:
    from services.desk.desk import Done
    from services.title_sheet import Entry, Sheet, Wrong
    from ui.kit.form import FormPage
    from ui.pages.title_may import Found
    from ui.workbench import Workbench

SETTLE = (
    Section(N_("How it ended"), N_("What was done, or why it stays as it is."), ("result", 4), ("settled_on", 2)),
)
COVER = (
    Section(N_("What the title is about"), N_("A building as a whole, or one room of it."), ("building_id", 3),
            ("room_id", 3)),
)  # fmt: skip
STRIKE = (
    Section(N_("Take off title event"), N_("The right stands again as the other entries say."), ("reason", 6)),
)  # fmt: skip
NO_COVER = N_("Say first what the title covers: “What it covers…”.")


class Titles(Part):
    """What the window does about titles."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {"titles.survey": self._survey_of_all, "title_defects.settle": self._settle_marked}
        self.opens = {"title": self._row, "title_event": self._about, "title_defect": self._about}
        self.forms = {"titles.add": watch, "titles.revise": watch}

    def follow(self, board: QWidget) -> None:
        """The board of what runs out opens titles."""
        if isinstance(board, ExpiringPage):
            board.open_requested.connect(self._named)

    def _named(self, screen: str, row: Row) -> None:
        self.bench.open(SCREENS[screen], row)

    def _row(self, row: Row) -> None:
        self.open(row["id"])

    def _about(self, row: Row) -> None:
        self.open(row["title_id"])

    def _survey_of_all(self, _asked: Asked) -> None:
        self.survey()

    def _settle_marked(self, asked: Asked) -> None:
        row = asked.rows[0]
        self.settle({"title_defect_id": row["id"]}, row["number"])

    def open(self, title: UUID) -> None:
        """Open a title as it stands today."""
        page = TitlePage(self.bench.background, title)
        page.asked.connect(partial(self._act, page))
        self.bench.open_page(page)

    def _act(self, page: TitlePage, act: str, values: dict[str, Any]) -> None:
        """What the page asks for; names with an underscore are only for the words around it."""
        fixed = {name: value for name, value in values.items() if not name.startswith("_")}
        about = page.sheet
        assert about is not None
        match act:
            case "titles.enter":
                self._enter(about, fixed)
            case "titles.strike":
                entry = values["_entry"]
                facts = said(N_("{paper} · {day}"), paper=entry.paper, day=entry.on.isoformat())
                self.bench.form(act, INTENTS[act].label, STRIKE, fixed, once=True, facts=facts)
            case "attachments.list":
                self._files(about, **values)
            case "titles.cover":
                inside = {"compound_id": about.compound_id}
                self.bench.form(act, INTENTS[act].label, COVER, fixed, once=True, inside=inside, facts=_named(about))
            case "titles.uncover":
                self._sure(act, fixed, values["_place"])
            case "title_defects.add":
                initial = {"opened_on": _today()}
                self.bench.form(act, N_("Add defect"), title_defects.SCREEN.form, fixed, initial=initial, once=True,
                                facts=_named(about))  # fmt: skip
            case "title_defects.remove":
                self._sure(act, fixed, values["_wrong"].number)
            case "title_defects.settle":
                self.settle(fixed, values["_wrong"].number)
            case "title_defects.revise":
                self._revise(values["_wrong"])
            case "rights.may":
                self._may(about)
            case "titles.survey":
                self.survey(**fixed)

    # The ledger

    def _enter(self, about: Sheet, fixed: dict[str, Any]) -> None:
        kind = fixed["kind"]
        inside = {"compound_id": about.compound_id}
        if len(buildings := {cover.building_id for cover in about.covers}) == 1:
            inside["building_id"] = buildings.pop()
        page = self.bench.form(
            "titles.enter", N_("Enter event"), title_events.form(kind), fixed, initial={"on": _today()}, once=True,
            inside=inside, needed=_needed(kind), facts=_named(about),
        )  # fmt: skip
        watch(page, about.paper)

    def _files(self, about: Sheet, entity: str, id: UUID, _entry: Entry | None) -> None:
        facts = [about.certificate or about.number, about.location]
        if _entry is not None:
            facts = [_entry.on.isoformat(), words(f"title_event.kind={_entry.kind.value}"), _entry.paper, *facts]
        self.bench.places.go(ToFiles(entity, id, Own(" · ".join(facts))))

    # Defects and coverage

    def settle(self, fixed: Mapping[str, Any], number: str) -> None:
        """Ask how a defect ended."""
        self.bench.form("title_defects.settle", N_("Settle…"), SETTLE, dict(fixed), initial={"settled_on": _today()},
                        once=True, facts=Own(number))  # fmt: skip

    def _revise(self, wrong: Wrong) -> None:
        work = partial(asks.numbered, "title_defects", wrong.number)
        self.bench.background.ask(work, partial(self.bench.edit, SCREENS["title_defects"]), self.bench.refused)

    def _sure(self, act: str, fixed: dict[str, Any], name: str) -> None:
        label = INTENTS[act].label
        if confirm(self.bench, label, Own(name), label, kind="bad"):
            self.bench.background.do(act, fixed, self._done, self.bench.refused)

    def _done(self, _done: Done[Any]) -> None:
        toast(self.bench, N_("Saved"))

    # Answers and papers

    def _may(self, about: Sheet) -> None:
        if not about.covers:
            toast(self.bench, NO_COVER, kind="info")
            return
        work = partial(asks.may, [(c.building_id, c.room_id) for c in about.covers], about.on)
        self.bench.background.ask(work, partial(self._answered, about), self.bench.refused)

    def _answered(self, about: Sheet, found: Found) -> None:
        self.bench.open_page(MayPage(about, found))

    def survey(self, title_ids: list[UUID] | None = None, on: date | None = None) -> None:
        """Show the survey of one title or of all as a paper."""
        work = partial(asks.survey, title_ids, on or _today())
        name = f"{(on or _today()).isoformat()}-titles.pdf"
        about = Subject.within("survey", {"title_ids": title_ids or ()}, on or _today())
        self.bench.places.go(ToPaper(N_("Property-rights survey"), name, work, about))


def watch(page: FormPage, paper: TitlePaper | None = None) -> None:
    """Numbers of a form that look wrong are remarked upon when somebody has typed them; `paper` where it has none."""
    for name in {"certificate", "unit_number"} & page.fields.keys():
        page.fields[name].box.left.connect(partial(_remark, page, name, paper))


def _remark(page: FormPage, name: str, paper: TitlePaper | None) -> None:
    from services.title_numbers import bare, doubts

    value, chosen = page.fields[name].value(), page.fields["paper"].value() if paper is None else paper
    numbers = (value, None) if name == "certificate" else (None, bare(value or ""))
    found = doubts(TitlePaper(chosen or TitlePaper.NONE), *numbers)
    page.fields[name].remark(said(found[0][0], value=found[0][1]) if found else Own(""))


def _needed(kind: str) -> frozenset[str]:
    """What an event of a kind must say; a holder may be named as a unit instead."""
    kinds = {known.value: names for known, names in NEEDS.items()}
    says = {name if isinstance(name, str) else name[0] for name in title_events.SAYS.get(kind, ())}
    return frozenset(name for name in kinds.get(kind, ()) if not (name == "party" and "unit_id" in says))


def _named(about: Sheet) -> Own:
    return Own(" · ".join(filter(None, (about.certificate or about.number, about.location))))


def _today() -> date:
    return datetime.now(UTC).astimezone().date()
