"""The doors of an office in the real window: set up, recovered, locked, unlocked; what is said, and what is hidden."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QWidget

import resources
from services import office, registry  # noqa: F401
from services.desk import keys
from services.desk.codes import new_code
from services.desk.errors import NotAllowed
from services.desk.listing import View
from tests.services.files import pdf
from ui.findings import Tried
from ui.hand import Hand
from ui.idle import Idle
from ui.kit.form import FormPage
from ui.kit.messages import LOCKED, confirm, toast
from ui.kit.text import words
from ui.pages.doors import DoorsPage
from ui.pages.half_office import HalfPage
from ui.pages.lock import LockPage
from ui.pages.recover import RecoverPage
from ui.pages.recovery_sheet import SheetInside, SheetPage
from ui.pages.set_up import SetUpPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage
from ui.window import Window

PASSWORD, OTHER = "a good password", "another password"
OFFICERS = {name: f"{name} password" for name in ("system", "security", "audit")}
CHEAP = partial(office.set_up, cost=keys.FLOOR)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("founded")
    with closing(
        CHEAP(folder, name="某局", code="JGSW", account="admin", password=PASSWORD, officers=OFFICERS)
    ) as opened:
        sheet = opened.take_sheet()
        assert sheet
    return folder, sheet.code


@pytest.fixture
def folder(founded: tuple[Path, str], tmp_path: Path) -> Path:
    folder = tmp_path / "office"
    folder.mkdir()
    for file in founded[0].iterdir():
        if file.suffix != ".lock":
            (folder / file.name).write_bytes(file.read_bytes())
    return folder


@pytest.fixture
def code(founded: tuple[Path, str]) -> str:
    return founded[1]


@pytest.fixture
def window(qtbot: Any, folder: Path) -> Iterator[Window]:
    made = Window(folder)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.cover.release()
    if made.workbench is not None:
        made.workbench.drop()
        made.workbench = None
    made.close_office()
    made.opener.wait()
    made.close()
    made.deleteLater()


@pytest.fixture
def hand(window: Window) -> Hand:
    return Hand(window)


def page(window: Window) -> Any:
    return window.stack.currentWidget()


def sign_in(window: Window, hand: Hand, account: str = "admin", password: str = "") -> Any:
    shown = page(window)
    assert isinstance(shown, SignInPage)
    shown.account.put(account)
    shown.password.put(password or OFFICERS.get(account, PASSWORD))
    hand.press(Qt.Key.Key_Return)
    shown.go.click()
    hand.until(lambda: window.workbench is not None, "the workbench")
    hand.rest()
    return window.workbench


def seen(window: Window) -> str:
    """Every word that is on the screen, also in titles and tooltips."""
    found = list[str]()
    for top in QApplication.topLevelWidgets():
        for widget in (top, *top.findChildren(QWidget)):
            if widget.isVisible():
                found += [widget.windowTitle() if widget.isWindow() else "", widget.toolTip(), widget.accessibleName()]
                found += [widget.text()] if isinstance(widget, QLabel | QLineEdit) else []
    return "\n".join(found)


# Recovery


def test_after_set_up_the_code_is_shown_once_and_must_be_kept(
    window: Window, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "set_up", CHEAP)
    window.folder = tmp_path / "new"
    window.show_start()
    assert isinstance(page(window), WelcomePage)
    window._begin("office")
    shown = page(window)
    assert isinstance(shown, SetUpPage)
    officers = [OFFICERS[name] for name in ("system", "security", "audit")]
    for entry, text in zip(shown.entries(), ("新局", "XINJ", "wang", PASSWORD, PASSWORD, *officers), strict=True):
        entry.put(text)
    shown.submit()
    hand.until(lambda: isinstance(page(window), SheetPage), "the code")
    shown = page(window)
    told = "-".join(label.text() for label in shown.sheet.groups.labels)
    assert not shown.sheet.go.isEnabled(), "it goes on only when the code is kept"
    copy = tmp_path / "copy.pdf"
    shown.sheet.preview.save_to(copy)
    assert copy.read_bytes().startswith(b"%PDF")
    window.cover.idle._clocks = (lambda: 1e12, lambda: 1e12)
    window.cover.idle.look()
    assert isinstance(page(window), LockPage), "nobody was there for the minutes of the rule"
    assert all(group not in seen(window) for group in told.split("-"))
    page(window).password.put(PASSWORD)
    page(window)._submit()
    hand.until(lambda: page(window) is shown, "the code again")
    shown.sheet.kept.setFocus()
    hand.press(Qt.Key.Key_Space)
    hand.click("Continue")
    assert window.workbench is not None and window.cover.idle._timer.isActive()
    assert told not in seen(window) and not shown.sheet.preview.data, "nothing of it stays behind the page"
    window.sign_out()
    office.recover(tmp_path / "new", told, "wang", OTHER)


def test_who_signs_out_over_the_lock_before_the_code_is_kept_is_asked(
    window: Window, hand: Hand, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr("ui.pages.recovery_sheet.confirm", lambda *_args, **_values: next(answers))
    window._founded(office.sign_in(folder, "admin", PASSWORD), new_code(), b"")
    window.cover.lock()
    hand.click("Sign out")
    assert isinstance(page(window), LockPage) and window.office is not None
    hand.click("Sign out")
    assert isinstance(page(window), SignInPage) and window.office is None and window.stack.count() == 1


def test_who_closes_the_window_before_the_code_is_kept_is_asked(
    window: Window, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    monkeypatch.setattr("ui.pages.recovery_sheet.confirm", lambda *_args, **_values: next(answers))
    window._show_sheet(new_code(), b"")
    assert not window.close_office() and isinstance(page(window), SheetPage)
    assert window.close_office()


def test_a_lost_password_is_replaced_with_the_sheet_by_keyboard_and_scanner(
    window: Window, hand: Hand, code: str, folder: Path
) -> None:
    hand.click("Forgotten? Use the recovery sheet")
    shown = page(window)
    assert isinstance(shown, RecoverPage) and shown.code.line.hasFocus()
    QTest.keyClicks(shown.code.line, code)
    hand.press(Qt.Key.Key_Return)  # as a scanner does
    assert shown.account.line.hasFocus()
    QTest.keyClicks(shown.account.line, "admin")
    for entry in (shown.password, shown.again):
        hand.press(Qt.Key.Key_Return)
        assert entry.line.hasFocus()
        QTest.keyClicks(entry.line, OTHER)
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: isinstance(page(window), SheetPage), "the new code")
    shown = page(window)
    new = "-".join(label.text() for label in shown.sheet.groups.labels)
    assert new != code
    shown.sheet.kept.click()
    hand.click("Continue")
    assert isinstance(page(window), SignInPage) and page(window).account.text() == "admin"
    sign_in(window, hand, "admin", OTHER)
    window.sign_out()
    office.recover(folder, new, "system", OTHER)


def test_a_typing_error_in_the_code_is_said_with_its_group_and_nothing_is_lost(
    window: Window, hand: Hand, code: str
) -> None:
    hand.click("Forgotten? Use the recovery sheet")
    shown = page(window)
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    for entry, text in zip(shown.entries(), (wrong, "admin", OTHER, OTHER), strict=True):
        entry.put(text)
    shown.submit()
    hand.until(shown.wrong.isVisible, "the refusal")
    assert "6" in shown.wrong.sentence.text()
    assert [entry.text() for entry in shown.entries()] == [wrong, "admin", OTHER, OTHER]
    hand.press(Qt.Key.Key_Escape)
    hand.until(lambda: isinstance(page(window), SignInPage), "the page before")


def test_what_is_missing_is_said_where_it_is_missing(window: Window, hand: Hand) -> None:
    hand.click("Forgotten? Use the recovery sheet")
    shown = page(window)
    shown.password.put("short")
    shown.submit()
    assert [entry for entry in shown.entries() if entry.box.wrong] == [shown.code, shown.account, shown.password]
    assert shown.code.line.hasFocus()


# What the system administrator has


def test_the_system_administrator_sees_the_doors_and_makes_a_new_sheet(
    window: Window, hand: Hand, code: str, folder: Path
) -> None:
    bench = sign_in(window, hand, "system")
    bench.show_screen("doors")
    board = bench.pages.currentWidget()
    assert isinstance(board, DoorsPage)
    hand.until(lambda: board.slots.value.text() == "4 / 4", "the figures")
    hand.click("New recovery sheet")
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["own_password"].box.inner(), OFFICERS["system"])
    hand.click("Save", form)
    hand.until(lambda: isinstance(bench.pages.currentWidget(), SheetInside), "the new code")
    shown = bench.pages.currentWidget()
    new = "-".join(label.text() for label in shown.sheet.groups.labels)
    bench.show_screen("doors")
    assert bench.pages.currentWidget() is shown, "nobody leaves it before the code is kept"
    shown.sheet.kept.click()
    hand.click("Continue", shown)
    assert bench.pages.currentWidget() is board
    window.sign_out()
    with pytest.raises(NotAllowed):
        office.recover(folder, code, "admin", OTHER)
    office.recover(folder, new, "admin", OTHER)


def test_the_auditor_looks_at_the_doors_and_changes_nothing(window: Window, hand: Hand) -> None:
    bench = sign_in(window, hand, "audit")
    bench.show_screen("doors")
    board = bench.pages.currentWidget()
    hand.until(lambda: board.slots.value.text() == "4 / 4", "the figures")
    assert not board.new.isVisible()


# The lock


def filled_form(window: Window, hand: Hand) -> Any:
    """Something typed and not saved, in a window with a record in it."""
    bench = sign_in(window, hand)
    bench.background.desk.do("compounds.add", code="JSL", name="建设路大院")
    bench.show_screen("compounds")
    bench.lists["compounds"].reload()
    hand.until(lambda: bench.lists["compounds"].model.rowCount() == 1, "the compound")
    hand.click("Add compound")
    form = bench.pages.currentWidget()
    hand.type(form.fields["name"].box.inner(), "西湖里宿舍")
    return form


def test_a_locked_window_shows_nothing_and_keeps_everything(window: Window, hand: Hand) -> None:
    form = filled_form(window, hand)
    assert "西湖里宿舍" in seen(window)
    toast(window, "Saved", kind="ok")
    hand.press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    locked = page(window)
    assert isinstance(locked, LockPage) and locked.password.line.hasFocus()
    for secret in ("西湖里", "建设路", words("Saved"), "JSL"):
        assert secret not in seen(window)
    QTest.keyClicks(locked.password.line, "not it")
    hand.press(Qt.Key.Key_Return)
    hand.until(locked.wrong.isVisible, "the refusal")
    assert page(window) is locked
    hand.type(locked.password.line, PASSWORD)
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: page(window) is window.workbench, "the workbench")
    assert form.isVisible() and form.fields["name"].box.value() == "西湖里宿舍"
    assert form.fields["name"].box.inner().hasFocus(), "the keyboard is where it was"
    hand.until(lambda: not window.workbench.background.busy, "the record")  # type: ignore[union-attr]


def test_the_failures_at_the_lock_stand_on_record(window: Window, hand: Hand, folder: Path) -> None:
    sign_in(window, hand)
    window.cover.lock()
    for typed in ("not it", "nor this", PASSWORD):
        answered = partial(_answered, window)
        page(window).password.put(typed)
        page(window)._submit()
        hand.until(answered, "the answer")
    hand.until(lambda: window.workbench is not None and not window.workbench.background.busy, "the record")
    window.sign_out()
    with closing(office.sign_in(folder, "audit", OFFICERS["audit"])) as opened:
        row = next(r for r in opened.desk.first(View("accounts"), 9) if r["name"] == "admin")
    assert row["failed_before"] == 2


def test_what_was_done_before_the_lock_is_taken_back_and_brought_back_after_it(window: Window, hand: Hand) -> None:
    bench = sign_in(window, hand)
    bench.show_screen("compounds")
    page_ = bench.lists["compounds"]
    count = partial(bench.background.desk.count, View("compounds"))
    for code, name in (("JSL", "建设路大院"), ("XHL", "西湖里大院")):
        bench.background.do("compounds.add", {"code": code, "name": name})
    hand.until(lambda: not bench.background.busy and count() == 2, "the compounds")

    def press(key: Qt.Key, left: int) -> None:
        page_.table.setFocus()
        hand.press(key, Qt.KeyboardModifier.ControlModifier)
        hand.until(lambda: not bench.background.busy and count() == left, "what the key does")
        hand.rest()

    press(Qt.Key.Key_Z, 1)
    window.cover.lock()
    unlock(window, hand)
    hand.until(lambda: not bench.background.busy, "the record")
    press(Qt.Key.Key_Y, 2)
    window.cover.lock()
    unlock(window, hand)
    hand.until(lambda: not bench.background.busy, "the record")
    press(Qt.Key.Key_Z, 1)
    press(Qt.Key.Key_Z, 0)


def _answered(window: Window) -> bool:
    return window.cover.page is None or window.cover.page.go.isEnabled()


def test_dialogs_menus_and_what_comes_up_meanwhile_do_not_stand_above_the_lock(window: Window, hand: Hand) -> None:
    bench = sign_in(window, hand)
    answers, floating = list[bool](), QLabel("张建国", bench, Qt.WindowType.Tool)
    floating.show()

    def covered() -> None:
        assert isinstance(QApplication.activeModalWidget(), QDialog)
        window.cover.lock(idle=True)

    QTimer.singleShot(0, covered)
    answers.append(confirm(bench, "Retire account", "张建国", "Retire account", kind="bad"))
    assert answers == [False], "the dialog is closed as if it was cancelled"
    assert not floating.isVisible() and QApplication.activeModalWidget() is None and "张建国" not in seen(window)
    late = toast(bench, "Saved")
    window.show_error(RuntimeError("x"))
    assert not late.isVisible() and "RuntimeError" not in seen(window)
    window.cover._unlocked()
    assert late.isVisible(), "what was to be said meanwhile is said now"


def unlock(window: Window, hand: Hand) -> None:
    page(window).password.put(PASSWORD)
    page(window)._submit()
    hand.until(lambda: page(window) is window.workbench, "the workbench")


def test_a_value_asked_for_before_the_lock_does_not_come_up_above_it(window: Window, hand: Hand) -> None:
    bench = sign_in(window, hand)
    desk = bench.background.desk
    here = desk.do("compounds.add", code="JSL", name="建设路大院").value
    desk.do("staff.add", compound_id=here, number="P1", name="周敏", phone="13800005678")
    bench.show_screen("staff")
    staff = bench.lists["staff"]
    hand.until(lambda: staff.detail.row is not None, "the person")
    staff.detail.eyes["phone"].click()
    form = bench.pages.currentWidget()
    form.fields["reason"].set_value("体检")
    form.fields["own_password"].set_value(PASSWORD)
    form.submit()
    window.cover.lock()
    hand.until(lambda: not bench.background.busy, "the answer")
    hand.rest()
    assert bench.people.shown is None and "13800005678" not in seen(window)
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [window]
    unlock(window, hand)
    hand.until(lambda: words(LOCKED) in seen(window), "the word to ask again")
    assert bench.people.shown is None and "13800005678" not in seen(window)


def test_a_copy_asked_for_before_the_lock_goes_to_no_viewer(
    window: Window, hand: Hand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed = list[QUrl]()
    monkeypatch.setattr(QDesktopServices, "openUrl", handed.append)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bench = sign_in(window, hand)
    desk = bench.background.desk
    here = desk.do("compounds.add", code="JSL", name="建设路大院").value
    (tmp_path / "a.pdf").write_bytes(pdf())
    desk.do("attachments.add", about_kind="compound", about_id=here, path=str(tmp_path / "a.pdf"))
    bench.show_screen("compounds")
    shown = bench.lists["compounds"].detail.attached
    shown.show_record(here)
    hand.until(lambda: shown.items, "the file")
    shown.open(shown.items[0])
    window.cover.lock()
    hand.until(lambda: not bench.background.busy, "the answer")
    hand.rest()
    assert not handed and not [*tmp_path.glob("dayuan-*")], "nor does the plain copy stay"
    unlock(window, hand)
    hand.until(lambda: words(LOCKED) in seen(window), "the word to ask again")
    assert not handed


def test_what_runs_goes_on_behind_the_lock(window: Window, hand: Hand) -> None:
    bench = sign_in(window, hand)
    done = list[object]()
    bench.background.do("compounds.add", {"code": "JSL", "name": "建设路大院"}, done.append)
    window.cover.lock()
    hand.until(lambda: done, "what was running")
    assert window.cover.locked
    bench.top.lock_asked.emit()
    assert window.stack.count() == 2, "it is locked once"


def test_somebody_else_signs_out_over_the_lock_and_sees_nothing(
    window: Window, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled_form(window, hand)
    window.cover.lock()
    said = list[str]()

    def asked(_parent: QWidget, _title: Any, sentence: Any, *_: Any, **__: Any) -> bool:
        said.append(words(sentence))
        return len(said) > 1

    monkeypatch.setattr("ui.cover.confirm", asked)
    hand.click("Sign out")
    assert window.cover.locked and window.office is not None
    hand.click("Sign out")
    assert isinstance(page(window), SignInPage) and window.office is None and not window.cover.locked
    assert window.stack.count() == 1 and "西湖里" not in seen(window) + "".join(said)
    sign_in(window, hand)


def test_nobody_there_for_the_minutes_of_the_rule_locks_the_window(window: Window, hand: Hand) -> None:
    sign_in(window, hand)
    clock = [1000.0]
    window.cover.idle._clocks = (lambda: clock[0], lambda: clock[0])
    window.cover.idle.start()
    clock[0] += 599
    window.cover.idle.look()
    assert not window.cover.locked
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Shift)
    clock[0] += 599
    window.cover.idle.look()
    assert not window.cover.locked, "a key begins the time anew"
    clock[0] += 2
    window.cover.idle.look()
    assert isinstance(page(window), LockPage)


@pytest.mark.parametrize("steps", [(700.0, 0.0), (0.0, 700.0), (700.0, -9000.0)])
def test_neither_sleep_nor_a_clock_set_back_keeps_it_open(qtbot: Any, steps: tuple[float, float]) -> None:
    times, owner, passed = [5.0, 5.0], QObject(), list[bool]()
    idle = Idle(600, owner, (lambda: times[0], lambda: times[1]))
    idle.passed.connect(partial(passed.append, True))
    idle.start()
    times[0] += steps[0]
    times[1] += steps[1]
    idle.eventFilter(owner, QEvent(QEvent.Type.MouseMove))
    assert passed == [True], "who comes back is asked, his first movement does not open it"


# What is said


def test_failed_tries_since_last_time_are_told_until_dismissed(window: Window, hand: Hand, folder: Path) -> None:
    office.sign_in(folder, "admin", PASSWORD).close()
    for _ in range(2):
        with pytest.raises(NotAllowed):
            office.sign_in(folder, "admin", "guess")
    sign_in(window, hand)
    told = notice(window)
    assert "错误 2 次" in told
    toast(window, "Saved")
    hand.rest()
    assert notice(window) == told, "what else is said does not take its place"
    hand.click("I have read this")
    assert notice(window) == ""
    window.sign_out()
    sign_in(window, hand)
    assert notice(window) == "", "it is told once"


def notice(window: Window) -> str:
    """What is said of wrong passwords."""
    tried = (banner for told in window.findChildren(Tried) for banner in told.banners)
    return "".join(banner.sentence.text() for banner in tried if banner.isVisible())


def test_failed_tries_at_the_lock_are_told_to_who_unlocks_it(window: Window, hand: Hand) -> None:
    sign_in(window, hand)
    window.cover.lock()
    for typed in ("not it", "nor this"):
        answered = partial(_answered, window)
        page(window).password.put(typed)
        page(window)._submit()
        hand.until(answered, "the answer")
    unlock(window, hand)
    hand.until(lambda: notice(window), "the notice")
    assert "错误 2 次" in notice(window)


def test_the_security_officer_sees_who_has_to_wait(window: Window, hand: Hand, folder: Path) -> None:
    for _ in range(3):
        with pytest.raises(NotAllowed):
            office.sign_in(folder, "admin", "guess")
    bench = sign_in(window, hand, "security")
    bench.show_screen("accounts")
    shown = bench.lists["accounts"]
    hand.until(lambda: shown.model.complete, "the accounts")
    row = next(line.row for line in map(shown.model.line, range(4)) if line.row["name"] == "admin")
    assert row["failed_tries"] == 3 and row["delayed_until"] is not None


# Half an office


@pytest.mark.parametrize(("lost", "kept"), [("keys.json", "dayuan.db"), ("dayuan.db", "keys.json")])
def test_half_an_office_is_told_and_never_set_up_over(
    window: Window, hand: Hand, folder: Path, lost: str, kept: str
) -> None:
    before, away = (folder / kept).read_bytes(), folder / "away"
    (folder / lost).rename(away)
    window.show_start()
    shown = page(window)
    assert isinstance(shown, HalfPage) and lost in seen(window)
    hand.click("Look again")
    assert isinstance(page(window), HalfPage)
    assert (folder / kept).read_bytes() == before
    away.rename(folder / lost)
    hand.click("Look again")
    assert isinstance(page(window), SignInPage)


def test_half_a_sample_is_not_made_anew(window: Window, folder: Path) -> None:
    sample = folder.with_name(f"{folder.name}-sample")
    sample.mkdir()
    (sample / "dayuan.db").write_bytes(b"x")
    window._begin("sample")
    assert isinstance(page(window), HalfPage)


def test_the_doors_load_no_services_before_somebody_knocks() -> None:
    program = (
        "import sys; import ui.window; heavy = ('services', 'sqlalchemy', 'models', 'pypdfium2', 'reportlab'); "
        "print([name for name in sys.modules if name.split('.')[0] in heavy])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=resources.ROOT.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
