"""The filters a person keeps for a list: a menu at the left of the filter bar that applies them and keeps new ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from resources.words import N_, tr
from services.desk.errors import Invalid, UserError
from services.desk.listing import LISTINGS, View
from services.saved_filters import KNOWN, LEFT, Opened, Saved, mine, opened, written
from ui.kit import icons, read, show
from ui.kit.button import Button
from ui.kit.layout import row
from ui.kit.line_box import LineBox
from ui.kit.messages import confirm, toast
from ui.kit.popup import Popup
from ui.kit.screen import Screen
from ui.kit.text import Message, Note, Own, said, tip, words
from ui.kit.theme import CHIP, LOOK, colour

if TYPE_CHECKING:
    from services.desk.desk import Desk
    from ui.kit.background import Background

NAME, WIDE, WIDEST = 60, 320, 200  # characters, pixels of what asks for a name, pixels of a name
NONE = N_("Filters")
CHANGED = N_("{name} (changed)")
SURE = N_("The filter “{name}” is deleted. The records of the list stay as they are.")
Values = dict[str, Any]
Put = Callable[[View, Mapping[Any, str]], None]
_serial = count()


class SavedFilters(Button):
    """Says which filter is applied and whether something of it was changed since. `view` tells what is looked at, `put`
    shows something else."""

    def __init__(self, background: Background, screen: Screen, view: Callable[[], View], put: Put) -> None:
        self.background, self.about, self._view, self._put = background, screen, view, put
        self.saved: tuple[Saved, ...] = ()
        self.applied, self._as = "", View(screen.listing)
        self._untouched = self._asks = False
        self._tag = f"saved{next(_serial)}"
        super().__init__(NONE, "filter", small=True)
        self.setFixedHeight(CHIP)
        self._asks = background.desk.may("saved_filters.save")
        if not self._asks:
            self.hide()
        self.clicked.connect(self.pop)
        background.changed.connect(self._touched)

    def look(self) -> None:
        """Say what is applied."""
        name = words(CHANGED, name=self.applied) if self.applied and self.changed() else self.applied
        whole = name or words(NONE)
        self._message = Own(self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, WIDEST))
        super().look()
        self.setAccessibleName(words(N_("Saved filters: {name}"), name=name) if name else words(N_("Saved filters")))
        self.setToolTip(tip(whole if name else words(N_("Saved filters"))))

    def _ink(self) -> tuple[str, str]:
        return ("primary", "primary") if self.applied else super()._ink()

    def changed(self) -> bool:
        """Whether what is looked at is no longer what was applied."""
        return self._view() != self._as

    # What is kept

    def begin(self) -> None:
        """Read what is kept, and open the list with the first of it unless somebody looks at something else by then."""
        self._untouched = True
        self._read()

    def moved(self) -> None:
        """Another view is shown: nothing is applied any more where everything was cleared."""
        self._untouched = False
        view = self._view()
        if self.applied and self.changed() and not (view.filters or view.search):
            self.applied = ""
        self.look()

    def _read(self) -> None:
        if self._asks:
            self.background.ask(partial(_mine, self.about.listing), self._known, tag=self._tag)

    def _touched(self, kinds: frozenset[str]) -> None:
        if "saved_filter" in kinds:
            self._read()

    def _known(self, saved: list[Saved]) -> None:
        self.saved = tuple(saved)
        if self.applied not in (each.name for each in saved):
            self.applied = ""
        first = next((each for each in saved if each.first), None)
        if first is not None and self._untouched:
            self._open(first, True)
        self.look()

    # What is applied

    def apply(self, saved: Saved) -> None:
        """Show the list through a filter."""
        self._open(saved, False)

    def _open(self, saved: Saved, waits: bool, _checked: bool = False) -> None:
        work = partial(_opened, self.about.listing, saved.content, self.about.filters)
        self.background.ask(work, partial(self._opened, saved.name, waits), self._refused, f"{self._tag}.open")

    def _opened(self, name: str, waits: bool, found: Opened) -> None:
        if waits and not self._untouched:
            return
        self.applied, self._as = name, found.view
        self._put(found.view, found.names)
        if found.left:
            fields = tr(LOOK.lang, N_(", ")).join(map(self._field, found.left))
            toast(self, LEFT, kind="warn", name=name, fields=fields)

    def _field(self, name: str) -> str:
        spec = LISTINGS[self.about.listing].columns.get(name)
        return show.label(LOOK.lang, spec) if spec else name

    def _refused(self, error: Exception) -> None:
        if isinstance(error, UserError):
            toast(self, said(error.message, **error.values), kind="bad")
        else:
            self.background.failed.emit(error)

    # The menu

    def pop(self) -> None:
        """Show the kept filters and what can be done with them."""
        menu = self.menu_of()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))
        menu.setActiveAction(next((action for action in menu.actions() if action.isEnabled()), menu.actions()[-1]))

    def menu_of(self) -> QMenu:
        """Its filters first, then what is done with the one that is applied."""
        menu, view = QMenu(self), self._view()
        menu.setAccessibleName(words(N_("Saved filters")))
        for saved in self.saved:
            icon = "check" if saved.name == self.applied else "filter"
            name = saved.name.replace("&", "&&") + (f"\t{words(N_('on opening'))}" if saved.first else "")
            self._entry(menu, icon, Own(name), partial(self._open, saved, False))
        if self.saved:
            menu.addSeparator()
        something = bool(view.filters or view.search or view.sort)
        self._entry(menu, "plus", N_("Save this filter…"), self.ask_name).setEnabled(something)
        if current := self._current():
            self._entry(menu, "save", N_("Save the changes"), self.save_changes).setEnabled(self.changed())
            self._entry(menu, "pencil", N_("Rename…"), self.ask_new_name)
            label = N_("No longer open the list with it") if current.first else N_("Open the list with it")
            self._entry(menu, "log-in", label, self.turn_first)
            self._entry(menu, "trash-2", N_("Delete filter"), self.forget)
        return menu

    def _entry(self, menu: QMenu, icon: str, label: Message, call: Callable[[], object]) -> QAction:
        ink = "primary" if icon == "check" else "text2"
        action = QAction(icons.icon(icon, colour(ink), 16), words(label), menu)
        action.triggered.connect(partial(_run, call))
        menu.addAction(action)
        return action

    def _current(self) -> Saved | None:
        return next((saved for saved in self.saved if saved.name == self.applied), None)

    # What is done

    def ask_name(self) -> None:
        """Ask under which name the view is kept."""
        self._ask("saved_filters.save", "name", {"content": written(self._view())}, N_("Save under the name"))

    def ask_new_name(self) -> None:
        """Ask for another name of the filter that is applied."""
        self._ask("saved_filters.rename", "new_name", {"name": self.applied}, N_("New name"), self.applied)

    def _ask(self, intent: str, field: str, values: Values, label: Message, begin: str = "") -> None:
        opened = NameBox(self, label, begin, partial(self._keep, intent, field, values, self._view()))
        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        opened.open_under(self, WIDE)
        QTimer.singleShot(0, opened.line.line.setFocus)

    def _keep(self, intent: str, field: str, values: Values, view: View, name: str) -> None:
        """Invalid: there is a filter of this name."""
        if name in {saved.name for saved in self.saved} - {values.get("name")}:
            raise Invalid(KNOWN, name=name)
        self._do(intent, values | {field: name}, partial(self._kept, name, view if field == "name" else self._as))

    def _kept(self, name: str, view: View, _done: object) -> None:
        self.applied, self._as = name, view
        self.saved = (*self.saved, Saved(name, written(view), False))  # until it is read again, a moment later
        self.look()

    def save_changes(self) -> None:
        """Keep what is looked at under the name of the filter that is applied."""
        view = self._view()
        values = {"name": self.applied, "content": written(view)}
        self._do("saved_filters.save", values, partial(self._kept, self.applied, view))

    def turn_first(self) -> None:
        """The list opens with the filter that is applied, or does so no longer."""
        saved = self._current()
        name = None if saved is None or saved.first else saved.name
        self._do("saved_filters.open_with", {"name": name}, None)

    def forget(self) -> None:
        """Delete the filter that is applied, once somebody is sure."""
        if confirm(self, N_("Delete filter"), said(SURE, name=self.applied), N_("Delete filter"), kind="bad"):
            self._do("saved_filters.forget", {"name": self.applied}, None)

    def _do(self, intent: str, values: Values, then: Callable[[Any], None] | None) -> None:
        self.background.do(intent, {"listing": self.about.listing} | values, then, self._refused)


class NameBox(Popup):
    """Asks for a name; `take` gets it and may refuse it (Invalid)."""

    def __init__(self, parent: QWidget, label: Message, begin: str, take: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._take = take
        self.line = LineBox(read.line, limit=NAME)
        self.line.set_value(begin or None)
        self.line.line.setAccessibleName(words(label))
        self.line.line.returnPressed.connect(self.take)
        self.wrong = Note(tone="bad", wrap=True)
        self.wrong.hide()
        self.button = Button(N_("Save"), kind="primary", small=True)
        self.button.clicked.connect(self.take)
        self.box.addLayout(row(Note(label), None, margins=(6, 2, 4, 0)))
        self.box.addWidget(self.line)
        self.box.addWidget(self.wrong)
        self.box.addLayout(row(None, self.button, margins=(4, 4, 4, 4)))

    def take(self) -> None:
        """Take the name, or say what is wrong with it."""
        try:
            name = self.line.value()
            if not name:
                raise Invalid(N_("Give it a name."))
            self._take(name)
        except Invalid as error:
            self.wrong.say(error.message, **error.values)
            self.wrong.show()
            self.fit()
            return
        self.close()


def _run(call: Callable[[], object], _checked: bool = False) -> None:
    call()


def _mine(listing: str, desk: Desk) -> list[Saved]:
    return desk.ask(mine, listing)


def _opened(listing: str, content: str, among: tuple[str, ...], desk: Desk) -> Opened:
    return opened(desk, listing, content, among)
