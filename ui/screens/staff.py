"""Staff: the people who work here or keep things, and how a person is entered."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section, Tone

EMPLOYMENT: Mapping[str, Tone] = {
    "civil_servant": "info",
    "public_institution": "info",
    "workman": "info",
    "contract": "ok",
    "agency": "warn",
    "provider": "idle",
}
WATCHED = frozenset({
    "staff", "post", "post_holding", "staff_education", "staff_skill", "staff_merit", "staff_absence", "organization",
    "certificate", "certificate_recheck", "attendance", "training_session", "course",
})  # fmt: skip
SCREEN = Screen(
    name="staff",
    title="staff",
    icon="users",
    listing="staff",
    entity="staff",
    columns=(
        Col("name", second="number", tile="user"),
        Col("post_id", 130),
        Col("unit_id", 150),
        Col("compound_id", 150),
        Col("employment", 110, pill=EMPLOYMENT),
        Col("education", 90),
        Col("skill_level", 130),
        Col("phone", 120),
    ),
    filters=("compound_id", "unit_id", "post_id", "employment", "employer", "education", "retires_on", "left_on"),
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
            N_("Employment"),
            N_("How he is employed; whose people they are, where they are not the office's own."),
            ("employment", 3),
            ("employer", 3),
            ("grade", 3),
            ("joined_on", 3),
        ),
        Section(
            N_("Schooling and skill"),
            N_("The highest of each; stages with their proofs are added on his page."),
            ("education", 2),
            ("skill_trade", 2),
            ("skill_level", 2),
        ),
        Section(
            N_("Private facts"),
            N_("Told on his page alone, and in no list or export unless asked for. The group decides when he retires."),
            ("sex", 2),
            ("born_on", 2),
            ("ethnicity", 2),
            ("political_status", 2),
            ("retirement_group", 2),
            ("retirement_shift", 2),
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
        Act("staff.export_personal", "download", N_("Export with personal data"), on="none", beside=False),
        Act("staff.retention", "hourglass", N_("Due for deletion…"), on="none", beside=False),
        Act("staff.sheet", "user-round", N_("Open")),
        Act("staff.erase_personal", "trash-2", N_("Erase personal data")),
        Act("handovers.draft_leaving", "arrow-right-left", N_("Leaving post…")),
        Act("staff.leave", "log-out", N_("Record leaving…")),
        Act("staff.add", "plus", N_("Add person"), on="none", primary=True),
    ),
    facts=(
        "number", "post_id", "grade", "unit_id", "compound_id", "employment", "employer", "joined_on", "left_on",
        "left_why", "education", "skill_trade", "skill_level", "phone", "id_number", "address",
    ),
    empty=N_("Add the people who keep assets and sign for them."),
)  # fmt: skip
