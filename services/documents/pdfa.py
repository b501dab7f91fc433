"""Makes a drawn paper an archival file: PDF/A-3b with colour profile, metadata, the rows of its tables
as files, and the mark that shows changes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

import resources
from services.documents.rows import MIME, Rows
from services.documents.tags import Tags
from services.documents.verify import BLANK_DIGEST, BLANK_LENGTH, NAMESPACE, seal

PROGRAM = "Dayuan"
_CODES = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,6})>")
_MAPPED_AT_ONCE = 100
_NO_XML = re.compile("[^\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Facts:
    """What the file says about itself. `made` is the paper's own instant (aware): the same paper, the same bytes."""

    kind: str
    number: str
    version: int
    title: str
    office: str
    made: datetime
    lang: str = "zh-CN"


def archive(data: bytes, facts: Facts, rows: Iterable[Rows] = (), tags: Tags | None = None) -> bytes:
    """The file of reportlab as PDF/A-3b (ISO 19005-3), marked and sealed; in it the rows of each table as a file, and
    the structure that was marked while its pages were painted."""
    facts = replace(facts, number=_told(facts.number), title=_told(facts.title), office=_told(facts.office))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _color(pdf)
        mapping(pdf)
        _describe(pdf, facts)
        _attach(pdf, facts, rows)
        if tags:
            tags.write(pdf)
        for page in pdf.pages:
            if "/Trans" in page.obj:
                del page.obj["/Trans"]
        out = io.BytesIO()
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            force_version="1.7",
        )
    with out.getbuffer() as view:
        seal(view)
    return out.getvalue()


def _told(text: str) -> str:
    """What may stand in XML and reads the same there as in Info: no line ends, no controls, no halves of characters."""
    return _NO_XML.sub(" ", text)


def _color(pdf: pikepdf.Pdf) -> None:
    """What the colours mean: the sRGB profile of the ICC, version 2 (6.2.3)."""
    profile = Stream(pdf, resources.path("icc", "sRGB2014.icc").read_bytes())
    profile.N, profile.Alternate = 3, Name.DeviceRGB
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier="sRGB IEC61966-2.1",
        Info="sRGB IEC61966-2.1",
        RegistryName="http://www.color.org",
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def mapping(pdf: pikepdf.Pdf) -> None:
    """reportlab writes characters above U+FFFF as five digits into ToUnicode, which no reader understands."""
    for found in pdf.objects:
        if isinstance(found, Dictionary) and found.get("/Type") == Name.Font and "/ToUnicode" in found:
            cmap = found.ToUnicode.read_bytes().decode("ascii")
            begin, end = cmap.index("endcodespacerange"), cmap.index("endcmap")
            pairs = [(code, chr(int(char, 16))) for code, char in _CODES.findall(cmap[begin:end])]
            lines = [f"<{code}> <{char.encode('utf-16-be').hex().upper()}>" for code, char in pairs if char != "\0"]
            blocks = [lines[n : n + _MAPPED_AT_ONCE] for n in range(0, len(lines), _MAPPED_AT_ONCE)]
            body = "".join(f"{len(b)} beginbfchar\n" + "\n".join(b) + "\nendbfchar\n" for b in blocks)
            found.ToUnicode.write((cmap[:begin] + "endcodespacerange\n" + body + cmap[end:]).encode("ascii"))


def _stamp(facts: Facts) -> str:
    when = facts.made.isoformat(timespec="seconds")
    return "D:" + re.sub(r"[-:T]", "", when[:19]) + when[19:].replace(":", "'") + "'"


def _describe(pdf: pikepdf.Pdf, facts: Facts) -> None:
    """Metadata twice, as Info and as XMP, saying the same (6.6.2, 6.6.3)."""
    when, stamp = facts.made.isoformat(timespec="seconds"), _stamp(facts)
    info = {"Title": facts.title, "Author": facts.office or PROGRAM, "Subject": facts.number, "Creator": PROGRAM}
    info |= {"Producer": PROGRAM, "CreationDate": stamp, "ModDate": stamp}
    pdf.trailer.Info = pdf.make_indirect(Dictionary())
    for name, value in info.items():
        pdf.docinfo[f"/{name}"] = String(value)
    packet = Stream(pdf, _packet(facts, when).encode())
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.Root.Lang = String(facts.lang)


def _attach(pdf: pikepdf.Pdf, facts: Facts, rows: Iterable[Rows]) -> None:
    """The rows beside the pages that show them (6.8): what they are to the paper, their type and their day."""
    found, names = Array(), Array()
    for n, table in enumerate(rows, 1):
        name, packed = f"table-{n:02}.csv", table.packed()
        file = Stream(pdf, b"")
        file.write(packed, filter=Name.FlateDecode)
        file.Type, file.Subtype = Name.EmbeddedFile, Name(f"/{MIME}")
        file.Params = Dictionary(ModDate=_stamp(facts), Size=table.size)
        spec = pdf.make_indirect(
            Dictionary(
                Type=Name.Filespec, F=name, UF=name, EF=Dictionary(F=file, UF=file), AFRelationship=Name.Data,
                Desc=String(f"{facts.title} {facts.number} {n}"),
            )
        )  # fmt: skip
        found.append(spec)
        names.extend([String(name), spec])
    if len(found):
        pdf.Root.AF, pdf.Root.Names = found, Dictionary(EmbeddedFiles=Dictionary(Names=names))


def _packet(facts: Facts, when: str) -> str:
    title, office, number = (escape(text) for text in (facts.title, facts.office or PROGRAM, facts.number))
    fields = "".join(_FIELD.format(name=name, type=kind, says=says) for name, kind, says in _FIELDS)
    schema = _SCHEMA.format(namespace=NAMESPACE, fields=fields)
    return _PACKET.format(
        title=title, office=office, number=number, program=PROGRAM, when=when, namespace=NAMESPACE,
        version=facts.version, kind=escape(facts.kind), length=BLANK_LENGTH, digest=BLANK_DIGEST, schema=schema,
        padding=(" " * 99 + "\n") * 4,
    )  # fmt: skip


_FIELDS = (
    ("number", "Text", "Number of the document"),
    ("version", "Integer", "Version of the document"),
    ("kind", "Text", "Kind of document"),
    ("length", "Integer", "Length of the file in bytes"),
    ("digest", "Text", "SHA-256 of the file with the digits of this field as zeros"),
)
_FIELD = """<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>{type}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{says}</pdfaProperty:description></rdf:li>
"""
_SCHEMA = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Dayuan document</pdfaSchema:schema><pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>dayuan</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>
{fields}</rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>"""
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{office}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{number}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{program}</xmp:CreatorTool><xmp:CreateDate>{when}</xmp:CreateDate>
<xmp:ModifyDate>{when}</xmp:ModifyDate><xmp:MetadataDate>{when}</xmp:MetadataDate>
<pdf:Producer>{program}</pdf:Producer>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{schema}</rdf:Description>
<rdf:Description rdf:about="" xmlns:dayuan="{namespace}">
<dayuan:number>{number}</dayuan:number>
<dayuan:version>{version}</dayuan:version>
<dayuan:kind>{kind}</dayuan:kind>
<dayuan:length>{length}</dayuan:length>
<dayuan:digest>{digest}</dayuan:digest></rdf:Description></rdf:RDF></x:xmpmeta>
{padding}<?xpacket end="w"?>"""
