"""The tour: the main job, clicked and typed through in real offscreen windows, with a picture of each step."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import resources
from resources.words import N_, tr
from ui.kit.messages import Toast

if TYPE_CHECKING:
    from ui.hand import Hand
    from ui.window import Window
    from ui.workbench import Workbench

OUT = Path("out/tour")
PASSWORD = "tour-password-1"
RECEIVER, BASIS = "P0013", "机管〔2026〕41号《关于办公用房及设备移交的通知》"
FIRST_OF_THE_REGISTER = 3
BOARDS = {
    "places": N_("Places as a tree, every line with its totals"),
    "offices": N_("Offices against the standard for their users"),
    "costs": N_("What compounds cost, the dearest first"),
}


def run(lang: str, out: Path = OUT) -> int:
    """Goes through everything once; a line for each step. Exit status 1 names the step that failed."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["DAYUAN_STATE"] = str(out / "state")  # this office is gone with the next tour
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    from PySide6.QtCore import qInstallMessageHandler

    from ui.app import Application
    from ui.hand import Hand, Lost
    from ui.window import Window

    before = qInstallMessageHandler(_said_by_qt)
    app = Application(lang)
    window = Window(out / "office")
    window.show()
    tour = Tour(window, Hand(window), out, lang)
    try:
        for step in tour.steps():
            step()
        return 0
    except (Lost, AssertionError) as error:
        sys.stdout.write(f"✗ {error}\n")
        return 1
    finally:
        window.close_office()
        window.close()
        app.qt.processEvents()
        qInstallMessageHandler(before)


def _said_by_qt(_kind: object, _where: object, message: str) -> None:
    """Everything but what an offscreen window cannot do, which nobody misses."""
    if not message.startswith("This plugin does not support"):
        sys.stderr.write(message + "\n")


