"""Start until the sign-in window shows, and from the accepted password to the first list, in processes of their own."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.figures import ROUNDS, Figure, alone, middle

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

ACCOUNT, PASSWORD = "admin", "measure this"
SHOWS_WITHOUT = ("sqlalchemy", "services", "reportlab", "cryptography")


def measure() -> Iterator[Figure]:
    """Both figures, over the sample office."""
    from services import demo
    from services.desk import keys

    with tempfile.TemporaryDirectory() as folder:
        demo.make(Path(folder), account=ACCOUNT, password=PASSWORD, cost=keys.FLOOR).close()
        found = [alone("start", "empty") | alone("start", "ours", folder) for _ in range(ROUNDS + 1)]
    seen = middle(found[1:])  # the first one found cold files
    if seen["early"]:
        raise AssertionError(f"the sign-in window loads one of {SHOWS_WITHOUT}")
    floor = seen["empty"]
    yield Figure("start until the sign-in window shows", seen["shown"], 2.5, floor)
    yield Figure("password accepted until the first list is painted", seen["listed"], 6, floor)
    yield Figure("… services loaded behind the sign-in page", seen["loaded"], 0, floor)


def empty() -> dict[str, float]:
    """The least a Qt process can do: an empty window of our size, painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Empty(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            app.quit()

    app = QApplication([])
    window = Empty()
    window.resize(1440, 900)
    window.show()
    app.exec()
    return {"empty": time.process_time() * 1000}


def ours(folder: str) -> dict[str, float]:
    """`main.py` itself; the window is one that notices when it is painted, and then signs in."""
    from PySide6.QtCore import QCoreApplication, QEvent

    import main
    from ui import window

    found: dict[str, float] = {}

    class Timed(window.Window):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # comes when all that is on it is painted too

        def customEvent(self, event: QEvent) -> None:
            if not found:
                found["shown"] = time.process_time() * 1000
                found["early"] = sum(name in sys.modules for name in SHOWS_WITHOUT)
                found.update(_signed_in(self))
                self.close()

    window.Window = Timed  # type: ignore[misc]
    main.main(["--data", folder])
    return found


def _signed_in(window: Any) -> dict[str, float]:
    """Wait as somebody who types a password does, sign in, wait for the list."""
    from ui.hand import Hand

    hand, warmed, before = Hand(window), list[bool](), time.process_time()
    window.opener.warmed.connect(lambda: warmed.append(True))
    hand.until(lambda: warmed, "the services")
    loaded = time.process_time() - before
    page, opened = window.stack.currentWidget(), _notice_key()
    page.account.put(ACCOUNT)
    page.password.line.setText(PASSWORD)
    page.go.click()
    hand.until(lambda: window.workbench, "the office")
    from bench.painted import Painted

    table = window.workbench.lists["assets"].table
    seen = Painted(table.viewport(), lambda: table.records.line(0))
    hand.until(lambda: seen.done, "the list")
    return {"loaded": loaded * 1000, "listed": (time.process_time() - opened[0]) * 1000}


def _notice_key() -> list[float]:
    """The processor time at which the password was accepted, once it is: from there on our own work counts."""
    from services.desk import keys

    unlock, at = keys.unlock, list[float]()

    def noticed(path: Path, account: str, password: str) -> bytes:
        key = unlock(path, account, password)
        at.append(time.process_time())
        return key

    keys.unlock = noticed  # type: ignore[assignment]
    return at


if __name__ == "__main__":
    print(json.dumps({"empty": empty, "ours": ours}[sys.argv[1]](*sys.argv[2:])))  # type: ignore[operator]
