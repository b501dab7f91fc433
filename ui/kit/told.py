"""What was done, in words: the act, where and how, and each field from what it was to what it became."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_, Word, tr
from services.desk.intent import INTENTS
from services.desk.personal import CHANGED
from services.desk.schema import FieldSpec, Kind
from ui.kit import show

if TYPE_CHECKING:
    from services.desk.names import Named

EXTRA = "x:"  # how the journal marks a fact that only the source register knows
SHOWN = 6  # changes named in one step; the rest is counted
USUAL = "password"  # how everybody signs in: not worth a word
AUTHS = {"password again": N_("password asked again"), "recovery code": N_("recovery code")}
TAKEN_BACK, BROUGHT_BACK = N_("Taken back: {act}"), N_("Brought back: {act}")
UNDO = "journal.undo"
DOT = " · "
Names = Mapping[UUID, "Named"]
Pairs = Mapping[str, Sequence[Any]]


def word(name: str) -> Word:
    """The label of an act as a value inside a sentence; its name when the program does not know it any more."""
    known = INTENTS.get(name)
    return Word(known.label if known else name)


def act(lang: str, name: str) -> str:
    """The label of an act in a language."""
    return tr(lang, word(name))


def step(lang: str, name: str, first: str, times: int) -> str:
    """The title of an operation: its act; of what takes one back or brings it back, that and the `first` act behind
    all of them. `times` of them there were with this one."""
    if not times:
        return act(lang, name)
    return tr(lang, TAKEN_BACK if times % 2 else BROUGHT_BACK, act=word(first))


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


def references(fields: Iterable[Pairs], specs: Mapping[str, FieldSpec]) -> Iterable[tuple[str, UUID]]:
    """Everything the changes refer to: kind and id."""
    for pairs in fields:
        for name, pair in pairs.items():
            if name in specs and specs[name].kind is Kind.REFERENCE:
                yield from ((specs[name].target, UUID(value)) for value in pair if value)


def changes(
    lang: str, fields: Pairs, specs: Mapping[str, FieldSpec], names: Names, most: int = SHOWN, *, created: bool = False
) -> list[str]:
    """The fields from what they were (unless the record is new) to what they became; beyond the first ones the rest
    is counted."""
    said = [line for name, pair in fields.items() if (line := _change(lang, name, pair, specs, names, created))]
    if len(said) > most:
        said[most:] = [tr(lang, N_("and {count} more"), count=len(said) - most)]
    return said


def _change(
    lang: str, name: str, pair: Sequence[Any], specs: Mapping[str, FieldSpec], names: Names, created: bool
) -> str:
    if name.startswith(EXTRA):
        before, after = (show.NOTHING if v is None else str(v) for v in pair)
        return f"{name.removeprefix(EXTRA)}: {after if created else f'{before} → {after}'}"
    if name == "alive":
        return tr(lang, N_("There again") if pair[1] else N_("Removed"))
    spec = specs.get(name)
    if spec is None:
        return ""
    if spec.kind is Kind.PERSONAL:
        state = CHANGED if pair[1] is None else pair[1]
        return tr(lang, N_("{field}: {state}"), field=show.label(lang, spec), state=tr(lang, state))
    before, after = (_value(lang, spec, value, names) for value in pair)
    if created:
        return (
            ""
            if after == show.NOTHING
            else tr(lang, N_("{field}: {values}"), field=show.label(lang, spec), values=after)
        )
    return tr(lang, N_("{field}: {before} → {after}"), field=show.label(lang, spec), before=before, after=after)


def _value(lang: str, spec: FieldSpec, value: Any, names: Names) -> str:
    if value and spec.kind is Kind.REFERENCE:
        named = names.get(UUID(value))
        return named.label if named else show.NOTHING
    if value and spec.kind is Kind.INSTANT:
        value = datetime.fromisoformat(value)
    return show.fact(lang, spec, value)
