"""The journal in the real window: read by the auditor, believed in three clicks, taken back by keys and by buttons."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from services import office, registry  # noqa: F401
from services.desk import keys
from services.desk.desk import Desk
from services.desk.listing import View
from tests import outside
from tests.documents.sample import pages
from ui.hand import Hand
from ui.kit.acts import allowed
from ui.kit.form import FormPage
from ui.kit.messages import Toast
from ui.kit.text import words
from ui.kit.theme import LOOK
from ui.pages.operation import OperationPage
from ui.pages.paper import PaperPage
from ui.screens import SCREENS
from ui.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
PASSWORD = "a good password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
CTRL = Qt.KeyboardModifier.ControlModifier
Sign = Callable[[str], tuple[Workbench, Hand]]


@pytest.fixture
def sign_in(qtbot: Any, tmp_path: Path) -> Iterator[Sign]:
    made = office.set_up(
        tmp_path, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS, cost=keys.FLOOR
    )
    _fill(made.desk)
    made.close()
    opened: list[tuple[office.Office, Workbench]] = []
    LOOK.use(lang="en")

    def sign(account: str) -> tuple[Workbench, Hand]:
        found = office.sign_in(tmp_path, account, OFFICERS.get(account, PASSWORD))
        bench = Workbench(found.desk)
        opened.append((found, bench))
        qtbot.addWidget(bench)
        bench.resize(1440, 900)
        bench.show()
        return bench, Hand(bench)

    yield sign
    for found, bench in opened:
        assert bench.leave()
        found.close()


def _fill(desk: Desk) -> None:
    """One asset, whose value somebody corrected."""
    here = desk.do("compounds.add", code="A", name="一院").value
    asset = desk.do("assets.add", compound_id=here, name="空调", number="ZC1", cost=100).value
    desk.having(reason="发票更正").do("assets.revise", asset_id=asset, cost=250)


@pytest.fixture
def keeper(sign_in: Sign) -> tuple[Workbench, Hand]:
    """A compound administrator before the asset."""
    bench, hand = sign_in("admin")
    bench.show_screen("assets")
    hand.until(lambda: bench.lists["assets"].detail.row, "the asset")
    return bench, hand


def asset(desk: Desk) -> dict[str, Any]:
    return desk.first(View("assets"), 1)[0]


def toast_says(bench: Workbench, text: str) -> bool:
    return any(text in made.sentence.text() for made in bench.findChildren(Toast) if made.isVisible())


def revised(bench: Workbench, hand: Hand, name: str) -> None:
    """Give the asset another name, in its form."""
    bench.show_screen("assets")
    hand.click("Edit")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["name"].box.inner(), name)
    hand.click("Save", form)
    hand.until(lambda: bench.pages.currentWidget() is bench.lists["assets"], "the list")
    hand.until(lambda: shown(bench) == name, "the new name")


def shown(bench: Workbench) -> str:
    line = bench.lists["assets"].model.line(0)
    return line.texts[0] if line else ""


def test_an_auditor_learns_in_three_clicks_who_changed_a_value_and_whether_to_believe_it(
    sign_in: Sign,
) -> None:
    bench, hand = sign_in("audit")
    page = bench.lists["assets"]
    hand.until(lambda: page.model.complete and page.table.marks() == 1, "the list")
    table, clicks = page.table, 0
    spot = table.visualRect(page.model.index(0, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    clicks += 1
    hand.click("Changes", page.detail)
    clicks += 1
    history = page.detail.history
    hand.until(lambda: history.proof.isVisible(), "the changes")
    said = " ".join(label.text() for label in history.findChildren(QLabel))
    assert "Original value: ¥ 1.00 → ¥ 2.50" in said and "admin · 发票更正" in said
    hand.click("Verify", page.detail)
    clicks += 1
    hand.until(lambda: history.answer.isVisible(), "the answer")
    assert history.answer.text().startswith("Yes: all 2 records behind this are unchanged")
    assert clicks == 3
    assert "Undo" not in said, "and an auditor changes nothing"
    store = bench.background.desk.store
    outside.unguard(store)
    with store.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE asset SET cost = 999900")
    hand.click("Verify", page.detail)
    hand.until(lambda: "not what they say" in history.answer.text(), "the warning")


def test_keys_take_the_last_operations_back_and_bring_them_back(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    for name in ("冰箱", "洗衣机"):
        revised(bench, hand, name)
    bench.lists["assets"].table.setFocus()
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: shown(bench) == "冰箱", "the name before")
    assert toast_says(bench, "Taken back: Revise asset (records: 1)")
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: shown(bench) == "空调", "the first name")
    hand.press(Qt.Key.Key_Z, CTRL)
    assert toast_says(bench, "There is nothing to undo"), "what others did before stays"
    hand.press(Qt.Key.Key_Y, CTRL)
    hand.until(lambda: shown(bench) == "冰箱", "the second name")
    assert toast_says(bench, "Brought back: Revise asset")
    hand.press(Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hand.until(lambda: shown(bench) == "洗衣机", "the third name")
    hand.press(Qt.Key.Key_Y, CTRL)
    assert toast_says(bench, "There is nothing to bring back")


def test_in_a_text_field_ctrl_z_stays_the_fields_own(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    revised(bench, hand, "冰箱")
    line = bench.lists["assets"].filters.search.line
    hand.type(line, "xy")
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: not bench.background.busy, "quiet")
    assert line.text() != "xy" and asset(bench.background.desk)["name"] == "冰箱"


def test_the_word_that_something_is_saved_offers_to_undo_it(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    revised(bench, hand, "冰箱")
    hand.click("Undo", bench.findChildren(Toast)[-1])
    hand.until(lambda: shown(bench) == "空调", "the name before")
    hand.click("Bring back", bench.findChildren(Toast)[-1])
    hand.until(lambda: shown(bench) == "冰箱", "the new name")
    detail = bench.lists["assets"].detail
    hand.click("Changes", detail)
    hand.until(lambda: detail.history.proof.isVisible(), "the changes")
    said = [label.text() for label in detail.history.findChildren(QLabel)]
    assert "Brought back: Revise asset" in said and "Taken back: Revise asset" in said
    hand.click("Undo", detail.history)
    hand.until(lambda: shown(bench) == "空调", "the name before, by the step that brought the other back")


def test_the_proof_of_a_long_history_is_asked_for_and_answered_in_view(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    desk, detail = bench.background.desk, bench.lists["assets"].detail
    for cost in range(12):
        desk.do("assets.revise", asset_id=asset(desk)["id"], cost=1000 + cost)
    hand.click("Changes", detail)
    history = detail.history
    scroll: Any = detail.stack.currentWidget()
    hand.until(lambda: history.proof.isVisible() and scroll.verticalScrollBar().maximum(), "the steps")
    hand.click("Verify", detail)
    hand.until(lambda: history.answer.isVisible(), "the answer")
    hand.rest()
    assert whole(history.verify) and whole(history.answer)


def whole(part: QWidget) -> bool:
    """Whether nothing of it is scrolled out of view."""
    return part.visibleRegion().boundingRect() == part.rect()


def test_what_changed_since_is_refused_with_the_reason(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    revised(bench, hand, "冰箱")
    desk = bench.background.desk
    desk.do("assets.revise", asset_id=asset(desk)["id"], note="somebody else")
    bench.lists["assets"].table.setFocus()
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: toast_says(bench, "was changed since then"), "the refusal")
    assert asset(desk)["name"] == "冰箱"


def test_a_damaged_record_leaves_the_button_that_says_so(sign_in: Sign, monkeypatch: pytest.MonkeyPatch) -> None:
    bench, hand = sign_in("audit")
    desk, page = bench.background.desk, bench.lists["assets"]
    outside.unguard(desk.store)
    with desk.store.writing.begin() as connection:
        connection.exec_driver_sql("UPDATE rec SET body = x'7b' WHERE cmd = 'assets.revise'")
    hand.until(lambda: page.model.complete and page.detail.row, "the list")
    hand.click("Changes", page.detail)
    history = page.detail.history
    hand.until(lambda: history.proof.isVisible(), "the foot")
    said = [label.text() for label in history.findChildren(QLabel)]
    assert "This record cannot be read" in said and any("admin" in text for text in said)
    hand.click("Verify", page.detail)
    hand.until(lambda: history.answer.isVisible(), "the answer")
    assert history.answer.text().startswith("2 of the 2 records"), "the one before it is not followed by it"
    monkeypatch.setattr(type(desk), "history", lambda *_: 1 // 0)
    history.proof.hide()
    bench.background.failed.disconnect()
    history.again()
    hand.until(lambda: history.proof.isVisible(), "the foot, although nothing could be read")


def test_a_step_of_the_history_is_undone_and_brought_back_there(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    page = bench.lists["assets"]
    hand.click("Changes", page.detail)
    hand.click("Undo", page.detail)
    hand.until(lambda: asset(bench.background.desk)["cost"] == 100, "the value before")
    hand.click("Bring back", page.detail)
    hand.until(lambda: asset(bench.background.desk)["cost"] == 250, "the value again")


def test_an_operation_opens_from_the_journal_and_is_taken_back_there(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    bench.show_screen("operations")
    page = bench.lists["operations"]
    hand.until(lambda: page.model.complete and page.table.marks() == 1, "the operations")
    line = page.model.line(0)
    assert line is not None
    assert (line.texts[0], line.seconds[0], line.texts[3]) == ("Revise asset", "发票更正", "一院")
    page.table.setFocus()
    hand.press(Qt.Key.Key_Return)
    opened = bench.pages.currentWidget()
    assert isinstance(opened, OperationPage)
    hand.until(lambda: opened.sheet is not None, "what it did")
    assert opened.head.title.text() == "Revise asset" and opened.why.text() == "发票更正"
    hand.click("Take back", opened)
    hand.until(lambda: asset(bench.background.desk)["cost"] == 100, "the value before")
    hand.until(lambda: opened.sheet is not None and opened.sheet.taken_back is not None, "by what it was taken back")
    assert not opened.undo.isVisible()
    hand.press(Qt.Key.Key_Escape)
    hand.until(lambda: bench.pages.currentWidget() is page, "the list")
    hand.until(lambda: bool((first := page.model.line(0)) and first.texts[4] == "Takes one back"), "the newest")


def test_the_auditor_picks_person_act_and_period_from_what_there_is(
    sign_in: Sign,
) -> None:
    bench, hand = sign_in("audit")
    bench.show_screen("journal")
    page = bench.lists["journal"]
    hand.until(lambda: page.model.complete, "the journal")
    every = len(page.model.numbers)
    assert page.model.line(every - 1).texts[3] == "The whole office"  # type: ignore[union-attr]
    act = next(chip for chip in page.filters.chips if chip.spec.name == "cmd")
    hand.click(act.text(), page.filters)
    opened = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and type(w).__name__ == "_Values")
    offered = opened.list.offered  # type: ignore[attr-defined]
    hand.until(lambda: len(offered.options) >= 4, "the acts")
    assert {"Revise asset", "Add asset", "Set up office"} <= {option.words for option in offered.options}
    opened.close()
    act.choose(("assets.revise",))
    hand.until(lambda: len(page.model.numbers) == 1, "the one act")
    assert act.text() == "Act: Revise asset"
    assert not page.detail.tabs.isVisible(), "an operation has no history of its own"
    page.table.selectRow(0)
    hand.click("Open", page.detail)
    opened_page = bench.pages.currentWidget()
    assert isinstance(opened_page, OperationPage)
    hand.until(lambda: opened_page.sheet is not None, "what it did")
    assert not opened_page.undo.isVisible(), "the auditor changes nothing"
    hand.press(Qt.Key.Key_Escape)
    period = next(chip for chip in page.filters.chips if chip.spec.name == "at")
    page.filters.clear()
    hand.until(lambda: len(page.model.numbers) == every, "everything")
    hand.click(period.text(), page.filters)
    span = next(w for w in QApplication.topLevelWidgets() if w.isVisible() and type(w).__name__ == "_Range")
    hand.click("This year", span)
    hand.until(lambda: len(page.model.numbers) == every, "this year")
    assert period.text().count("-") == 4, "whole days, without the hour"


def test_a_register_is_taken_back_by_the_key_on_its_page(keeper: tuple[Workbench, Hand], tmp_path: Path) -> None:
    bench, hand = keeper
    desk = bench.background.desk
    file = tmp_path / "台账.csv"
    file.write_text("资产编号,资产名称\nA1,桌\nA2,椅\n", "utf-8-sig")
    here = desk.first(View("compounds"), 1)[0]["id"]
    bench.background.do("imports.take_in", {"file": str(file), "kind": "assets", "compound_id": here})
    hand.until(lambda: desk.count(View("assets")) == 3, "the register")
    hand.until(lambda: len(bench.operations.done) == 1, "the word of it")
    bench.lists["assets"].table.setFocus()
    hand.press(Qt.Key.Key_Z, CTRL)
    opened = bench.pages.currentWidget()
    assert isinstance(opened, OperationPage), "a register may be long: it is shown how far it is"
    hand.until(lambda: desk.count(View("assets")) == 1, "what was there before")
    hand.until(lambda: toast_says(bench, "Taken back: Take in a register (records: 2)"), "the word of it")


def test_the_keys_do_not_go_past_what_stays(keeper: tuple[Workbench, Hand]) -> None:
    bench, hand = keeper
    revised(bench, hand, "冰箱")
    desk = bench.background.desk
    found, unit = asset(desk), desk.do("organizations.add", code="X", name="处").value
    giver, taker = (
        desk.do("staff.add", compound_id=found["compound_id"], name=name, unit_id=unit).value for name in "甲乙"
    )
    note = {"asset_ids": [found["id"]], "from_staff_id": giver, "to_staff_id": taker}
    bench.background.do("handovers.draft", note, failed=bench.refused)
    hand.until(lambda: len(bench.operations.done) == 2, "the note")
    bench.lists["assets"].table.setFocus()
    hand.press(Qt.Key.Key_Z, CTRL)
    hand.until(lambda: toast_says(bench, "is changed on its page"), "the reason")
    assert asset(desk)["name"] == "冰箱"


def test_acts_that_stay_say_why_on_their_page(sign_in: Sign) -> None:
    bench, hand = sign_in("audit")
    desk = bench.background.desk
    first: UUID = desk.first(View("journal", filters=(("cmd", ("office.set_up",)),)), 1)[0]["id"]
    page = bench.operations.open(first)
    hand.until(lambda: page.sheet is not None, "what it did")
    assert not page.undo.isVisible()
    LOOK.use(lang="zh_CN")
    hand.rest()
    assert page.head.title.text() == words("Set up office") != "Set up office"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_an_extract_is_drawn_of_what_the_journal_shows_and_of_one_record(sign_in: Sign, lang: str) -> None:
    bench, hand = sign_in("audit")
    LOOK.use(lang=lang)
    bench.show_screen("journal")
    page = bench.lists["journal"]
    hand.until(lambda: page.model.complete, "the journal")
    page.filters.put((("cmd", ("assets.revise",)),), names={})
    hand.click(words("Journal extract"), page)
    text = drawn(bench, hand)
    assert "发票更正" in text and words("Journal extract") in text and words("Take in a register") not in text
    found = asset(bench.background.desk)
    act = next(act for act in SCREENS["assets"].acts if act.name == "journal.extract")
    bench.run(SCREENS["assets"], act, array("q", [found["n"]]), [found])
    assert "ZC1" in drawn(bench, hand)


def test_nobody_else_is_offered_an_extract(sign_in: Sign) -> None:
    bench, hand = sign_in("security")
    bench.show_screen("accounts")
    hand.until(lambda: bench.lists["accounts"].model.complete, "the accounts")
    acts = allowed(SCREENS["accounts"].acts, bench.background.desk)
    assert "journal.extract" not in {act.name for act in acts}


def drawn(bench: Workbench, hand: Hand) -> str:
    """The text of the paper in front, once it is there."""
    page = bench.pages.currentWidget()
    assert isinstance(page, PaperPage)
    hand.until(lambda: page.print.isEnabled() or page.banner.isVisible(), "the paper")
    assert page.preview.data is not None
    return "".join(pages(page.preview.data))


@pytest.mark.parametrize(
    ("account", "place", "lang"), [("security", "role_grants", "zh_CN"), ("audit", "role_grants", "en")]
)
def test_officers_print_who_may_do_what(sign_in: Sign, account: str, place: str, lang: str) -> None:
    bench, hand = sign_in(account)
    LOOK.use(lang=lang)
    bench.show_screen(place)
    page = bench.lists[place]
    hand.until(lambda: page.model.complete, "the grants")
    hand.click(words("Rights and roles"), page)
    text = drawn(bench, hand)
    assert words("Separation of powers") in text and "security" in text
