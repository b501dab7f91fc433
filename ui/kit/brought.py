"""What somebody drops or pastes, as files: copied files as they are, a picture in a private file for a moment."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

import resources
from resources.words import N_
from ui.kit.text import words

BEGINNING = "dayuan-pasted-"


def endings() -> list[str]:
    """What a file dialog offers: `*.pdf` and the like."""
    kinds: dict[str, list[str]] = resources.settings("attachments")["endings"]
    return [f"*{ending}" for found in kinds.values() for ending in found]


def brought(dropped: QMimeData | None) -> list[Path]:
    """The files that were dropped, or copied (None). A picture without a file gets one, to be forgotten once kept."""
    found = dropped or QGuiApplication.clipboard().mimeData()
    files = [Path(url.toLocalFile()) for url in found.urls() if url.isLocalFile()]
    picture = found.imageData() if found.hasImage() and not files else None
    if not isinstance(picture, QImage) or picture.isNull():
        return files
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    file = Path(tempfile.mkdtemp(prefix=BEGINNING)) / f"{words(N_('Picture'))} {moment}.png"
    picture.save(str(file), "PNG")  # type: ignore[call-overload]
    return [file]


def forget(file: Path) -> None:
    """Remove the file of a pasted picture; others are somebody's own."""
    if file.parent.name.startswith(BEGINNING) and file.parent.parent == Path(tempfile.gettempdir()):
        shutil.rmtree(file.parent, ignore_errors=True)
