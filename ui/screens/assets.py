"""Assets: the register."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Row, Screen, Section, Tone

ICONS = (  # the first beginning of the class code that fits names the icon
    ("A020618", "air-vent"),
    ("A0201", "monitor"),
    ("A0202", "printer"),
    ("A0203", "car"),
    ("A0205", "cog"),
    ("A0206", "zap"),
    ("A0208", "phone"),
    ("A0209", "video"),
    ("A0237", "flame"),
    ("A02", "cpu"),
    ("A01", "building-2"),
    ("A03", "gem"),
    ("A04", "book-open"),
    ("A05", "armchair"),
    ("A06", "leaf"),
)
STATUS: Mapping[str, Tone] = {
    "in_use": "ok",
    "idle": "idle",
    "repair": "warn",
    "lent": "info",
    "leased": "info",
    "to_dispose": "bad",
    "disposed": "idle",
}


KINDS: Mapping[str, str] = {  # kind of card -> its name
    "land": N_("Land"),
    "building": N_("Premises"),
    "structure": N_("Engineered structure"),
    "vehicle": N_("Vehicle"),
    "equipment": N_("Equipment"),
    "furniture": N_("Furniture and utensils"),
    "books": N_("Books and archives"),
    "relics": N_("Relics and exhibits"),
    "plants": N_("Special animals and plants"),
    "intangible": N_("Intangible asset"),
    "other": N_("Kind not known yet"),
}


def icon(row: Row) -> str:
    """The icon of a row, by its class."""
    code = row.get("class_code") or ""
    return next((name for start, name in ICONS if code.startswith(start)), "package")


def place(row: Row) -> str:
    """Building and room, or the words of the register."""
    found = " · ".join(filter(None, (row.get("building"), row.get("room"))))
    return found or row.get("place_text") or "—"


SPLIT = (
    Section(N_("What gets a card of its own"),
            N_("So many pieces, or a part of the thing with its name and its value; what was depreciated is shared to "
               "the fen."),
            ("quantity", 2), ("cost", 2), ("name", 4), ("paper", 4)),
)  # fmt: skip
MERGE = (
    Section(N_("Merged"), N_("The first card takes up the others: pieces, value, depreciation and parts. They must be "
                             "alike in all but number, pieces and value."), ("paper", 6)),
)  # fmt: skip
SCREEN = Screen(
    name="assets",
    title="assets",
    icon="package",
    listing="assets",
    entity="asset",
    columns=(
        Col("name", second="number", tile=icon),
        Col("class_code", 130, label="asset.class_name"),
        Col("room_id", 170, label=N_("Place"), words=place),
        Col("status", 110, pill=STATUS),
        Col("cost", 120),
        Col("keeper_id", 100),
    ),
    filters=("status", "compound_id", "building_id", "room_id", "class_code", "keeper_id", "acquired_on"),
    form=(
        Section(
            N_("Basics"),
            N_("Class by GB/T 14885-2022: type its code or name."),
            ("name", 4),
            ("number", 2),
            ("class_code", 4),
            ("quantity", 1),
            ("measure", 1),
            ("model", 2),
            "brand",
            "serial",
        ),
        Section(
            N_("What it is"),
            N_("What only things of this kind have."),
            ("structure", 3),
            ("floor_area", 3),
            "plate",
            "chassis",
            "engine",
        ),
        Section(
            N_("Value"),
            N_("The original value is all that was paid to acquire it."),
            "cost",
            "net_value",
            "value_kind",
            "acquired_on",
            "acquisition",
            "entered_on",
            "voucher",
            "funding",
            "in_service_on",
            "depreciation",
            "life_months",
            "prior_accumulated",
        ),
        Section(
            N_("Purchase and warranty"),
            N_("From whom, by which papers, and until when the maker answers for it."),
            ("supplier", 3),
            ("contract", 3),
            ("invoice", 3),
            ("warranty_until", 3),
        ),
        Section(
            N_("Rights"),
            N_("Whose it is, by which certificate, and whether others use it too."),
            "ownership",
            "certificate",
            "shared",
        ),
        Section(
            N_("Place and use"),
            N_("Managing compound, using unit and keeper are recorded apart."),
            ("compound_id", 3),
            ("building_id", 3),
            ("room_id", 2),
            ("unit_id", 2),
            ("keeper_id", 2),
            "status",
            ("note", 6),
        ),
    ),
    add="assets.add",
    revise="assets.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("depreciation.sheet", "coins", N_("Value"), beside=False),
        Act("assets.list", "printer", N_("Print register"), on="none", beside=False),
        Act("assets.sheet", "file-text", N_("Asset card"), on="one", beside=False),
        Act("maintenance_plans.equipment_file", "shield-check", N_("Safety file (special equipment)"), beside=False),
        Act("journal.extract", "book-open", N_("Journal extract"), beside=False),
        Act("labels.changed", "history", N_("Labels of what changed…"), on="none", beside=False),
        Act("labels.sheet", "tag", N_("Print labels"), on="many", beside=False),
        Act("assets.revise_many", "pencil", N_("Change several…"), on="many", beside=False),
        Act("assets.split", "copy", N_("Split card…"), on="one", beside=False),
        Act("assets.merge", "package", N_("Merge cards…"), on="many", beside=False),
        Act("handovers.draft", "arrow-right-left", N_("Assign to…"), on="many"),
        Act("handovers.lend", "clock", N_("Lend…"), on="many", beside=False, needs="handovers.draft"),
        Act("handovers.transfer", "map-pin", N_("Move to compound…"), on="many", beside=False, needs="handovers.draft"),
        Act("leases.draft", "key-round", N_("Lease out…"), beside=False),
        Act("disposals.draft", "archive", N_("Dispose of…"), on="many", beside=False),
        Act("assets.add", "plus", N_("Add asset"), on="none", primary=True),
    ),
    facts=(
        "class_code",
        "model",
        "brand",
        "serial",
        "quantity",
        "measure",
        "cost",
        "net_value",
        "acquired_on",
        "acquisition",
        "compound_id",
        "building_id",
        "room_id",
        "place_text",
        "unit_id",
        "keeper_id",
        "voucher",
        "note",
    ),
    empty=N_("Add your compounds first; then import the register you have, or add assets by hand."),
)
