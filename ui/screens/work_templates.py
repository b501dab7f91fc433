"""What work is done by: checklists and their lines, rates of labour, which work takes a permit; the permits there are
and the complaints that wait."""

from __future__ import annotations

from resources.words import N_
from ui.kit import show
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section
from ui.screens.work_rules import HOLDS, shipped, trade


def limits(row: Row) -> str:
    """Between what a number has to lie."""
    low, high = ("" if row[name] is None else show.quantity(row[name]) for name in ("least", "most"))
    between = f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
    return f"{between} {row['measure'] or ''}".strip() or show.NOTHING


def valid(row: Row) -> str:
    """Until when a permit holds."""
    return show.instant(row["valid_until"])


def said_at(row: Row) -> str:
    """When it was said."""
    return show.instant(row["at"])


CHECKLISTS = Screen(
    name="checklists",
    title="checklists",
    icon="clipboard-check",
    listing="checklists",
    entity="checklist",
    columns=(Col("name", second="number", tile="clipboard-check"), Col("trade", 140), Col("compound_id", 180),
             Col("source", 260)),
    filters=("trade", "compound_id"),
    form=(Section(N_("Checklist"), N_("Without a compound for the whole office. Its lines are added beside it."),
                  ("name", 4), ("trade", 2), ("compound_id", 3), ("number", 3), ("source", 6)),),
    add="checklists.add",
    revise="checklists.revise",
    acts=(EXPORT, Act("checklists.add", "plus", N_("Add checklist"), on="none", primary=True),
          Act("checklists.items", "list", "checklist_items"),
          Act("checklists.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("number", "name", "trade", "compound_id", "source"),
    empty=N_("Write down once what is gone through when work of a trade is done."),
)  # fmt: skip
ITEMS = Screen(
    name="checklist_items",
    title="checklist_items",
    icon="list",
    listing="checklist_items",
    entity="checklist_item",
    columns=(Col("text", tile="list", second="position"), Col("checklist_id", 220), Col("kind", 110),
             Col("least", 150, label=N_("Limits"), words=limits), Col("required", 110)),
    filters=("checklist_id", "kind", "compound_id"),
    form=(Section("checklist_item", N_("How it is answered; only numbers and readings have limits and a unit."),
                  ("checklist_id", 4), ("position", 2), ("text", 6), ("kind", 2), ("required", 2)),
          Section(N_("Limits"), N_("What lies beyond them has failed."), ("least", 2), ("most", 2), ("measure", 2)),
          Section(N_("Meter"), 
                  N_("What is read is entered for the meter of this kind on the asset or at the place of the order."),
                  ("meter", 3))),
    add="checklist_items.add",
    revise="checklist_items.revise",
    acts=(EXPORT, Act("checklist_items.add", "plus", N_("Add line"), on="none", primary=True),
          Act("checklist_items.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("checklist_id", "position", "text", "kind", "least", "most", "measure", "meter", "required"),
    empty=N_("A checklist has lines: yes or no, a number within limits, a reading, words, a photo."),
)  # fmt: skip
RATES = Screen(
    name="labour_rates",
    title="labour_rates",
    icon="coins",
    listing="labour_rates",
    entity="labour_rate",
    columns=(Col("trade", second="basis", tile="coins", words=trade), Col("an_hour", 130), Col("compound_id", 180),
             *HOLDS),
    filters=("trade", "compound_id"),
    form=(Section(N_("What an hour costs"), N_("Without a trade for all, without a compound for the whole office."),
                  ("an_hour", 2), ("trade", 2), ("compound_id", 2), ("from_on", 2), ("until_on", 2), ("basis", 6)),),
    add="labour_rates.add",
    revise="labour_rates.revise",
    acts=(EXPORT, Act("labour_rates.add", "plus", N_("Add rate"), on="none", primary=True),
          Act("labour_rates.remove", "trash-2", N_("Remove"), beside=False)),
    facts=("trade", "an_hour", "compound_id", "from_on", "until_on", "basis"),
    empty=N_("Where no rate holds, hours are kept and nothing is charged."),
)  # fmt: skip
PERMITS = Screen(
    name="work_permits_open",
    title="work_permits_open",
    icon="shield-check",
    listing="work_permits_open",
    entity="work_permit",
    columns=(Col("place", second="number", tile="shield-check"), Col("kind", 110), Col("valid_until", 140, words=valid),
             Col("work_order_id", 170), Col("issued_by_id", 100), Col("watched_by_id", 100)),
    filters=("kind", "compound_id", "issued_by_id", "valid_until"),
    acts=(EXPORT, Act("work_orders.sheet", "arrow-right", N_("Open order"))),
    facts=("number", "kind", "place", "measures", "work_order_id", "issued_by_id", "watched_by_id", "valid_from",
           "valid_until"),
    empty=N_("No permit is open; one is issued on the page of its work order."),
)  # fmt: skip
FEEDBACK = Screen(
    name="work_feedback_open",
    title="work_feedback_open",
    icon="phone",
    listing="work_feedback_open",
    entity="work_feedback",
    columns=(Col("words", second="number", tile="phone"), Col("kind", 110), Col("person", 110),
             Col("at", 140, words=said_at), Col("work_order_id", 200), Col("compound_id", 150)),
    filters=("kind", "compound_id", "at"),
    acts=(EXPORT, Act("work_orders.sheet", "arrow-right", N_("Open order"))),
    facts=("number", "kind", "words", "person", "at", "satisfied", "work_order_id", "compound_id"),
    empty=N_("Nobody waits for an answer; a complaint is written down on the page of its work order."),
)  # fmt: skip
PERMIT_RULES = shipped(
    "permit_rules", "permit_rule", "scroll-text", "kind", Col("trade", 130), Col("most_hours", 130), *HOLDS
)
OWN = (CHECKLISTS, ITEMS, RATES)
