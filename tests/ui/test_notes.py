"""Notes in the window: lent, looked at line by line, taken back, and somebody leaving his post."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from models.handover import HandoverPurpose, Side
from services import handovers, leaving, loans
from services.desk.listing import View
from tests.services.people import Office
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.picker import Picker
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.handover import HandoverPage
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
    hand.until(lambda: page.facts is not None and page.lines.table.lines.line(0), "the note")
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
    hand.until(lambda: page.facts is not None and page.facts.looked_at == (0, 1), "the card of the receiver says so")
    hand.until(lambda: page.lines.table.lines.line(0), "the lines")
    page.lines.table.mark([0])
    hand.click("Missing…")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["short"].box.inner(), "3")
    hand.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: lines(office, note)[0]["to_short"] == 3, "what is missing is recorded")
    hand.until(lambda: page.facts is not None and page.facts.wrong == 1, "it is told")


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
    assert any("1 assets in 1 compounds" in text.text() for text in form.findChildren(type(form.head.facts)))


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
    asset = office.asset()
    office.desk.do(leaving.leave, office.taker, left_on=date(2026, 1, 1))
    office.desk.do("assets.revise", asset_id=asset, keeper_id=office.taker)  # as a register might say
    bench.activateWindow()
    bench.show_screen("assets")
    page = bench.lists["assets"]
    page.reload()
    hand.until(lambda: page.model.line(0) is not None, "the card")
    page.table.mark([0])
    page.edit_requested.emit(office.row("assets", asset))
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    assert form.fields["keeper_id"].box.value() == office.taker, "what names him shows him"
    assert bench._close_pages()
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
