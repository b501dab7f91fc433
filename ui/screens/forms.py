"""Forms that belong to an act and not to one kind of record, and how fields of places hang together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from resources.words import N_
from services.desk.errors import Invalid
from services.desk.intent import INTENTS
from services.desk.schema import arguments
from ui import asks
from ui.kit.form import FormPage
from ui.kit.screen import Screen, Section
from ui.kit.text import Own

if TYPE_CHECKING:
    from ui.kit.background import Background

BASIS = Section(
    N_("Terms"),
    N_("The paper this rests on, the day and the way of checking."),
    ("basis", 6),
    "handed_on",
    "mode",
    "supervisor_id",
    ("note", 6),
)
ASSIGN = (
    Section(
        N_("Receiver"),
        N_("Who keeps the assets from now on, and where."),
        ("to_staff_id", 2),
        ("to_unit_id", 2),
        ("to_room_id", 2),
    ),
    Section(N_("Giver"), N_("Left empty, the keeper named on the cards."), ("from_staff_id", 3), ("from_unit_id", 3)),
    BASIS,
)
LEND = (
    Section(
        N_("Borrower"),
        N_("A person of the office, or who borrows from outside and how to reach him."),
        ("to_staff_id", 2),
        ("to_unit_id", 2),
        ("to_room_id", 2),
        ("borrower", 3),
        ("contact", 3),
        ("due_on", 2),
    ),
    Section(N_("Giver"), N_("Left empty, the keeper named on the cards."), ("from_staff_id", 3), ("from_unit_id", 3)),
    BASIS,
)
TRANSFER = (
    Section(
        N_("Where to"),
        N_("The cards are closed here and opened there, under the same numbers."),
        ("to_compound_id", 3),
        ("to_staff_id", 3),
        ("to_unit_id", 3),
        ("to_room_id", 3),
    ),
    Section(N_("Giver"), N_("Left empty, the keeper named on the cards."), ("from_staff_id", 3), ("from_unit_id", 3)),
    BASIS,
)
TAKE_BACK = (
    Section(
        N_("What was lent comes back"),
        N_("Each thing goes back to its keeper and place before the loan, unless others are named here."),
        ("to_staff_id", 3),
        ("to_room_id", 3),
        ("handed_on", 3),
        ("supervisor_id", 3),
        ("note", 6),
    ),
)
LEAVING = (
    Section(
        N_("Leaving post"),
        N_("One note in each compound over everything in this name."),
        ("to_staff_id", 3),
        ("supervisor_id", 3),
        ("basis", 4),
        ("handed_on", 2),
        ("note", 6),
    ),
)
SHORT = (
    Section(
        N_("Pieces missing"), N_("How many pieces are not there, and what is known of them."), ("short", 2), ("word", 4)
    ),
)
DAMAGED = (Section(N_("Damaged"), N_("What is damaged; it is printed on the note."), ("word", 6)),)
SIGN = (Section(N_("Signature"), N_("Recorded after the side signed the printed note."), ("side", 3), ("on", 3)),)
ABOVE = {  # nearest first
    "building_id": ("compound_id",), "room_id": ("building_id", "compound_id"), "part_store_id": ("compound_id",),
    "to_store_id": ("compound_id",),
}  # fmt: skip


def only(sections: Iterable[Section], known: set[str]) -> tuple[Section, ...]:
    """The sections with the fields an intent takes."""
    made = []
    for section in sections:
        fields = [(name, span) for name, span in section.fields if name in known]
        if fields:
            made.append(Section(section.title, section.help, *fields))
    return tuple(made)


class Within:
    """What a place is chosen within: what the form says so far, else what is fixed. `page` is set once it is made."""

    def __init__(self, fixed: Mapping[str, Any]) -> None:
        self.page: FormPage | None = None
        self.fixed = {name: fixed[name] for name in ("compound_id", "building_id") if fixed.get(name)}

    def rules(self) -> dict[str, Callable[[], Mapping[str, Any]]]:
        """For the form: field -> what narrows it."""
        return {name: partial(self._above, name) for name in ABOVE} | {
            "to_room_id": partial(self._above, "building_id")
        }

    def _above(self, name: str) -> Mapping[str, Any]:
        for above in ABOVE[name]:
            value = self._said(above) or self.fixed.get(above)
            if value:
                return {above: value}
        return {}

    def _said(self, name: str) -> Any:
        if self.page is None or name not in self.page.fields:
            return None
        try:
            return self.page.fields[name].value()
        except Invalid:
            return None


def revising(screen: Screen, row: Mapping[str, Any], background: Background) -> FormPage:
    """The form of a record as it is, to be changed."""
    fields = [f for f in arguments(screen.revise) if f.name != f"{screen.entity}_id"]
    known = {f.name for f in fields}
    labels = {f.name: str(row.get(f.name.removesuffix("_id")) or "") for f in fields}
    labels["class_code"] = str(row.get("class_name") or row.get("class_code") or "")
    places = Within({"compound_id": row.get("compound_id")})
    page = FormPage(
        INTENTS[screen.revise].label, fields, only(screen.form, known), background, {n: row.get(n) for n in known},
        labels=labels, revising=True, back=((screen.name, screen.title),), spell=asks.in_words,
        within=places.rules(), facts=Own(named(screen, row)),
    )  # fmt: skip
    places.page = page
    return page


def named(screen: Screen, row: Mapping[str, Any]) -> str:
    """How the list names a record."""
    first = screen.columns[0]
    name = first.name.removesuffix("_id")
    return " · ".join(str(row[part]) for part in (first.second, name) if part and row.get(part))
