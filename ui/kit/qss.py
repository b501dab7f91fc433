"""The one style sheet and palette of the application, made from the colours of a theme.

Selectors match the properties the kit sets: `kind` of a button, `box` and `kind` of a frame, `tone` of a text.
What a style sheet cannot draw (pills, tiles, the rail, steps) is painted by its widget from the same colours.
"""

from __future__ import annotations

from string import Template
from typing import Any

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.kit.theme import LOOK, Tokens, font, load_fonts

STATES = ("ok", "idle", "warn", "bad", "info")
TONES = ("text", "text2", "text3", "primary", "onprimary")
EDGES = {"ok": "okline", "warn": "warnline", "bad": "badline", "info": "chart2", "idle": "border"}

BUTTONS = Template("""
QPushButton { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 0; outline: none; }
QPushButton:hover { background: $hover; border-color: $control; }
QPushButton:pressed { background: $tint; }
QPushButton:focus { border: 2px solid $primary; }
QPushButton:disabled { background: $sunken; border-color: $line; }
QPushButton[kind="primary"] { background: $primary; border-color: $primary; }
QPushButton[kind="primary"]:hover { background: $strong; border-color: $strong; }
QPushButton[kind="primary"]:pressed { background: $stronger; border-color: $stronger; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $track; border-color: $track; }
QPushButton[kind="bad"]:hover { background: $badback; border-color: $badline; }
QPushButton[kind="bad"]:focus { border: 2px solid $bad; }
QPushButton[kind="quiet"], QPushButton[kind="link"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="quiet"]:checked { background: $tint; }
QPushButton[kind="link"] { border-radius: 4px; }
QPushButton[kind="link"]:hover { background: $tint; }
QPushButton[kind="crumb"] { background: transparent; border-color: transparent; border-radius: 4px; }
QPushButton[kind="crumb"]:hover { background: $track; }
QPushButton[kind="crumb"]:focus { border: 2px solid $primary; }
QPushButton[kind="quiet"]:focus, QPushButton[kind="link"]:focus { border: 2px solid $primary; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: 8px; padding: 0; color: $text; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $tint; }
QToolButton:focus { border-color: $primary; }
QToolButton::menu-indicator { image: none; }
""")

BOXES = Template("""
QWidget[box="ground"] { background: $bg; }
QWidget[box="surface"] { background: $surface; }
QWidget[box="rail"] { background: $surface; border: 0; border-right: 1px solid $border; }
QWidget[box="top"] { background: $surface; border: 0; border-bottom: 1px solid $border; }
QWidget[box="foot"] { background: $surface; border: 0; border-top: 1px solid $border; }
QWidget[box="sunkfoot"] { background: $sunken; border: 0; border-top: 1px solid $line; border-bottom-left-radius: 11px;
  border-bottom-right-radius: 11px; }
QFrame[box="card"] { background: $surface; border: 1px solid $border; border-radius: 10px; }
QFrame[box="lane"] { background: $sunken; border: 1px solid $border; border-radius: 10px; }
QFrame[box="sheet"] { background: $surface; border: 1px solid $border; border-radius: 14px; }
QFrame[box="sheetside"] { background: $sunken; border: 0; border-right: 1px solid $border;
  border-top-left-radius: 13px; border-bottom-left-radius: 13px; }
QFrame[box="fact"] { background: $sunken; border: 1px solid $line; border-radius: 8px; }
QFrame[box="fact"][kind="warn"] { background: $warnback; border-color: $warnline; }
QFrame[box="fact"][kind="bad"] { background: $badback; border-color: $badline; }
QFrame[box="line"] { background: $line; border: 0; }
QLabel[box="keycap"] { background: $surface; border: 1px solid $border; border-radius: 4px; padding: 0 5px 1px 5px; }
QFrame[box="toast"] { background: $text; border: 0; border-radius: 10px; }
QFrame[box="toast"] QLabel { color: $bg; }
QFrame[box="toast"] QPushButton { background: transparent; border-color: $control; }
QFrame[box="toast"] QPushButton:hover, QFrame[box="toast"] QToolButton:hover { background: $text2; }
QFrame[box="toast"] QPushButton:focus, QFrame[box="toast"] QToolButton:focus { border: 2px solid $bg; }
QAbstractScrollArea[box="desk"] { background: $desk; border: 0; }
QDialog, QMessageBox { background: $surface; }
QScrollArea, QScrollArea > QWidget > QWidget[box="clear"] { background: transparent; border: 0; }
""")

