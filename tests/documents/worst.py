"""The worst texts people type, as a source of words for papers; and everyday ones."""

from __future__ import annotations

from dataclasses import dataclass

from tests.documents.sample import RARE

SIGNS = "，。、；：？！）》〉」』】〕〗｝”’…—～·％‰℃（《〈「『【〔〖｛“‘￥＄,.;:?!)]}%([{$¥£@#№"
WORST: tuple[str, ...] = (
    *RARE, "二〇二六年〇号", "", "长" * 4000, "x" * 4000, "<b>粗体", "</dc:title>&amp;<x>", "A & B <x>",
    "甲\x00乙\x01\x1f\x7f丙", "\u202eABC\u202c 楼", "\u0645\u0631\u062d \u05e9\u05dc\u05d5", "😀👨\u200d👩\u200d👧",
    "=1+1", "e\u0301 ﾊﾟ \u1100\u1161", "\ufeff首\uffff\ufffe", "一\u2028二\r\n三\t四", "半\ud83d个", "\ue000私",
    "\\)(\\", " ", "\n\n",
)  # fmt: skip


@dataclass(frozen=True)
class Words:
    """Where the texts of a paper come from; `worst` stands for every kind of text somebody could type, in one of
    `every` so many cells."""

    worst: bool = False
    every: int = 1

    def __call__(self, usual: str, n: int = 0) -> str:
        """A cell: as usual, or one of the worst, punctuation after each number of characters among them."""
        if not self.worst or n // 2 % self.every:
            return usual
        n = n // 2 // self.every * 2 + n % 2
        if n % 2:
            return WORST[n // 2 % len(WORST)]
        return "宽" * (n // 2 % 47) + SIGNS[n // 2 % len(SIGNS)] * 3 + "宽" * 20

    def short(self, usual: str) -> str:
        """A name of an office, a person, a title: no longer than such a thing may be."""
        return f"{usual}𬭚〇\r\n\x00&<b>\u202e😀\ud83d" if self.worst else usual
