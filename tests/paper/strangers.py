"""Programs nobody here wrote, asked about a file: Apache PDFBox Preflight, qpdf, poppler. Each answers with what it
minds; nothing where it minds nothing."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

import pikepdf

JAVA = Path("/usr/share/java")
PROGRAMS = {"java": "default-jre-headless", "qpdf": "qpdf", "pdfsig": "poppler-utils", "pdftotext": "poppler-utils"}
JARS = {
    "preflight": "libpdfbox2-java", "pdfbox2": "libpdfbox2-java", "xmpbox": "libpdfbox2-java",
    "fontbox2": "libfontbox2-java", "commons-logging": "libcommons-logging-java", "jaxb-api": "libjaxb-api-java",
    "javax.activation": "libactivation-java",
}  # fmt: skip
MEMORY = "-Xmx2g"  # 4,000 pages


def missing() -> list[str]:
    """The Debian packages of what is not installed."""
    found = {package for program, package in PROGRAMS.items() if not shutil.which(program)}
    return sorted(found | {package for jar, package in JARS.items() if not (JAVA / f"{jar}.jar").is_file()})


def twin(data: bytes) -> bytes:
    """The same pages as PDF/A-1b, for which there is a judge: part 1, nothing embedded, no object streams."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for key in ("/AF", "/Names"):
            if key in pdf.Root:
                del pdf.Root[key]
        packet = pdf.Root.Metadata.read_raw_bytes()
        pdf.Root.Metadata.write(packet.replace(b"<pdfaid:part>3</pdfaid:part>", b"<pdfaid:part>1</pdfaid:part>"))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, force_version="1.4")
    return out.getvalue()


def preflight(files: Iterable[Path], folder: Path) -> dict[Path, list[str]]:
    """What Preflight minds in each of these PDF/A-1b files. One Java for all of them: it takes most of a second."""
    asked = list(files)
    listed = folder / "preflight.txt"
    listed.write_text("".join(f"{file}\n" for file in asked), "utf-8")
    for file in asked:
        _report(file).unlink(missing_ok=True)
    path = ":".join(str(JAVA / f"{jar}.jar") for jar in JARS)
    how = ["java", MEMORY, "-cp", path, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "batch", str(listed)]
    with (folder / "preflight.log").open("wb") as log:
        subprocess.run(how, stdout=log, stderr=log, check=False)
    return {file: _minded(_report(file)) for file in asked}


def _report(file: Path) -> Path:
    return file.with_name(f"{file.name}.preflight.xml")


def _minded(report: Path) -> list[str]:
    if not report.is_file():
        return ["Preflight said nothing; see preflight.log"]
    tree = ElementTree.parse(report).getroot()
    valid = tree.find("isValid")
    if valid is not None and valid.text == "true":
        return []
    errors = [f"{each.findtext('code')}: {each.findtext('details')}" for each in tree.iter("error")]
    return errors or ["Preflight finds it not valid and does not say why"]


def qpdf(file: Path) -> list[str]:
    """What qpdf minds in the file."""
    done = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "WARNING" in line or "error" in line.lower()]
    return [] if done.returncode == 0 else said or [f"qpdf ended with {done.returncode}"]


def pdfsig(file: Path, signatures: int) -> list[str]:
    """What poppler minds in the signatures of the file, which has so many."""
    done = subprocess.run(["pdfsig", str(file)], capture_output=True, text=True, check=False).stdout
    good, kind = done.count("Signature is Valid"), done.count("ETSI.CAdES.detached")
    return [] if good == kind == signatures else [f"pdfsig finds {good} of {signatures} signatures valid"]


def pdftotext(file: Path) -> Counter[str]:
    """The characters poppler reads in the file, and how often."""
    done = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=False)
    return Counter(re.sub(r"\s", "", done.stdout.decode("utf-8", "replace")))
