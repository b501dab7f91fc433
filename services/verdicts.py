"""What is said of a file or of a scanned code that somebody wants checked: sentences, each good, bad or neither.

Needs no office: with one, or with its file of trusted certificates, it also says whose the signatures are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from resources.words import N_
from services import authority, papers, trust
from services.desk.desk import Desk
from services.desk.store import fingerprint
from services.documents import paper_code
from services.documents.paper_code import Code
from services.documents.verify import ADDED, CHANGED, Seal, inspect
from services.papers import SAYS, Known, KnownCode, Standing

if TYPE_CHECKING:
    from services.documents.signed import Signature

Tone = Literal["ok", "warn", "bad", "info"]
Line = tuple[Tone, str, dict[str, Any]]
INTACT = N_("Intact: {number}, version {version}. Not a byte differs from the paper as it was made.")
SIGNED = N_(
    "Intact: {number}, version {version}. Behind the paper as it was made stand {n} signatures and nothing else."
)
UNSIGNED = N_("Nobody signed it electronically: by itself the file proves no authorship.")
AFTER = N_("The file was changed after it was signed")
NEWER = N_("Version {version} replaces it.")
WHO = N_("Signature {n}: {person}, {post}, {unit}, on {time}; certificate {fingerprint}.")
GOOD = N_("Signature {n} is genuine: certificate {number} was valid then.")
TRUSTED = N_("Signature {n} is genuine: a trusted root issued its certificate, which was valid then; whether it was"
             " revoked, only the office says.")  # fmt: skip
UNCHECKED = N_("Signature {n} belongs to the file; whose certificate that is, only the office says, or its file of"
               " trusted certificates.")  # fmt: skip
BROKEN = N_("Signature {n} does not fit the file any more: the file was changed after it, or the signature was.")
STRANGER = N_("Signature {n}: the signer is unknown; this office issued no such certificate.")
EXPIRED = N_("Signature {n}: the certificate was not valid at the time the signature states.")
REVOKED = N_("Signature {n}: certificate {number} was revoked from {day} on, before it was used: {why}")
STANDS = {Standing.OURS: "ok", Standing.SUPERSEDED: "warn", Standing.VOID: "bad", Standing.FOREIGN: "bad",
          Standing.OUT: "warn"}  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What can be said of a file. `known` comes from an opened office, `trusted` from a file of its certificates,
    `what` from comparing a changed paper with the one the office keeps."""

    seal: Seal
    sha256: str
    bare: str = ""  # SHA-256 of the paper without its signatures
    signatures: tuple[Signature, ...] = ()
    known: Known | None = None
    trusted: trust.Trust | None = None
    what: tuple[Line, ...] = ()

    @property
    def intact(self) -> bool:
        """Not a byte differs from what was issued, and what comes behind are whole signatures."""
        return self.seal.intact

    @property
    def standing(self) -> Standing:
        """How an opened office says it stands."""
        return self.known.standing if self.known else Standing.UNKNOWN

    @property
    def good(self) -> bool:
        """Intact, and nothing speaks against it."""
        return self.intact and all(tone in ("ok", "info") for tone, *_ in self.lines())

    def lines(self) -> Iterator[Line]:
        """The verdict as sentences to translate, with their values, each with what it means."""
        seal = self.seal
        if not self.intact:
            yield "bad", seal.problem, {}
        else:
            names = {"number": seal.number, "version": seal.version, "n": len(self.signatures)}
            yield "ok", SIGNED if self.signatures else INTACT, names
        if self.known and self.intact:
            yield STANDS[self.known.standing], SAYS[self.known.standing], {}  # type: ignore[misc]
            if self.known.standing is Standing.SUPERSEDED and self.known.newest > seal.version:
                yield "warn", NEWER, {"version": self.known.newest}
        yield from self.what
        for each in self.signatures:
            yield from self._signed(each)
        if self.intact and not self.signatures:
            yield "info", UNSIGNED, {}

    def sentences(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The same without their meaning."""
        yield from ((sentence, values) for _, sentence, values in self.lines())

    def _signed(self, each: Signature) -> Iterator[Line]:
        digits = each.fingerprint[:16].upper()
        shown = {
            "n": each.position, "person": each.person, "post": each.post, "unit": each.unit,
            "time": f"{each.at.astimezone(authority.CHINA):%Y-%m-%d %H:%M}",
            "fingerprint": " ".join(digits[at : at + 4] for at in range(0, 16, 4)),
        }  # fmt: skip
        yield "info", WHO, shown
        yield self._genuine(each)

    def _genuine(self, each: Signature) -> Line:
        n = {"n": each.position}
        if not each.whole:
            return "bad", BROKEN, n
        if not each.in_time:
            return "bad", EXPIRED, n
        own = self.known.certificates.get(each.fingerprint) if self.known else None
        if own and own.revoked_on and authority.day_of(each.at) >= own.revoked_on:
            return "bad", REVOKED, n | {"number": own.number, "day": own.revoked_on, "why": own.because}
        if own:
            return "ok", GOOD, n | {"number": own.number}
        if self.trusted and each.chained and each.root in self.trusted.roots:
            return "ok", TRUSTED, n
        return ("bad", STRANGER, n) if self.known or self.trusted else ("info", UNCHECKED, n)


def judge(data: bytes, trusted: trust.Trust | None = None) -> Verdict:
    """Intact or changed, and by whom it is signed; needs no office."""
    seal, found, only = inspect(data), tuple["Signature", ...](), False
    if seal.original and not seal.intact:
        from services.documents import signed  # pyHanko is loaded for what has something behind it

        found, only = signed.look(data, seal.original)
        whole = only and all(each.whole and each.chained for each in found)
        seal = replace(seal, intact=whole, problem="" if whole else AFTER if found else ADDED)
    bare = hashlib.sha256(memoryview(data)[: seal.original]).hexdigest() if seal.original else ""
    return Verdict(seal, fingerprint(data), bare, found, trusted=trusted)


def asked(desk: Desk, data: bytes, verdict: Verdict) -> Verdict:
    """The verdict once an office was asked; where the file is changed, what is (as far as it can be told): also where
    somebody wrote a new mark over his change, so that only the office can tell."""
    seal, digests = verdict.seal, [one for one in (verdict.sha256, verdict.bare) if one]
    signers = [each.fingerprint for each in verdict.signatures]
    known = desk.ask(papers.known, digests, seal.number, signers)
    what = tuple[Line, ...]()
    if not seal.intact or known.standing in (Standing.FOREIGN, Standing.OUT):
        from services.documents import differs

        number, version = (seal.number, seal.version) if seal.number else differs.says(data)
        issued = desk.ask(papers.original, number, version) if number else None
        what = tuple(("bad", *line) for line in differs.between(data, issued)) if issued else ()
    return replace(verdict, known=known, what=what)


CODE = N_("The code says: {number}, version {version}, of {day}.")
FIGURE = N_("Key figure: {name} {value}")
COMPARE = N_("Compare these figures with the printed ones: the code cannot know what is printed beside it.")
VOUCHED = N_("An installation of this office signed the code: nobody changed it.")
FORGED = N_("The signature of the code is not this office's: the code was changed or made by somebody else.")
BARE = N_("The code carries no signature: it is a draft's, or from before codes were signed.")
OPEN = N_("Whose signature the code carries, only the office says, or its file of trusted certificates.")
SAME = N_("It is the code of the paper as the office keeps it.")
NUMBERED = N_("The office has a paper of this number and version; what you hold is not it.")
OTHER = N_("The paper of this number and version in the office carries another code: figures were changed.")


@dataclass(frozen=True)
class CodeVerdict:
    """What can be said of a scanned code."""

    code: Code
    known: KnownCode | None = None
    trusted: trust.Trust | None = None

    @property
    def good(self) -> bool:
        """Nothing speaks against it."""
        return all(tone in ("ok", "info") for tone, *_ in self.lines())

    def lines(self) -> Iterator[Line]:
        """The verdict as sentences to translate, with their values, each with what it means."""
        code, known = self.code, self.known
        yield "info", CODE, {"number": code.number, "version": code.version, "day": code.on}
        yield self._vouched()
        if known:
            if known.same is not None:
                yield ("ok", SAME, {}) if known.same else ("bad", OTHER, {})
            if known.same is False and known.standing is Standing.OURS:
                yield "bad", NUMBERED, {}
            else:
                yield STANDS[known.standing], SAYS[known.standing], {}  # type: ignore[misc]
            if known.standing is Standing.SUPERSEDED and known.newest > code.version:
                yield "warn", NEWER, {"version": known.newest}
        for name, value in code.named():
            yield "info", FIGURE, {"name": name, "value": value}
        yield "info", COMPARE, {}

    def _vouched(self) -> Line:
        if not self.code.signature:
            return "info" if self.code.old else "warn", BARE, {}
        if self.known is None and self.trusted is None:
            return "info", OPEN, {}
        trusted = self.trusted is not None and self.code.vouched(self.trusted.keys)
        vouched = trusted or bool(self.known and self.known.vouched)
        return ("ok", VOUCHED, {}) if vouched else ("bad", FORGED, {})


def judge_code(text: str, trusted: trust.Trust | None = None, desk: Desk | None = None) -> CodeVerdict:
    """What a code says, and with an office whether it is that of a paper of it. Invalid: it is no code."""
    return CodeVerdict(paper_code.read(text), desk.ask(papers.code, text) if desk else None, trusted)


__all__ = ["CHANGED", "CodeVerdict", "Line", "Verdict", "asked", "judge", "judge_code"]
