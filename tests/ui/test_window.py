"""The real window on a real, encrypted office: every screen, every form, both languages, both themes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from services import demo, office, registry  # noqa: F401
from services.desk import keys
from services.desk.listing import View
from services.desk.marker import STATE
from ui import hand as hands
from ui import tour
from ui.hand import Hand
from ui.kit.form import FormPage
from ui.kit.screen import EXPORT
from ui.kit.theme import DARK, LIGHT, LOOK
from ui.pages.handover import HandoverPage
from ui.screens import SCREENS
from ui.workbench import Workbench

PASSWORD = "a good password"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    demo.make(folder, account="admin", password=PASSWORD, cost=keys.FLOOR).close()
    return folder


@pytest.fixture
def opened(sample: Path) -> Iterator[office.Office]:
    found = office.sign_in(sample, "admin", PASSWORD)
    yield found
    found.close()


@pytest.fixture
def bench(qtbot: Any, opened: office.Office) -> Iterator[Workbench]:
    made = Workbench(replace(opened.desk, grants=office.EVERYTHING))  # every screen, those of officers too
    qtbot.addWidget(made)
    errors: list[object] = []
    made.failed.connect(errors.append)
    made.resize(1440, 900)
    made.show()
    yield made
    assert not errors
    assert made.leave()


@pytest.fixture(scope="module")
def longer(dressed: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, list[object]]]:
    """A window that many tests look at and none changes anything in, and what failed in it. Its office is its own: one
    is open in one window only."""
    found = demo.make(tmp_path_factory.mktemp("looked"), account="admin", password=PASSWORD, cost=keys.FLOOR)
    made, errors = Workbench(replace(found.desk, grants=office.EVERYTHING)), list[object]()
    made.failed.connect(errors.append)
    made.resize(1440, 900)
    made.show()
    yield made, errors
    assert made.leave()
    made.close()
    made.deleteLater()
    found.close()


@pytest.fixture
def looking(longer: tuple[Workbench, list[object]]) -> Iterator[Workbench]:
    bench, errors = longer
    yield bench
    assert not errors


@pytest.fixture
def hand(bench: Workbench) -> Hand:
    return Hand(bench)


class Strays(QObject):
    """Notes every widget that comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QWidget] = []

    def eventFilter(self, about: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(about, QWidget) and about.isWindow():
            self.seen.append(about)
        return False


@pytest.fixture
def strays() -> Iterator[list[QWidget]]:
    watch, app = Strays(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    yield watch.seen
    app.removeEventFilter(watch)


def loaded(bench: Workbench, hand: Hand, name: str) -> Any:
    bench.show_screen(name)
    page = bench.lists[name]
    hand.until(lambda: page.model.complete, f"the list of {name}")
    hand.rest()
    return page


def colours(widget: QWidget) -> int:
    picture = widget.grab().toImage()
    steps = range(0, picture.width(), 7), range(0, picture.height(), 7)
    return len({picture.pixel(x, y) for x in steps[0] for y in steps[1]})


def unnamed(page: QWidget) -> list[str]:
    found = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() != Qt.FocusPolicy.NoFocus]
    return [type(w).__name__ for w in found if not (w.accessibleName() or getattr(w, "text", str)())]


EMPTY = (  # nothing was wrong with the sample, or booked, and nobody signs there: a root belongs to an officer
    "incidents", "depreciation_runs", "depreciation_lines", "document_signatures", "signing_requests",
    "signing_certificates", "signing_roots",
)  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_shows_its_records(looking: Workbench, name: str) -> None:
    hand = Hand(looking)
    for tokens, lang in product((LIGHT, DARK), ("zh_CN", "en")):
        LOOK.use(tokens=tokens, lang=lang)
        page = loaded(looking, hand, name)
        assert (page.model.rowCount() > 0) is (name not in EMPTY)
        assert colours(page) > 12
        assert unnamed(page) == []


@pytest.mark.parametrize(
    ("name", "field", "word"),
    [("depreciation_lives", "structure", "钢结构"), ("asset_thresholds", "body", "事业单位")],
)
def test_a_shipped_rule_shows_its_facts_in_words(
    bench: Workbench, hand: Hand, name: str, field: str, word: str
) -> None:
    page = loaded(bench, hand, name)
    at = next(n for n in range(8) if page.model.line(n).row[field] in ("steel", "institution"))
    page.table.mark([at])
    hand.until(lambda: page.detail.facts[field].value.text() == word, "the facts of the marked rule")


@pytest.mark.parametrize("name", [n for n, s in SCREENS.items() if s.add])
def test_every_form_opens_empty_and_with_a_record(looking: Workbench, name: str) -> None:
    hand = Hand(looking)
    for lang in ("zh_CN", "en"):
        LOOK.use(lang=lang)
        page = loaded(looking, hand, name)
        opened_empty(looking, hand, page, SCREENS[name])
        if SCREENS[name].revise:  # accounts and grants are ended, not rewritten
            opened_filled(looking, hand, page)


def opened_empty(bench: Workbench, hand: Hand, page: Any, screen: Any) -> None:
    page.run(next(a for a in screen.acts if a.name == screen.add))
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    hand.rest()
    assert unnamed(form) == []
    form.leave()


def opened_filled(bench: Workbench, hand: Hand, page: Any) -> None:
    page.edit_requested.emit(page.model.line(0).row)
    form = bench.pages.currentWidget()
    assert isinstance(form, FormPage)
    assert not form.dirty()
    hand.rest()
    assert colours(form) > 8
    form.leave()
    assert bench.pages.currentWidget() is page


@pytest.mark.parametrize("name", ["assets", "handovers"])
def test_no_part_of_a_page_comes_up_as_a_window_of_its_own(
    strays: list[QWidget], bench: Workbench, hand: Hand, name: str
) -> None:
    page = loaded(bench, hand, name)
    for act in (act for act in page.acts if act.name != "export"):
        page.table.mark([0])
        hand.rest()
        page.run(act)
        hand.until(lambda: bench.pages.currentWidget() is not page, act.name)
        hand.rest()
        bench.show_screen(name)
    assert strays == [bench]


def test_a_note_is_opened_from_its_facts_and_left_with_escape(bench: Workbench, hand: Hand) -> None:
    page = loaded(bench, hand, "handovers")
    page.table.mark([0])
    hand.until(lambda: page.detail.row is not None, "the facts of the first note")
    hand.click("Open", page.detail)
    assert isinstance(bench.pages.currentWidget(), HandoverPage)
    hand.press(Qt.Key.Key_Escape)
    assert bench.pages.currentWidget() is page


def test_a_refusal_of_the_desk_is_shown_at_its_field_and_nothing_typed_is_lost(bench: Workbench, hand: Hand) -> None:
    page = loaded(bench, hand, "compounds")
    page.run(next(a for a in SCREENS["compounds"].acts if a.name == "compounds.add"))
    form: Any = bench.pages.currentWidget()
    hand.type(form.fields["name"].box.inner(), "新大院")
    hand.type(form.fields["code"].box.inner(), "JSL")  # there is one already
    form.submit()
    hand.until(lambda: form.fields["code"].wrong, "the refusal")
    assert form.fields["name"].value() == "新大院"
    hand.type(form.fields["code"].box.inner(), "NEW1")
    form.submit()
    hand.until(lambda: bench.pages.currentWidget() is page, "the form to be saved")
    hand.until(lambda: page.figures.total == 7, "the new compound in the list")


def test_a_list_is_saved_as_the_ending_of_its_name_says(bench: Workbench, hand: Hand, tmp_path: Path) -> None:
    page = loaded(bench, hand, "rooms")
    for ending, start in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        out = tmp_path / f"rooms.{ending}"
        hand.choose_file(partial(page.run, EXPORT), out)
        hand.until(out.exists, "the file")
        assert out.read_bytes().startswith(start)


def look_at_note(bench: Workbench, hand: Hand, id: UUID) -> str:
    """Open a note, look at everything it offers, leave it; its state."""
    bench.notes.open(id)
    note: Any = bench.pages.currentWidget()
    assert isinstance(note, HandoverPage)
    hand.until(lambda: note.sheet is not None, "the note")
    state = str(note.sheet.state.value) if note.sheet else ""
    hand.rest()
    if state != "cancelled":
        hand.until(lambda: note.preview.view.sizes, "the paper")
    assert note.next.isVisible() == (state != "cancelled")
    assert note.recall.isVisible() == (state == "issued")
    assert unnamed(note) == []
    note.left.emit()
    return state


def test_notes_of_every_state_open_with_their_paper_and_offer_one_next_step(bench: Workbench, hand: Hand) -> None:
    page = loaded(bench, hand, "handovers")
    seen = {look_at_note(bench, hand, page.model.line(at).row["id"]) for at in range(page.model.rowCount())}
    assert seen == {"draft", "issued", "half_signed", "done", "cancelled"}


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch, state: Path) -> None:
    """Where the tour keeps its markers is forgotten after it: the sample's are elsewhere."""
    monkeypatch.setenv(STATE, str(state))


