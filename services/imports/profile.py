"""A mapping profile: what somebody who knows a source of registers says about it, as JSON (`resources/profiles`)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from resources.words import N_
from services.desk.errors import Invalid
from services.imports.amounts import AREA, MONEY
from services.imports.cells import Sheet, fold
from services.imports.headers import find_header
from services.sheets import whole

if TYPE_CHECKING:
    from services.desk.schema import FieldSpec

WRONG = N_("the mapping profile cannot be used: look at {key}")
NO_JSON = N_("the mapping profile {file} is not JSON")

KINDS = ("assets", "buildings", "rooms", "staff", "organizations", "compounds", "titles", "account_balances")
_FEWEST, _SHARED = 3, 0.8  # columns that make a header unmistakable; of its columns, those that the profile lists
_REPEATED = re.compile(r" \(\d+\)$")
PLACE = re.compile(r"\{([^{}]+)\}")


class CompoundRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How compounds are made: by the template `name`, where a place of it is empty by `otherwise` ("else" in JSON)."""

    name: str
    otherwise: str = msgspec.field(default="", name="else")


class Profile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See `resources/profiles/README.md`; every key but `kind` may be left out."""

    kind: str
    name: str = ""
    note: str = ""
    sheet: str = ""
    header_row: int = 0
    columns: dict[str, str] = {}
    number: list[str] = []
    units: dict[str, str] = {}
    choices: dict[str, dict[str, str]] = {}
    constants: dict[str, str | int | float] = {}
    class_edition: str = ""
    compound: CompoundRule | None = None


def load(path: Path) -> Profile:
    """A profile from its file. Invalid: no JSON, or a key that does not fit, which is named."""
    try:
        data = path.read_bytes()
    except OSError:
        raise Invalid(N_("there is no mapping profile {file}"), file=path.name) from None
    return parse(data, path.name)


def save(profile: Profile, path: Path) -> None:
    """Write a profile, so that `load` finds it again."""
    with whole(path) as part:
        part.write_bytes(written(profile))


def written(profile: Profile) -> bytes:
    """A profile as JSON, without what it leaves out."""
    kept = msgspec.structs.asdict(profile)
    told = {key: value for key, value in kept.items() if value and key != "compound"}
    if profile.compound:
        told["compound"] = msgspec.to_builtins(profile.compound)
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def parse(data: bytes, file: str) -> Profile:
    """A profile from JSON. Invalid: as `load`."""
    try:
        profile = msgspec.json.decode(data, type=Profile)
    except msgspec.ValidationError as error:
        raise Invalid(WRONG, key=_key(str(error))) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Invalid(NO_JSON, file=file) from None
    if profile.kind not in KINDS:
        raise Invalid(WRONG, key="kind")
    if profile.header_row < 0:
        raise Invalid(WRONG, key="header_row")
    return profile


def check(profile: Profile, kind: str, fields: Mapping[str, FieldSpec], targets: frozenset[str]) -> None:
    """Refuse a profile that names fields, units or choices this kind of record does not have (Invalid: which key).

    `targets` are the names a column may be mapped to.
    """
    if profile.kind != kind:
        raise Invalid(WRONG, key="kind")
    for header, field in profile.columns.items():
        _demand(not field or field in targets, f"columns.{header}")
    for field, unit in profile.units.items():
        allowed = {"money": MONEY, "area": AREA}.get(fields[field].kind, {}) if field in fields else {}
        _demand(unit in allowed, f"units.{field}")
    for field, words in profile.choices.items():
        _demand(field in fields, f"choices.{field}")
        for word, value in words.items():
            _demand(value in fields[field].choices, f"choices.{field}.{word}")
    for field in profile.constants:
        _demand(field in targets, f"constants.{field}")


def headers_used(profile: Profile) -> dict[str, str]:
    """Every header the profile counts on -> the key that names it."""
    used = {header: f"columns.{header}" for header, field in profile.columns.items() if field}
    used |= dict.fromkeys(profile.number, "number")
    if profile.compound:
        used |= dict.fromkeys(PLACE.findall(profile.compound.name), "compound.name")
        used |= dict.fromkeys(PLACE.findall(profile.compound.otherwise), "compound.else")
    return used


def recognised(sheets: Sequence[Sheet], kind: str, known: Sequence[Profile]) -> Profile | None:
    """The profile whose columns a sheet has, all that are read as something and little else; of several the widest."""
    for profile in sorted(known, key=lambda p: -len(p.columns)):
        used = frozenset(fold(_REPEATED.sub("", header)) for header, field in profile.columns.items() if field)
        listed = frozenset(fold(_REPEATED.sub("", header)) for header in profile.columns)
        if len(used) < _FEWEST:
            continue
        for header in filter(None, (find_header(sheet, kind, used) for sheet in sheets)):
            names = {folded for name in header.names if (folded := fold(name))}
            if used <= names and len(names & listed) >= _SHARED * len(names):
                return profile
    return None


def fill(template: str, cells: Mapping[str, str]) -> str:
    """The template with its {places} filled from the row's texts by header; "" when one of them is empty."""
    if any(not cells.get(place) for place in PLACE.findall(template)):
        return ""
    return PLACE.sub(lambda place: cells[place[1]], template)


def compound_name(rule: CompoundRule, cells: Mapping[str, str]) -> str:
    """The name of the compound a row belongs to, by the profile's rule; "" when it does not say."""
    return fill(rule.name, cells) or fill(rule.otherwise, cells)


def _demand(fits: bool, key: str) -> None:
    if not fits:
        raise Invalid(WRONG, key=key)


def _key(error: str) -> str:
    """The key that a decoding error of msgspec is about, from its words: "… `$.units.area`" or "… field `colour`"."""
    quoted = re.findall(r"`([^`]+)`", error)
    places = [found[2:] for found in quoted if found.startswith("$.")]
    others = [found for found in quoted if not found.startswith("$") and "field" in error]
    return ".".join([*places, *others[:1]]) or "the whole file"