class Tour:
    """One step after the other; each leaves the window where the next begins."""

    def __init__(self, window: Window, hand: Hand, out: Path, lang: str) -> None:
        self.window, self.hand, self.out, self.lang = window, hand, out, lang
        self.count = 0

    def steps(self) -> list[Callable[[], None]]:
        """Everything a compound administrator does on the first day."""
        return [
            self.welcome, self.set_up, self.register, self.take_in, self.find, self.correct, self.assign, self.issue,
            self.sign_both, self.papers, self.places, self.dark_and_english, self.come_back,
        ]  # fmt: skip

    def tell(self, sentence: str, picture: str = "", **values: object) -> None:
        """One line, and a picture beside it."""
        self.count += 1
        name = f"{self.count:02d}-{picture}.png" if picture else ""
        if name:
            for toast in self.window.findChildren(Toast):
                toast.hide()
            self.hand.picture(self.out / name)
        sys.stdout.write(f"✓ {tr(self.lang, sentence, **values)}{f'  → {self.out / name}' if name else ''}\n")
        sys.stdout.flush()

    @property
    def bench(self) -> Workbench:
        """The signed-in window."""
        assert self.window.workbench is not None
        return self.window.workbench

    def page(self) -> Any:
        """The page in front."""
        return self.bench.pages.currentWidget()

    def loaded(self, screen: str) -> Any:
        """The list of a screen, once its rows are there."""
        page = self.bench.lists[screen]
        self.hand.until(lambda: page.model.complete and _all_here(page), f"the list of {screen}")
        self.hand.rest()
        return page

    # The steps

    def welcome(self) -> None:
        self.tell(N_("The first page offers the sample office"), "welcome")
        self.hand.click(N_("Try the sample office"))

    def set_up(self) -> None:
        page: Any = self.window.stack.currentWidget()
        self.hand.type(page.password.line, PASSWORD)
        self.hand.type(page.again.line, PASSWORD)
        self.tell(N_("A password opens the encrypted data; there is no default one"), "set-up")
        self.hand.click(N_("Set up"))
        self.hand.until(lambda: self.window.workbench is not None, "the sample office")

    def register(self) -> None:
        page = self.loaded("assets")
        self.hand.until(lambda: page.detail.row is not None, "the first asset")
        self.tell(N_("The asset register: {n} assets"), "assets", n=f"{page.figures.matching:,}")

    def take_in(self) -> None:
        self.hand.click(N_("Import register"))
        page = self.page()
        register = resources.path("samples", "zichan-taizhang.xlsx")
        self.hand.choose_file(lambda: self.hand.click(N_("Choose files…")), register)
        self.hand.type(page.compound.box.inner(), "JSL")
        self._pick(page.compound)
        self.hand.click(N_("Check"))
        self.hand.until(lambda: page.source.report is not None and page.check.isEnabled(), "the check of the register")
        self.tell(
            N_("A register is checked first: {n} rows, nothing stored"), "register-checked", n=page.source.report.read
        )
        self.hand.click(N_("Take in"))
        self.hand.until(lambda: page.good.isVisible() and page.take.isEnabled(), "the register to be taken in")
        self.tell(N_("Taken in: {new} new, {refused} refused with their reason"), "register-taken-in",
                  new=page.source.report.new, refused=page.source.report.refused)  # fmt: skip
        assert page.source.report.new > 0
        page.head.went_back.emit("assets")
        self.hand.rest()

    def find(self) -> None:
        page = self.loaded("assets")
        self.hand.type(page.filters.search.line, "空调")
        self.hand.until(lambda: 0 < page.figures.matching < page.figures.total and page.model.complete, "the search")
        self.tell(
            N_("Two characters find {n} of {total} assets"), "found", n=page.figures.matching, total=page.figures.total
        )

    def correct(self) -> None:
        register = self.loaded("assets")
        register.table.mark([0])
        self.hand.until(lambda: register.detail.row is not None, "the facts of the first asset")
        self.hand.click(N_("Edit"), register.detail)
        page = self.page()
        self.hand.type(page.fields["model"].box.inner(), "KFR-72LW/NhZa1B")
        self.hand.type(page.fields["cost"].box.inner(), "12680.00")
        self.tell(N_("A card is corrected; the sum is spelled out while it is typed"), "form")
        self.hand.click(N_("Save"))
        self.hand.until(lambda: self.page() is register, "the form to be saved")

    def assign(self) -> None:
        page = self.loaded("assets")
        page.table.mark(range(FIRST_OF_THE_REGISTER))
        self.hand.rest()
        self.tell(N_("Several assets are marked"), "marked")
        self.hand.click(N_("Assign to…"))
        self.hand.until(lambda: self.page() is not page, "the form")
        form = self.page()
        self.hand.type(form.fields["to_staff_id"].box.inner(), RECEIVER)
        self._pick(form.fields["to_staff_id"])
        self.hand.type(form.fields["from_staff_id"].box.inner(), "P0001")
        self._pick(form.fields["from_staff_id"])
        self.hand.type(form.fields["basis"].box.inner(), BASIS)
        self.tell(N_("They are assigned to a keeper"), "assign")
        self.hand.click(N_("Draft note"))
        self.hand.until(lambda: hasattr(self.page(), "preview") and self.page().sheet is not None, "the note")

    def _pick(self, field: Any) -> None:
        """Take the first record the picker offers."""
        from PySide6.QtCore import Qt

        self.hand.until(lambda: field.box.list.isVisible(), "what the picker offers")
        self.hand.press(Qt.Key.Key_Return)
        self.hand.until(lambda: field.value() is not None, "the choice")

    def issue(self) -> None:
        page = self._shown()
        self.tell(N_("The draft, with its paper beside it"), "draft")
        draft = page.preview.data
        self.hand.click(N_("Issue"), page)
        self.hand.until(lambda: page.sheet.state.value == "issued", "the issue")
        self.hand.until(lambda: page.preview.data != draft, "the issued paper")
        self._shown()
        self.tell(N_("Issued: {number} is kept as a paper"), "issued", number=page.sheet.number)

    def _shown(self) -> Any:
        page = self.page()
        self.hand.until(lambda: page.preview.view.sizes and page.lines.table.lines.line(0), "the paper")
        self.hand.until(lambda: page.preview.view.settled, "the sheets")
        return page

    def sign_both(self) -> None:
        self._sign("half_signed")
        self._sign("done")
        self._shown()
        self.tell(N_("Both sides have signed: the assets have changed hands"), "done")

    def _sign(self, state: str) -> None:
        page = self.page()
        self.hand.click(N_("Record signature"), page)
        self.hand.click(N_("Save"), self.page())
        self.hand.until(lambda: self.page() is page, "the signature")
        self.hand.until(lambda: page.sheet.state.value == state, f"the state {state}")

    def papers(self) -> None:
        from services.verdicts import judge

        page = self._shown()
        paper = self.out / "handover.pdf"
        page.preview.save_to(paper)
        verdict = judge(paper.read_bytes())
        assert verdict.intact, "the paper is not intact"
        self.tell(N_("The paper {number} is whole: {file}"), number=verdict.seal.number, file=paper)
        self.hand.click("handovers", page)
        self.bench.show_screen("handovers")
        self.loaded("handovers")
        self.tell(N_("Handover notes in every state"), "handovers")

    def places(self) -> None:
        for screen in ("compounds", "buildings", "rooms", "organizations", "staff"):
            self._enter(screen)
            self.loaded(screen)
            self.tell(N_("The list of {list}"), screen, list=tr(self.lang, screen))
        for board, sentence in BOARDS.items():
            self.bench.show_screen(board)
            shown = self.bench.boards[board]
            self.hand.until(lambda shown=shown: self._settled(shown), board)  # type: ignore[misc]
            self.tell(sentence, board)

    def _enter(self, screen: str) -> None:
        """By the rail, whose group is unfolded first."""
        rail = self.bench.rail
        group = next(group for group in rail.groups if any(item.place.key == screen for item in group.items))
        if not group.isChecked():
            self.hand.click(group.name, rail)
        self.hand.click(screen, rail)

    def _settled(self, board: Any) -> bool:
        """Whether what a board shows has come."""
        grids = getattr(board, "grids", None) or [board.grid]
        return not self.bench.background.busy and bool(grids[0].records.every)

    def dark_and_english(self) -> None:
        from ui.kit.theme import LIGHT, LOOK

        self._enter("assets")
        self.loaded("assets")
        self.hand.click(N_("Switch to the dark theme"))
        self.tell(N_("The dark theme, switched live"), "dark")
        LOOK.use(tokens=LIGHT, lang="en" if self.lang != "en" else "zh_CN")
        self.loaded("assets")
        self.tell(N_("The other language, switched live"), "language")
        LOOK.use(lang=self.lang)

    def come_back(self) -> None:
        self.window.sign_out()
        self.hand.click(N_("Try the sample office"))
        page: Any = self.window.stack.currentWidget()
        self.hand.type(page.password.line, "not the password")
        self.hand.click(N_("Sign in"), page)
        self.hand.until(lambda: page.wrong.isVisible(), "the refusal")
        self.tell(N_("A wrong password opens nothing"), "sign-in")
        self.hand.type(page.password.line, PASSWORD)
        self.hand.click(N_("Sign in"), page)
        self.hand.until(lambda: self.window.workbench is not None, "the office")
        self.loaded("assets")
        self.tell(N_("Signed in again; everything is there"))


def _all_here(page: Any) -> bool:
    """Whether every row in view has come, and there is one."""
    first, last = page.table.seen()
    return last >= first and all(page.model.line(at) is not None for at in range(first, last + 1))
