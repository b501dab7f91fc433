"""The first dates of a plan below its form, as they follow from what is typed so far."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from services.desk.errors import Invalid, UserError
from services.desk.schema import arguments
from services.plan_dates import Planned
from services.plan_preview import Preview
from ui.kit.card import Card, SectionHead
from ui.kit.layout import emptied
from ui.kit.text import Message, Note, Own, Text, said

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background
    from ui.kit.form import FormPage

ACROSS = 4
OFTEN = N_("{n} times in the first twelve months")
FOLLOWS = {
    "planned": N_("Work done late moves none of these days."),
    "done": N_("As if each were done in time: the next one follows the day it is really done."),
    "expiry": N_("Without a certificate; where there is one, the day comes before its end."),
}


class PlanDates(Card):
    """Reads again whenever a field of the form it stands in is edited."""

    def __init__(self, form: FormPage, background: Background) -> None:
        super().__init__(gap=10)
        self.form, self.background = form, background
        self.names = [spec.name for spec in arguments("maintenance_plans.preview")]
        self.head, self.told = SectionHead(N_("First days"), note=Own(" ")), Note(Own(" "), wrap=True)
        self.days = QGridLayout()
        self.days.setHorizontalSpacing(18)
        self.days.setVerticalSpacing(6)
        holder = QWidget()
        holder.setLayout(self.days)
        for part in (self.head, holder, self.told):
            self.add(part)
        for field in form.fields.values():
            if field.spec.name in self.names:
                field.edited.connect(self.read)
        self.read()

    def values(self) -> dict[str, Any]:
        """What the form says so far of when the plan comes."""
        found = dict[str, Any]()
        for name in self.names:
            field = self.form.fields.get(name)
            try:
                value = field.value() if field is not None else None
            except Invalid:
                continue
            if value is not None:
                found[name] = value
        return found

    def read(self) -> None:
        """Ask for the dates, where it is said when the plan begins."""
        values = self.values()
        if "starts_on" not in values:
            self._say(N_("Say on which day it begins."), ())
            return
        self.background.ask(partial(_read, values), self._got, self._refused, tag=f"plandates{id(self)}")

    def _got(self, found: Preview) -> None:
        self.head.note.say(said(OFTEN, n=found.of_year))
        self.head.note.show()
        self._say(FOLLOWS[found.after.value], found.dates)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            self.head.note.hide()
            self._say(said(error.message, **error.values), ())
        else:
            self.background.failed.emit(error)

    def _say(self, sentence: Message, dates: tuple[Planned, ...]) -> None:
        emptied(self.days)
        self.told.say(sentence)
        for at, day in enumerate(dates):
            on, latest = day.on.isoformat(), day.legal_until
            shown: Message = Own(on) if latest in (None, day.on) else said(N_("{date}, at the latest {latest}"),
                                                                           date=on, latest=latest)  # fmt: skip
            self.days.addWidget(Text(shown), at // ACROSS, at % ACROSS)


def _read(values: dict[str, Any], desk: Desk) -> Preview:
    found: Preview = desk.ask("maintenance_plans.preview", **values)
    return found
