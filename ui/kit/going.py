"""Where a page or a board wants the window to go: said as plain data, so that pages know nothing of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.kit.screen import Section
from ui.kit.text import Message

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from services.document_issuing import Subject

Filters = tuple[tuple[str, tuple[Any, ...]], ...]


@dataclass(frozen=True)
class ToList:
    """A list of the rail, let through only what `filters` say; `names` are the words of the records they name."""

    screen: str
    filters: Filters = ()
    names: Mapping[Any, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ToCompound:
    """The page of a compound."""

    id: UUID


@dataclass(frozen=True)
class ToRoom:
    """The sheet of a room."""

    id: UUID


@dataclass(frozen=True)
class ToForm:
    """A form over an intent: what is fixed, what stands in it, in which sections (none: all fields). `revising`: it
    changes what is there, so that what is emptied is emptied."""

    intent: str
    title: str
    fixed: Mapping[str, Any]
    initial: Mapping[str, Any] = field(default_factory=dict)
    sections: tuple[Section, ...] = ()
    facts: Message = ""
    revising: bool = False


@dataclass(frozen=True)
class ToRecord:
    """The form of a record, to be changed."""

    screen: str
    row: Mapping[str, Any]


@dataclass(frozen=True)
class ToPaper:
    """A paper, drawn by `work` off the window's thread; `name` is offered for a copy of it. It can be issued where it
    is said what it is `about`."""

    title: Message
    name: str
    work: Callable[[Desk], bytes]
    about: Subject | None = None


@dataclass(frozen=True)
class ToFiles:
    """The files kept about a record; `facts` says which one it is."""

    entity: str
    id: UUID
    facts: Message


@dataclass(frozen=True)
class ToAsset:
    """The page of an asset."""

    id: UUID


@dataclass(frozen=True)
class ToPerson:
    """The page of a person, on a tab of it (the first, where none is named)."""

    id: UUID
    tab: str = ""


@dataclass(frozen=True)
class ToPost:
    """The page of a post of the establishment."""

    id: UUID


@dataclass(frozen=True)
class ToLabels:
    """The labels of these assets, or (None) of what changed since a day that is asked for there."""

    assets: tuple[UUID, ...] | None = None


@dataclass(frozen=True)
class ToSession:
    """The page of a training session."""

    id: UUID


@dataclass(frozen=True)
class ToOrder:
    """The page of a work order, on a tab of it (the first, where none is named)."""

    id: UUID
    tab: str = ""


Going = (
    ToAsset
    | ToOrder
    | ToSession
    | ToPerson
    | ToPost
    | ToLabels
    | ToList
    | ToCompound
    | ToRoom
    | ToForm
    | ToRecord
    | ToPaper
    | ToFiles
)