@pytest.mark.usefixtures("away")
def test_the_tour_goes_through_the_whole_thread(qtbot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert tour.run("en", tmp_path / "tour") == 0
    assert len(list((tmp_path / "tour").glob("*.png"))) >= 18
    assert (tmp_path / "tour" / "handover.pdf").read_bytes()[:4] == b"%PDF"
    assert "✗" not in capsys.readouterr().out


@pytest.mark.usefixtures("away")
def test_the_tour_fails_when_a_button_is_gone(
    qtbot: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make, until = HandoverPage._offer, Hand.until

    def without(self: HandoverPage, state: str) -> None:
        make(self, state)
        self.next.hide()

    def briefly(self: Hand, condition: Any, what: str) -> None:
        if "“Issue”" in what:  # all that takes its time is over then
            monkeypatch.setattr(hands, "PATIENCE", 3.0)
        until(self, condition, what)

    monkeypatch.setattr(HandoverPage, "_offer", without)
    monkeypatch.setattr(Hand, "until", briefly)
    assert tour.run("en", tmp_path / "tour") == 1
    assert "button “Issue”" in capsys.readouterr().out


def test_a_note_named_in_the_basis_of_another_is_still_itself(bench: Workbench, hand: Hand) -> None:
    page = loaded(bench, hand, "handovers")
    rows = {row["number"]: row for row in bench.background.desk.first(View("handovers"), 50)}
    first, draft = sorted(rows)[0], next(n for n, r in sorted(rows.items()) if r["state"].value == "draft")
    bench.background.desk.do("handovers.revise", handover_id=rows[draft]["id"], basis=f"补充 {first}")
    page.open_requested.emit(rows[first])
    note = bench.pages.currentWidget()
    assert isinstance(note, HandoverPage)
    hand.until(lambda: note.sheet is not None, "the note")
    assert note.row["number"] == first


def test_leaving_a_register_that_is_being_read_asks_first(
    bench: Workbench, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.pages import take_in

    page = loaded(bench, hand, "assets")
    page.run(next(a for a in page.acts if a.name == "imports.take_in"))
    reading = bench.pages.currentWidget()
    assert isinstance(reading, take_in.TakeInPage)
    monkeypatch.setattr(take_in, "confirm", lambda *_, **__: False)
    reading.reading.task = object()  # type: ignore[assignment]  # as while a register is read
    assert not reading.may_leave()
    reading.reading.task = None
    assert reading.may_leave()
