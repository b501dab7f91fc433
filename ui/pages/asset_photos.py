"""The photos of an asset in small, and all files kept about it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from models.attachment import Media
from resources.words import N_
from services.desk.errors import UserError
from services.desk.listing import View
from ui.kit.attached import Attached
from ui.kit.card import Card, SectionHead
from ui.kit.layout import column, emptied, row
from ui.kit.text import said
from ui.kit.theme import colour

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

PICTURES = (Media.JPEG, Media.PNG, Media.WEBP)
SHOWN, EDGE, DENSE = 6, 92, 2  # pictures; pixels; pixels of the file for each of the screen
Small = tuple[UUID, str, QImage]


class PhotosCard(Card):
    """Pictures are read off the window's thread; what cannot be read as one is among the files below."""

    counted = Signal(int)

    def __init__(self, background: Background) -> None:
        super().__init__(gap=12)
        self.background, self.id = background, UUID(int=0)
        self.files = Attached(background, "asset")
        self.head = SectionHead(N_("Photos and files"))
        self._strip = row(gap=8)
        self.add(self.head)
        self.add(column(row(self._strip, None)))
        self.add(self.files)
        self.pictures = list[Picture]()
        self.files.counted.connect(self._counted)

    def show_record(self, id: UUID) -> None:
        """Show what is kept about an asset."""
        self.id = id
        self.files.show_record(id)

    def _counted(self, count: int) -> None:
        """The list below was read: the pictures among it follow."""
        if self.id.int:
            self.background.ask(partial(_pictures, self.id), self._got, self._failed, tag=f"photos{id(self)}")
        self.counted.emit(count)

    def _got(self, found: list[Small]) -> None:
        emptied(self._strip)
        self.pictures = [Picture(*one) for one in found]
        for picture in self.pictures:
            self._strip.addWidget(picture)
            picture.clicked.connect(partial(self._open, picture.id))

    def _open(self, id: UUID, _checked: bool = False) -> None:
        for item in self.files.items:
            if item.row["id"] == id:
                self.files.open(item)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):  # a damaged file is told where it stands in the list
            self.background.failed.emit(error)


class Picture(QAbstractButton):
    """A photo in small; a click opens the file."""

    def __init__(self, id: UUID, name: str, image: QImage) -> None:
        super().__init__()
        self.id, self._image = id, image
        self.setAccessibleName(said(N_("Open {file}"), file=name)())
        self.setToolTip(name)
        self.setFixedSize(EDGE, EDGE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        spot, shape = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), QPainterPath()
        shape.addRoundedRect(spot, 8, 8)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), colour("sunken"))
        size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        at = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        painter.drawImage(QRectF(*at, size.width(), size.height()), self._image)
        painter.setClipping(False)
        painter.setPen(colour("primary" if self.hasFocus() else "line"))
        painter.drawPath(shape)


def _pictures(id: UUID, desk: Desk) -> list[Small]:
    about = (("about_kind", ("asset",)), ("about_id", (id,)), ("media", tuple(m.value for m in PICTURES)))
    rows = desk.first(View("attachments", filters=about, sort="added_at", descending=True), SHOWN)
    return [small for found in rows if (small := _small(found, desk)) is not None]


def _small(found: dict[str, Any], desk: Desk) -> Small | None:
    """A picture no larger than it is shown; None where the file holds none that can be drawn."""
    try:
        file = Path(desk.ask("attachments.open", attachment_id=found["id"]))
    except UserError:
        return None
    try:
        reader = QImageReader(str(file))
        reader.setAutoTransform(True)
        size = reader.size()
        if size.isValid():
            edge = QSize(EDGE * DENSE, EDGE * DENSE)
            reader.setScaledSize(size.scaled(edge, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        image = reader.read()
    finally:
        desk.store.copies.forget(file)
    return None if image.isNull() else (found["id"], found["name"], image)
