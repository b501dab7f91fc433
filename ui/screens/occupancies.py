"""Occupancies: who uses which room, from when until when, by which paper."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section

SCREEN = Screen(
    name="occupancies",
    title="occupancies",
    icon="armchair",
    listing="occupancies",
    entity="occupancy",
    columns=(
        Col("room_id", second="compound_id", tile="door-open"),
        Col("unit_id", 140),
        Col("staff_id", 84),
        Col("rank", 88),
        Col("until_on", 98),
        Col("agreement_until", 98),
        Col("certificate_until", 98),
    ),
    filters=(
        "compound_id", "room_id", "unit_id", "staff_id", "level", "rank", "from_on", "until_on", "agreement_until",
        "certificate_until",
    ),
    form=(
        Section(
            N_("Room and user"),
            N_("A room may have several users; each is recorded with the unit, and with the person where it is his."),
            ("compound_id", 3),
            ("room_id", 3),
            ("unit_id", 3),
            ("staff_id", 3),
            "level",
            "rank",
            "area",
        ),
        Section(N_("Time"), N_("Without a last day the use goes on."), "from_on", "until_on", "number"),
        Section(
            N_("Papers"),
            N_("The use agreement with the organ-affairs office, and the certificate of use it issues."),
            ("agreement", 4),
            "agreement_until",
            ("certificate", 4),
            "certificate_until",
        ),
        Section(
            N_("Over the standard"),
            N_("What was decided about an office larger than its users may have, and what came of it."),
            ("decision", 4),
            "decided_on",
            ("result", 6),
            ("note", 6),
        ),
    ),
    add="occupancies.add",
    revise="occupancies.revise",
    acts=(
        EXPORT,
        Act("occupancies.room", "door-open", N_("Room sheet")),
        Act("occupancies.remove", "trash-2", N_("Remove occupancy")),
        Act("occupancies.add", "plus", N_("Add occupancy"), on="none", primary=True),
    ),
    facts=(
        "compound_id", "room_id", "unit_id", "staff_id", "level", "rank", "area", "from_on", "until_on", "agreement",
        "agreement_until", "certificate", "certificate_until", "decision", "decided_on", "result", "note",
    ),
    empty=N_("Record who uses which room, by which agreement and certificate."),
)  # fmt: skip
