"""What may be kept as evidence is told by its content; whatever it is called, its name harms nothing."""

from __future__ import annotations

import random
from io import BytesIO
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from models.attachment import Media
from services.attached import kinds, names
from services.desk.errors import Invalid
from tests.services.files import EVIL, GOOD, NAMES, jpeg, office, pdf, png, tiff, webp

PLACES = ("/", "\\", "\0", ":")


def told(data: bytes, name: str = "a") -> Media:
    found = kinds.told(BytesIO(data), len(data), names.clean(name))
    names.of_kind(name, found)
    return found


@pytest.mark.parametrize("name", GOOD)
def test_what_an_office_has_is_taken(name: str) -> None:
    media = told(GOOD[name], name)
    assert name.lower().endswith(tuple(names.endings(media)))


@pytest.mark.parametrize("name", EVIL)
def test_what_may_do_harm_is_refused_with_a_sentence(name: str) -> None:
    data, said = EVIL[name]
    with pytest.raises(Invalid, match=said) as refused:
        told(data, name)
    assert names.clean(name) in str(refused.value)  # says which file
    assert ";" in str(refused.value) or "is empty" in str(refused.value) or ":" in str(refused.value)  # and what to do


def test_there_are_forty_evil_names_and_more() -> None:
    assert len(set(NAMES)) > 40


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_name_is_text_and_what_is_written_under_it_stays_where_it_belongs(name: str, tmp_path: Path) -> None:
    kept = names.of_kind(name, Media.PDF)
    assert 0 < len(kept) <= 120
    assert kept.lower().endswith(".pdf")
    assert not any(category(c) in ("Cc", "Cf", "Cs") for c in kept)
    written = names.on_disk(kept, Media.PDF)
    assert not any(place in written for place in PLACES)
    assert not written.startswith((".", "-", "~"))
    assert not names.RESERVED.match(written)
    file = tmp_path / written
    file.write_bytes(b"x")
    assert [f.name for f in tmp_path.iterdir()] == [written]
    assert file.resolve().parent == tmp_path.resolve()


@given(st.text(max_size=400), st.sampled_from(list(Media)))
def test_any_name_at_all_is_made_harmless_or_refused(text: str, media: Media) -> None:
    try:
        kept = names.of_kind(text, media)
    except Invalid:
        return
    assert names.of_kind(kept, media) == kept  # kept once more it is the same
    written = names.on_disk(kept, media)
    assert not any(place in written for place in PLACES)
    assert len(written.encode()) <= 255
    assert written.isprintable()


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_a_kind_or_refused(data: bytes) -> None:
    try:
        told(data)
    except Invalid as refused:
        assert str(refused)


@pytest.mark.parametrize("kind", ["pdf", "png", "jpeg", "tiff", "webp", "docx"])
def test_damaged_files_never_break_the_looking(kind: str) -> None:
    good = {"pdf": pdf(), "png": png(), "jpeg": jpeg(), "tiff": tiff((5, 5), (6, 6)), "webp": webp(), "docx": office()}
    draw = random.Random(kind)
    for _ in range(300):
        data = bytearray(good[kind])
        for _ in range(draw.randint(1, 4)):
            data[draw.randrange(len(data))] = draw.randrange(256)
        del data[draw.randrange(len(data)) if draw.random() < 0.3 else len(data) :]
        try:
            told(bytes(data))
        except Invalid as refused:
            assert str(refused)


def test_a_long_page_of_blanks_is_looked_at_quickly() -> None:
    assert told(b"=" + b" \n" * 400_000, "a.txt") is Media.TEXT
    assert told(b"," * 800_000, "a.csv") is Media.CSV


def test_limits_are_data_with_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = resources.settings("attachments")
    assert rule["source"]
    assert rule["most_pixels"] == 40_000_000
    for limit, data, name, said in (
        ("most_bytes", pdf(), "a.pdf", "larger than"),
        ("most_text_bytes", b"words", "a.txt", "of text"),
        ("most_pages", tiff((5, 5), (5, 5)), "a.tif", "pages"),
        ("most_members", office(), "a.docx", "unpacks"),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(rule, limit, 1)
            with pytest.raises(Invalid, match=said):
                told(data, name)
