"""Verifying a paper: one changed byte is enough, and no more is claimed than that."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.handover_note import render
from services.documents.verify import ADDED, CHANGED, FOREIGN, digest_of, inspect
from tests.documents.sample import DRAFT, NOTE, printed

PAPER = render(NOTE).data
AT = PAPER.index(b"<dayuan:number>")


def test_an_untouched_paper_is_intact_and_says_what_it_is() -> None:
    seal = inspect(PAPER)
    assert (seal.intact, seal.problem) == (True, "")
    assert (seal.kind, seal.number, seal.version) == ("handover", NOTE.number, 1)
    assert seal.sha256 == printed(2).sha256 and len(seal.digest) == 64


def test_a_draft_says_so() -> None:
    assert inspect(render(DRAFT).data).kind == "handover_draft"


@given(st.integers(0, len(PAPER) - 1) | st.integers(AT, AT + 400), st.integers(1, 255))
def test_any_flipped_byte_is_noticed(at: int, bits: int) -> None:
    data = bytearray(PAPER)
    data[at] ^= bits
    seal = inspect(bytes(data))
    assert not seal.intact and seal.problem in (CHANGED, FOREIGN)


@given(st.integers(0, len(PAPER) - 1))
def test_a_paper_cut_short_is_noticed(length: int) -> None:
    assert not inspect(PAPER[:length]).intact


@pytest.mark.parametrize(
    "changed",
    [
        PAPER + b"\n",
        PAPER + b"\n9 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 9 0 R >>\n%%EOF\n",
        PAPER + PAPER,
        PAPER.replace(b"</dayuan:digest>", b"</dayuan:digest><dayuan:digest>" + b"0" * 64 + b"</dayuan:digest>"),
        PAPER.replace(b"<dayuan:length>", b"<dayuan:length>9"),
        PAPER.replace(NOTE.number.encode(), b"JGSW-YJ-2026-0188"),
    ],
    ids=["line added", "later revision added", "doubled", "second digest", "other length", "other number"],
)
def test_additions_and_edits_are_noticed(changed: bytes) -> None:
    assert inspect(changed).problem in (CHANGED, ADDED)


def test_a_wrong_length_is_noticed_even_under_a_right_digest() -> None:
    forged = bytearray(PAPER)
    length, digest = PAPER.index(b"<dayuan:length>") + 15, PAPER.index(b"<dayuan:digest>") + 15
    forged[length : length + 12] = b"000000000001"
    forged[digest : digest + 64] = digest_of(bytes(forged), digest).encode()
    assert inspect(bytes(forged)).problem == CHANGED


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF\n", b"\x00" * 1000])
def test_a_file_without_the_mark_is_not_ours(data: bytes) -> None:
    assert inspect(data).problem == FOREIGN


def test_verifying_needs_no_pdf_library() -> None:
    ask = "import sys, services.documents.verify; print([m for m in ('reportlab', 'pikepdf') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True).stdout == "[]\n"
