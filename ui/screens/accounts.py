"""Accounts: who may sign in."""

from __future__ import annotations

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Screen, Section

SCREEN = Screen(
    name="accounts",
    title="accounts",
    icon="user-round",
    listing="accounts",
    entity="account",
    columns=(Col("person", second="name", tile="user"), Col("password_at", 200), Col("retired_on", 160)),
    form=(
        Section(
            N_("Account"),
            N_("An account may do nothing until a role is granted to it."),
            ("name", 3),
            ("person", 3),
            ("password", 3),
        ),
    ),
    add="accounts.add",
    acts=(
        EXPORT,
        Act("accounts.reset_password", "lock", N_("Give a new password")),
        Act("accounts.retire", "circle-x", N_("Retire account")),
        Act("accounts.add", "plus", N_("Add account"), on="none", primary=True),
    ),
    facts=("name", "password_at", "retired_on"),
    empty=N_("Add the people who work with this office's data."),
)
