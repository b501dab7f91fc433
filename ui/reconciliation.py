"""The reconciliation in the window: the record that settles a difference is opened, a difference is explained."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from resources.words import N_
from services.desk.intent import INTENTS
from services.reconciliation_words import about, value
from ui import asks
from ui.kit.going import ToAsset, ToList
from ui.kit.messages import confirm, toast
from ui.kit.screen import Section
from ui.kit.text import words
from ui.kit.theme import LOOK
from ui.pages.reconciliation import ReconciliationPage
from ui.pages.reconciliation_rows import rule_of
from ui.part import Part, Row
from ui.screens import SCREENS

if TYPE_CHECKING:
    from services.reconciliation_facts import Difference

EXPLAIN = "reconciliation.explain"
REASON = (
    Section(N_("Why it differs"), N_("It holds for these values: when they change, or the day has passed, the"
            " difference is open again."), ("explanation", 6), ("basis", 4), "until_on"),
)  # fmt: skip
NO_PAGE = N_("Your role does not include the record that settles this difference")


class Reconciliation(Part):
    """What the window does about differences."""

    def follow(self, board: QWidget) -> None:
        """The board opens records and explains differences."""
        if isinstance(board, ReconciliationPage):
            board.opened.connect(self.open)
            board.asked.connect(self._asked)

    def open(self, found: Difference) -> None:
        """Open the record that settles a difference."""
        bench, may, id = self.bench, self.bench.background.desk.may, found.opens_id
        if found.opens == "asset_class" and may("assets.list"):
            bench.background.ask(partial(asks.classes, found.number), partial(self._cards, found), bench.refused)
            return
        screen = next((s for s in SCREENS.values() if s.entity == found.opens and may(s.needs)), None)
        if screen is None or id is None:
            toast(bench, NO_PAGE, kind="info")
        elif found.opens == "asset" and may("assets.sheet"):
            bench.places.go(ToAsset(id))
        else:
            work = partial(asks.identified, screen.listing, screen.entity, id)
            bench.background.ask(work, partial(self._row, screen.name), bench.refused)

    def _row(self, screen: str, row: Row) -> None:
        self.bench.open(SCREENS[screen], row)

    def _cards(self, found: Difference, codes: list[str]) -> None:
        """The cards of a class the accounts lack."""
        inside: tuple[Any, ...] = (("compound_id", (found.compound_id,)),) if found.compound_id else ()
        wanted = tuple(codes) if found.number else (None,)  # else those without a class
        of_class: tuple[Any, ...] = (("class_code", wanted),) if wanted else ()
        names = {found.compound_id: found.compound}
        self.bench.places.go(ToList("assets", (*inside, *of_class), names))

    def _asked(self, intent: str, found: Difference) -> None:
        facts, label = partial(_about, found), INTENTS[intent].label
        known = found.explained
        if intent == EXPLAIN:
            names = ("explanation", "basis", "until_on")
            initial = {name: getattr(known, name) for name in names} if known else {}
            fixed = {"rule": found.rule.value, "subject": found.subject, "digest": found.digest}
            self.bench.form(EXPLAIN, label, REASON, fixed, initial=initial, once=True, facts=facts)
        elif known and confirm(self.bench, label, facts, label, kind="bad"):
            values = {"reconciliation_note_id": known.id}
            self.bench.background.do(intent, values, self.bench.operations.saved, self.bench.refused)


def _about(found: Difference) -> str:
    """What differs, of what, and both values, in the language now in force."""
    both = (value(LOOK.lang, said, found.unit) for said in (found.book, found.other))
    return " · ".join((words(rule_of(found)), about(LOOK.lang, found), *both))
