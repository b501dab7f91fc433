"""Starts the window: application, face, language, the one handler for errors nobody expected."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from resources.words import LANGUAGES, N_, tr
from ui.kit.qss import Dress, dress
from ui.kit.rubbish import Rubbish
from ui.kit.theme import LOOK

if TYPE_CHECKING:
    from ui.window import Window

DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def run(argv: list[str]) -> int:
    """Opens the window on the data folder; without a display says so and runs the tour. Exit status."""
    args = _parsed(argv)
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in DISPLAYS):
        from ui import tour

        sys.stdout.write(tr(args.lang, N_("There is no display here, so the tour runs instead of the window.")) + "\n")
        return tour.run(args.lang)
    from ui.window import Window

    _input_method()
    app = Application(args.lang)
    window = Window(args.data, args.office)
    sys.excepthook = app.handler(window)
    window.show()
    return app.qt.exec()


class Application:
    """The Qt application with its face and its words; one for a process."""

    def __init__(self, lang: str) -> None:
        found = QApplication.instance()
        self.qt = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
        self.qt.setApplicationName("Dayuan")
        LOOK.use(lang=lang)
        self.dress: Dress = dress(self.qt)
        self._rubbish = Rubbish(self.qt)
        self._words = QTranslator(self.qt)
        LOOK.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        """Qt's own buttons speak the language in force."""
        self.qt.removeTranslator(self._words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if LOOK.lang != "en" and self._words.load(f"qtbase_{LOOK.lang}", folder):
            self.qt.installTranslator(self._words)

    def handler(self, window: Window) -> _Handler:
        """What is called for an error nobody caught."""
        return _Handler(window)


class _Handler:
    """Shows the error above the person's work, which stays; also writes it to standard error."""

    def __init__(self, window: Window) -> None:
        self.window = window

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        self.window.show_error(error)


def _parsed(argv: list[str]) -> argparse.Namespace:
    import platformdirs

    parser = argparse.ArgumentParser(prog="main.py")
    parser.add_argument("--data", type=Path, default=Path(platformdirs.user_data_dir("Dayuan", False)))
    parser.add_argument("--office", default="")
    parser.add_argument("--user", default="")
    parser.add_argument("--lang", choices=LANGUAGES, default=LANGUAGES[0])
    return parser.parse_args(argv)


def _input_method() -> None:
    """Qt's wheel brings no plug-in for fcitx, which speaks ibus too: without this nobody can type Chinese there."""
    if os.environ.get("QT_IM_MODULE", "").startswith("fcitx"):
        os.environ["QT_IM_MODULE"] = "ibus"
