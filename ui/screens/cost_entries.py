"""Cost entries: what a compound paid in a year for a function."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section

SCREEN = Screen(
    name="cost_entries",
    title="cost_entries",
    icon="coins",
    listing="cost_entries",
    entity="cost_entry",
    columns=(
        Col("function", second="number", tile="coins"),
        Col("compound_id", 160),
        Col("year", 80),
        Col("amount", 130),
        Col("posts_own", 100),
        Col("posts_contracted", 100),
    ),
    filters=("compound_id", "year", "function", "amount"),
    form=(
        Section(
            N_("Compound, year, function"),
            N_("One entry for each function of a compound's year."),
            ("compound_id", 3),
            ("function", 3),
            "year",
            ("amount", 4),
        ),
        Section(
            N_("Posts and basis"),
            N_("Posts at the end of the year: the office's own, and those of contractors."),
            "posts_own",
            "posts_contracted",
            "number",
            ("basis", 6),
            ("note", 6),
        ),
    ),
    add="cost_entries.add",
    revise="cost_entries.revise",
    acts=(
        EXPORT,
        Act("cost_entries.remove", "trash-2", N_("Remove cost entry")),
        Act("cost_entries.add", "plus", N_("Add cost entry"), on="none", primary=True),
    ),
    facts=("compound_id", "year", "function", "amount", "posts_own", "posts_contracted", "basis", "note"),
    empty=N_("Enter what each compound paid in a year, by function."),
)
