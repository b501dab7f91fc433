"""What was done, in words: the act, and each field of a record from what it was to what it became, in a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from resources.words import N_, Word, tr
from services import field_words
from services.desk.intent import INTENTS
from services.desk.personal import CHANGED
from services.desk.schema import FieldSpec, Kind

if TYPE_CHECKING:
    from services.desk.names import Named

EXTRA = "x:"  # how the journal marks a fact that only the source register knows
TAKEN_BACK, BROUGHT_BACK = N_("Taken back: {act}"), N_("Brought back: {act}")
SHOWN = 6  # changes named in one step; the rest is counted
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
        before, after = (field_words.NOTHING if v is None else str(v) for v in pair)
        return f"{name.removeprefix(EXTRA)}: {after if created else f'{before} → {after}'}"
    if name == "alive":
        return tr(lang, N_("There again") if pair[1] else N_("Removed"))
    spec = specs.get(name)
    if spec is None:
        return ""
    if spec.kind is Kind.PERSONAL:
        state = CHANGED if pair[1] is None else pair[1]
        return tr(lang, N_("{field}: {state}"), field=field_words.label(lang, spec), state=tr(lang, state))
    before, after = (_value(lang, spec, value, names) for value in pair)
    if created:
        return (
            ""
            if after == field_words.NOTHING
            else tr(lang, N_("{field}: {values}"), field=field_words.label(lang, spec), values=after)
        )
    return tr(lang, N_("{field}: {before} → {after}"), field=field_words.label(lang, spec), before=before, after=after)


def _value(lang: str, spec: FieldSpec, value: Any, names: Names) -> str:
    if value and spec.kind is Kind.REFERENCE:
        named = names.get(UUID(value))
        return named.label if named else field_words.NOTHING
    if value and spec.kind is Kind.INSTANT:
        value = datetime.fromisoformat(value)
    return field_words.fact(lang, spec, value)
