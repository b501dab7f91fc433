"""Secrets of a command line: from the environment or the terminal, never as a word, which every process can read."""

from __future__ import annotations

import getpass
import os
import sys

from resources.words import LANGUAGES, N_, tr
from services.desk.errors import Invalid

PASSWORD, RECOVERY = "DAYUAN_PASSWORD", "DAYUAN_RECOVERY"


def language() -> str:
    """Chinese, unless the environment asks for English."""
    return "en" if os.environ.get("LANG", "").startswith("en") else LANGUAGES[0]


def password() -> str:
    """The person's own."""
    return asked(PASSWORD)


def asked(name: str, what: str = "") -> str:
    """A secret: from the environment, else asked at the terminal, where it is not shown."""
    if found := os.environ.get(name):
        return found
    if not sys.stdin.isatty():
        raise Invalid(N_("No password: set {name} or run in a terminal"), name=name)
    return getpass.getpass(f"{tr(language(), what)}: ") if what else getpass.getpass()


def variable(argument: str) -> str:
    """The variable a secret argument is taken from: `own_password` from DAYUAN_OWN_PASSWORD. What an account is to get
    (`password`) has another name than that of who signs in."""
    name = f"DAYUAN_{argument.upper()}"
    return "DAYUAN_NEW_PASSWORD" if name == PASSWORD else name
