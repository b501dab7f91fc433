"""PDF/A-3b (ISO 19005-3) as far as a program can check it here, and what our papers promise beyond it.

`findings` names each clause that is broken, with what breaks it; nothing for a paper that is as it should be. Made from
the standard, not from the code that draws: `make paper` asks strangers the same.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

import pikepdf
from pikepdf import Name

from services.documents.verify import NAMESPACE
from tests.documents import reading

PRINT, UNSEEN = 4, 1 | 2 | 32 | 256  # annotation flags: print; invisible, hidden, no view, toggle no view
SHOWS = ("Tj", "TJ", "'", '"')
COLORS = {"g", "G", "rg", "RG"}
OPERATORS = COLORS | {
    "b", "B", "b*", "B*", "BT", "c", "cm", "d", "Do", "ET", "f", "f*", "gs", "h", "j", "J", "l", "m", "M", "n", "q",
    "Q", "re", "S", "s", "T*", "Tc", "Td", "TD", "Tf", "Tj", "TJ", "TL", "Tm", "Tr", "Ts", "Tw", "Tz", "v", "w", "W",
    "W*", "y", "BMC", "BDC", "EMC", "'", '"',
}  # fmt: skip
NOWHERE = {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction", "/XFA", "/Encrypt", "/URI", "/OCProperties"}
SEE_THROUGH = {"/SMask", "/ca", "/CA", "/BM"}
OPAQUE = (1, Name.Normal)
NO_ACTION = {"/PresSteps", "/Trans", "/OPI", "/Alternates", "/Ref", "/Requirements", "/NeedAppearances", "/PS", "/TR"}
INFO = {
    "/Title": "dc:title", "/Author": "dc:creator", "/Subject": "dc:description", "/Creator": "xmp:CreatorTool",
    "/Producer": "pdf:Producer", "/CreationDate": "xmp:CreateDate", "/ModDate": "xmp:ModifyDate",
}  # fmt: skip
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PROPERTY = "{http://www.aiim.org/pdfa/ns/property#}name"


def findings(data: bytes, part: str = "3") -> list[str]:
    """Every broken clause of a file, in words; `part` is that of ISO 19005 it claims."""
    found = list(_bytes(data))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            found += (f"6.1: {problem}" for problem in pdf.check_pdf_syntax())
            for check in (_catalog, _objects, _colors, _fonts, _contents, _annotations, _files):
                found += check(pdf)
            found += _metadata(pdf, data, part)
    except (pikepdf.PdfError, ValueError, KeyError, AttributeError, ElementTree.ParseError) as error:
        found.append(f"it cannot be read: {error!r}")
    return found


def _bytes(data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[4-7]\r?\n%[\x80-\xff]{4}", data):
        yield "6.1.2: the file does not begin as one with binary data"
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows the end of the file"


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "6.1.3: no ID"
    if pdf.is_encrypted:
        yield "6.1.3: it is encrypted"
    if str(pdf.Root.get("/Lang", "")) not in ("zh-CN", "en"):
        yield "no language"
    if not str(pdf.docinfo.get("/Title", "")).strip():
        yield "no title"
    for n, page in enumerate(pdf.pages, 1):
        if not all(3 <= float(side) <= 14400 for side in page.mediabox[2:]):
            yield f"6.1.13: page {n} is too small or too large"


def _objects(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What must not stand in any object, wherever it is."""
    for number, found in _dictionaries(pdf):
        keys, where = set(found.keys()), f"object {number}"
        yield from (f"6.5: {where} has {key}" for key in sorted(NOWHERE & keys))
        yield from (f"6.2.10: {where} has {key}" for key in sorted(SEE_THROUGH & keys) if found[key] not in OPAQUE)
        yield from (f"6.2: {where} has {key}" for key in sorted(NO_ACTION & keys))
        if "/S" in keys and found.get("/Type") == Name.Action:
            yield f"6.5: {where} is an action {found.S}"
        if isinstance(found, pikepdf.Stream):
            filters = str(found.get("/Filter", ""))
            if "LZW" in filters or "Crypt" in filters or "/F" in keys:
                yield f"6.1.7: {where} is packed by {filters} or lies in another file"


