"""The words registers use for fields, choices, units and rows that are no records, kept in `import_words.csv`."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import resources
from resources.words import LANGUAGES, N_, tr
from services.imports.cells import fold, plain
from services.imports.likeness import Likeness, halves

JOINED = " › "
"""Between the names of a column that stand one above the other: 购置情况 › 日期."""
WHY = N_("Reason for refusal")
LINE = "line"
"""The field of a column that only counts the lines of a sheet (序号): a place, not a fact about the record."""

NESTED = 0.05  # less sure is what the last of joined names says alone
EITHER = 0.8  # two names for one thing, both known
LONGEST = 60
"""Characters of a column's name; what is longer is a sentence."""
_WIDER = re.compile("(?:情况|信息|资料|状况|项目|内容)$")
_BRACKETS = re.compile(r"[(\[{【〔]([^()\[\]{}【】〔〕]*)[)\]}】〕]")
_UNIT_LABEL = re.compile(r"(?:金额|面积|计量)?单位|人民币|in ")
_STATED = re.compile(r"(金额|面积)?单位\s*:\s*([^\s,;。)]+)")
_AFTER_MARK = re.compile(r"[/:_,\-\s]\s*([^/:_,\-\s]+)$")


class Match(NamedTuple):
    """What a header means: a field, the unit it names ("" when none), and how sure that is (0–1)."""

    field: str
    unit: str
    confidence: float


@cache
def synonyms(kind: str) -> dict[str, tuple[str, int]]:
    """Folded synonym -> (field, rank) of one kind of the shipped list; the earlier of two synonyms is the surer."""
    found: dict[str, tuple[str, int]] = {}
    ranks: dict[str, int] = {}
    for row in _shipped():
        if row["kind"] == kind:
            rank = ranks[row["field"]] = ranks.get(row["field"], -1) + 1
            found.setdefault(fold(row["synonym"]) or row["synonym"], (row["field"], rank))
    return found


@cache
def vocabulary(kind: str) -> dict[str, tuple[str, int]]:
    """Folded header -> (field, rank) of a kind of record: the shipped synonyms, and what its fields are called on the
    screen, in every language: so an export comes in again, and so does a kind nobody has listed synonyms for."""
    found = dict[str, tuple[str, int]]()
    for name, field in _on_screen(kind):
        found.setdefault(fold(name), (field, 0))
    for word, meant in synonyms(kind).items():
        found[word] = meant
        found.setdefault(word.replace("编号", "编码"), meant)  # people write either
    return found


def _on_screen(kind: str) -> Iterator[tuple[str, str]]:
    from models.base import entities
    from services.desk.schema import Kind, describe

    for name, spec in describe(entities()[kind]).items():
        field = name.removesuffix("_id") if spec.kind is Kind.REFERENCE else name
        for lang in LANGUAGES:
            yield from ((tr(lang, key), field) for key in (spec.key, f"{kind}.{field}"))


@cache
def _likeness(kind: str) -> Likeness:
    """The names of a kind's fields in common words: "alike" and "about" in the list, for all kinds and for this one."""
    alike = {word: common for of in ("", kind) for word, (common, _) in synonyms(f"{of} alike".strip()).items()}
    names = [(row["synonym"], row["field"]) for row in _shipped() if row["kind"] == kind and row["field"] != LINE]
    return Likeness(alike, synonyms(f"{kind} about"), synonyms("about"), [*_on_screen(kind), *names])


@cache
def measured(kind: str) -> frozenset[str]:
    """The fields of a kind of record that are sums or areas."""
    from models.base import entities
    from services.desk.schema import describe

    return frozenset(name for name, spec in describe(entities()[kind]).items() if spec.kind in ("money", "area"))


