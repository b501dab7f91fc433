"""What is done with many papers at once: each is a job of its own on a printer, or a file of its own in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from models.attachment import Media
from resources.words import N_
from services.attached.names import on_disk
from ui.kit.printing import PrintJob
from ui.kit.text import words
from ui.pages.papers_out import STOPPED, PapersOut, Row, Told

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from services.desk.desk import Desk


class Printing:
    """Prints each paper as a job of its own, so that one that fails holds up none behind it and no paper begins on the
    back of another. A printer that writes a file writes one for each, beside the one that was named."""

    title, done = N_("Print papers"), N_("sent to the printer")
    all_done = N_("{n} of {m} papers were sent to the printer")

    def __init__(self, printer: QPrinter) -> None:
        self.printer = printer
        self.job: PrintJob | None = None
        self._file = Path(name) if (name := printer.outputFileName()) else None

    def take(self, page: PapersOut, row: Row, data: bytes, told: Told) -> None:
        """Print a paper, laid as it lies."""
        self.printer.setDocName(Path(named(row)).stem)
        print_it = partial(self._print, page, data, told)
        if self._file is None:
            print_it(None)
        else:
            name = f"{self._file.stem}-{named(row)}"
            page.ask(partial(_free, self._file.parent, name), print_it)

    def _print(self, page: PapersOut, data: bytes, told: Told, file: Path | None) -> None:
        if file is not None:
            self.printer.setOutputFileName(str(file))
        self.job = job = PrintJob(data, self.printer, page.window(), one_of_many=True)
        job.finished.connect(partial(self._ended, told))
        job.start()
        if page.stopped:
            self.stop()

    def _ended(self, told: Told, problem: str) -> None:
        self.job = None
        told(problem, "")

    def stop(self) -> None:
        """Print no further page."""
        if self.job is not None:
            self.job.stop(words(STOPPED))


class Saving:
    """Saves each paper in a folder. What is there already is never written over."""

    title, done = N_("Save copies"), N_("saved")
    all_done = N_("{n} of {m} papers were saved")

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def take(self, page: PapersOut, row: Row, data: bytes, told: Told) -> None:
        """Save a paper, and say as what."""
        page.ask(partial(_tried, self.folder, named(row), data), partial(_tell, told))

    def stop(self) -> None:
        """A file that is being written is finished."""


def named(row: Row) -> str:
    """The name of the file of a paper."""
    return on_disk(f"{row['number']}-{row['version']}.pdf", Media.PDF)


def _tried(folder: Path, name: str, data: bytes, _desk: Desk) -> tuple[str, str]:
    """What is wrong with a file that could not be written, and the remark on one that could."""
    try:
        return "", keep(folder, name, data)
    except OSError as refused:
        return refused.strerror or str(refused), ""


def _tell(told: Told, ended: tuple[str, str]) -> None:
    told(*ended)


def keep(folder: Path, name: str, data: bytes) -> str:
    """Write a file that is not there yet, under the next free name, and say how it went. OSError: it cannot be."""
    for place in _names(folder, name):
        try:
            _write(place, data)
        except FileExistsError:
            if place.is_file() and place.stat().st_size == len(data) and place.read_bytes() == data:
                return words(N_("{name} is there already, the very same"), name=place.name)
        else:
            other = N_("saved as {name}; another file is called {other}")
            return words(N_("saved as {name}") if place.name == name else other, name=place.name, other=name)
    raise AssertionError("names never end")


def _write(place: Path, data: bytes) -> None:
    """A new file, whole or not at all. FileExistsError: something has that name."""
    with place.open("xb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            with suppress(OSError):
                place.unlink()
            raise


def _names(folder: Path, name: str) -> Iterator[Path]:
    """`a.pdf`, `a (2).pdf`, `a (3).pdf` and so on."""
    first = folder / name
    yield first
    for n in count(2):
        yield first.with_name(f"{first.stem} ({n}){first.suffix}")


def _free(folder: Path, name: str, _desk: Desk) -> Path:
    """The first of these names nothing has yet."""
    return next(place for place in _names(folder, name) if not place.exists())
