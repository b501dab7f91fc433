"""Errors a person can act on. Anything else is a bug."""

from __future__ import annotations

from resources.words import N_

STOPPED = N_("Stopped; nothing was changed.")
NOT_STORED = N_("Cancelled; nothing was stored")
NOT_YOURS = N_("Your role does not include this: {needs}")


class UserError(Exception):
    """Understood and refused; `message` is an English sentence with {places}, `values` fill it when it is shown."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message, self.values = message, values

    def __str__(self) -> str:
        return self.message.format(**self.values)


class NotAllowed(UserError):
    """The person has no right to this, here."""


class Missing(UserError):
    """What was named is not there, or out of reach."""


class Invalid(UserError):
    """The values do not make sense; says which and what would."""


class WrongUse(Invalid):
    """A command line that names no command, list or argument there is."""


class Conflict(UserError):
    """Something else stands against it: a duplicate, a later change, a use elsewhere."""


class Cancelled(UserError):
    """The person stopped it; nothing of it is stored."""


class BypassError(Exception):
    """A bug: somebody tried to read past the scope or to write past the journal."""