CONTROLS = Template("""
QTableView[box="grid"] { background: $surface; border: 1px solid $border; border-radius: 8px; gridline-color: $line;
  color: $text; selection-background-color: $selected; selection-color: $text; outline: none; }
QTableView[box="grid"]:focus { border: 2px solid $primary; }
QTableView[box="grid"] QHeaderView { background: $sunken; border: 0; border-radius: 8px; }
QTableView[box="grid"] QHeaderView::section { background: $sunken; color: $text2; border: 0;
  border-right: 1px solid $line; border-bottom: 1px solid $line; padding: 6px 8px; }
QTableView[box="grid"] QTableCornerButton::section { background: $sunken; border: 0; border-right: 1px solid $line;
  border-bottom: 1px solid $line; }
QTableView[box="grid"] QLineEdit { border: 2px solid $primary; border-radius: 0; padding: 0 6px; }
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QSpinBox, QDoubleSpinBox { background: $surface;
  color: $text; border: 1px solid $border; border-radius: 8px; padding: 0 10px; selection-background-color: $primary;
  selection-color: $onprimary; }
QPlainTextEdit, QTextEdit { padding: 6px 8px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $control; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus { border: 2px solid $primary; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"] { background: $sunken; color: $text3; }
QLineEdit[box="bare"], QPlainTextEdit[box="bare"], QTextEdit[box="bare"] { background: transparent; border: 0;
  border-radius: 0; padding: 0; }
QLineEdit[box="bare"][readOnly="true"], QPlainTextEdit[box="bare"][readOnly="true"] { color: $text3; }
QComboBox[box="bare"] { background: transparent; border: 0; padding: 0; }
QMenu { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 7px 26px 7px 12px; border-radius: 6px; color: $text; }
QMenu::item:selected { background: $tint; color: $primary; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 5px 6px; }
QMenu::icon { padding-left: 10px; }
QMenu::indicator { width: 0; }
QToolTip { background: $text; color: $bg; border: 1px solid $text; padding: 4px 6px; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $track; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: 0; }
QCalendarWidget QWidget { background: $surface; alternate-background-color: $sunken; color: $text; }
QCalendarWidget QAbstractItemView { border: 0; selection-background-color: $primary; selection-color: $onprimary; }
""")


def stylesheet(tokens: Tokens) -> str:
    """The style sheet of a theme."""
    names = {name: value for name, value in vars(tokens).items() if isinstance(value, str)}
    for state in STATES:
        names[state], names[f"{state}back"] = getattr(tokens, state)
    towards = tokens.text if tokens.name == "light" else tokens.onprimary
    names |= {"strong": mixed(tokens.primary, towards, 0.12), "stronger": mixed(tokens.primary, towards, 0.24)}
    tones = [f'QLabel[tone="{tone}"] {{ color: {names[tone]}; background: transparent; }}' for tone in TONES + STATES]
    banner = 'QFrame[box="banner"][kind="{0}"] {{ background: {1}; border: 1px solid {2}; border-radius: 8px; }}'
    banners = [banner.format(state, names[f"{state}back"], names[EDGES[state]]) for state in STATES]
    parts = [template.substitute(names) for template in (BOXES, BUTTONS, CONTROLS)]
    return "\n".join([*tones, *banners, *parts])


def mixed(first: str, second: str, share: float) -> str:
    """The first colour with a share of the second in it."""
    a, b = QColor(first), QColor(second)
    parts = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in parts)).name()


def palette(tokens: Tokens) -> QPalette:
    """The colours of widgets the style sheet does not reach."""
    role = QPalette.ColorRole
    made = QPalette()
    pairs = {
        role.Window: tokens.bg, role.WindowText: tokens.text, role.Base: tokens.surface, role.Text: tokens.text,
        role.AlternateBase: tokens.sunken, role.Button: tokens.surface, role.ButtonText: tokens.text,
        role.Highlight: tokens.primary, role.HighlightedText: tokens.onprimary, role.Accent: tokens.primary,
        role.PlaceholderText: tokens.text3, role.Link: tokens.primary, role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.bg, role.Light: tokens.surface, role.Midlight: tokens.line, role.Mid: tokens.border,
        role.Dark: tokens.control, role.Shadow: tokens.border, role.BrightText: tokens.onprimary,
    }  # fmt: skip
    for one, value in pairs.items():
        made.setColor(one, QColor(value))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.control))
    return made


class Dress:
    """Keeps an application in the theme in force."""

    def __init__(self, app: Any) -> None:
        self._app, self._worn = app, ""
        app.setStyle("Fusion")
        app.setFont(font(13))
        LOOK.changed.connect(self.wear)
        self.wear()

    def wear(self) -> None:
        """Put the theme on, unless it is worn already (only the language changed)."""
        if self._worn != LOOK.tokens.name:
            self._worn = LOOK.tokens.name
            self._app.setPalette(palette(LOOK.tokens))
            self._app.setStyleSheet(stylesheet(LOOK.tokens))


def dress(app: QApplication) -> Dress:
    """Fonts, style, colours: called once before the first widget is made; keep what is returned."""
    load_fonts()
    return Dress(app)
