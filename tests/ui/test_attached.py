"""The files of a record in the real window: added, opened, saved, removed, reported lost."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QDropEvent, QGuiApplication, QImage

from models.role_grant import Role
from services import accounts, office, registry  # noqa: F401
from services.desk import keys
from services.desk.listing import View
from tests.services.files import EXE, jpeg, pdf
from ui.hand import Hand
from ui.kit import attached
from ui.kit.attached import Attached
from ui.kit.button import IconButton
from ui.kit.form import FormPage
from ui.kit.messages import Toast
from ui.kit.theme import LOOK
from ui.workbench import Workbench

PASSWORD = "a good password"
LIST = View("attachments")
Bench = Callable[..., tuple[Workbench, Hand]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[office.Office]:
    folder = tmp_path / "office"
    office.set_up(folder, name="某局", code="JGSW", account="admin", password=PASSWORD, cost=keys.FLOOR).close()
    found = office.sign_in(folder, "admin", PASSWORD)
    compound = found.desk.do("compounds.add", code="A", name="甲院").value
    for name in ("空调机", "办公桌"):
        found.desk.do("assets.add", compound_id=compound, name=name, number=f"ZC-{name}")
    yield found
    found.close()


@pytest.fixture
def sign(qtbot: Any, opened: office.Office) -> Iterator[Bench]:
    """A window for the compound administrator, or for somebody with another role."""
    made = list[Workbench]()
    LOOK.use(lang="en")

    def window(role: Role = Role.COMPOUND_ADMINISTRATOR) -> tuple[Workbench, Hand]:
        bench = Workbench(replace(opened.desk, grants=accounts.of_role(role)))
        made.append(bench)
        qtbot.addWidget(bench)
        bench.resize(1440, 900)
        bench.show()
        return bench, Hand(bench)

    yield window
    for bench in made:
        assert bench.leave()


@pytest.fixture
def brings(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str, data: bytes) -> Path:
        file = tmp_path / name
        file.write_bytes(data)
        return file

    return make


def panel(bench: Workbench, hand: Hand, at: int = 0, screen: str = "assets") -> Attached:
    """The third tab of a record's pane."""
    bench.show_screen(screen)
    page = bench.lists[screen]
    hand.until(lambda: page.model.complete and page.model.rowCount(), "the list")
    page.table.mark([at])
    hand.until(lambda: page.detail.row is not None, "the facts")
    found = page.detail.attached
    assert found is not None
    hand.click("Attachments", page.detail)
    hand.until(lambda: not found._soon.isActive() and not bench.background.busy, "its files")
    return found


def said(bench: Workbench) -> str:
    return " ".join(toast.accessibleName() for toast in bench.findChildren(Toast) if toast.isVisible())


def names(found: Attached) -> list[str]:
    return [item.name.text() for item in found.items]


def dropped(found: Attached, *files: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    where, keys_, none = QPoint(5, 5), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    found.dropEvent(QDropEvent(where, Qt.DropAction.CopyAction, data, keys_, none))


def test_a_file_is_added_by_the_button_and_counted_on_the_tab(
    sign: Bench, brings: Callable[..., Path], opened: office.Office
) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    assert found.empty.isVisible()
    assert "drop them here" in found.empty.text()
    hand.choose_file(hand.button("Add files…", found).click, brings("合同.pdf", pdf()))
    hand.until(lambda: names(found) == ["合同.pdf"], "the file")
    assert not found.empty.isVisible()
    assert not found.busy.isVisible()
    tabs = bench.lists["assets"].detail.tabs
    assert tabs._group.button(2).text() == "Attachments 1"
    assert "77 B · PDF · admin · " in found.items[0].facts.text()
    LOOK.use(lang="zh_CN")
    assert tabs._group.button(2).text() == "附件 1"
    assert opened.desk.count(LIST) == 1


def test_files_are_dropped_and_what_is_refused_is_said_and_stops_no_other(
    sign: Bench, brings: Callable[..., Path]
) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()), brings("b.pdf", EXE), brings("c.jpg", jpeg()))
    hand.until(lambda: sorted(names(found)) == ["a.pdf", "c.jpg"], "both good files")
    hand.until(lambda: "b.pdf is a program or a script" in said(bench), "why the other was refused")


