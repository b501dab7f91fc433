"""Staff: the people who keep things."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section

SCREEN = Screen(
    name="staff",
    title="staff",
    icon="users",
    listing="staff",
    entity="staff",
    columns=(
        Col("name", second="number", tile="user"),
        Col("unit_id", 240),
        Col("compound_id", 220),
        Col("phone", 140),
    ),
    filters=("compound_id", "unit_id"),
    form=(
        Section(
            N_("Person"),
            N_("Left empty, the number is given by the office's own series."),
            ("name", 3),
            ("number", 3),
            ("compound_id", 3),
            ("unit_id", 3),
        ),
        Section(
            N_("Personal data"),
            N_("Shown as a mask. Leave it as it is, or type the whole value anew."),
            ("phone", 2),
            ("id_number", 4),
            ("address", 6),
        ),
    ),
    add="staff.add",
    revise="staff.revise",
    acts=(
        TAKE_IN,
        EXPORT,
        Act("staff.export_personal", "download", N_("Export with personal data"), on="none"),
        Act("staff.erase_personal", "trash-2", N_("Erase personal data")),
        Act("handovers.draft_leaving", "arrow-right-left", N_("Leaving post…")),
        Act("staff.leave", "log-out", N_("Record leaving…")),
        Act("staff.add", "plus", N_("Add person"), on="none", primary=True),
    ),
    facts=("number", "left_on", "unit_id", "compound_id", "phone", "id_number", "address"),
    empty=N_("Add the people who keep assets and sign for them."),
)
