"""What happened to titles: the entries of all ledgers, and what each kind of entry says."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section

ICONS = {
    "survey": "ruler", "management": "pencil", "mortgage": "landmark", "mortgage_release": "landmark",
    "seizure": "gavel", "seizure_release": "gavel", "objection": "gavel", "objection_end": "gavel",
    "dispute_opened": "gavel", "dispute_settled": "gavel", "housing_sale": "key-round", "loss": "search",
    "cancellation": "x",
}  # fmt: skip
PAPERS = ("first_registration", "record_filing", "reissue")
FIRST = (("on", 2), ("paper", 4))
LAST = (("note", 6),)
RIGHT = ("certificate", ("party", 2), ("unit_id", 2), "co_ownership", "use", "land_nature", "term_until", "area")
SAYS: Mapping[str, tuple[str | tuple[str, int], ...]] = {  # besides day, paper and note
    "first_registration": RIGHT,
    "record_filing": RIGHT,
    "change": RIGHT,
    "correction": RIGHT,
    "transfer": RIGHT,
    "reissue": ("certificate",),
    "cancellation": (),
    "loss": (),
    "survey": ("area",),
    "management": (("unit_id", 4),),
    "housing_sale": (("party", 2), ("room_id", 2), "amount"),
    "mortgage": (("party", 2), "amount", "until_on"),
    "seizure": (("party", 4), "until_on"),
    "objection": (("party", 4), "until_on"),
    "dispute_opened": (("party", 4),),
}
HELP = {
    "change": N_("What is left empty stays as it was."),
    "correction": N_("What is left empty stays as it was."),
    "transfer": N_("What is left empty stays as it was."),
    "management": N_("The unit that looks after the property from this day on."),
    "record_filing": N_("Stands in for registration where that is not possible."),
    "mortgage": N_("The party is the creditor; “until” is the day the debt is due."),
    "seizure": N_("The party is the court or authority; one that ran out stands until its end is entered."),
    "objection": N_("The party is whoever objects."),
    "dispute_opened": N_("The party is the other side."),
    "survey": N_("The floor area measured; it is compared with the certificate and the books."),
    "housing_sale": N_("Name the room that was sold; without one the whole title passes to the buyer."),
}
PARTY = {  # who the party of an event is
    "mortgage": N_("Creditor {who}"),
    "seizure": N_("Seized by {who}"),
    "objection": N_("Objection by {who}"),
    "dispute_opened": N_("Dispute with {who}"),
    "housing_sale": N_("Buyer {who}"),
    "management": N_("Managed by {who} from then on"),
}
HOLDER = N_("Holder {who}")


def icon(row: Row) -> str:
    """The icon of an entry by its kind."""
    kind = str(getattr(row["kind"], "value", row["kind"]))
    return ICONS.get(kind, "file-text" if kind in PAPERS else "stamp")


def form(kind: str) -> tuple[Section, ...]:
    """The form of an entry: only what its kind says."""
    return (Section(f"title_event.kind={kind}", HELP.get(kind, ""), *FIRST, *SAYS.get(kind, ()), *LAST),)


SCREEN = Screen(
    name="title_events",
    title="title_events",
    icon="history",
    listing="title_events",
    entity="title_event",
    columns=(
        Col("kind", second="paper", tile=icon),
        Col("title_id", 190),
        Col("on", 110),
        Col("party", 160),
        Col("area", 110),
        Col("until_on", 110),
    ),
    filters=("kind", "on", "title_id", "compound_id", "until_on"),
    acts=(EXPORT, Act("titles.sheet", "arrow-right", N_("Open title"))),
    facts=("number", "title_id", "on", "paper", "certificate", "party", "unit_id", "use", "land_nature", "term_until",
           "area", "amount", "until_on", "ends_id", "note"),
    empty=N_("Open a title and enter what happened to it: registration, survey, mortgage, a new managing unit."),
)  # fmt: skip
