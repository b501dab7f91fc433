"""Python's garbage is collected in the window's thread, and nowhere else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

from resources import rest

EVERY = 1000  # milliseconds


class Rubbish(QObject):
    """Parts of a page hold each other, so they become garbage together. Python collects in whatever thread happens to
    make the next object; a widget that ends in a worker's thread takes the program down when Qt next looks at it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._clock = QTimer(self)
        self._clock.setInterval(EVERY)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Collect what Python itself would by now, unless a register is in memory, whose objects all stay."""
        if rest.asked():
            return
        limits, counts = gc.get_threshold(), gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > limits[generation]:
                gc.collect(generation)
                return
