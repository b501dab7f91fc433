"""The certificates of a person on his page: each with how it stands, what his post asks for, and what he may do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QWidget

from models.post import RequirementKind
from resources.words import N_, Word
from services.certificate_state import State
from services.desk.schema import arguments
from services.may_do import EVERY, May
from ui.kit import show
from ui.kit.button import LinkButton
from ui.kit.card import Card, HairLine, SectionHead, headed
from ui.kit.editors import ChoiceBox, today
from ui.kit.going import ToFiles, ToForm
from ui.kit.grid import Grid
from ui.kit.grid_model import Cell, Head, Line
from ui.kit.layout import column, emptied, hide_unless, row
from ui.kit.page import EmptyState
from ui.kit.pill import Pill
from ui.kit.text import Body, Message, Note, Own, said, words
from ui.pages.person_pane import PersonPane
from ui.screens import certificates as forms

if TYPE_CHECKING:
    from services.certificate_sheet import Asked, Paper, PersonCertificates
    from services.desk.desk import Desk
    from services.post_asked import Judged
    from services.reasons import Reason
    from services.staff_sheet import PersonSheet
    from ui.kit.background import Background

HEADS = (
    Head("certificate.kind", 150), Head("certificate.paper_no"), Head("certificate.issued_on", 104),
    Head("certificate.valid_until", 104), Head(N_("Next re-check"), 110), Head(N_("State"), 178),
)  # fmt: skip
TONES = {
    State.VALID: "ok", State.DUE: "warn", State.RECHECK: "bad", State.EXPIRED: "bad", State.REVOKED: "bad",
    State.AHEAD: "idle",
}  # fmt: skip
STATES = {
    State.VALID: N_("valid"), State.RECHECK: N_("re-check overdue"), State.EXPIRED: N_("expired"),
    State.REVOKED: N_("withdrawn"), State.AHEAD: N_("not yet"),
}  # fmt: skip
ENDS, AGAIN, REPLACED = N_("ends in {n} days"), N_("re-check in {n} days"), N_("renewed by {number}")
HAS, EITHER = N_("{kind}: held"), N_(" or ")
MEETS = {
    RequirementKind.COURSE: N_("“{course}”: passed"), RequirementKind.EDUCATION: N_("schooling “{level}” or more"),
    RequirementKind.LEAST_AGE: N_("{age} years old or older"), RequirementKind.MOST_AGE: N_("not older than {age}"),
}  # fmt: skip
PASSED_UNTIL = N_("“{course}”: passed, due again on {date}")
MAY, NOT = N_("may do this today"), N_("may not do this today")
LACKS_SOME = N_("{kind}: some of the post hold it")


class CertificatesPane(PersonPane):
    """Reads his certificates by itself, whenever he is shown anew."""

    def __init__(self, background: Background) -> None:
        super().__init__(background)
        self.found: PersonCertificates | None = None
        may = background.desk.may
        self.grid = Grid("certificates", HEADS, tall=40)
        self.links = {
            "certificates.revoke": LinkButton(N_("Withdrawal…")), "attachments.list": LinkButton(N_("Files…")),
            "certificates.remove": LinkButton(N_("Remove")), "certificates.revise": LinkButton(N_("Edit")),
            "certificates.recheck": LinkButton(N_("Re-check…")), "certificates.renew": LinkButton(N_("Renew…")),
            "certificates.add": LinkButton(N_("Add certificate"), "plus"),
        }  # fmt: skip
        self.may = {name: may(name) for name in self.links}
        for name, link in self.links.items():
            link.clicked.connect(partial(self._act, name))
            hide_unless(name == "certificates.add" and self.may[name], link)
        self.grid.marked.connect(self._offer)
        self.grid.opened.connect(self._opened)
        self._arrange()

    def _arrange(self) -> None:
        none = EmptyState("file-badge", N_("No certificates"), N_("Add what this person holds, with a scan of it."))
        self.stack = QStackedWidget()
        for part in (self.grid, none):
            self.stack.addWidget(part)
        whole = headed(SectionHead(N_("Certificates"), *self.links.values()), (self.stack, 1))
        self.wanted = column(gap=6)
        self.trade = ChoiceBox([(trade, f"trade_certificate.trade={trade}") for trade in EVERY], must=False)
        self.trade.edited.connect(self._ask_may)
        self.trade.setAccessibleName(words(N_("Kind of work")))
        self.trade.inner().setAccessibleName(words(N_("Kind of work")))
        self.answer = Pill("", "idle")
        self.reasons = Body("")
        self.answer.hide()
        self.reasons.hide()
        heads = SectionHead(N_("The post asks for")), SectionHead(N_("May this person do…"))
        side = Card(heads[0], self.wanted, HairLine(), heads[1], self.trade, row(self.answer, None), self.reasons, None,
                    pad=16)  # fmt: skip
        side.setFixedWidth(300)
        self.setLayout(row((whole, 1), side, gap=16))
        self.setFocusProxy(self.grid)

    def show_sheet(self, sheet: PersonSheet) -> None:
        """Read what this person holds."""
        super().show_sheet(sheet)
        self.background.ask(partial(_read, sheet.id), self._got, tag=f"certificates{id(self)}")
        self._ask_may()

    def _got(self, found: PersonCertificates) -> None:
        self.found = found
        self.grid.show_lines([Line(paper.id, partial(_cells, paper)) for paper in found.papers])
        self.stack.setCurrentIndex(0 if found.papers else 1)
        emptied(self.wanted)
        for asked in found.asked:
            self.wanted.addWidget(_asked(asked))
        if not found.asked:
            self.wanted.addWidget(Note(N_("No certificate")))
        for other in found.others:
            self.wanted.addWidget(other_note(other))
        self._offer()

    def _marked(self) -> Paper | None:
        papers = self.found.papers if self.found else ()
        return next((paper for paper in papers if paper.id == self.grid.key()), None)

    def _offer(self, _key: object = None) -> None:
        paper = self._marked()
        for name, link in self.links.items():
            if name == "certificates.add":
                continue
            fits = paper is not None and (
                name not in ("certificates.renew", "certificates.recheck", "certificates.revoke")
                or (paper.standing.state is not State.REVOKED and not paper.renewed_by)
            )
            link.setVisible(fits and self.may[name])

    # What is asked

    def _opened(self, _key: object) -> None:
        for name in ("certificates.revise", "attachments.list"):
            if self.may[name]:
                self._act(name)
                return

    def _act(self, name: str, _checked: bool = False) -> None:
        paper = self._marked()
        if name == "certificates.add":
            assert self.sheet is not None
            fixed, initial = {"staff_id": self.sheet.id}, {"issued_on": today()}
            self.went.emit(ToForm(name, N_("Add certificate"), fixed, initial, forms.FORM, self.named()))
        elif paper is None:
            return
        elif name == "certificates.remove":
            self.asked.emit(name, {"certificate_id": paper.id}, self._about(paper))
        else:
            self.went.emit(self._where(name, paper))

    def _where(self, name: str, paper: Paper) -> Any:
        about = self._about(paper)
        match name:
            case "certificates.renew":
                return forms.renewal([paper.id], about)
            case "certificates.recheck":
                return forms.recheck([paper.id], about, forms.hours_of(paper.kind))
            case "attachments.list":
                return ToFiles("certificate", paper.id, about)
            case "certificates.revoke":
                fixed, initial = {"certificate_id": paper.id}, {"revoked_on": today()}
                return ToForm(name, N_("Record withdrawal…"), fixed, initial, forms.REVOKED, about)
        known = [field.name for field in arguments(name) if hasattr(paper, field.name)]
        initial = {field: getattr(paper, field) for field in known}
        assert self.sheet is not None
        fixed = {"certificate_id": paper.id, "staff_id": self.sheet.id}
        return ToForm(name, N_("Revise certificate"), fixed, initial, forms.FORM, about, revising=True)

    def _about(self, paper: Paper) -> Own:
        assert self.sheet is not None
        kind = words(f"certificate_kind.code={paper.kind}")
        return Own(" · ".join((str(self.sheet.row["name"]), kind, paper.paper_no)))

    # What he may do

    def _ask_may(self) -> None:
        trade = self.trade.value()
        for part in (self.answer, self.reasons):
            part.hide()
        if trade and self.sheet is not None:
            work = partial(_may, self.sheet.id, trade)
            self.background.ask(work, self._answered, tag=f"may{id(self)}")

    def _answered(self, found: May) -> None:
        self.answer.show_state(MAY if found.ok else NOT, "ok" if found.ok else "bad")
        self.answer.show()
        sentences = [said(reason.message, **reason.values) for reason in found.reasons]
        self.reasons.say(lambda: "\n".join(f"· {words(one)}" for one in sentences))
        self.reasons.setVisible(bool(sentences))


def _cells(paper: Paper) -> list[Cell]:
    stands = paper.standing
    until = paper.valid_until.isoformat() if paper.valid_until else words(N_("For ever"))
    again = stands.until.isoformat() if stands.rechecked and stands.until else show.NOTHING
    tone = TONES[stands.state] if paper.counts else "idle"
    return [
        Cell(f"certificate_kind.code={paper.kind}"), Cell(Own(paper.paper_no), paper.paper_no, note=Own(paper.level)),
        Cell(Own(paper.issued_on.isoformat()), paper.issued_on.isoformat()), Cell(Own(until), until),
        Cell(Own(again), again), Cell(state(paper), stands.state.value, tone, pill=True),
    ]  # fmt: skip


def state(paper: Paper) -> Message:
    """How a certificate stands, in a few words."""
    stands = paper.standing
    if paper.renewed_by and not paper.counts:
        return said(REPLACED, number=paper.renewed_by)
    if stands.state is State.DUE and stands.until:
        return said(AGAIN if stands.rechecked else ENDS, n=(stands.until - today()).days)
    return STATES[stands.state]


def _asked(asked: Asked) -> QWidget:
    kind = words(EITHER).join(words(f"certificate_kind.code={code}") for code in asked.group)
    sentence: Message = said(HAS, kind=kind)
    if asked.why is not None:
        reason: Reason = asked.why
        sentence = said(reason.message, **reason.values)
        if not asked.each:
            sentence = said(LACKS_SOME, kind=kind)
    tone = "ok" if asked.why is None else "text3" if not asked.each else "bad"
    return Note(sentence, tone=tone, wrap=True)


def other_note(row: Judged) -> QWidget:
    """One thing besides certificates that a post asks for, and how somebody stands to it."""
    why, asks = row.why(), row.asked.asks
    if why is not None:
        tone = "bad" if row.lacking else "text3"
        return Note(said(why.message, **why.values), tone=tone, wrap=True)
    level = Word(f"staff.education={asks.education.value}") if asks.education else ""
    values = {"course": row.asked.course, "level": level, "age": asks.age}
    until = row.answer.until
    sentence = MEETS[asks.kind] if until is None or asks.kind is not RequirementKind.COURSE else PASSED_UNTIL
    return Note(said(sentence, date=until.isoformat() if until else "", **values), tone="ok", wrap=True)


def _read(person: Any, desk: Desk) -> PersonCertificates:
    found: PersonCertificates = desk.ask("certificates.of_person", staff_id=person, on=today())
    return found


def _may(person: Any, trade: str, desk: Desk) -> May:
    found: May = desk.ask("staff.may_do", staff_id=person, trade=trade, on=today())
    return found
