"""Headers in other words than the known ones: 购进时间 is 购置日期, "Acq. Date" is "Date of acquisition"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from services.imports.cells import fold, plain

SAME, ABOUT = 0.87, 0.85
"""How sure a name is whose words only mean the same as a known one's, and one that also says what it is about."""

_HAN = re.compile("[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W_]+|#")
_COUNT = re.compile(r"^\s*(?:number|no\.?|num\.?|#)\s*(?:of\b|_of_)\s*")
_EMPTY_WORDS = frozenset({"of", "the", "in", "on", "at", "by", "to", "for", "and", "or", "a"})
_OTHER_MEANING = re.compile(r"[/、|]|\bor\b|或")


class Likeness:
    """The names of one kind of record, in a form in which alike ones are equal.

    `alike`: folded word -> the common one it is written for. `own`: words for what the register is about; `about`:
    words that hardly say anything. `names`: (name, field). A form that two fields share means neither of them.
    """

    def __init__(
        self, alike: Mapping[str, str], own: Iterable[str], about: Iterable[str],
        names: Iterable[tuple[str, str]],
    ) -> None:  # fmt: skip
        self._common = {word: common for word, common in alike.items() if word != common}
        self._kept = set(alike.values())
        self._own, self._about = frozenset(own), frozenset(about)
        han = sorted((word for word in {*alike, *self._kept} if _HAN.search(word)), key=len, reverse=True)
        self._han = re.compile("|".join(map(re.escape, han)) or r"(?!)")
        prefixes = sorted((word for word in self._own | self._about if _HAN.search(word)), key=len, reverse=True)
        self._prefix = re.compile(f"{'|'.join(map(re.escape, prefixes)) or '(?!)'}")
        self._fields: dict[str, str | None] = {}
        given = list(names)
        for how in (SAME, ABOUT):  # what a name says in full comes before what another says in part
            said = dict[str, str | None]()
            for name, field in given:
                for form, sure in self._forms(name):
                    if sure == how and said.setdefault(form, field) != field:
                        said[form] = None
            self._fields = said | self._fields

    def field(self, text: str) -> tuple[str, float] | None:
        """The field that a name means by its words, and how sure that is."""
        for form, sure in self._forms(text):
            if field := self._fields.get(form):
                return field, sure
        return None

    def _forms(self, text: str) -> Iterator[tuple[str, float]]:
        if _HAN.search(text):
            folded = fold(text)
            yield self._han.sub(self._written, folded), SAME
            while (about := self._prefix.match(folded)) and len(folded) - about.end() > 1:
                folded = folded[about.end() :]
                yield self._han.sub(self._written, folded), ABOUT
            return
        words = self._words(text)
        if words:
            yield " ".join(words), SAME
        for idle in (self._own, self._about):  # "Facility name" is a name, "Keeper name" a keeper
            rest = [word for word in words if word not in idle]
            if rest and rest != words:
                words = rest
                yield " ".join(words), ABOUT

    def _written(self, found: re.Match[str]) -> str:
        return self._common.get(found[0], found[0])

    def _words(self, text: str) -> list[str]:
        """The words of a name in western letters, in alphabetical order: people write "Date acquired" too."""
        said = _WORD.findall(_COUNT.sub("count ", plain(text)))
        return sorted({self._single(word) for word in said} - _EMPTY_WORDS)

    def _single(self, word: str) -> str:
        one = word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")) else word
        return self._common.get(word) or self._common.get(one, one)


def halves(text: str) -> list[str]:
    """The names of a header that gives more than one for the same column, as in 房号/室号 or "Site / Campus"."""
    parts = [part.strip() for part in _OTHER_MEANING.split(text)]
    return parts if len(parts) > 1 and all(len(part) > 1 for part in parts) else []
