"""Files people bring as evidence, good ones and evil ones, made here byte by byte."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
KINDS = {
    "docx": ("wordprocessingml.document", "word/document.xml"),
    "xlsx": ("spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": ("presentationml.presentation", "ppt/presentation.xml"),
}


def pdf(inside: bytes = b"") -> bytes:
    """A small PDF."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog " + inside + b" >>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture that says it has this size."""

    def part(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(b"\0" * ((width * 3 + 1) * height) if width * height < 10_000 else b"")
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


def jpeg(width: int = 4, height: int = 3) -> bytes:
    """The head and the frame of a photo."""
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + frame + b"\xff\xda\0\x08\1\1\0\0\x3f\0" + b"x\xff\xd9"


def tiff(*sizes: tuple[int, int], order: str = "<") -> bytes:
    """Pages of these sizes."""
    out = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    for at, (width, height) in enumerate(sizes):
        entries = b"".join(
            struct.pack(f"{order}HHI", tag, 4, 1) + struct.pack(f"{order}I", v)
            for tag, v in ((256, width), (257, height))
        )
        after = len(out) + 2 + len(entries) + 4 if at + 1 < len(sizes) else 0
        out += struct.pack(f"{order}H", 2) + entries + struct.pack(f"{order}I", after)
    return out


def webp(width: int = 4, height: int = 3) -> bytes:
    """A picture with a canvas."""
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + size
    return b"RIFF" + struct.pack("<I", len(body)) + body


def packed(parts: dict[str, bytes], level: int = 6) -> bytes:
    """A packed file with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def office(kind: str = "docx", *, macro: bool = False, **more: bytes) -> bytes:
    """A document of an office program; `more` are parts beside its own, `__` standing for a slash and `_` for a dot."""
    main, part = KINDS[kind]
    said = MAIN.format(main)
    if macro:
        said = f"application/vnd.ms-{ {'docx': 'word.document', 'xlsx': 'excel.sheet'}[kind] }.macroEnabled.main+xml"
    types = f'<?xml version="1.0"?><Types><Override PartName="/{part}" ContentType="{said}"/></Types>'
    others = {name.replace("__", "/").replace("_", "."): data for name, data in more.items()}
    return packed({"[Content_Types].xml": types.encode(), part: b"<x/>", **others})


def ofd() -> bytes:
    """An OFD, the archival format of GB/T 33190."""
    return packed({"OFD.xml": b'<?xml version="1.0"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"/>'})


GOOD = {
    "合同.pdf": pdf(), "scan.PDF": pdf(b"/Pages 2 0 R"), "照片.png": png(), "photo.jpg": jpeg(),
    "photo.jpeg": jpeg(9, 9),
    "scan.tif": tiff((2480, 3508), (2480, 3508)), "scan.tiff": tiff((5, 5), order=">"), "a.webp": webp(),
    "报告.docx": office("docx"), "台账.xlsx": office("xlsx"), "培训.pptx": office("pptx"), "通知.ofd": ofd(),
    "备注.txt": "验收合格\r\n2026年".encode(), "gb.txt": "验收合格\t一号楼".encode("gb18030"),
    "bom.csv": "\ufeff编号,名称\n1,桌".encode(), "list.csv": b"a,b\n1,-2\n",
}  # fmt: skip

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LNK = bytes.fromhex("4c0000000114020000000000c000000000000046") + b"\0" * 60
EXE, ELF = b"MZ\x90\0" + b"\0" * 100, b"\x7fELF\2\1\1" + b"\0" * 100
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PACKAGE = OLE + "\x01Ole10Native".encode("utf-16-le") + EXE


def locked() -> bytes:
    """A packed file whose parts say they are under a password."""
    data = bytearray(office())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + at] |= 1
    return bytes(data)


EVIL = {  # name -> (content, a word of the sentence that refuses it)
    "empty.pdf": (b"", "is empty"),
    "合同.pdf": (EXE, "program or a script"),
    "photo.jpg": (ELF, "program or a script"),
    "run.txt": (b"#!/bin/sh\nrm -rf ~\n", "program or a script"),
    "setup.exe": (EXE, "program or a script"),
    "A.class.pdf": (b"\xca\xfe\xba\xbe" + b"\0" * 40, "program or a script"),
    "link.lnk": (LNK, "shortcut"),
    "contract.pdf.lnk": (LNK, "shortcut"),
    "old.doc": (OLE, "old office format"),
    "old.docx": (OLE, "old office format"),
    "wps.wps": (OLE, "old office format"),
    "r.rtf": (rb"{\rtf1\ansi{\object\objocx}}", "old office format"),
    "page.html": (b"<!DOCTYPE html><html><script>x()</script></html>", "page or a script"),
    "page.txt": (b"notes\n\n<ScRiPt src=x></ScRiPt>", "page or a script"),
    "utf7.csv": (b"a,b\n1,javascript:alert(1)\n", "page or a script"),
    "drawing.svg": (SVG, "page or a script"),
    "drawing.png": (SVG, "page or a script"),
    "start.desktop": (b"[Desktop Entry]\nExec=sh\n", "page or a script"),
    "web.txt": (b"[InternetShortcut]\nURL=file:///x\n", "page or a script"),
    "x.bat": (b"@echo off\r\ndel *\r\n", "page or a script"),
    "dde.csv": (b"name,cost\n=cmd|' /C calc'!A0,1\n", "command a spreadsheet"),
    "utf16.txt": ("验收".encode("utf-16"), "UTF-16"),
    "noise.txt": (bytes(range(256)) * 4, "none of the kinds"),
    "bare.zip": (packed({"a.txt": b"x"}), "packed archive"),
    "a.docx": (packed({"a.txt": b"x"}), "packed archive"),
    "b.7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 40, "packed archive"),
    "c.gz": (b"\x1f\x8b\x08" + b"\0" * 40, "packed archive"),
    "m.docm": (office("docx", macro=True), "holds macros"),
    "m.docx": (office("docx", macro=True), "holds macros"),
    "n.xlsx": (office("xlsx", xl__vbaProject_bin=b"x"), "holds macros"),
    "o.xlsx": (office("xlsx", xl__macrosheets__sheet1_xml=b"x"), "holds macros"),
    "p.docx": (office("docx", word__activeX__activeX1_xml=b"x"), "holds macros"),
    "q.docx": (office("docx", word__embeddings__oleObject1_bin=PACKAGE), "program inside"),
    "r.pptx": (office("pptx", ppt__media__run_exe=EXE), "program inside"),
    "s.docx": (packed({"[Content_Types].xml": b"", "../../evil.xml": b"x"}), "program inside"),
    "t.docx": (locked(), "password"),
    "bomb.xlsx": (packed({"[Content_Types].xml": b" " * 3_000_000}), "unpacks to far more"),
    "cut.docx": (office()[:-30], "damaged"),
    "cut.png": (png()[:-6], "damaged"),
    "cut.pdf": (pdf()[:30], "damaged"),
    "flat.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "damaged"),
    "loop.tif": (tiff((5, 5))[:-4] + struct.pack("<I", 8), "damaged"),
    "huge.png": (png(12_000, 12_000), "million pixels"),
    "huge.jpg": (jpeg(60_000, 60_000), "million pixels"),
    "huge.tif": (tiff((9, 9), (100_000, 100_000)), "million pixels"),
    "huge.webp": (webp(16_000, 16_000), "million pixels"),
    "script.pdf": (pdf(b"/OpenAction << /S /JavaScript /JS (x) >>"), "starts a program"),
    "hidden.pdf": (pdf(b"/OpenAction << /S /J#61vaScript /JS (x) >>"), "starts a program"),
    "spelled.pdf": (pdf(b"/OpenAction << /S /Jav#61Script /JS (x) >>"), "starts a program"),
    "spelled2.pdf": (
        pdf(b"/OpenAction << /S /" + b"".join(b"#%02X" % c for c in b"JavaScript") + b"\0/JS (x) >>"),
        "starts",
    ),
    "spelled3.pdf": (pdf(b"/OpenAction << /S /#4cau#6Ech%c\n/F (calc.exe) >>"), "starts a program"),
    "launch.pdf": (pdf(b"/OpenAction << /S /Launch /F (calc.exe) >>"), "starts a program"),
    "photo.pdf": (png(), "rename it to .png"),
    "contract.png": (pdf(), "rename it to .pdf"),
    "contract.pdf.exe": (pdf(), "rename it to .pdf"),
    "contract.js": (pdf(), "rename it to .pdf"),
    "a.pdf:b.exe": (pdf(), "rename it to .pdf"),
    "text.html": (b"just words", "rename it to .txt"),
}

NAMES = [  # what people or attackers call a file, each around ".pdf"
    "../../etc/passwd.pdf", "..\\..\\windows\\system32\\a.pdf", "/etc/cron.d/a.pdf", "C:\\Windows\\a.pdf",
    "\\\\server\\share\\a.pdf",
    "CON", "con.pdf", "CON.pdf", "PRN.pdf", "AUX.pdf", "NUL", "COM1.pdf", "COM¹.pdf", "LPT9.txt.pdf",
    "lpt³.pdf", "CLOCK$.pdf",
    "a.pdf:stream.pdf", "a::$DATA", "a.pdf::$DATA", "\u202efdp.exe.pdf", "\u2066a\u2069.pdf", "\u200b.pdf",
    "a\u00ad.pdf",
    "a.pdf.", "a.pdf ", "a.pdf . . ", " .pdf", ".pdf", "..", ".", "...", "", "a\x00.pdf", "a\nb.pdf", "a\rb\tc.pdf",
    "\x1b[31ma.pdf", "长" * 300 + ".pdf", "a" * 300, "a" * 300 + ".pdf", "-rf.pdf", "--help.pdf",
    "~root.pdf", "$(id).pdf",
    "`id`.pdf", "%2e%2e%2fa.pdf", "a;b|c&d.pdf", "<img src=x>.pdf", "\"a\".pdf", "'a'.pdf", "{0}{file}.pdf", "a*?.pdf",
    "desktop.ini.pdf", ".htaccess.pdf", "\U0001f600.pdf", "\ud800.pdf",
    "２０２６年“验收”（终稿）.pdf", "e\u0301.pdf", "a b  c.pdf", "\u3000.pdf", "\ufeffa.pdf",
    "NUL .pdf", "a.2024", "验收.报告",
]  # fmt: skip
