"""Notes in the window: lent, looked at line by line, taken back, and somebody leaving his post."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from models.handover import HandoverPurpose, Side
from models.role_grant import Role
from models.staff import LeavingReason
from services import handovers, leaving, loans
from services.accounts import of_role
from services.desk.listing import View
from tests.services.people import Office
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.picker import Picker
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.handover import HandoverPage
from ui.pages.handover_lines import found
from ui.pages.loans import LoansPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]
DUE = datetime.now(UTC).astimezone().date() + timedelta(days=5)


def done(office: Office, note: UUID) -> UUID:
    office.desk.do(handovers.issue, note)
    for side in (Side.FROM, Side.TO):
        office.desk.do(handovers.sign, note, side)
    return note


def lent(office: Office, *assets: UUID) -> UUID:
    lend = HandoverPurpose.LEND
    return done(office, office.desk.do(handovers.draft, assets, office.taker, purpose=lend, due_on=DUE).value)


def opened(bench: Workbench, hand: Hand, note: UUID) -> HandoverPage:
    bench.activateWindow()
    bench.notes.open(note)
    page = bench.pages.currentWidget()
    assert isinstance(page, HandoverPage)
    hand.until(lambda: page.sheet is not None and page.lines.table.lines.line(0), "the note")
    hand.rest()
    return page


def lines(office: Office, note: UUID) -> list[dict[str, Any]]:
    return list(office.desk.first(View("handover_lines", filters=(("handover_id", (note,)),)), 9))


def test_the_receiver_marks_lines_with_space_and_says_what_is_missing(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    note = office.desk.do(handovers.draft, [office.asset("椅子", quantity=4), office.asset()], office.taker).value
    page = opened(bench, hand, note)
    hand.click("handover.side=to")
    page.lines.table.mark([1])
    page.lines.table.setFocus()
    hand.press(Qt.Key.Key_Space)
    hand.until(lambda: lines(office, note)[1]["check"] == "one_side", "the line is checked")
    hand.until(lambda: page.sheet is not None and page.sheet.looked_at == (0, 1), "the card of the receiver says so")
    hand.until(lambda: page.lines.table.lines.line(0), "the lines")
    page.lines.table.mark([0])
    hand.click("Missing…")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["short"].box.inner(), "3")
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: lines(office, note)[0]["to_short"] == 3, "what is missing is recorded")
    hand.until(lambda: page.sheet is not None and page.sheet.wrong == 1, "it is told")


def test_lines_a_side_has_signed_for_are_not_looked_at_again(bench: Workbench, hand: Hand, office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    office.desk.do(handovers.issue, note)
    office.desk.do(handovers.sign, note, Side.FROM)
    page = opened(bench, hand, note)
    assert not page.lines.all_there.isEnabled()
    hand.click("handover.side=to")
    assert page.lines.all_there.isEnabled()
    office.desk.do(handovers.sign, note, Side.TO)
    page.read()
    hand.until(lambda: not page.lines.tools.isVisible(), "nothing is left to look at")


def test_assets_are_lent_from_the_register_and_wait_on_the_board(bench: Workbench, hand: Hand, office: Office) -> None:
    asset = office.asset("投影仪")
    bench.activateWindow()
    bench.notes.draft("handovers.lend", [asset])
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["borrower"].box.inner(), "市第二中学")
    hand.type(form.fields["due_on"].box.inner(), DUE.isoformat())
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), HandoverPage), "the loan note")
    page = bench.pages.currentWidget()
    assert isinstance(page, HandoverPage)
    done(office, page.note)
    bench.show_screen("loans")
    board = bench.boards["loans"]
    assert isinstance(board, LoansPage)
    hand.until(lambda: board.links, "the loan on the board")
    hand.click("Open note", board)
    page = bench.pages.currentWidget()
    assert isinstance(page, HandoverPage)
    hand.click("Take back the loan…")
    assert isinstance(bench.pages.currentWidget(), FormPage)
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: len(office.desk.first(View("handovers"), 9)) == 2, "the return note")


def test_only_the_marked_lines_of_a_loan_are_taken_back(bench: Workbench, hand: Hand, office: Office) -> None:
    screen, chair = office.asset("投影仪"), office.asset("椅子")
    page = opened(bench, hand, lent(office, screen, chair))
    assert page.lines.table.hasFocus(), "the keyboard is where the lines are"
    at = next(n for n in range(2) if (line := page.lines.table.lines.line(n)) and line.row["asset_id"] == chair)
    page.lines.table.mark([at])
    hand.click("Take back 1 marked…")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    assert form.head.facts.text().endswith("marked lines: 1") and page.row["number"] in form.head.facts.text()
    hand.click("Draft return note", form)
    hand.until(lambda: bench.pages.currentWidget() is not form and len(office.desk.first(View("handovers"), 9)) == 2,
               "the return note")  # fmt: skip
    back = next(row for row in office.desk.first(View("handovers"), 9) if row["purpose"] is HandoverPurpose.RETURN)
    assert [line["asset_id"] for line in lines(office, back["id"])] == [chair]
    done(office, back["id"])
    page = opened(bench, hand, page.note)
    texts = {found(line) for line in lines(office, page.note)}
    assert any(text.startswith("back ") for text in texts) and len(texts) == 2
    page.lines.table.mark([at])
    hand.rest()
    assert page.lines.out() == [] and page.next.text() == "Take back the loan…", "what is back is not taken back again"


def test_a_cancelled_note_stands_at_no_step(bench: Workbench, hand: Hand, office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    page = opened(bench, hand, note)
    assert page.way.isVisible()
    office.desk.do(handovers.cancel, note)
    page.read()
    hand.until(lambda: not page.way.isVisible(), "the steps are gone")


def test_after_a_signature_the_keyboard_is_on_the_note_again(bench: Workbench, hand: Hand, office: Office) -> None:
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    office.desk.do(handovers.issue, note)
    page = opened(bench, hand, note)
    hand.click("Record signature", page)
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage) and page.row["number"] in form.head.facts.text()
    hand.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: bench.pages.currentWidget() is page, "the note")
    focus = QApplication.focusWidget()
    assert focus is not None and page.isAncestorOf(focus)


def test_who_only_reads_notes_is_offered_to_print_them(qtbot: Any, office: Office) -> None:
    LOOK.use(lang="en")
    note = office.desk.do(handovers.draft, [office.asset()], office.taker).value
    reader = Workbench(replace(office.desk, grants=of_role(Role.VIEWER)))
    qtbot.addWidget(reader)
    reader.resize(1280, 800)
    reader.show()
    looking = Hand(reader)
    page = opened(reader, looking, note)
    assert page.next.text() == "Print" and not page.lines.tools.isVisible()
    assert not any(button.isVisible() for button in (page.revise, page.cancel, page.recall))
    done(office, note)
    page.read()
    looking.until(lambda: page.sheet is not None and page.sheet.state.value == "done", "the signed note")
    assert page.next.text() == "Print" and page.hint.text() == ""
    assert reader.leave()


def test_who_leaves_is_told_what_is_in_his_name(bench: Workbench, hand: Hand, office: Office) -> None:
    office.asset()
    bench.activateWindow()
    bench.show_screen("staff")
    page = bench.lists["staff"]
    hand.until(lambda: page.model.complete and page.table.records.numbers, "the people")
    at = next(n for n in range(3) if (line := page.table.records.line(n)) and line.row["id"] == office.giver)
    page.table.mark([at])
    page.run(next(act for act in page.acts if act.name == "handovers.draft_leaving"))
    hand.until(lambda: isinstance(bench.pages.currentWidget(), FormPage), "the form")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    assert any("compounds: 1 · assets: 1" in text.text() for text in form.findChildren(type(form.head.facts)))


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK])
def test_the_board_of_loans_is_whole_in_every_face(
    bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any
) -> None:
    lent(office, office.asset("一" * 60), office.asset())
    LOOK.use(tokens=tokens, lang=lang)
    bench.show_screen("loans")
    board = bench.boards["loans"]
    assert isinstance(board, LoansPage)
    hand.until(lambda: board.links, "the loan")
    assert board.links[0].accessibleDescription().startswith("YJ-")
    assert not bench.grab().isNull()
    assert office.desk.ask(loans.loans, DUE + timedelta(days=1))[0].days == -1


def test_who_left_is_offered_as_giver_and_not_as_receiver(bench: Workbench, hand: Hand, office: Office) -> None:
    office.asset()
    office.desk.do(leaving.leave, office.taker, left_on=date(2026, 1, 1), left_why=LeavingReason.RETIRED)
    bench.activateWindow()
    bench.show_screen("assets")
    page = bench.lists["assets"]
    page.reload()
    hand.until(lambda: page.model.line(0) is not None, "the card")
    page.table.mark([0])
    page.run(next(act for act in page.acts if act.name == "handovers.draft"))
    hand.until(lambda: isinstance(bench.pages.currentWidget(), FormPage), "the form")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    for name, there in (("from_staff_id", 1), ("to_staff_id", 0)):
        box = form.fields[name].box
        assert isinstance(box, Picker)
        hand.type(box.line, "王建国")
        hand.until(lambda box=box: box.list.isVisible() or box._none.isVisible(), "an answer")  # type: ignore[misc]
        assert len(box.list.offered.options) == there
        box.set_value(None)
    form.reset()
