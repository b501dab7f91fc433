"""The tabs of a work order's page, in order. A new one is a line here: who may see it, and what makes its pane."""

from __future__ import annotations

from resources.words import N_
from ui.kit.record_tabs import Tab
from ui.pages.work_order_doing import DoingPane
from ui.pages.work_order_facts import FactsPane
from ui.pages.work_order_feedback import FeedbackPane
from ui.pages.work_order_links import LinksPane
from ui.pages.work_order_money import MoneyPane
from ui.pages.work_order_steps import StepsPane

TABS: tuple[Tab, ...] = (
    Tab("facts", N_("Facts"), "work_orders.sheet", FactsPane),
    Tab("doing", N_("Doing"), "work_orders.doing", DoingPane),
    Tab("money", N_("Money"), "work_orders.money", MoneyPane),
    Tab("feedback", "work_feedback", "work_orders.doing", FeedbackPane),
    Tab("steps", N_("Steps"), "work_orders.sheet", StepsPane),
    Tab("links", N_("Links"), "work_orders.sheet", LinksPane),
)
