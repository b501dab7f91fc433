"""What was done, in words: the act, where and how, and each field from what it was to what it became."""

from __future__ import annotations

from resources.words import N_, tr
from services.change_words import act, changes, references, step, word
from services.desk.intent import INTENTS

__all__ = ["DOT", "UNDO", "act", "changes", "kept", "references", "step", "takes", "where", "word"]
USUAL = "password"  # how everybody signs in: not worth a word
AUTHS = {"password again": N_("password asked again"), "recovery code": N_("recovery code")}
UNDO = "journal.undo"
DOT = " · "


def where(lang: str, place: str, auth: str) -> str:
    """The machine, and how somebody showed who he is when not by his password alone."""
    how = "" if auth == USUAL else tr(lang, AUTHS.get(auth, auth))
    return DOT.join(filter(None, (place, how)))


def kept(name: str) -> str:
    """The sentence that says why what was done can never be taken back; nothing when it can."""
    known = INTENTS.get(name)
    return known.kept if known else ""


def takes(name: str) -> bool:
    """Whether what was done can be taken back at all."""
    return name in INTENTS and not kept(name)
