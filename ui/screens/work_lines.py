"""Forms of what is done on a work order and what it costs; a line is revised in the form it was added by."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import Col, Screen, Section
from ui.screens.parts import BACK, ISSUE

VISIT = (
    Section(N_("Who came"), N_("One of the office, a firm, or a name."), ("staff_id", 2), ("provider_id", 2),
            ("person", 2)),
    Section(N_("From when until when"), N_("The way there and back in minutes."), ("came_at", 2), ("left_at", 2),
            ("travel_minutes", 2), ("note", 6)),
)  # fmt: skip
LABOUR = (
    Section(N_("Who worked how long"), N_("In minutes, each day by itself; the rate of the day makes the cost."),
            ("staff_id", 2), ("on", 2), ("minutes", 2), ("note", 6)),
)  # fmt: skip
MATERIAL = (
    Section(N_("What was used up"), N_("Its cost line is written with it."), ("name", 4), ("on", 2), ("quantity", 2),
            ("measure", 2), ("unit_price", 2), ("note", 6)),
)  # fmt: skip
PERMIT = (
    Section(N_("What is permitted"), N_("One kind of danger at one place."), ("kind", 2), ("place", 4),
            ("measures", 6)),
    Section(N_("Until when, and who answers for it"), N_("In a confined space nobody works alone: say who watches."),
            ("valid_from", 3), ("valid_until", 3), ("issued_by_id", 3), ("watched_by_id", 3), ("number", 2)),
)  # fmt: skip
COST = (
    Section(N_("What was spent"), N_("Who pays is the payer of the order, unless another is named."), ("label", 4),
            ("kind", 2), ("amount", 2), ("on", 2), ("payer", 2), ("provider_id", 2), ("voucher", 2), ("number", 2),
            ("despite_warranty", 6)),
)  # fmt: skip
FEEDBACK = (
    Section(N_("Who said what"), N_("A complaint waits for its answer; on a return visit people say how it is."),
            ("kind", 2), ("at", 2), ("person", 2), ("satisfied", 2), ("number", 2), ("words", 6)),
)  # fmt: skip
QUOTE = (
    Section(N_("What the firm asks for"), N_("For the whole job, in yuan."), ("provider_id", 4), ("amount", 2),
            ("quoted_on", 2), ("valid_until", 2), ("days", 2), ("number", 2), ("note", 4)),
)  # fmt: skip
LINE_FORMS: Mapping[str, tuple[Section, ...]] = {
    "work_visits.add": VISIT, "work_labour.add": LABOUR, "work_materials.add": MATERIAL, "work_permits.add": PERMIT,
    "work_costs.add": COST, "work_quotes.add": QUOTE, "work_feedback.add": FEEDBACK,
    "part_movements.issue": ISSUE, "part_movements.give_back": BACK,
    "work_feedback.answer": (
        Section(N_("What is answered"), N_("The complaint is closed with it."), ("answer", 6)),
    ),
    "work_permits.close": (
        Section(N_("How the place was left"), N_("Work under it has ended."), ("closing", 6)),
    ),
    "work_quotes.choose": (
        Section(N_("Why this one"), N_("Needed where another is cheaper, or the asset is under warranty."),
                ("chosen_why", 6)),
    ),
    "work_checklists.lay": (
        Section(N_("Which checklist"), N_("Its lines are copied; later changes leave them as they are."),
                ("checklist_id", 6)),
    ),
    "work_costs.capitalise": (
        Section(N_("What the asset is worth from then on"),
                N_("All cost lines that did not yet go into a value make it dearer."), ("on", 2), ("life_months", 2),
                ("paper", 6), ("reason", 6)),
    ),
}  # fmt: skip


def answer(field: str, *, meter: bool = False) -> tuple[Section, ...]:
    """The form of an answer: what the line asks for, and a word beside it; of a meter, whether it was changed."""
    beside = () if field == "words" else (("words", 6),)
    help_ = N_("A number beyond its limits, or a no, has failed: an order can be made of it.")
    changed = (("restarted", 3),) if meter else ()
    return (Section(N_("Answer"), help_, (field, 3 if beside else 6), *changed, *beside),)


def _line(listing: str, entity: str, first: str, form: tuple[Section, ...]) -> Screen:
    """What it takes to revise a line; it is no place of the rail."""
    return Screen(name="work_orders", title="work_orders", icon="wrench", listing=listing, entity=entity,
                  columns=(Col(first),), form=form, revise=f"{listing}.revise")  # fmt: skip


LINES: Mapping[str, Screen] = {
    screen.revise: screen for screen in (
        _line("work_visits", "work_visit", "person", VISIT), _line("work_labour", "work_labour", "staff_id", LABOUR),
        _line("work_materials", "work_material", "name", MATERIAL),
        _line("work_permits", "work_permit", "place", PERMIT), _line("work_costs", "work_cost", "label", COST),
        _line("work_quotes", "work_quote", "number", QUOTE),
        _line("work_feedback", "work_feedback", "words", FEEDBACK),
    )
}  # fmt: skip
