"""The words of both languages: sentences are English message ids, names of fields and choices are keys.

Fields are looked up as `asset.cost`, choices as `asset.status=in_use`, kinds of record as `asset`; both catalogues
give them words. Sentences stand in the code in English, marked with `N_`, and are translated where they are shown.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import cache

import resources

LANGUAGES = ("zh_CN", "en")
COUNTS = frozenset({  # places of sentences that hold how many there are; `{year}`, `{position}`, `{version}` are names
    "n", "all", "count", "rows", "total", "limit", "seen", "refused", "lines", "people", "cards", "assets", "rooms",
    "explained", "left", "waiting", "changed", "values", "notes",
})  # fmt: skip


class Word(str):
    """The key of a word in the catalogues, as a value inside a sentence: it is translated with the sentence."""


class Clauses(tuple[tuple[str, Mapping[str, object]], ...]):
    """Sentences inside a sentence, each with its values: they are translated with it."""

    def __str__(self) -> str:
        return self.told("")

    def told(self, lang: str) -> str:
        """One after the other, in a language."""
        return tr(lang, N_("; ")).join(tr(lang, text, **values) for text, values in self)


def N_(text: str) -> str:
    """Marks a sentence for translation; it is translated where it is shown."""
    return text


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    return gettext.translation("dayuan", str(resources.path("locale")), [lang], fallback=True)


def tr(lang: str, text: str, /, **values: object) -> str:
    """The sentence or name in a language, its {places} filled. Values never contain markup; they are taken as is, but
    whole numbers in the places of `COUNTS` are shown in groups of three: 1,128."""
    words = _catalogue(lang)
    found = words.gettext(text) if text else ""
    shown = {name: _told(words, lang, name, value) for name, value in values.items()}
    return found.format(**shown) if shown else found


def _told(words: gettext.NullTranslations, lang: str, name: str, value: object) -> object:
    if isinstance(value, Word):
        return words.gettext(value)
    if type(value) is int and name in COUNTS:
        return f"{value:,}"
    return value.told(lang) if isinstance(value, Clauses) else value


def trn(lang: str, one: str, many: str, n: int, /, **values: object) -> str:
    """A counted sentence: `{n}` stands for the number."""
    words = _catalogue(lang)
    shown = {name: _told(words, lang, name, value) for name, value in values.items()}
    return words.ngettext(one, many, n).format(n=f"{n:,}", **shown)
