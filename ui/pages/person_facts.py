"""The first tab of a person's page: his facts in groups, what is private among them, and when he retires."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QWidget

from resources.words import N_
from services.desk.listing import LISTINGS
from services.desk.personal import cut
from services.desk.schema import Kind
from ui.kit import show
from ui.kit.button import IconButton
from ui.kit.card import Card, KeyValue, SectionHead
from ui.kit.editors import today
from ui.kit.layout import column, emptied, row
from ui.kit.page import ScrollPage
from ui.kit.text import Message, Note, Own, said
from ui.kit.theme import GAP, LOOK
from ui.pages.person_pane import PersonPane

if TYPE_CHECKING:
    from services.staff_sheet import PersonSheet
    from ui.kit.background import Background

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Work"), ("number", "compound_id", "unit_id", "post_id", "grade", "employment", "employer", "joined_on",
                  "left_on", "left_why")),
    (N_("Schooling and skill"), ("education", "skill_trade", "skill_level")),
    (N_("Private facts"), ("sex", "born_on", "ethnicity", "political_status")),
    (N_("Personal data"), ("phone", "id_number", "address")),
)  # fmt: skip
ALWAYS = frozenset({"number", "compound_id", "unit_id", "post_id", "employment", "education", "phone"})
AGE = N_("{years} years {months} months")
RULE = N_("The rule in force adds {later} months to the original age; chosen: {shift} months.")
UNKNOWN = N_("Told when the day of birth and the group are known.")


class FactsPane(PersonPane):
    """Facts at the left, the retirement at the right."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.may_reveal = background.desk.may("staff.reveal")
        self.groups = tuple(_Group(title, names, self) for title, names in GROUPS)
        self.when, self.age = KeyValue("staff.retires_on"), KeyValue(N_("Age on that day"))
        self.now, self.group = KeyValue(N_("Age today")), KeyValue("staff.retirement_group")
        self.how, self.source = Note("", wrap=True), Note("", wrap=True)
        self.retirement = Card(
            SectionHead(N_("Retirement")), self.now, self.group, self.when, self.age, self.how, self.source, gap=9
        )
        self.extra = Card(SectionHead(N_("From the register")), gap=9)
        self._more = column(gap=8)
        self.extra.add(self._more)
        left, right = QWidget(), QWidget()
        left.setLayout(column(*self.groups, None, gap=GAP))
        right.setLayout(column(self.retirement, self.extra, None, gap=GAP))
        right.setFixedWidth(350)
        self.page = ScrollPage(row((left, 1), right, gap=GAP), None, margin=0)
        self.setLayout(column(self.page))
        LOOK.changed.connect(self._say)

    def show_sheet(self, sheet: PersonSheet) -> None:
        """Show his facts."""
        super().show_sheet(sheet)
        self._say()

    def _say(self) -> None:
        sheet = self.sheet
        if sheet is None:
            return
        for group in self.groups:
            group.show_sheet(sheet)
        emptied(self._more)
        extra = sheet.row.get("extra") or {}
        for header, value in extra.items():
            self._more.addWidget(KeyValue(Own(header), Own(str(value))))
        self.extra.setVisible(bool(extra))
        self._say_retirement(sheet)

    def _say_retirement(self, sheet: PersonSheet) -> None:
        ends, row_ = sheet.retires, sheet.row
        self.now.say(Own(show.NOTHING) if sheet.years is None else Own(str(sheet.years)))
        group = row_.get("retirement_group")
        self.group.say(f"staff.retirement_group={group.value}" if group else Own(show.NOTHING))
        self.when.say(Own(ends.on.isoformat() if ends else show.NOTHING))
        self.when.value.tone("warn" if ends and ends.on <= today() and not row_.get("left_on") else "text")
        age: Message = Own(show.NOTHING)
        if ends:
            age = said(AGE, years=ends.age_months // 12, months=ends.age_months % 12)
        self.age.say(age)
        self.how.say(said(RULE, later=ends.later, shift=ends.shift) if ends else UNKNOWN)
        self.source.say(Own(ends.source if ends else ""))

    def reveal(self, field: str, _checked: bool = False) -> None:
        """Ask for what is behind the mask of a personal field."""
        self.acted.emit("staff.reveal", field)


class _Group(Card):
    """One group of facts in two columns; what is empty and not expected is left out."""

    def __init__(self, title: str, names: tuple[str, ...], pane: FactsPane) -> None:
        super().__init__(gap=10)
        self.names, self.pane = names, pane
        self.add(SectionHead(title))
        inside, self.facts = QWidget(), QGridLayout()
        inside.setLayout(self.facts)
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.facts.setHorizontalSpacing(28)
        self.facts.setVerticalSpacing(8)
        for at in range(2):
            self.facts.setColumnStretch(at, 1)
        self.add(inside)

    def show_sheet(self, sheet: PersonSheet) -> None:
        """Say the facts of a person."""
        emptied(self.facts)
        specs, at = LISTINGS["staff"].columns, 0
        for name in self.names:
            value = sheet.row.get(name)
            if value in (None, "") and name not in ALWAYS:
                continue
            part = KeyValue(specs[name].key, Own(show.fact(LOOK.lang, specs[name], value, sheet.row)))
            if specs[name].kind is Kind.PERSONAL and self.pane.may_reveal and cut(str(value or "")):
                eye = IconButton("eye", said(N_("Show “{field}”"), field=specs[name].key), tone="text3", size=26,
                                 symbol=15)  # fmt: skip
                eye.clicked.connect(partial(self.pane.reveal, name))
                part.add(eye)
            self.facts.addWidget(part, at // 2, at % 2)
            at += 1
        self.setVisible(at > 0)
