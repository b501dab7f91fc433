"""What the person at the desk may do, as of today: asked anew when the day changes or grants were touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from threading import Lock

from services.desk.intent import Grant
from services.desk.session import DeskSession
from services.desk.store import Store

KINDS = frozenset({"account", "role_grant"})
Read = Callable[[DeskSession, date], tuple[Grant, ...]]


class Held:
    """The grants of one account. `read` finds those of a day, or refuses; any thread may ask."""

    def __init__(self, store: Store, read: Read, today: Callable[[], date]) -> None:
        self._store, self._read, self._today = store, read, today
        self._known: tuple[Grant, ...] = ()
        self._of: date | None = None
        self._lock = Lock()

    def __iter__(self) -> Iterator[Grant]:
        """As of the last time somebody asked, without reading anything: nothing when he was refused."""
        return iter(self._known)

    def now(self) -> tuple[Grant, ...]:
        """Those of today. What `read` raises when there are none any more; it is asked again the next time."""
        today = self._today()
        with self._lock:
            if self._of != today:
                try:
                    with DeskSession(self._store.reading, None) as session:
                        self._known = self._read(session, today)  # until then whoever iterates has those of before
                except BaseException:
                    self._known, self._of = (), None
                    raise
                self._of = today
            return self._known

    def look_again(self) -> None:
        """They may be others now."""
        with self._lock:
            self._of = None
