"""A paper read a second time, from its own operators: what each page shows, and by which glyphs of which face."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf

MAPPED = re.compile(r"^<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>$", re.MULTILINE)
BLOCK = re.compile(r"(\d+) beginbfchar")


@dataclass(frozen=True)
class Face:
    """A font of the file: glyph and width (thousandths) of each code its program has, text of each code it maps."""

    glyphs: dict[int, int]
    widths: dict[int, float]
    text: dict[int, str]


def face(font: Any) -> Face:
    """A TrueType font of a file, read from its embedded program."""
    program = bytes(font.FontDescriptor.FontFile2.read_bytes())
    glyphs, wide = _glyphs(program), _widths(program)
    return Face(glyphs, {code: wide(glyph) for code, glyph in glyphs.items()}, mapped(font))


def mapped(font: Any) -> dict[int, str]:
    """The text of each code, by ToUnicode; nothing where it has none. ValueError: it is not UTF-16."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font.ToUnicode.read_bytes().decode("ascii").partition("endcodespacerange")[2]
    return {int(code, 16): bytes.fromhex(units).decode("utf-16-be") for code, units in MAPPED.findall(cmap)}


def _tables(program: bytes) -> dict[bytes, bytes]:
    count = struct.unpack(">H", program[4:6])[0]
    found = {}
    for n in range(count):
        tag, _, start, length = struct.unpack(">4sIII", program[12 + 16 * n : 28 + 16 * n])
        found[tag] = program[start : start + length]
    return found


def _glyphs(program: bytes) -> dict[int, int]:
    """The glyph of each code by the cmap (1, 0), which a symbolic font is shown by; formats 0 and 6."""
    cmap = _tables(program)[b"cmap"]
    for n in range(struct.unpack(">H", cmap[2:4])[0]):
        platform, encoding, start = struct.unpack(">HHI", cmap[4 + 8 * n : 12 + 8 * n])
        if (platform, encoding) == (1, 0):
            form = struct.unpack(">H", cmap[start : start + 2])[0]
            if form == 0:
                return dict(enumerate(cmap[start + 6 : start + 262]))
            first, count = struct.unpack(">HH", cmap[start + 6 : start + 10])
            assert form == 6, f"cmap of format {form}"
            return dict(enumerate(struct.unpack(f">{count}H", cmap[start + 10 : start + 10 + 2 * count]), first))
    return {}


def _widths(program: bytes) -> Any:
    tables = _tables(program)
    em = struct.unpack(">H", tables[b"head"][18:20])[0]
    long = struct.unpack(">H", tables[b"hhea"][34:36])[0]
    advances = struct.unpack(">" + "Hh" * long, tables[b"hmtx"][: 4 * long])[::2]
    return lambda glyph: advances[min(glyph, long - 1)] * 1000 / em


@dataclass(frozen=True)
class Step:
    """One operator, and the font that is set."""

    operator: str
    operands: list[Any]
    font: str


def steps(content: Any) -> Iterator[Step]:
    """The operators of a page or of a form."""
    font = ""
    for found in pikepdf.parse_content_stream(content):
        operator, operands = str(found.operator), list(found.operands)
        if operator == "Tf":
            font = str(operands[0])
        yield Step(operator, operands, font)


def strings(step: Step) -> Iterator[bytes]:
    """What an operator shows, as codes of its font."""
    for operand in step.operands:
        if isinstance(operand, pikepdf.Array):
            yield from (bytes(each) for each in operand.as_list() if isinstance(each, pikepdf.String))
        elif isinstance(operand, pikepdf.String):
            yield bytes(operand)


def pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The text of each page, in the order it is painted."""
    known: dict[Any, dict[int, str]] = {}

    def text(font: Any) -> dict[int, str]:
        if font.objgen not in known:
            known[font.objgen] = mapped(font)
        return known[font.objgen]

    for page in pdf.pages:
        fonts = {name: text(font) for name, font in page.obj.Resources.Font.items()}
        shown = (step for step in steps(page) if step.operator in ("Tj", "TJ", "'", '"'))
        yield "".join(fonts[step.font].get(code, "\ufffd") for step in shown for said in strings(step) for code in said)
