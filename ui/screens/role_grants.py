"""Grants: who holds which role, where, from when until when."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section

SCREEN = Screen(
    name="role_grants",
    title="role_grants",
    icon="key-round",
    listing="role_grants",
    entity="role_grant",
    columns=(
        Col("account_id", second="number", tile="key-round"),
        Col("role", 190),
        Col("compound_id", 200),
        Col("from_on", 120),
        Col("until_on", 120),
    ),
    filters=("account_id", "role", "compound_id", "until_on"),
    form=(
        Section(
            N_("Grant"),
            N_("Without a compound it holds in all of them; without a last day until it is ended."),
            ("account_id", 3),
            ("role", 3),
            ("compound_id", 2),
            "from_on",
            "until_on",
        ),
    ),
    add="role_grants.add",
    acts=(
        EXPORT,
        Act("role_grants.register", "printer", N_("Rights and roles"), on="none"),
        Act("role_grants.end", "circle-x", N_("End grant")),
        Act("role_grants.add", "plus", N_("Grant role"), on="none", primary=True),
    ),
    facts=("number", "role", "compound_id", "from_on", "until_on"),
    empty=N_("Grant the first role."),
)
