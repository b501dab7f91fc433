"""Who works for the office: companies and own service units, their licences, and which work takes which licence."""

from __future__ import annotations

from collections.abc import Mapping

from resources.words import N_
from ui.kit.screen import EXPORT, TAKE_IN, Act, Col, Screen, Section, Tone

KINDS: Mapping[str, Tone] = {"company": "info", "own_unit": "idle"}
FIRM = (
    Section(N_("Who"), N_("A company by its credit code, or a service unit of the office's own."), ("name", 4),
            ("kind", 2), ("credit_code", 3), ("unit_id", 3), ("number", 2), ("ended_on", 2)),
    Section(N_("How to reach it"), N_("The number that is answered at night too comes last."), ("contact", 2),
            ("phone", 2), ("duty_phone", 2), ("note", 6)),
)  # fmt: skip
LICENCE = (
    Section(N_("Licence"), N_("Whether it holds on a day follows from its days."), ("provider_id", 3), ("licence", 3),
            ("paper_no", 3), ("issuer", 3), ("scope_words", 6)),
    Section(N_("Its days"), N_("Without a last day it holds until it is withdrawn."), ("issued_on", 2),
            ("valid_until", 2), ("revoked_on", 2)),
)  # fmt: skip
SCREEN = Screen(
    name="providers",
    title="providers",
    icon="users",
    listing="providers",
    entity="provider",
    columns=(
        Col("name", second="number", tile="users"),
        Col("kind", 110, pill=KINDS),
        Col("contact", 120),
        Col("phone", 130),
        Col("duty_phone", 130),
        Col("ended_on", 110),
    ),
    filters=("kind", "ended_on"),
    form=FIRM,
    add="providers.add",
    revise="providers.revise",
    acts=(EXPORT, TAKE_IN, Act("providers.add", "plus", N_("Add provider"), on="none", primary=True),
          Act("providers.remove", "trash-2", N_("Remove"))),
    facts=("kind", "credit_code", "unit_id", "contact", "phone", "duty_phone", "ended_on", "note"),
    empty=N_("Enter who works for the office; work is given to a firm that holds the licence it takes."),
)  # fmt: skip
LICENCES = Screen(
    name="provider_licences",
    title="provider_licences",
    icon="file-badge",
    listing="provider_licences",
    entity="provider_licence",
    columns=(
        Col("licence", second="paper_no", tile="file-badge"),
        Col("provider_id", 220),
        Col("issuer", 160),
        Col("issued_on", 110),
        Col("valid_until", 110),
        Col("revoked_on", 110),
    ),
    filters=("provider_id", "licence", "valid_until", "revoked_on"),
    form=LICENCE,
    add="provider_licences.add",
    revise="provider_licences.revise",
    acts=(EXPORT, Act("provider_licences.add", "plus", N_("Add licence"), on="none", primary=True),
          Act("provider_licences.remove", "trash-2", N_("Remove"))),
    facts=("provider_id", "licence", "paper_no", "scope_words", "issuer", "issued_on", "valid_until", "revoked_on"),
    empty=N_("Enter the licences of firms: without a valid one no work is given to them that takes it."),
)  # fmt: skip
