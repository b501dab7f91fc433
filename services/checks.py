"""What a value must be to be stored: one check for forms, command line and imports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from unicodedata import category, normalize
from unicodedata import name as called

import resources
from models.base import EXACT
from resources.words import N_
from services.desk.errors import Invalid
from services.desk.schema import FieldSpec, Kind
from services.imports.cells import clean, clean_lines
from services.imports.dates import FIRST_YEAR, LAST_YEAR

# The hyphens, dashes and minus signs that people and programs put into numbers for the one on the keyboard.
DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2043, 0x2212, 0x2E3A, 0x2E3B, 0xFE58, 0xFF0D], "-")
BIDI = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")
TYPES: dict[Kind, type] = {
    Kind.INTEGER: int, Kind.MONEY: int, Kind.AREA: int, Kind.HOURS: int, Kind.QUANTITY: int, Kind.FLAG: bool,
    Kind.DATE: date, Kind.INSTANT: datetime, Kind.EXTRA: dict,
}  # fmt: skip
SMALL = 2**31 - 1
FAR = N_("“{field}”: the year is {year}; it must lie between {first} and {last}")
MIXED = N_("{value} mixes letters of different alphabets that look alike; please type it again")
DOT = "·"  # GB/T 38961-2020 (个人信息核验): the one dot of names, whatever was typed for it
DOTS = str.maketrans(dict.fromkeys("•‧∙・･⋅●．", DOT))
SPREAD = re.compile(r"(?<=[\u3400-\u9fff\U00020000-\U000323af])\s+(?=[\u3400-\u9fff\U00020000-\U000323af])")
ROUNDED = re.compile(r"\d\.\d{5,}E\+?\d+")  # what is left of 18 digits in a cell for numbers


def code(text: str) -> str:
    """A number as it is compared: compatibility forms folded, dashes alike, nothing invisible."""
    folded = normalize("NFKC", text).translate(DASHES)
    return "".join(c for c in folded if category(c) not in ("Cf", "Cc")).strip()


def number(text: str) -> str:
    """A number people type in many ways, in one, as it is stored and compared: `ｆｘ—００１` is FX-001."""
    return " ".join(code(code(text).upper()).split())


def person_name(name: str) -> str:
    """A name as it is stored and compared: with the dot of names between its parts, and its characters not spread over
    a wider cell. `古丽娜尔•买买提` and `古丽娜尔 · 买买提` are one, and so are `张　三` and `张三`."""
    return SPREAD.sub("", DOT.join(part.strip() for part in name.translate(DOTS).split(DOT)))


def mixed(text: str) -> bool:
    """Whether letters of several alphabets that look alike stand in one number: the Cyrillic А beside the Latin A."""
    letters = [called(c, "") for c in text if c.isalpha() and not c.isascii()]
    latin = any(c.isascii() and c.isalpha() for c in text) or any(n.startswith("LATIN") for n in letters)
    return latin + sum(any(n.startswith(other) for n in letters) for other in ("CYRILLIC", "GREEK")) > 1


def checked(spec: FieldSpec, value: Any) -> Any:
    """The value as it is stored; empty text is None. Invalid names the field and says what would do."""
    if spec.many:
        one = [_one(spec, v) for v in value or ()]
        if spec.required and not one:
            raise Invalid(N_("“{field}” is required"), field=spec.key)
        return one
    return _one(spec, value)


def _one(spec: FieldSpec, value: Any) -> Any:
    if isinstance(value, str) and spec.kind is not Kind.CHOICE:
        value = _text(spec, value)
    if value is None or value == "":
        if spec.required:
            raise Invalid(N_("“{field}” is required"), field=spec.key)
        return None if spec.default is None or value is None else spec.default
    if spec.name == "id_number" and spec.kind is Kind.PERSONAL:
        return _id_number(spec, value)
    if spec.kind is Kind.CHOICE:
        return _choice(spec, value)
    wanted = TYPES.get(spec.kind)
    if wanted and (not isinstance(value, wanted) or (wanted is int and isinstance(value, bool))):
        raise Invalid(N_("“{field}” cannot be {value}"), field=spec.key, value=value)
    if wanted is int:
        _whole(spec, value)
    if wanted in (date, datetime) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Invalid(FAR, field=spec.key, year=value.year, first=FIRST_YEAR, last=LAST_YEAR)
    return value


def _text(spec: FieldSpec, value: str) -> str | None:
    tidy = normalize("NFC", value).strip()
    if not tidy.isprintable() and _hides(tidy, "\n\t" if spec.kind is Kind.LONG else ""):  # most text is printable
        raise Invalid(N_("“{field}” contains invisible characters; please type it again"), field=spec.key)
    tidy = clean_lines(tidy) if spec.kind is Kind.LONG else clean(tidy)  # as an import would bring it
    if spec.max_length and len(tidy) > spec.max_length:
        message = N_("“{field}” has {length} characters; at most {most} fit")
        raise Invalid(message, field=spec.key, length=len(tidy), most=spec.max_length)
    return tidy or None


def _hides(text: str, keep: str) -> bool:
    return bool(BIDI & set(text)) or any(category(c) == "Cc" and c not in keep for c in text)


def _choice(spec: FieldSpec, value: Any) -> Any:
    try:
        if spec.choice_type is None and spec.choices and value not in spec.choices:
            raise ValueError(value)
        return spec.choice_type(value) if spec.choice_type else value
    except ValueError:
        message = N_("“{field}” cannot be {value}; it is one of: {choices}")
        raise Invalid(message, field=spec.key, value=value, choices=", ".join(spec.choices)) from None


def _whole(spec: FieldSpec, value: int) -> None:
    most = SMALL if spec.kind in (Kind.INTEGER, Kind.HOURS) else EXACT
    if spec.least is not None and value < spec.least:
        raise Invalid(N_("“{field}” must be at least {least}"), field=spec.key, least=spec.least)
    if value > most:
        raise Invalid(N_("“{field}” is too large"), field=spec.key)


def id_check(body: str) -> str:
    """The check character of a citizen's number, from its first 17 digits (GB 11643-1999)."""
    rules = resources.settings("personal")
    total = sum(int(digit) * weight for digit, weight in zip(body, rules["weights"], strict=True))
    return str(rules["check_characters"][total % 11])


def _id_number(spec: FieldSpec, text: str) -> str:
    """A citizen's number of 18 characters has the check character of GB 11643-1999 (ISO 7064 Mod 11,2); passports and
    permits are taken as they are. A mask passes: the desk knows what is behind it."""
    bare = "".join(code(text).upper().split())
    if ROUNDED.fullmatch(bare):
        raise Invalid(N_("“{field}”: the spreadsheet has rounded this number; write it as text there"), field=spec.key)
    if len(bare) != 18 or not (bare[:17].isascii() and bare[:17].isdigit()):
        return text
    if id_check(bare[:17]) != bare[17]:
        raise Invalid(N_("“{field}”: the check digit of this number does not fit; please compare it"), field=spec.key)
    return bare


def checked_all(specs: Mapping[str, FieldSpec], values: Mapping[str, Any], *, whole: bool) -> dict[str, Any]:
    """Every given value checked; with `whole`, required fields that are not given are missed too."""
    for name in values:
        if name not in specs:
            raise Invalid(N_("There is no field “{name}”; there are: {names}"), name=name, names=", ".join(specs))
    wanted = specs if whole else {name: specs[name] for name in values}
    out = {}
    for name, spec in wanted.items():
        if name in values:
            out[name] = checked(spec, values[name])
        elif spec.required:
            raise Invalid(N_("“{field}” is required"), field=spec.key)
    return out
