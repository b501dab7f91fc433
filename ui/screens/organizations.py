"""Units: organs, departments, service centres."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section

SCREEN = Screen(
    name="organizations",
    title="organizations",
    icon="landmark",
    listing="organizations",
    entity="organization",
    columns=(Col("name", second="code", tile="landmark"), Col("parent_id", 280)),
    filters=("parent_id",),
    form=(Section(N_("Unit"), "", ("name", 4), "code", ("parent_id", 4)),),
    add="organizations.add",
    revise="organizations.revise",
    acts=(TAKE_IN, EXPORT, Act("organizations.add", "plus", N_("Add unit"), on="none", primary=True)),
    facts=("code", "parent_id"),
    empty=N_("Add the units that use and manage assets."),
)
