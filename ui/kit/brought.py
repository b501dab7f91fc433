"""What somebody drops or pastes, as files: copied files as they are, a picture in a private file for a moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QMimeData
from PySide6.QtGui import QGuiApplication, QImage

import resources
from resources.words import N_
from ui.kit.text import words

if TYPE_CHECKING:
    from services.desk.copies import Copies


def endings() -> list[str]:
    """What a file dialog offers: `*.pdf` and the like."""
    kinds: dict[str, list[str]] = resources.settings("attachments")["endings"]
    return [f"*{ending}" for found in kinds.values() for ending in found]


def brought(dropped: QMimeData | None, copies: Copies) -> list[Path]:
    """The files that were dropped, or copied (None). A picture without a file gets one among the private copies of the
    store, to be forgotten once kept."""
    found = dropped or QGuiApplication.clipboard().mimeData()
    files = [Path(url.toLocalFile()) for url in found.urls() if url.isLocalFile()]
    picture = found.imageData() if found.hasImage() and not files else None
    if not isinstance(picture, QImage) or picture.isNull():
        return files
    moment = datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    bytes_, png = QByteArray(), QBuffer()
    png.setBuffer(bytes_)
    png.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(png, "PNG")  # type: ignore[call-overload]
    return [copies.make(f"{words(N_('Picture'))} {moment}.png", [bytes(bytes_.data())])]