def _colors(pdf: pikepdf.Pdf) -> Iterator[str]:
    intents: Any = pdf.Root.get("/OutputIntents", [])
    if len(intents) != 1 or intents[0].get("/S") != Name.GTS_PDFA1 or "/DestOutputProfile" not in intents[0]:
        yield "6.2.3: not one output intent with a profile"
        return
    profile = intents[0].DestOutputProfile
    head = profile.read_bytes()[:128]
    if head[36:40] != b"acsp" or head[16:20] != b"RGB " or head[8] != 2 or profile.get("/N") != 3:
        yield "6.2.3: the profile is no ICC profile of version 2 for RGB"


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in _of_type(pdf, Name.Font):
        name = str(font.get("/BaseFont", font.get("/Name", "")))
        descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
        if font.get("/Subtype") != Name.TrueType or "/FontFile2" not in descriptor:
            yield f"6.2.11.4: {name} is not embedded"
            continue
        if not re.match(r"/[A-Z]{6}\+", name):
            yield f"6.2.11.4: {name} is a subset without a mark"
        if not int(descriptor.get("/Flags", 0)) & 4 or "/Encoding" in font:
            yield f"6.2.11.6: {name} is not symbolic, or has an encoding"
        yield from _program(font, name)
        yield from _mapping(font, name)


def _program(font: Any, name: str) -> Iterator[str]:
    """The widths in the file are those of the program (6.2.11.5)."""
    face, first = reading.face(font), int(font.FirstChar)
    told = [float(width) for width in font.Widths]
    if len(told) != int(font.LastChar) - first + 1:
        yield f"6.2.11.5: {name} has too few widths, or too many"
    for code, glyph in face.glyphs.items():
        inside = 0 <= code - first < len(told)
        if glyph and (not inside or abs(told[code - first] - face.widths[code]) > 1):
            yield f"6.2.11.5: {name} has another width for {code}"


def _mapping(font: Any, name: str) -> Iterator[str]:
    if "/ToUnicode" not in font:
        yield f"6.2.11.7: {name} cannot be copied"
        return
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    lines = [line for line in cmap.partition("endcodespacerange")[2].split("\n") if line.startswith("<")]
    if max(map(int, reading.BLOCK.findall(cmap)), default=101) > 100:
        yield f"6.2.11.7: {name} maps none, or too many at once"
    for line in lines:
        found = reading.MAPPED.fullmatch(line)
        text = bytes.fromhex(found[2]).decode("utf-16-be", "replace") if found and len(found[2]) % 4 == 0 else ""
        if len(text) != 1 or text in "\0\ufeff\ufffe\ufffd":
            yield f"6.2.11.7: {name} maps {line} to no character"


