"""Certificates in the real window: the matrix walked by keys, what is due seen to, a person's papers and what he may
do."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from services.desk.listing import View
from tests.services.people import Office
from ui.hand import Hand
from ui.kit.editors import today
from ui.kit.form import FormPage
from ui.kit.messages import ConfirmDialog
from ui.kit.text import Own
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.certificates_due import CertificatesDuePage
from ui.pages.paper import PaperPage
from ui.pages.person import PersonPage
from ui.pages.skills import SkillsPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
LONG, NEAR, PAST = timedelta(days=1000), timedelta(days=15), timedelta(days=-5)


def hold(office: Office, staff: UUID, kind: str, left: timedelta | None) -> UUID:
    until = None if left is None else today() + left
    issued = min(today(), until or today()) - timedelta(days=300)
    return office.add("certificates", staff_id=staff, kind=kind, paper_no=f"{kind}-1", issued_on=issued,
                      valid_until=until)  # fmt: skip


@pytest.fixture
def team(office: Office) -> Office:
    """Two electricians, two of the boiler house, three of whom hold what they must."""
    since = today() - timedelta(days=900)
    for name, function, people in (
        ("电工班", "electricity", (office.giver, office.taker)), ("锅炉房", "heating", (office.witness,)),
    ):  # fmt: skip
        post = office.add("posts", compound_id=office.compound, name=name, unit_id=office.unit, function=function)
        for person in people:
            office.desk.do("post_holdings.assign", staff_id=person, post_id=post, from_on=since)
        kind = "low_voltage" if function == "electricity" else "boiler_g1"
        office.add("post_requirements", post_id=post, kind="certificate", certificate_kind=kind, from_on=since)
    hold(office, office.giver, "low_voltage", LONG)
    hold(office, office.witness, "boiler_g1", PAST)
    hold(office, office.witness, "health", NEAR)
    return office


def skills(bench: Workbench, hand: Hand) -> SkillsPage:
    bench.show_screen("skills")
    page = bench.boards["skills"]
    assert isinstance(page, SkillsPage)
    hand.until(lambda: page.matrix is not None, "the matrix")
    hand.rest()
    return page


def form_of(bench: Workbench, hand: Hand) -> FormPage:
    hand.until(lambda: isinstance(bench.pages.currentWidget(), FormPage), "a form")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    return form


def said(page: SkillsPage, name: str, column: int) -> str:
    """A cell as it is read out."""
    row = next(n for n, who in enumerate(page.table.records.people) if who.name == name)
    index = page.table.records.index(row, column)
    return str(index.data(Qt.ItemDataRole.AccessibleTextRole))


def unnamed(page: QWidget) -> list[str]:
    seen = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [type(w).__name__ for w in seen if not (w.accessibleName() or getattr(w, "text", str)())]


def say_yes(hand: Hand) -> None:
    """Agree to the question that comes up."""

    def agree() -> None:
        hand.until(lambda: isinstance(QApplication.activeModalWidget(), ConfirmDialog), "the question")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.accept()

    QTimer.singleShot(0, agree)


def test_the_matrix_says_every_cell_in_words_and_counts(team: Office, bench: Workbench, hand: Hand) -> None:
    page = skills(bench, hand)
    assert page.matrix is not None and [c.kind for c in page.matrix.columns] == ["low_voltage", "boiler_g1", "health"]
    assert said(page, "李秀英", 0).startswith("李秀英 · Low voltage · to be re-checked by ")
    assert said(page, "王建国", 0) == "王建国 · Low voltage · asked for by the post, missing"
    assert said(page, "赵磊", 1) == f"赵磊 · Boiler G1 · expired on {(today() + PAST).isoformat()}"
    assert said(page, "李秀英", 1) == "李秀英 · Boiler G1 · not asked for"
    assert "Low voltage 1 / 2" in page.foot.accessibleName() and "Boiler G1 0 / 1" in page.foot.accessibleName()
    assert "3 people" in page.head.facts.text() and len(page.risks.links) == 2
    assert unnamed(page) == []


def test_the_cursor_walks_the_matrix_and_a_missing_certificate_is_added_there(
    team: Office, bench: Workbench, hand: Hand
) -> None:
    page = skills(bench, hand)
    bench.activateWindow()
    page.table.setFocus()
    hand.until(page.table.hasFocus, "the keyboard")
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_End)
    hand.press(Qt.Key.Key_Home)
    hand.press(Qt.Key.Key_Up)
    key = page.table.here()
    assert key is not None and (key[0].name, key[1]) == ("王建国", "low_voltage")
    hand.press(Qt.Key.Key_Return)
    form = form_of(bench, hand)
    assert "王建国 · Low voltage" in form.head.facts.text()
    hand.type(hand.field("Certificate no."), "T2026001")
    form.fields["issued_on"].set_value(today() - timedelta(days=10))
    hand.click("Save")
    hand.until(lambda: bench.pages.currentWidget() is page and "re-checked by" in said(page, "王建国", 0), "it")
    assert page.risks.count.text() == "1 skill", "two of two hold it now"
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), PersonPage), "his page")
    person = bench.pages.currentWidget()
    assert isinstance(person, PersonPage)
    hand.until(lambda: "certificates" in person.panes, "the tab")


def test_a_risk_leads_to_the_renewal_of_what_has_ended(team: Office, bench: Workbench, hand: Hand) -> None:
    page = skills(bench, hand)
    hand.click("Renew 赵磊's", page.risks)
    form = form_of(bench, hand)
    assert "赵磊 · Boiler G1" in form.head.facts.text()
    hand.click("Save")
    hand.until(lambda: bench.pages.currentWidget() is page and "valid until" in said(page, "赵磊", 1), "the new paper")
    made = [row for row in team.desk.first(View("certificates"), 9) if row["renews_id"]]
    assert [(row["kind"], row["issued_on"]) for row in made] == [("boiler_g1", today())]


def test_of_a_function_alone_on_another_day(team: Office, bench: Workbench, hand: Hand) -> None:
    page = skills(bench, hand)
    page.chips["functions"].choose(("heating",))
    hand.until(lambda: page.matrix is not None and page.matrix.count == 1, "the boiler house")
    page.day.show_day(today() - timedelta(days=10))
    hand.until(lambda: "valid until" in said(page, "赵磊", 0), "that day it held")
    hand.click("Print register", page)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), PaperPage), "the paper")


def test_what_is_due_stands_in_the_rail_and_is_renewed_from_its_line(
    team: Office, bench: Workbench, hand: Hand
) -> None:
    hand.until(lambda: bench.rail._items["certificates_due"].waiting == 2, "the count in the rail")
    bench.show_screen("certificates_due")
    board = bench.boards["certificates_due"]
    assert isinstance(board, CertificatesDuePage)
    hand.until(lambda: len(board.links) == 2, "the lines")
    assert board.head.facts.text().startswith("1 have passed · 1 within 30 days · 0 within 60 days")
    board.links[0].click()
    form_of(bench, hand)
    hand.click("Save")
    hand.until(lambda: len(board.links) == 1, "one is left")
    hand.until(lambda: bench.rail._items["certificates_due"].waiting == 1, "one in the rail")


def test_many_are_renewed_at_once_from_the_list(team: Office, bench: Workbench, hand: Hand) -> None:
    bench.show_screen("certificates")
    page = bench.lists["certificates"]
    hand.until(lambda: page.model.rowCount() == 3 and page.model.complete, "the list")
    bench.activateWindow()
    page.table.setFocus()
    hand.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    hand.click("Renew…", page)
    form = form_of(bench, hand)
    assert "3 certificates" in form.head.facts.text()
    hand.click("Save")
    hand.until(lambda: team.desk.count(View("certificates")) == 6, "the new papers")
    assert team.desk.ask("certificates.due", on=today()) == []


def test_the_page_of_a_person_tells_his_certificates_and_what_he_may_do(
    team: Office, bench: Workbench, hand: Hand
) -> None:
    page = bench.team.open(team.witness, "certificates")
    hand.until(lambda: "certificates" in page.panes, "the tab")
    pane: Any = page.pane("certificates")
    hand.until(lambda: pane.found is not None, "his certificates")
    assert [(p.kind, p.standing.state.value) for p in pane.found.papers] == [
        ("boiler_g1", "expired"), ("health", "due")]  # fmt: skip
    pane.trade.set_value("boiler_running")
    pane.trade.edited.emit()
    hand.until(lambda: pane.answer.isVisible(), "the answer")
    assert pane.answer.text() == "may not do this today"
    assert f"expired on {(today() + PAST).isoformat()}" in pane.reasons.text()
    pane.trade.set_value("catering")
    pane.trade.edited.emit()
    hand.until(lambda: pane.answer.isVisible() and pane.answer.text() == "may do this today", "the other answer")
    pane.grid.mark(pane.found.papers[1].id)
    hand.click("Withdrawal…", pane)
    form = form_of(bench, hand)
    form.fields["revoked_why"].set_value("体检不合格")
    hand.click("Save")
    hand.until(lambda: pane.found.papers[1].standing.state.value == "revoked", "withdrawn")
    pane.grid.mark(pane.found.papers[1].id)
    say_yes(hand)
    hand.click("Remove", pane)
    hand.until(lambda: len(pane.found.papers) == 1, "removed")
    assert unnamed(page) == []
    pane.grid.mark(pane.found.papers[0].id)
    pane._act("certificates.revise")
    form = form_of(bench, hand)
    form.fields["valid_until"].set_value(None)
    hand.click("Save")
    hand.until(lambda: pane.found.papers[0].valid_until is None, "what is emptied is emptied: it holds for ever")


@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_matrix_in_both_tongues_and_both_themes(team: Office, bench: Workbench, hand: Hand, tokens: Any) -> None:
    page = skills(bench, hand)
    LOOK.use(tokens=tokens, lang="zh_CN")
    hand.rest()
    assert said(page, "王建国", 0) == "王建国 · 低压电工 · 岗位要求但缺失" and page.risks.count.text() == "2 项"
    assert not page.grab().isNull()


def test_an_office_without_certificates_is_told_how_to_begin(bench: Workbench, hand: Hand) -> None:
    page = skills(bench, hand)
    assert page.stack.currentWidget() is page.empty and not page.print.isEnabled()
    assert page.table.here() is None
    assert Own("") == "" and unnamed(page) == []
