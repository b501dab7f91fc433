"""The tabs of a work order's page, in order. A new one is a line here: who may see it, and what makes its pane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from resources.words import N_
from ui.pages.work_order_doing import DoingPane
from ui.pages.work_order_facts import FactsPane
from ui.pages.work_order_feedback import FeedbackPane
from ui.pages.work_order_links import LinksPane
from ui.pages.work_order_money import MoneyPane
from ui.pages.work_order_pane import OrderPane
from ui.pages.work_order_steps import StepsPane

if TYPE_CHECKING:
    from ui.kit.background import Background


class OrderTab(NamedTuple):
    """A tab: its name, its title, the right it takes, and what makes its pane (called when it is first shown)."""

    name: str
    title: str
    needs: str
    make: Callable[[Background], OrderPane]


TABS: tuple[OrderTab, ...] = (
    OrderTab("facts", N_("Facts"), "work_orders.sheet", FactsPane),
    OrderTab("doing", N_("Doing"), "work_orders.doing", DoingPane),
    OrderTab("money", N_("Money"), "work_orders.money", MoneyPane),
    OrderTab("feedback", "work_feedback", "work_orders.doing", FeedbackPane),
    OrderTab("steps", N_("Steps"), "work_orders.sheet", StepsPane),
    OrderTab("links", N_("Links"), "work_orders.sheet", LinksPane),
)
