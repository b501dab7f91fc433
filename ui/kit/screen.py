"""What a screen is, as plain data: `ui/screens` writes it down, the kit draws it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from resources.words import N_

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ui.kit.background import Background

Row = Mapping[str, Any]
Tone = Literal["ok", "idle", "warn", "bad", "info"]


@dataclass(frozen=True)
class Col:
    """One column of a list. Width 0 takes the room that is left; `second` names the field on a second line.

    `pill` gives the tone of each value of a choice; `tile` is an icon, or says which icon a row gets. `label` names
    the column by another sentence or key than its field's, `words` says it in another way than the field's own.
    """

    name: str
    width: int = 0
    second: str = ""
    pill: Mapping[str, Tone] | None = None
    tile: str | Callable[[Row], str] = ""
    label: str = ""
    words: Callable[[Row], str] | None = None


@dataclass(frozen=True)
class Act:
    """A button of the page: an intent, or a page the window knows, on no record, on one or on many; or an act on one
    `field` of a record. What does not stand `beside` the others is in the menu “More”."""

    name: str
    icon: str
    label: str
    on: Literal["none", "one", "many"] = "one"
    primary: bool = False
    field: str = ""
    beside: bool = True
    needs: str = ""  # the right it takes, where that is another than its own name


TAKE_IN = Act("imports.take_in", "upload", N_("Import register"), on="none")
EXPORT = Act("export", "download", N_("Export"), on="none")


class Section:
    """A part of a form: its title, one sentence of help, and its fields, each with a span of six columns."""

    def __init__(self, title: str, help: str, *fields: str | tuple[str, int]) -> None:
        self.title, self.help = title, help
        self.fields = tuple((item, 2) if isinstance(item, str) else item for item in fields)


@dataclass(frozen=True)
class Screen:
    """A list with its detail pane, its filters, its form and its acts.

    Titles, labels and `empty` are sentences marked with `N_`; columns, filters, facts and fields are field names.
    `add` and `revise` name intents; `start` is what the filters let through at first. The list reloads when `entity` or
    one of `watches` is touched, or (`follows_all`) whatever is. `history` shows what happened to the record that is
    marked.
    """

    name: str
    title: str
    icon: str
    listing: str
    entity: str
    columns: tuple[Col, ...]
    filters: tuple[str, ...] = ()
    start: tuple[tuple[str, tuple[Any, ...]], ...] = ()
    form: tuple[Section, ...] = ()
    add: str = ""
    revise: str = ""
    acts: tuple[Act, ...] = ()
    facts: tuple[str, ...] = ()
    empty: str = ""
    watches: frozenset[str] = field(default=frozenset())
    within: str = ""  # the listing that holds all of this one: who may see that needs no place for this
    right: str = ""  # what it takes to see it, where everybody may list its records
    follows_all: bool = False
    history: bool = True

    @property
    def needs(self) -> str:
        """The right it takes to see it."""
        return self.right or f"{self.listing}.list"

    def follows(self, kinds: frozenset[str]) -> bool:
        """Whether a change of these kinds of record makes this list read again."""
        return self.follows_all or bool(kinds & (self.watches | {self.entity}))


@dataclass(frozen=True)
class Board:
    """A place of the rail that is no list: a page made by hand, for who holds the right `needs`."""

    name: str
    title: str
    icon: str
    needs: str
    make: Callable[[Background], QWidget]
    within: str = ""  # the listing from whose place it is reached: who may see that needs no place for this