def test_a_picture_is_pasted_and_its_file_is_gone(sign: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bench, hand = sign()
    found = panel(bench, hand)
    picture = QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    found.add.setFocus()
    hand.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hand.until(lambda: found.items, "the picture")
    assert names(found)[0].startswith("Picture 20")
    assert names(found)[0].endswith(".png")
    assert not [*tmp_path.glob("dayuan-*")]


def test_pictures_that_waited_are_gone_when_it_is_stopped_and_those_of_a_crash_at_the_next_opening(
    sign: Bench, brings: Callable[..., Path], opened: office.Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    bench, hand = sign()
    found = panel(bench, hand)
    mine, picture = brings("long.txt", b"a line of words\n" * 1_200_000), QImage(20, 10, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    QGuiApplication.clipboard().setImage(picture)
    dropped(found, mine)
    found.paste()
    [waiting] = tmp_path.glob("dayuan-*/*.png")
    assert waiting.stat().st_mode & 0o777 == 0o400 and waiting.parent.stat().st_mode & 0o777 == 0o700
    found.stop.click()
    assert not waiting.parent.exists()
    hand.until(lambda: not found.busy.isVisible(), "the end")
    assert mine.exists() and bench.background.desk.count(LIST) == 0
    dropped(found, mine)
    found.paste()
    opened.desk.store.copies.clear()  # as at the next opening
    assert not [*tmp_path.glob("dayuan-*")]
    found.stop.click()
    hand.until(lambda: not found.busy.isVisible(), "the end")


def test_a_file_belongs_to_the_record_it_was_dropped_on(sign: Bench, brings: Callable[..., Path]) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    bench.lists["assets"].table.mark([1])  # somebody goes on at once
    hand.until(lambda: bench.background.desk.count(LIST) == 1 and not bench.background.busy, "the file")
    hand.until(lambda: not found._soon.isActive() and not bench.background.busy, "the second record")
    assert names(found) == []
    bench.lists["assets"].table.mark([0])
    hand.until(lambda: names(found) == ["a.pdf"], "the file at the first")


def test_it_opens_as_a_private_copy_that_goes_with_the_session(
    sign: Bench, brings: Callable[..., Path], opened: office.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = list[Path]()

    def show(url: QUrl) -> bool:
        shown.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", show)
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("合同.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    hand.click("Open: 合同.pdf", found)
    hand.until(lambda: shown, "the viewer")
    found.items[0].setFocus()
    hand.press(Qt.Key.Key_Return)
    hand.until(lambda: len(shown) == 2, "the viewer, by the keyboard")
    assert shown[0].read_bytes() == pdf()
    opened.desk.store.copies.clear()  # as at sign-out
    assert not any(file.exists() for file in shown)


def test_a_kind_without_a_program_is_said(
    sign: Bench, brings: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    hand.click("Open: a.pdf", found)
    hand.until(lambda: "No program here opens" in said(bench), "what is the matter")


def test_a_copy_is_saved_where_somebody_says(sign: Bench, brings: Callable[..., Path], tmp_path: Path) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    out = tmp_path / "copy.pdf"
    hand.rest()
    hand.choose_file(hand.button("Save a copy: a.pdf", found).click, out)
    hand.until(out.exists, "the copy")
    assert hashlib.sha256(out.read_bytes()).digest() == hashlib.sha256(pdf()).digest()


def test_name_and_note_are_revised_in_a_form(sign: Bench, brings: Callable[..., Path]) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    hand.click("Revise attachment: a.pdf", found)
    form: Any = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.type(form.fields["name"].box.inner(), "b.exe")
    form.submit()
    hand.until(lambda: form.fields["name"].wrong, "the refusal")
    hand.type(form.fields["name"].box.inner(), "验收单")
    hand.type(form.fields["note"].box.inner(), "双方已签字")
    form.submit()
    hand.until(lambda: names(found) == ["验收单.pdf"], "the new name")
    assert found.items[0].more.text() == "双方已签字"


def test_removing_asks_first(sign: Bench, brings: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    monkeypatch.setattr(attached, "confirm", lambda *_, **__: False)
    hand.click("Remove attachment: a.pdf", found)
    assert names(found) == ["a.pdf"]
    monkeypatch.setattr(attached, "confirm", lambda *_, **__: True)
    hand.click("Remove attachment: a.pdf", found)
    hand.until(lambda: not found.items, "an empty list")
    assert bench.lists["assets"].detail.tabs._group.button(2).text() == "Attachments"


def test_a_lost_file_is_shown_as_lost(sign: Bench, brings: Callable[..., Path], opened: office.Office) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    vault = opened.desk.store.vault
    assert vault is not None
    for file in vault.files():
        file.unlink()
    hand.click("Open: a.pdf", found)
    hand.until(lambda: "missing or was changed" in said(bench), "what is the matter")
    assert found.items[0].more.isVisible()
    assert found.items[0].more.text() == "Its content is missing or was changed"


def test_a_long_job_shows_how_far_it_is_and_can_be_stopped(sign: Bench, brings: Callable[..., Path]) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    file = brings("long.txt", b"a line of words\n" * 1_200_000)
    seen = list[int]()
    tell = found.bar.tell

    def stop(value: int, maximum: int) -> None:
        tell(value, maximum)
        if maximum:
            seen.append(value)
            found.stop.click()

    found.bar.tell = stop  # type: ignore[method-assign]
    dropped(found, file, brings("next.pdf", pdf()))
    assert found.busy.isVisible()
    hand.until(lambda: not found.busy.isVisible(), "the end")
    assert seen
    assert bench.background.desk.count(LIST) == 0  # the one that waited is not taken either


def test_who_may_only_read_is_offered_no_more(sign: Bench, brings: Callable[..., Path]) -> None:
    bench, hand = sign()
    found = panel(bench, hand)
    dropped(found, brings("a.pdf", pdf()))
    hand.until(lambda: found.items, "the file")
    other, eyes = sign(Role.VIEWER)
    read = panel(other, eyes)
    eyes.until(lambda: names(read) == ["a.pdf"], "the same file")
    assert not read.add.isVisible()
    assert not read.acceptDrops()
    assert [b.accessibleName() for b in read.items[0].findChildren(IconButton)] == [
        "Open: a.pdf", "Save a copy: a.pdf",
    ]  # fmt: skip
    panel(other, eyes, at=1)
    eyes.until(lambda: read.empty.isVisible(), "nothing at the second")
    assert read.empty.text() == "Nothing is attached to this record."


def test_accounts_and_grants_have_no_such_tab(sign: Bench, opened: office.Office) -> None:
    assert not attached.attachable(opened.desk, "account")
    assert not attached.attachable(opened.desk, "role_grant")
    admin = replace(opened.desk, grants=accounts.of_role(Role.COMPOUND_ADMINISTRATOR))
    assert attached.attachable(admin, "asset")
    assert not attached.attachable(replace(opened.desk, grants=accounts.of_role(Role.SECURITY)), "compound")
