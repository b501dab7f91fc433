"""Signing in the window: papers shown and signed, certificates issued with the officer's file, roots made."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog

from resources.words import N_
from ui import asks
from ui.kit.going import ToPaper
from ui.kit.messages import toast
from ui.kit.screen import Section
from ui.kit.text import Message, Own, words
from ui.part import Asked, Part, Row

if TYPE_CHECKING:
    from array import array

    from PySide6.QtPrintSupport import QPrinter

    from services.desk.desk import Desk, Done
    from ui.kit.form import FormPage
    from ui.pages.papers_out import PapersOut, Way
    from ui.workbench import Workbench

KEY_FILES = "PEM (*.pem)"
ROOT = Section(
    N_("Root file"),
    N_("The key of the root lies encrypted in this file and nowhere else. Without file and password no certificate can"
       " be issued with it; keep both apart, in a safe."),
    ("root_password", 3),
)  # fmt: skip
SIGN = Section(
    N_("Signature"),
    N_("You sign the paper as it was issued, with your name, post and unit as your certificate says them."),
    ("signing_password", 3),
)
AFTER = {
    "documents.sign": N_("The paper is signed"),
    "signing_certificates.issue": N_("The certificate is issued"),
    "signing_roots.make": N_("The root certificate is made; keep its file in a safe"),
}


class Signing(Part):
    """What the window does about signatures and those who make them."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(bench)
        self.acts = {
            "documents.signed": self._show, "documents.sign": self._sign, "signing_certificates.issue": self._issue,
            "signing_roots.make": self._make, "papers.trusted": self._trusted,
            "documents.print": self._print, "documents.save": self._save,
        }  # fmt: skip
        if bench.background.desk.may("documents.signed"):
            self.opens = {"document": self.show}

    def _show(self, asked: Asked) -> None:
        self.show(asked.rows[0])

    def show(self, row: Row) -> None:
        """A paper with its signatures."""
        work = partial(asks.signed, row["id"])
        self.bench.places.go(ToPaper(Own(row["number"]), f"{row['number']}.pdf", work))

    def _print(self, asked: Asked) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self.bench)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, False)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.print_on(printer, asked.numbers)
        dialog.deleteLater()

    def print_on(self, printer: QPrinter, numbers: array[int]) -> PapersOut:
        """Print these papers (local numbers) one after the other, in the background."""
        from ui.paper_ways import Printing

        return self._out(Printing(printer), numbers)

    def _save(self, asked: Asked) -> None:
        folder = QFileDialog.getExistingDirectory(self.bench, words(N_("Folder for the copies")))
        if folder:
            self.save_in(Path(folder), asked.numbers)

    def save_in(self, folder: Path, numbers: array[int]) -> PapersOut:
        """Save these papers (local numbers) in a folder, in the background."""
        from ui.paper_ways import Saving

        return self._out(Saving(folder), numbers)

    def _out(self, way: Way, numbers: array[int]) -> PapersOut:
        from ui.pages.papers_out import PapersOut

        page = PapersOut(self.bench.background, way, numbers, self.bench.place())
        self.bench.open_page(page)
        return page

    def _sign(self, asked: Asked) -> None:
        row = asked.rows[0]
        page = self._form("documents.sign", N_("Sign paper"), (SIGN,), {"document_id": row["id"]}, Own(row["number"]))
        page.save.say(N_("Sign"), "pencil")

    def _issue(self, asked: Asked) -> None:
        title = words(N_("Open the root file"))
        place, _ = QFileDialog.getOpenFileName(self.bench, title, "", KEY_FILES)
        if place:
            self.issue_with(asked.rows[0], Path(place))

    def issue_with(self, row: Row, file: Path) -> None:
        """Ask for the password of the root file, and issue what a request asks for."""
        fixed = {"signing_request_id": row["id"], "path": str(file)}
        title, who = N_("Issue signing certificate"), Own(f"{row['person']}, {row['post']}, {row['unit']}")
        page = self._form("signing_certificates.issue", title, (ROOT,), fixed, who)
        page.save.say(N_("Issue"), "file-badge")

    def _make(self, _asked: Asked) -> None:
        title = words(N_("Where the root file goes"))
        place, _ = QFileDialog.getSaveFileName(self.bench, title, "root.pem", KEY_FILES)
        if place:
            self.make_at(Path(place))

    def make_at(self, file: Path) -> None:
        """Ask for a password of the new root file, and make it."""
        page = self._form(
            "signing_roots.make", N_("New root certificate"), (ROOT,), {"path": str(file)}, Own(file.name)
        )
        page.save.say(N_("Make"), "stamp")

    def _form(
        self, intent: str, title: Message, sections: tuple[Section, ...], fixed: dict[str, Any], facts: Message
    ) -> FormPage:
        then = partial(self._done, AFTER[intent])
        return self.bench.form(intent, title, sections, fixed, once=True, facts=facts, then=then, quiet=True)

    def _done(self, told: str, _done: Done[Any]) -> None:
        toast(self.bench, told)

    def _trusted(self, _asked: Asked) -> None:
        title = words(N_("Save trusted certificates…"))
        place, _ = QFileDialog.getSaveFileName(self.bench, title, "trust.pem", KEY_FILES)
        if place:
            self.trusted_to(Path(place))

    def trusted_to(self, file: Path) -> None:
        """Write what somebody without this data needs to check its papers."""
        told: Callable[[int], None] = partial(self._written, file)
        self.bench.background.ask(partial(_write, file), told, self.bench.refused)

    def _written(self, file: Path, _size: int) -> None:
        toast(self.bench, N_("Saved as {name}"), name=file.name)


def _write(file: Path, desk: Desk) -> int:
    return file.write_bytes(desk.ask("papers.trusted"))
