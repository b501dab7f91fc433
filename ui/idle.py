"""Notices when nobody is there: no key, no mouse, no input method for some minutes."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

LOOKS = 5000  # milliseconds between two looks at the clock
SIGNS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.TouchBegin, QEvent.Type.TabletMove,
})  # fmt: skip
Clock = Callable[[], float]
CLOCKS: tuple[Clock, Clock] = (time.monotonic, time.time)


class Idle(QObject):
    """Tells `passed` when nobody touched anything for `limit` seconds, also when the machine slept meanwhile.

    It listens where the system's events arrive, at the windows themselves: a filter on the whole application would be
    asked about every event of every widget, and be felt in scrolling.
    """

    passed = Signal()

    def __init__(
        self, limit: float, parent: QObject, clocks: tuple[Clock, Clock] = (time.monotonic, time.time)
    ) -> None:
        super().__init__(parent)
        self._limit, self._clocks = limit, clocks
        self._last = (0.0, 0.0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOKS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self.watch)
        method = QGuiApplication.inputMethod()  # what it types arrives at the widget, past the window
        method.cursorRectangleChanged.connect(self._touched)

    def start(self) -> None:
        """From now on."""
        self._last = self._now()
        self._timer.start()

    def stop(self) -> None:
        """Until it is started again."""
        self._timer.stop()

    def watch(self, window: QWindow | None) -> None:
        """Listen at this window too: a dialog, a popup."""
        if window is not None:
            window.installEventFilter(self)

    def touch(self) -> None:
        """Somebody is there. Who comes back after the limit is asked first."""
        if self._timer.isActive() and not self.look():
            self._last = self._now()

    def look(self) -> bool:
        """Look at the clocks; whether the limit has passed. Of both, for one stands still while the machine sleeps and
        the other can be set back."""
        if not self._timer.isActive() or max(n - t for n, t in zip(self._now(), self._last, strict=True)) < self._limit:
            return False
        self.stop()
        self.passed.emit()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notes that somebody is there, and lets everything through."""
        if event.type() in SIGNS:
            self.touch()
        return False

    def _touched(self) -> None:
        self.touch()

    def _now(self) -> tuple[float, float]:
        return self._clocks[0](), self._clocks[1]()
