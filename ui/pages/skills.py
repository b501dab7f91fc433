"""Board: the skill matrix of the people of a compound, a unit, a function, as on a chosen day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from resources.words import N_
from services.certificate_state import State
from services.desk.schema import arguments
from services.skill_matrix import AGE, ASKED_BY_POST, COURSE, SCHOOLING, SHOWN, Cell, Matrix, Person
from services.skill_needs import Group
from services.skill_risks import Holder
from ui.kit.as_on import AsOn
from ui.kit.button import Button, KeyHints
from ui.kit.card import Card
from ui.kit.chip import Chip
from ui.kit.editors import today
from ui.kit.going import ToForm, ToList, ToPaper, ToPerson
from ui.kit.layout import column, row
from ui.kit.page import EmptyState, PageHead
from ui.kit.pill import Pill
from ui.kit.read_page import ReadPage
from ui.kit.text import Note, Own, said, words
from ui.kit.theme import GAP, MARGIN
from ui.pages import skill_cells
from ui.pages.skill_foot import SkillFoot
from ui.pages.skill_risks import RiskPane
from ui.pages.skill_table import SkillTable
from ui.screens import certificates as forms

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

FACTS = N_("{people} people · {kinds} kinds of certificate · as on {date}")
SOME = N_("{people} people, the first {n} are shown · {kinds} kinds of certificate · as on {date}")
EXPLAINED = N_("Valid ones say the year they end, others month and day; blank: the post does not ask for it")
WHOLE = "staff.skills"  # with courses, schooling and ages, for who may look at them
TABS = {COURSE: "training", SCHOOLING: "staff_educations", AGE: "facts"}  # of the page of a person
ASKED = ("compound_ids", "unit_ids", "functions")


class Asked(NamedTuple):
    """Whose matrix, on which day."""

    on: date
    scope: tuple[tuple[str, tuple[Any, ...]], ...]


class SkillsPage(ReadPage):
    """`went` tells where somebody wants to go from a cell or a card."""

    watched = frozenset({
        "certificate", "certificate_recheck", "staff", "post", "post_holding", "post_requirement", "organization",
        "compound", "course", "staff_education", "training_session", "attendance",
    })  # fmt: skip
    went = Signal(object)

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.matrix: Matrix | None = None
        self._make()
        self._arrange()
        self.begin()

    def _make(self) -> None:
        may = self.background.desk.may
        self.print, self.add = (
            Button(N_("Print register"), "printer"),
            Button(N_("Add certificate"), "plus", kind="primary"),
        )
        shown = [*([self.print] if may("certificates.register") else []),
                 *([self.add] if may("certificates.add") else [])]  # fmt: skip
        self.head = PageHead(N_("Skill matrix"), *shown, facts=Own(" "))
        specs = {spec.name: spec for spec in arguments("staff.matrix")}
        self.chips = {name: Chip(self.background, specs[name]) for name in ASKED}
        self.day = AsOn()
        self.table = SkillTable()
        self.foot = SkillFoot(self.table)
        self.risks = RiskPane(may("certificates.renew"))
        self.empty = EmptyState(
            "file-badge",
            N_("Nobody holds a certificate here"),
            N_("Say what the posts require, and add the certificates people hold, or import their register."),
        )
        self.near = Pill(N_("ends within {n} days"), "warn", icon="clock", n=30)
        self.hints = KeyHints([("↑↓←→", N_("Move")), ("Enter", N_("Open")), ("N", N_("New certificate"))])
        self.print.clicked.connect(self._print)
        self.add.clicked.connect(self._add)
        self.day.turned.connect(self.read)
        for chip in self.chips.values():
            chip.changed.connect(self.read)
        self.table.opened.connect(self._open)
        self.table.wanted.connect(self._wanted)
        self.risks.renew_asked.connect(self._renew)
        self.risks.show_asked.connect(self._show)

    def _arrange(self) -> None:
        above = row(*self.chips.values(), None, self.day, gap=8)
        legend = row(
            Pill(skill_cells.VALID, "ok", icon="check"), self.near, Pill(skill_cells.GONE, "bad", icon="x"),
            Pill(skill_cells.LACKS, "idle"), (Note(EXPLAINED, elide=True), 1), self.hints, gap=8,
        )  # fmt: skip
        whole = QWidget()
        whole.setLayout(column((self.table, 1), self.foot, gap=0))
        self.stack = QStackedWidget()
        for part in (whole, self.empty):
            self.stack.addWidget(part)
        card = Card((self.stack, 1), gap=0, margins=(1, 1, 1, 1))
        middle = row((card, 1), self.risks, gap=GAP)
        margins = (MARGIN, MARGIN, MARGIN, MARGIN)
        self.setLayout(column(self.head, self.wrong, above, legend, (middle, 1), gap=12, margins=margins))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    # Reading

    def asked(self) -> Asked:
        """Whose matrix is shown."""
        return Asked(self.day.day, tuple((name, chip.values) for name, chip in self.chips.items() if chip.values))

    def question(self) -> Callable[[Desk], Matrix]:
        """The matrix."""
        return partial(_read, self.asked())

    def _got(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self.table.put(matrix)
        self.risks.put(matrix)
        self.stack.setCurrentIndex(0 if matrix.people else 1)
        self.near.say(skill_cells.NEAR, n=matrix.near)
        self.print.setEnabled(any(cell.certificate_id for who in matrix.people for cell in who.cells.values()))
        sentence = FACTS if matrix.count <= SHOWN else SOME
        kinds = sum(one.category != ASKED_BY_POST for one in matrix.columns)
        self.head.show_facts(said(sentence, people=matrix.count, n=SHOWN, kinds=kinds,
                                  date=matrix.on.isoformat()))  # fmt: skip

    # What can be done

    def _open(self, person: Person, kind: str) -> None:
        """The certificate of a cell on the page of its person; of one that is missing, a new one."""
        cell = person.cells.get(kind)
        if kind in TABS:
            self._look(person, kind)
        elif cell is None or cell.state is None:
            self._wanted(person, kind)
        elif self.background.desk.may("staff.sheet"):
            self.went.emit(ToPerson(person.id, "certificates"))
        elif self.background.desk.may("certificates.list"):
            filters = (("staff_id", (person.id,)), ("kind", (kind,)))
            self.went.emit(ToList("certificates", filters, {person.id: person.name}))

    def _look(self, person: Person, kind: str) -> None:
        """What is known of it on the page of the person."""
        if self.background.desk.may("staff.sheet"):
            self.went.emit(ToPerson(person.id, TABS[kind]))

    def _wanted(self, person: Person, kind: str) -> None:
        if kind in TABS:
            self._look(person, kind)
            return
        if not self.background.desk.may("certificates.add"):
            return
        cell: Cell | None = person.cells.get(kind)
        if cell is not None and cell.certificate_id is not None and cell.state is not State.REVOKED:
            self._renew_one(cell.certificate_id, person.name, kind)
            return
        fixed, facts = {"staff_id": person.id, "kind": kind}, _about(person.name, kind)
        self.went.emit(ToForm("certificates.add", N_("Add certificate"), fixed, {}, forms.FORM, facts))

    def _renew(self, holder: Holder) -> None:
        if holder.state is State.RECHECK:
            self.went.emit(forms.recheck([holder.certificate_id], _about(holder.name, holder.kind)))
        else:
            self._renew_one(holder.certificate_id, holder.name, holder.kind)

    def _renew_one(self, certificate: Any, name: str, kind: str) -> None:
        self.went.emit(forms.renewal([certificate], _about(name, kind)))

    def _show(self, group: Group) -> None:
        self.went.emit(ToList("certificates", (("kind", tuple(group)),)))

    def _add(self) -> None:
        self.went.emit(ToForm("certificates.add", N_("Add certificate"), {}, {"issued_on": today()}, forms.FORM))

    def _print(self) -> None:
        name = f"{words(N_('Register of certificates'))}-{self.day.day}.pdf"
        self.went.emit(ToPaper(N_("Register of certificates"), name, partial(_paper, self.asked())))


def _about(name: str, kind: str) -> Own:
    return Own(f"{name} · {words(f'certificate_kind.code={kind}')}")


def _read(asked: Asked, desk: Desk) -> Matrix:
    name = WHOLE if desk.may(WHOLE) else "staff.matrix"
    found: Matrix = desk.ask(name, on=asked.on, **dict(asked.scope))
    return found


def _paper(asked: Asked, desk: Desk) -> bytes:
    data: bytes = desk.ask("certificates.register", on=asked.on, **dict(asked.scope))
    return data