@cache
def _shipped() -> list[dict[str, str]]:
    text = resources.path("reference", "import_words.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def _why() -> frozenset[str]:
    """The column that a workbook of refused rows has more than the register it came from."""
    return frozenset(fold(tr(lang, WHY)) for lang in LANGUAGES)


@cache
def _empty() -> frozenset[str]:
    words = (row["synonym"] for row in _shipped() if (row["kind"], row["field"]) == ("row", "empty"))
    return frozenset(plain(word) for word in words)


def is_empty(text: str) -> bool:
    """Whether the text of a cell says that there is nothing: blank, NA, N/A, -, 无 and their like."""
    return not text or (len(text) <= 4 and plain(text).strip() in _empty())


def unit_of(text: str) -> str:
    """The unit a text names ("元", "万元", "m²", "sq ft" …), or "" when it names none."""
    bare = _UNIT_LABEL.sub("", plain(text))
    return synonyms("unit").get(fold(bare), ("", 0))[0]


@lru_cache(maxsize=4096)
def match_header(kind: str, header: str) -> Match | None:
    """What a header means for this kind of record, or None. "原值（万元）" -> cost, 万元."""
    known = vocabulary(kind)
    for text, unit, sure in _readings(header):
        if fold(text) in _why():
            return Match(LINE, "", 1.0)
        if found := known.get(fold(text)):
            return Match(found[0], unit, round(sure - min(found[1], 30) / 100, 2))
    return _alike(kind, header)


@lru_cache(maxsize=4096)
def is_personal(kind: str, header: str) -> bool:
    """Whether a header promises personal data, for a register of any kind: it is known for a personal field, or holds a
    word for one. Words that things have as well as people (地址) are meant of people in registers of such alone."""
    from models.base import entities, personal

    people = {name: found for name, found in entities().items() if personal(found)}
    own, said = kind in people, synonyms("personal")
    within = [word for word, (field, _) in said.items() if field == "within"]
    things = [word for word, (field, _) in said.items() if field == "thing"]
    for text, _, _ in _readings(header):
        word = fold(text)
        if said.get(word, ("",))[0] == "either" and not own:
            continue
        if any(vocabulary(name).get(word, ("",))[0] in personal(found) for name, found in people.items()):
            return True
    whole = fold(header)
    for thing in things:
        whole = whole.replace(thing, "")
    return any(word in whole for word in within)


def named(kind: str, header: str) -> bool:
    """Whether it is a known name of a column, and not only like one: what a row says may be like anything."""
    return any(fold(text) in vocabulary(kind) for text, _, _ in _readings(header))


def _alike(kind: str, header: str) -> Match | None:
    """What a header means whose words mean the same as known ones, or which gives two names for one thing."""
    if len(header) > LONGEST:
        return None
    for text, unit, sure in _readings(header):
        if found := _likeness(kind).field(text):
            return Match(found[0], unit, round(sure * found[1], 2))
    both = [match_header(kind, part) for part in halves(plain(header))]
    if both and both[0] and all(match and match.field == both[0].field for match in both):
        return Match(both[0].field, unit_in(header), EITHER)
    return None


def unit_in(header: str) -> str:
    """The unit a header names, in brackets, after a mark, or as its last words; "" when it names none."""
    return next((unit for _, unit, _ in _readings(header) if unit), "")


def _readings(header: str) -> list[tuple[str, str, float]]:
    """Ways to read a header, the surest first: (text, unit, confidence)."""
    if JOINED.strip() in header:
        return list(_joined_readings(header))
    text = plain(header)
    inside = [unit for content in _BRACKETS.findall(text) if (unit := unit_of(content))]
    bare = _BRACKETS.sub("", text)
    unit = inside[0] if inside else _last_unit(text)
    readings = [(text, unit, 1.0)]
    if bare != text:
        readings.append((bare, unit, 1.0 if inside else 0.8))
    if (found := _AFTER_MARK.search(text)) and (named := unit_of(found[1])):
        readings.append((text[: found.start()], named, 1.0))
    if unit and not inside:
        readings.extend((_cut(text, word), unit, 0.9) for word in _unit_words() if fold(text).endswith(word))
    return readings


def _joined_readings(header: str) -> Iterator[tuple[str, str, float]]:
    """A name below wider ones means what they say together, in either order (面积 › 建筑), or what it says alone; of
    two languages it is enough to know one. The unit may stand in any of them."""
    parts = [part.strip() for part in header.split(JOINED.strip())]
    inner = [_readings(part) for part in parts]
    unit = next((unit for readings in reversed(inner) for _, unit, _ in readings if unit), "")
    bare = [_BRACKETS.sub("", plain(part)) for part in parts]
    bare = [*(_WIDER.sub("", part) or part for part in bare[:-1]), bare[-1]]  # 购置情况 › 日期 is 购置日期
    yield "".join(bare), unit, 1.0
    yield "".join(reversed(bare)), unit, 0.95
    for text, own, sure in inner[-1]:
        yield text, own or unit, sure - NESTED
    if len({part.isascii() for part in parts}) > 1:
        for readings in reversed(inner[:-1]):
            for text, own, sure in readings:
                yield text, own or unit, sure - NESTED


def join(kind: str, wider: str, name: str) -> bool:
    """Whether a name and the wider one above it are a known name together, in either order."""
    over, own = (fold(_BRACKETS.sub("", plain(said))) for said in (_WIDER.sub("", wider), name))
    return bool(own) and not vocabulary(kind).keys().isdisjoint({over + own, own + over})


@cache
def _unit_words() -> tuple[str, ...]:
    """Units long enough to be recognised without brackets: 单元 ends with 元 and is no sum."""
    return tuple(sorted((word for word in synonyms("unit") if len(word) >= 2), key=len, reverse=True))


def _last_unit(text: str) -> str:
    folded = fold(text)
    return next((synonyms("unit")[word][0] for word in _unit_words() if folded.endswith(word)), "")


def _cut(text: str, word: str) -> str:
    """The text before the unit it ends with, as it is written: "area, sq. ft." is "area, "."""
    bare = fold(text).removesuffix(word)
    return next((text[:end] for end in range(len(text)) if fold(text[:end]) == bare), bare) if len(text) < 80 else bare


def stated_units(title: str) -> dict[str, str]:
    """Units stated above a table for all of it: "金额单位：万元" -> {"money": "万元"}; "单位：某局" states none."""
    stated = {}
    for _, word in _STATED.findall(plain(title)):
        if unit := unit_of(word):
            stated["area" if unit in ("m²", "sq ft") else "money"] = unit
    return stated


def is_total(text: str) -> bool:
    """Whether a cell names a sum of the rows above: 合计, 小计, 总计, Total, Subtotal."""
    found = synonyms("row").get(fold(text))
    return bool(found) and found is not None and found[0] == "total"


def is_signature(text: str) -> bool:
    """Whether a cell begins the line of signatures under a table: "制表人：", "Checked by: …"."""
    label, colon, _ = plain(text).partition(":")
    found = synonyms("row").get(fold(label)) if colon else None
    return found is not None and found[0] == "signature"
