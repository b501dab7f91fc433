"""Disposals and leases in the real window: from marked assets through every step, with what is missing in between."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.services.people import Office
from tests.services.test_disposals import PAPERS, TODAY, approve, file
from tests.services.test_disposals import draft as drafted
from tests.services.test_leases import running
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.messages import ConfirmDialog
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.disposal import DisposalPage
from ui.pages.income_due import DuePage
from ui.pages.lease import LeasePage
from ui.pages.paper import PaperPage
from ui.workbench import Workbench

pytestmark = [
    pytest.mark.parametrize("store", ["sqlite"], indirect=True),
    pytest.mark.qt_log_ignore("does not support", extend=True),
]


def disposal(bench: Workbench, hand: Hand, state: str) -> DisposalPage:
    """The disposal that is shown, once it has come so far."""

    def there() -> bool:
        page = bench.pages.currentWidget()
        return isinstance(page, DisposalPage) and page.sheet is not None and page.sheet.state.value == state

    hand.until(there, f"the {state} disposal")
    hand.rest()
    page = bench.pages.currentWidget()
    assert isinstance(page, DisposalPage)
    return page


def lease(bench: Workbench, hand: Hand, state: str) -> LeasePage:
    def there() -> bool:
        page = bench.pages.currentWidget()
        return isinstance(page, LeasePage) and page.sheet is not None and page.sheet.state.value == state

    hand.until(there, f"the {state} lease")
    hand.rest()
    page = bench.pages.currentWidget()
    assert isinstance(page, LeasePage)
    return page


def form_of(bench: Workbench) -> FormPage:
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    return form


def say_yes(hand: Hand) -> None:
    """Agree to the question that comes up."""

    def agree() -> None:
        hand.until(lambda: isinstance(QApplication.activeModalWidget(), ConfirmDialog), "the question")
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        dialog.accept()

    QTimer.singleShot(0, agree)


def unnamed(page: QWidget) -> list[str]:
    seen = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [type(w).__name__ for w in seen if not (w.accessibleName() or getattr(w, "text", str)())]


def status(office: Office, card: UUID) -> str:
    return str(office.row("assets", card)["status"])


def test_marked_assets_are_disposed_of_step_by_step(bench: Workbench, hand: Hand, office: Office) -> None:
    cards = [office.asset(), office.asset("办公桌")]
    bench.activateWindow()
    bench.show_screen("assets")
    page = bench.lists["assets"]
    page.reload()
    hand.until(lambda: page.model.complete and page.model.rowCount() == 2, "the register")
    page.table.mark([0, 1])
    hand.rest()
    page.run(next(act for act in page.acts if act.name == "disposals.draft"))  # of the menu “More”
    hand.until(lambda: isinstance(bench.pages.currentWidget(), FormPage), "the form")
    form = form_of(bench)
    for name, value in {"mode": "scrapping", "ground": "over_age", "level": "city"}.items():
        form.fields[name].box.set_value(value)
    hand.click("Draft disposal", form)
    page_ = disposal(bench, hand, "draft")
    assert page_.sheet is not None and len(page_.sheet.missing) == 4
    assert [status(office, card) for card in cards] == ["to_dispose"] * 2
    hand.until(lambda: len(page_.preview.view.sizes) > 0, "the draft of the paper")
    hand.click("Submit application", page_)
    hand.until(lambda: any("is missing" in note.text() for note in bench.findChildren(type(page_.hint))), "the refusal")
    page_.work.papers.mark("application")
    hand.click("Enter number…", page_)
    form = form_of(bench)
    assert form.fields["item"].value() == "application"
    hand.type(form.fields["paper_no"].box.inner(), "机管〔2026〕9号")
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is page_ and len(page_.sheet.missing) == 3, "one paper less")  # type: ignore[union-attr]
    file(office, page_.disposal, *PAPERS[1:])
    page_.read()
    hand.until(lambda: page_.sheet is not None and not page_.sheet.missing, "nothing missing")
    hand.click("Submit application", page_)
    disposal(bench, hand, "applied")
    hand.click("Record approval…", page_)
    form = form_of(bench)
    form.fields["authority"].box.set_value("department")
    hand.type(form.fields["approval_no"].box.inner(), "批1")
    hand.click("Save", form)
    page_ = disposal(bench, hand, "approved")
    hand.click("Execute…", page_)
    hand.click("Save", form_of(bench))
    page_ = disposal(bench, hand, "executed")
    assert page_.stage.current() == 2 and not page_.cancel.isVisible() and page_.reopen.isVisible()
    assert [status(office, card) for card in cards] == ["disposed"] * 2
    hand.press(Qt.Key.Key_Escape)
    assert bench.current == "disposals"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda t: t.name)
@pytest.mark.parametrize("far", ["draft", "approved", "write_off"])
def test_the_page_of_a_disposal_has_names_and_stays_in_the_window(
    bench: Workbench, hand: Hand, office: Office, lang: str, tokens: Any, far: str
) -> None:
    LOOK.use(tokens=tokens, lang=lang)
    mode = "write_off" if far == "write_off" else "scrapping"
    made = drafted(office, office.asset(), mode=mode, ground="loss" if far == "write_off" else "over_age")
    if far == "approved":
        file(office, made, *PAPERS)
        office.desk.do("disposals.apply", disposal_id=made)
        approve(office, made)
    bench.disposals.open(made)
    page = disposal(bench, hand, "approved" if far == "approved" else "draft")
    assert unnamed(page) == [] and bench.width() == 1440
    columns = page.lines.table.records.columnCount() if page.lines.table else 0
    assert columns == 6 and page.lines.losses is (far == "write_off")


def test_money_is_entered_received_and_paid_on_the_page(bench: Workbench, hand: Hand, office: Office) -> None:
    made = drafted(office, office.asset())
    file(office, made, *PAPERS)
    office.desk.do("disposals.apply", disposal_id=made)
    approve(office, made)
    bench.activateWindow()
    bench.show_screen("disposals")
    bench.disposals.open(made)
    page = disposal(bench, hand, "approved")
    assert page.work.tabs.current() == 2
    hand.click("Add sum…", page)
    form = form_of(bench)
    form.fields["kind"].box.set_value("scrap")
    hand.type(form.fields["amount"].box.inner(), "120")
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is page and len(page.work.sums) == 1, "the sum")
    for word, field in (("Received…", "received_on"), ("To treasury…", "paid_on")):
        page.work.money.mark(page.work.sums[0]["id"])
        hand.click(word, page)
        form = form_of(bench)
        if field == "paid_on":
            hand.type(form.fields["voucher"].box.inner(), "x-1")
        hand.click("Save", form)
        hand.until(partial(_has, page, bench, field), field)
    assert page.sheet is not None and page.sheet.balance.paid == 12000
    assert "paid to treasury 120.00" in page.work.balance.text()


def _has(page: DisposalPage, bench: Workbench, field: str) -> bool:
    return bench.pages.currentWidget() is page and bool(page.work.sums[0][field])


def test_a_loss_is_explained_for_the_marked_lines_and_a_line_taken_off(
    bench: Workbench, hand: Hand, office: Office
) -> None:
    cards = [office.asset(), office.asset()]
    made = drafted(office, *cards, mode="write_off", ground="loss")
    bench.activateWindow()
    bench.show_screen("disposals")
    bench.disposals.open(made)
    page = disposal(bench, hand, "draft")
    table = page.lines.table
    assert table is not None
    hand.until(lambda: table.records.rowCount() == 2 and table.records.line(1) is not None, "the lines")
    table.mark([0])
    hand.click("What happened…", page)
    form = form_of(bench)
    form.fields["cause"].box.set_value("theft")
    hand.type(form.fields["compensation"].box.inner(), "10")
    hand.type(form.fields["responsibility"].box.inner(), "李秀英")
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is page and page.sheet.compensation == 1000, "the loss")  # type: ignore[union-attr]
    assert page.sheet is not None and "police" in {check.item.value for check in page.sheet.checks}
    table.mark([1])
    hand.rest()
    say_yes(hand)
    hand.click("Take off", page)
    hand.until(lambda: page.sheet is not None and page.sheet.lines == 1, "one line less")
    assert status(office, cards[1]) == "in_use"


def test_an_asset_is_let_from_the_register_and_its_rent_seen_to(bench: Workbench, hand: Hand, office: Office) -> None:
    card = office.asset()
    bench.activateWindow()
    bench.show_screen("assets")
    page = bench.lists["assets"]
    page.reload()
    hand.until(lambda: page.model.complete and page.model.rowCount() == 1, "the register")
    page.table.mark([0])
    hand.click("Lease out…", page.detail)
    form = form_of(bench)
    assert "asset_id" not in form.fields
    for name, text in {"lessee": "某公司", "from_on": "2026-01-01", "until_on": "2026-12-31", "rent": "1000"}.items():
        hand.type(form.fields[name].box.inner(), text)
    hand.click("Draft lease", form)
    shown = lease(bench, hand, "draft")
    assert shown.sheet is not None and len(shown.sheet.missing) == 3 and shown.missing.isVisible()
    papers = dict.fromkeys(("approval_no", "bidding_no", "appraisal_no"), "1")
    office.desk.do("leases.revise", lease_id=shown.lease, **papers)
    shown.read()
    hand.until(lambda: shown.sheet is not None and not shown.sheet.missing, "nothing missing")
    say_yes(hand)
    hand.click("Start", shown)
    shown = lease(bench, hand, "running")
    assert status(office, card) == "leased"
    assert shown.sheet is not None
    shown.rents.mark(shown.sheet.rents[0].id)
    hand.click("Received…", shown)
    hand.click("Save", form_of(bench))
    hand.until(lambda: bench.pages.currentWidget() is shown and shown.sheet.received == 100000, "the rent")  # type: ignore[union-attr]
    assert shown.pay.isVisible() and not shown.receive.isVisible() and unnamed(shown) == []
    hand.click("End lease…", shown)
    form = form_of(bench)
    hand.type(form.fields["end_reason"].box.inner(), "x")
    hand.click("Save", form)
    lease(bench, hand, "ended")
    assert status(office, card) == "in_use"


def test_what_waits_stands_on_a_board_and_opens_what_it_is_about(bench: Workbench, hand: Hand, office: Office) -> None:
    start = TODAY - timedelta(days=400)
    running(office, office.asset(), from_on=start, until_on=TODAY + timedelta(days=30))
    bench.activateWindow()
    bench.show_screen("income_due")
    board = bench.boards["income_due"]
    assert isinstance(board, DuePage)
    hand.until(lambda: len(board.links) == 3, "what waits")
    assert unnamed(board) == []
    board.links[0].click()
    lease(bench, hand, "running")
    bench.show_screen("leases")
    hand.click("Print register")
    hand.until(lambda: isinstance(bench.pages.currentWidget(), PaperPage), "the register")
    page: Any = bench.pages.currentWidget()
    hand.until(lambda: len(page.preview.view.sizes) > 0, "the paper")
    bench.show_screen("income_due")
    hand.click("All rents")
    assert bench.current == "lease_rents"


def test_a_disposal_is_read_only_for_who_may_only_look(qtbot: Any, office: Office) -> None:
    from models.role_grant import Role
    from services import accounts

    made = drafted(office, office.asset())
    grants = accounts.of_role(Role.VIEWER)
    bench = Workbench(replace(office.desk, grants=tuple(grants)))
    qtbot.addWidget(bench)
    bench.resize(1440, 900)
    bench.show()
    hand = Hand(bench)
    bench.disposals.open(made)
    page = disposal(bench, hand, "draft")
    buttons = (page.next, page.revise, page.cancel, page.lines.off, *page.work.links)
    assert not any(button.isVisible() for button in buttons)
    assert bench.leave()


def test_on_a_narrow_page_who_decides_stands_behind_a_tab(bench: Workbench, hand: Hand, office: Office) -> None:
    bench.disposals.open(drafted(office, office.asset()))
    page = disposal(bench, hand, "draft")
    bench.resize(1600, 900)
    hand.until(lambda: page.width() > 1200, "the wide page")
    assert page.decision.isVisible() and page.decision.title.isVisible()
    bench.resize(1280, 800)
    hand.until(lambda: page.width() < 1150, "the narrow page")
    bench.resize(1280, 800)
    hand.until(lambda: bench.width() == 1280, "a window no wider than a small screen")
    assert not page.decision.isVisible()
    hand.click("Who decides", page.work)
    assert page.decision.isVisible() and not page.decision.title.isVisible()
    bench.resize(1600, 900)
    hand.until(lambda: page.width() > 1200, "the wide page again")
    assert page.decision.isVisible() and page.work.tabs.current() == 0
