"""What is needed: asked for, decided, accepted; and the forms of these steps."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section, Tone
from ui.screens.assets import icon

STATES: Mapping[str, Tone] = {
    "requested": "warn",
    "decided": "info",
    "accepted": "ok",
    "met": "ok",
    "cancelled": "idle",
}


def pieces(row: Row) -> str:
    """How many are needed, with their unit."""
    return " ".join(filter(None, (f"{row['quantity']:,}", row.get("measure"))))


SCREEN = Screen(
    name="asset_needs",
    title="asset_needs",
    icon="clipboard-check",
    listing="asset_needs",
    entity="asset_need",
    columns=(
        Col("name", second="number", tile=icon),
        Col("class_code", 130, label="asset.class_name"),
        Col("quantity", 80, words=pieces),
        Col("unit_price", 110),
        Col("unit_id", 130),
        Col("state", 100, pill=STATES),
    ),
    filters=("state", "compound_id", "class_code", "unit_id", "needed_on", "source"),
    start=(("state", ("requested", "decided")),),
    form=(
        Section(
            N_("What is needed"),
            N_("The class decides which idle assets are offered first."),
            ("name", 4),
            ("number", 2),
            ("class_code", 3),
            ("model", 3),
            "quantity",
            "measure",
            "unit_price",
        ),
        Section(
            N_("For whom and why"),
            N_("Who asks, for which unit, by when."),
            ("compound_id", 3),
            ("unit_id", 3),
            ("staff_id", 3),
            ("needed_on", 3),
            ("reason", 6),
            ("note", 6),
        ),
    ),
    add="asset_needs.add",
    revise="asset_needs.revise",
    acts=(EXPORT, Act("asset_needs.add", "plus", N_("Add need"), on="none", primary=True)),
    facts=(
        "class_code", "model", "quantity", "unit_price", "compound_id", "unit_id", "staff_id", "needed_on", "reason",
        "source", "decision", "decided_on", "supplier", "contract", "price", "accepted_on", "accepted", "rejected",
        "note",
    ),
    empty=N_("Ask for what is missing: what lies idle of the same class is offered before anything is bought."),
)  # fmt: skip
DECIDE = (
    Section(N_("Decision"), N_("How it is provided, and the paper that says so."), ("source", 2), ("decided_on", 2),
            ("decision", 6)),
    Section(N_("Idle assets"), N_("Needed where idle assets of the class are there."), ("not_idle", 6)),
)  # fmt: skip
PROCURE = (
    Section(N_("Procurement"), N_("From whom, how, and for how much a piece."), ("procurement", 3), ("price", 3),
            ("supplier", 6), ("contract", 3), ("invoice", 3)),
)  # fmt: skip
MEET = (
    Section(
        N_("Receiver"), N_("A handover note is drafted; both sides sign it."), ("to_staff_id", 3), ("from_staff_id", 3)
    ),
)
ACCEPT = (
    Section(N_("Acceptance"), N_("Two different persons look at what came."), "accepted_on", "accepted_by_id",
            "second_by_id", "accepted", "rejected", ("rejected_why", 2)),
    Section(N_("Value"), N_("What was paid a piece, and where it stands in the books."), "price", "invoice", "voucher",
            ("entered_on", 3), ("warranty_until", 3)),
    Section(N_("Cards"), N_("One card a piece, or one for all; serial numbers one a line."), ("each", 3), ("brand", 3),
            ("serials", 6)),
    Section(N_("Place and use"), N_("Left empty, the things lie idle until they are assigned."), "unit_id",
            "keeper_id", "room_id"),
)  # fmt: skip
