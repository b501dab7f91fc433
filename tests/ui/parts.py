"""One of each component, for tests that look at all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from ui.kit.button import Button, IconButton, KeyCap, KeyHints, LinkButton
from ui.kit.card import Banner, Card, FactTile, HairLine, KeyValue, SectionHead
from ui.kit.entry import Entry, PasswordEntry
from ui.kit.messages import ConfirmDialog, ErrorCard, Toast
from ui.kit.page import EmptyState, PageHead, ScrollPage, SidePane, StickyFooter
from ui.kit.pill import CountPill, Pill
from ui.kit.preview import PdfPreview
from ui.kit.progress import Bar, ProgressPanel, ProgressRow
from ui.kit.rail import Rail
from ui.kit.rail_item import Place
from ui.kit.shell import Shell, TopBar
from ui.kit.steps import StepBar
from ui.kit.text import Body, Figure, Heading, Note, Own, Text, Title, TwoLine
from ui.kit.tile import Avatar, Icon, IconTile
from ui.pages.set_up import SetUpPage
from ui.pages.sign_in import SignInPage
from ui.pages.welcome import WelcomePage

PLACES = (
    Place("assets", "package", "assets", "compound"),
    Place("rooms", "door-open", "rooms", "compound"),
    Place("staff", "users", "staff", "staff"),
    Place("settings", "settings", Own("设置"), foot=True),
)
STEPS = ((Own("选择资产"), Own("12 项")), (Own("交接各方"), Own("3 方")), (Own("签字"), Own("")))


def _confirm() -> QWidget:
    return ConfirmDialog(None, Own("作废？"), Own("不能撤回。"), Own("作废"), kind="bad")


def _toast() -> QWidget:
    window = QWidget()
    window.resize(600, 200)
    Toast(window, "ok", Own("已保存"), Own("撤销")).appear()
    return window


PARTS: dict[str, Callable[[], QWidget]] = {
    "text": partial(Text, "assets"), "title": partial(Title, "assets"), "heading": partial(Heading, "assets"),
    "body": partial(Body, "assets"), "note": partial(Note, "assets"), "figure": partial(Figure, Own("1,234.00")),
    "two lines": partial(TwoLine, Own("联想 启天"), Own("ZC20240001837")),
    "pill": partial(Pill, Own("在用"), "ok"), "pill with symbol": partial(Pill, Own("已核对"), "ok", icon="check"),
    "count": partial(CountPill, Own("12")), "tile": partial(IconTile, "package", "tint", 40),
    "icon": partial(Icon, "package"), "avatar": partial(Avatar, "王建国"),
    "plain button": partial(Button, "assets", "plus"), "primary": partial(Button, "assets", kind="primary"),
    "bad": partial(Button, "assets", "trash-2", kind="bad"),
    "quiet": partial(Button, "assets", kind="quiet", small=True),
    "icon button": partial(IconButton, "printer", "assets"), "link": partial(LinkButton, "assets", "plus"),
    "key": partial(KeyCap, "Enter"), "keys": partial(KeyHints, [("Ctrl+S", "assets")]),
    "card": lambda: Card(Heading("assets")),
    "section": lambda: SectionHead("assets", LinkButton("rooms"), note="staff"),
    "line": partial(HairLine, length=40), "fact": partial(KeyValue, "assets", Own("3,299.00")),
    "fact tile": partial(FactTile, "assets", Own("12,480.00"), Own("不动产权证"), kind="warn"),
    **{f"banner {kind}": partial(Banner, kind, Own("说明"), Own("处理")) for kind in ("ok", "warn", "bad", "info")},
    "page head": lambda: PageHead("assets", Button("rooms"), back=(("x", "staff"),), pills=(Pill(Own("在用")),)),
    "footer": lambda: StickyFooter([Button("rooms")], [Button("assets", kind="primary")], KeyHints([("F8", "assets")])),
    "side pane": lambda: SidePane(Heading("assets")), "scroll page": lambda: ScrollPage(Card(Heading("assets")), None),
    "empty": partial(EmptyState, "package", "assets", Own("还没有"), "rooms"),
    "rail": partial(Rail, PLACES), "top bar": partial(TopBar, "王建国"), "shell": partial(Shell, PLACES, "王建国"),
    "steps": partial(StepBar, STEPS, 1, walk=True), "bar": partial(Bar, "assets", 40),
    "progress row": partial(ProgressRow, "assets", 40, 100, Own("40 %")), "progress": partial(ProgressPanel, "assets"),
    "error": partial(ErrorCard, "ValueError", again=True), "confirm": _confirm, "toast": _toast,
    "entry": partial(Entry, "assets", "user"), "password": partial(PasswordEntry, "assets"),
    "preview": PdfPreview, "welcome": partial(WelcomePage, version="1"),
    "set up": partial(SetUpPage, version="1"), "sample": partial(SetUpPage, version="1", sample=True),
    "sign in": partial(SignInPage, version="1", place="/data"),
}  # fmt: skip


def spoken(widget: QWidget) -> str:
    """The name a screen reader says."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""
