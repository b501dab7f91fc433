"""Accounts: who may sign in."""

from __future__ import annotations

from datetime import UTC, datetime

from resources.words import N_
from ui.kit.screen import EXPORT, Act, Col, Row, Screen, Section
from ui.kit.show import NOTHING
from ui.kit.text import words


def _failed(row: Row) -> str:
    """How often a wrong password was tried since the last sign-in, and until when the next try has to wait."""
    count, until = row["failed_tries"], row["delayed_until"]
    if not count:
        return NOTHING
    if until is not None and until > datetime.now(UTC):
        return words(N_("{n}, must wait until {time}"), n=count, time=until.astimezone().strftime("%H:%M:%S"))
    return str(count)


SCREEN = Screen(
    name="accounts",
    title="accounts",
    icon="user-round",
    listing="accounts",
    entity="account",
    columns=(
        Col("person", second="name", tile="user"),
        Col("signed_in_at", 140),
        Col("failed_tries", 190, words=_failed),
        Col("password_at", 140),
        Col("retired_on", 110),
    ),
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
        Act("role_grants.register", "printer", N_("Rights and roles"), on="none", beside=False),
        Act("journal.extract", "book-open", N_("Journal extract"), beside=False),
        Act("accounts.retire", "circle-x", N_("Retire account")),
        Act("accounts.add", "plus", N_("Add account"), on="none", primary=True),
    ),
    facts=(
        "name",
        "signed_in_at",
        "failed_before",
        "failed_tries",
        "delayed_until",
        "password_at",
        "retired_on",
    ),
    empty=N_("Add the people who work with this office's data."),
)
