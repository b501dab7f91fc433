"""Rules of maintenance: what is shipped, and what the office or one of its compounds says instead."""

from __future__ import annotations

from dataclasses import replace

from resources.words import N_
from ui.kit.month import NAMES
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section
from ui.kit.text import words

HOLDS = (Col("from_on", 110), Col("until_on", 110))
EVERY_TRADE = N_("Every trade")


def weekday(row: Row) -> str:
    """A day of the week by its name."""
    return words(NAMES[row["weekday"] - 1])


def trade(row: Row) -> str:
    """The trade it holds for; without one it holds for all."""
    return words(f"work_trade.code={row['trade']}" if row["trade"] else EVERY_TRADE)


LEVEL = (
    Section(N_("What is promised"), N_("By whom, for which work: without a trade for all, without a compound for the"
            " whole office."), ("priority", 2), ("trade", 2), ("compound_id", 2)),
    Section(N_("Within which time"), N_("In minutes, by every hour or by those that are worked."), ("clock", 2),
            ("respond_minutes", 2), ("complete_minutes", 2), ("from_on", 2), ("until_on", 2), ("basis", 6)),
)  # fmt: skip
HOURS = (
    Section(N_("When it is worked"), N_("One stretch of a weekday, 1 for Monday to 7 for Sunday, times as 08:30."),
            ("weekday", 2), ("opens", 2), ("closes", 2), ("compound_id", 2), ("from_on", 2), ("until_on", 2),
            ("basis", 6)),
)  # fmt: skip
DAY = (
    Section(N_("A day of its own"), N_("Off, or worked, whatever the calendar says."), ("on", 2), ("kind", 2),
            ("compound_id", 2), ("name", 6)),
)  # fmt: skip
LEVELS = Screen(
    name="service_levels",
    title="service_levels",
    icon="clock",
    listing="service_levels",
    entity="service_level",
    columns=(Col("priority", second="basis", tile="clock"), Col("trade", 110, words=trade), Col("compound_id", 150),
             Col("clock", 110), Col("respond_minutes", 120), Col("complete_minutes", 120), *HOLDS),
    filters=("priority", "trade", "compound_id", "clock"),
    form=LEVEL,
    add="service_levels.add",
    revise="service_levels.revise",
    acts=(EXPORT, Act("service_levels.add", "plus", N_("Add service level"), on="none", primary=True),
          Act("service_levels.remove", "trash-2", N_("Remove"))),
    facts=("priority", "trade", "compound_id", "clock", "respond_minutes", "complete_minutes", "from_on", "until_on",
           "basis"),
    empty=N_("The shipped service levels hold; enter what the office or a compound promises instead."),
)  # fmt: skip
WORKING = Screen(
    name="working_hours",
    title="working_hours",
    icon="clock",
    listing="working_hours",
    entity="working_hours",
    columns=(Col("weekday", tile="clock", second="basis", words=weekday), Col("opens", 90), Col("closes", 90),
             Col("compound_id", 160), *HOLDS),
    filters=("weekday", "compound_id"),
    form=HOURS,
    add="working_hours.add",
    revise="working_hours.revise",
    acts=(EXPORT, Act("working_hours.add", "plus", N_("Add working hours"), on="none", primary=True),
          Act("working_hours.remove", "trash-2", N_("Remove"))),
    facts=("weekday", "opens", "closes", "compound_id", "from_on", "until_on", "basis"),
    empty=N_("The shipped hours hold; enter when the office or a compound works instead."),
)  # fmt: skip
DAYS = Screen(
    name="calendar_days",
    title="calendar_days",
    icon="calendar",
    listing="calendar_days",
    entity="calendar_day",
    columns=(Col("name", second="on", tile="calendar"), Col("kind", 110), Col("compound_id", 180)),
    filters=("kind", "compound_id", "on"),
    form=DAY,
    add="calendar_days.add",
    revise="calendar_days.revise",
    acts=(EXPORT, Act("calendar_days.add", "plus", N_("Add day"), on="none", primary=True),
          Act("calendar_days.remove", "trash-2", N_("Remove"))),
    facts=("on", "kind", "name", "compound_id"),
    empty=N_("The public holidays hold; enter days that are off, or worked, beside them."),
)  # fmt: skip


def shipped(name: str, entity: str, icon: str, first: str | Col, *columns: Col, facts: tuple[str, ...] = ()) -> Screen:
    """A list of shipped rows: the first column with what it rests on below it."""
    head = first if isinstance(first, Col) else Col(first)
    told = (head.name, *(column.name for column in columns), *facts, "source")
    return Screen(
        name=name, title=name, icon=icon, listing=name, entity=entity,
        columns=(replace(head, second="source", tile=icon), *columns), acts=(EXPORT,), facts=told, history=False,
        empty=N_("The shipped rules are missing; run a check."),
    )  # fmt: skip


LEVEL_RULES = shipped(
    "service_level_rules",
    "service_level_rule",
    "scroll-text",
    "priority",
    Col("clock", 120),
    Col("respond_minutes", 130),
    Col("complete_minutes", 130),
    *HOLDS,
)
HOURS_RULES = shipped(
    "working_hours_rules",
    "working_hours_rule",
    "scroll-text",
    Col("weekday", words=weekday),
    Col("opens", 90),
    Col("closes", 90),
    *HOLDS,
)
HOLIDAYS = shipped("public_holidays", "public_holiday", "calendar", "name", Col("on", 120), Col("kind", 110))
TRADES = shipped("work_trades", "work_trade", "wrench", "code", Col("certificate_trade", 190), *HOLDS)
HOLD_REASONS = shipped("hold_reasons", "hold_reason", "hourglass", "code", Col("pauses", 130), *HOLDS)
LICENCE_RULES = shipped(
    "provider_licence_rules",
    "provider_licence_rule",
    "file-badge",
    "code",
    Col("trade", 110),
    Col("own_staff", 130),
    *HOLDS,
)
OWN = (LEVELS, WORKING, DAYS)
SHIPPED = (LEVEL_RULES, HOURS_RULES, HOLIDAYS, TRADES, HOLD_REASONS, LICENCE_RULES)