def _contents(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The operators of every page and of every form, as signatures have them."""
    faces: dict[Any, reading.Face] = {}
    forms = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == Name.Form]
    for content in (*(page.obj for page in pdf.pages), *forms):
        resources = content.get("/Resources", pikepdf.Dictionary())
        used: dict[str, set[int]] = {}
        yield from _operators(content, resources, used)
        for name, codes in used.items():
            font = resources.get("/Font", pikepdf.Dictionary()).get(name)
            if font is None or "/FontFile2" not in font.get("/FontDescriptor", {}):
                yield f"6.2.2: {content.objgen[0]} shows text in {name}, which it does not have"
                continue
            face = faces.get(font.objgen) or faces.setdefault(font.objgen, reading.face(font))
            yield from (f"6.2.11.8: {name} has no glyph for {code}" for code in codes if not face.glyphs.get(code))
            yield from (f"6.2.11.7: {name} says no text for {code}" for code in codes - set(face.text))


def _operators(content: Any, resources: Any, used: dict[str, set[int]]) -> Iterator[str]:
    depth = deepest = 0
    for step in reading.steps(content):
        if step.operator not in OPERATORS:
            yield f"6.2.2: operator {step.operator}"
        if step.operator in SHOWS:
            for said in reading.strings(step):
                used.setdefault(step.font, set()).update(said)
                if len(said) > 32767:
                    yield "6.1.13: a string is too long"
        if step.operator == "Do" and step.operands[0] not in resources.get("/XObject", {}):
            yield f"6.2.2: {step.operands[0]} is not among the resources"
        depth += {"q": 1, "Q": -1}.get(step.operator, 0)
        deepest = max(depth, deepest)
    if depth or deepest > 28:
        yield "6.1.13: states are kept too deep, or not given back"


def _annotations(pdf: pikepdf.Pdf) -> Iterator[str]:
    for n, page in enumerate(pdf.pages, 1):
        for each in page.obj.get("/Annots", []):
            flags, seen = int(each.get("/F", 0)), any(float(side) for side in each.Rect)
            if each.get("/Subtype") != Name.Widget:
                yield f"6.3.1: page {n} has a {each.get('/Subtype')}"
            if not flags & PRINT or flags & UNSEEN:
                yield f"6.3.2: what is on page {n} is not printed"
            if seen and set(each.get("/AP", pikepdf.Dictionary()).keys()) != {"/N"}:
                yield f"6.3.3: what is on page {n} has no look of its own"
            if "/A" in each or "/AA" in each:
                yield f"6.4.1: what is on page {n} does something"


def _files(pdf: pikepdf.Pdf) -> Iterator[str]:
    named = {spec.objgen for spec in pdf.Root.get("/AF", [])}
    for spec in _of_type(pdf, Name.Filespec):
        name = str(spec.get("/UF", ""))
        file = spec.EF.get("/F", pikepdf.Dictionary()) if "/EF" in spec else pikepdf.Dictionary()
        if not name or str(spec.get("/F", "")) != name:
            yield f"6.8: a file has no name: {name}"
        if "/AFRelationship" not in spec or spec.objgen not in named:
            yield f"6.8: what {name} is to the paper is not said"
        if "/" not in str(file.get("/Subtype", ""))[1:]:
            yield f"6.8: {name} has no MIME type"
        if "/ModDate" not in file.get("/Params", pikepdf.Dictionary()):
            yield f"6.8: {name} has no day"
        elif len(file.read_bytes()) != file.Params.get("/Size"):
            yield f"6.8: {name} has another size"
    if len(pdf.attachments) != len(named):
        yield "6.8: a file is not among the attachments"


def _metadata(pdf: pikepdf.Pdf, data: bytes, part: str) -> Iterator[str]:
    if "/Metadata" not in pdf.Root:
        yield "6.6.2: no metadata"
        return
    raw = pdf.Root.Metadata.read_raw_bytes()
    if "/Filter" in pdf.Root.Metadata or raw not in data:
        yield "6.6.2: the packet cannot be read without a PDF library"
    tree = ElementTree.fromstring(raw.decode("utf-8"))
    xmp = pdf.open_metadata()  # not as a context: leaving it writes Info anew
    if (xmp.get("pdfaid:part"), xmp.get("pdfaid:conformance")) != (part, "B"):
        yield "6.6.4: another part or conformance"
    for key, other in INFO.items():
        said, listed = str(pdf.docinfo.get(key, "")), xmp.get(other, "")
        same = str(listed[0] if isinstance(listed, list) else listed)
        if (_day(same) if key.endswith("Date") else same) != said:
            yield f"6.6.3: {key} says {said!r}, {other} {same!r}"
    if alone := sorted(set(pdf.docinfo.keys()) - set(INFO)):
        yield f"6.6.3: {alone} have no twin"
    told = {each.text for each in tree.iter(PROPERTY)}
    used = {each.tag.split("}")[1] for each in tree.iter() if each.tag.startswith(f"{{{NAMESPACE}}}")}
    if used - told or not used:
        yield f"6.6.2.3: {sorted(used - told)} are not described"


def _day(text: str) -> str:
    """A day of XMP as Info writes it."""
    return "D:" + re.sub(r"[-:T]", "", text[:19]) + text[19:].replace(":", "'") + "'"


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Every dictionary of the file, those inside others too, with the number of the object it stands in."""
    waiting: list[tuple[int, Any]] = [(each.objgen[0], each) for each in pdf.objects]
    while waiting:
        number, found = waiting.pop()
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield number, found
            inside: list[Any] = [found[key] for key in found.keys()]  # noqa: SIM118 - a Stream has no other way
        else:
            inside = list(found.as_list()) if isinstance(found, pikepdf.Array) else []
        waiting += ((number, each) for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect)


def _of_type(pdf: pikepdf.Pdf, name: Name) -> Iterator[Any]:
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/Type") == name:
            yield found
